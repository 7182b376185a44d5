// Package trail shows CloudTrail events in the drawer: who did what, with which request, and what came of it.
package trail
