package app

// LogBucket is one bar of the log volume, as the drawer is given it: how many events of each level a stretch of time
// holds.
type LogBucket struct {
	Range    Range
	Scopes   []Scope             // none: all
	Groups   []string            // that were counted; none: all
	Resource string              // what the count was narrowed to; "": nothing
	Counts   [LevelError + 1]int // by level
}

// Total returns how many events the bucket holds.
func (b LogBucket) Total() int {
	n := 0
	for _, c := range b.Counts {
		n += c
	}
	return n
}

// Query asks for the events that the bucket counts.
func (b LogBucket) Query() LogQuery {
	return LogQuery{Scopes: b.Scopes, Range: b.Range, Groups: b.Groups, Resource: b.Resource}
}
