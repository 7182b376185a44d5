// Package incidents is the screen of incidents: the list of them, and of the chosen one its times, its evidence in
// order and its notes. Evidence is pinned from any screen; what it shows opens in the drawer.
//
// An edit is shown at once and kept in the background: what a person types never waits for the disk.
package incidents
