package app

// LogNeighbours are the events around one in its log stream, in the order of time. Those of the millisecond of the
// event itself are ordered by id, as CompareLogEvents does.
type LogNeighbours struct {
	Before, After []LogEvent
	// EarlierExist and LaterExist report whether the cache has more of the stream beyond these, within a day.
	EarlierExist, LaterExist bool
}

// Around returns the event with its neighbours, in the order of time.
func (n LogNeighbours) Around(e LogEvent) []LogEvent {
	all := make([]LogEvent, 0, len(n.Before)+1+len(n.After))
	return append(append(append(all, n.Before...), e), n.After...)
}
