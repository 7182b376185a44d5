package pipe

import "bytes"

// aggregation is stats.
type aggregation struct {
	by     []eval
	calls  []call
	args   []eval // of calls
	places []int  // of by, then of calls, in the rows that it makes
	width  int    // of those rows
	memory memory
	notes  *notes
	next   stage

	key    []byte
	groups map[string]*group
	order  []*group // as they came
	last   *group   // of the row before: rows of one time bucket follow each other
	lastAt []byte   // its key
}

// group is the state of one combination of what stats groups by.
type group struct {
	by     []Value
	states []aggregate
}

func (a *aggregation) push(r *record) bool {
	g := a.group(r)
	if g == nil {
		return true
	}
	at := r.at()
	for i, state := range g.states {
		if !state.add(a.args[i](r), at, &a.memory) {
			a.notes.add(a.calls[i].String() + " has more values than are kept; it is of the first that came.")
		}
	}
	return true
}

// group returns the group of a row, nil if there are too many.
func (a *aggregation) group(r *record) *group {
	a.key = a.key[:0]
	for _, get := range a.by {
		a.key = appendKey(a.key, get(r))
	}
	if a.last != nil && bytes.Equal(a.key, a.lastAt) {
		return a.last
	}
	g := a.groups[string(a.key)]
	if g == nil {
		if len(a.groups) >= maxGroups {
			a.notes.add(tooMany(maxGroups, "groups"))
			return nil
		}
		g = &group{}
		for _, get := range a.by {
			g.by = append(g.by, get(r))
		}
		for _, c := range a.calls {
			g.states = append(g.states, functions[c.name].aggregate(c))
		}
		a.groups[string(a.key)] = g
		a.order = append(a.order, g)
	}
	a.last, a.lastAt = g, append(a.lastAt[:0], a.key...)
	return g
}

func (a *aggregation) flush() {
	row := record{made: make([]Value, a.width)}
	for _, g := range a.order {
		clear(row.made)
		for i, v := range g.by {
			row.made[a.places[i]] = v
		}
		for i, state := range g.states {
			row.made[a.places[len(g.by)+i]] = state.value()
		}
		if !a.next.push(&row) {
			break
		}
	}
	a.next.flush()
}
