// Package related answers what belongs to what: how many items of a signal the cache has and whether it has them all, the log
// groups of a resource and of what it calls, the changes before an instant, the alarms on a resource. It reads the cache
// through one small interface, Reader, so that the drawer, boards and the terminal give the same answers.
package related
