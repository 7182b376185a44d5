// Package drawertest opens a drawer by itself for tests of details, over a real cache that holds a made-up incident.
package drawertest
