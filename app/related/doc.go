// Package related answers what belongs to what: how many items of a signal the cache has and what it lacks of them, the
// log groups of a resource and of what it calls, the changes before an instant, the alarms on a resource, the
// datapoints of a reading by the periods that AWS still keeps. It reads the cache through one small interface, Reader,
// so that the drawer, boards and the terminal give the same answers.
//
// MissingOf judges coverage. Completeness is a consequence of it, and Stretches, which lanes draw, has the same parts.
package related
