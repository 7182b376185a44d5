// Package pulls shows in the drawer what the cache knows of a stretch of time, and what keeps it from knowing more.
package pulls
