package pipe

// Splits reports whether the answers to a query over the parts of a time range, the newest part first, are together the
// answer over the whole range: no command looks at several events, or limits how many there are. Sort by @timestamp
// alone is one such, since parts follow each other in time; oldest is true where it asks for the oldest event first.
func (q Query) Splits() (oldest, ok bool) {
	for _, c := range q.commands {
		switch c := c.(type) {
		case fieldsCommand, displayCommand, filterCommand, parseCommand:
		case sortCommand:
			f, isField := c.keys[0].expr.(field)
			if len(c.keys) != 1 || !isField || f.name != "@timestamp" {
				return false, false
			}
			oldest = !c.keys[0].descending
		default:
			return false, false
		}
	}
	return oldest, true
}
