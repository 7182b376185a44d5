// Package metrics is the screen of metrics, and shows series of datapoints in the drawer.
package metrics
