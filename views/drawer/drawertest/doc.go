// Package drawertest opens a drawer by itself for tests of details, over a cache in memory that holds a made-up incident.
package drawertest
