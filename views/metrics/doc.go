// Package metrics shows series of datapoints in the drawer.
package metrics
