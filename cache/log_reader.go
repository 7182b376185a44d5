package cache

import (
	"cmp"
	"database/sql"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/cache/block"
)

// logReader answers a query of log events in one goroutine. All readers of a query see the same state of the file.
type logReader struct {
	*readTx
	query    app.LogQuery
	groups   groups
	heads    []blockHead             // those that may hold what is asked for, in the order of the query
	from, to int64                   // ms
	searches map[int64]*block.Search // by log group
	filters  *filterCache
	unpacker *block.Unpacker
	matches  []int32
}

// newLogReader prepares to answer a query.
func (d *DB) newLogReader(r *readTx, q app.LogQuery) (*logReader, error) {
	l := &logReader{readTx: r, query: q}
	l.from, l.to = bounds(q.Range, time.Millisecond)
	var err error
	if l.groups, err = r.groupsOf(q); err != nil {
		return nil, err
	}
	if l.heads, err = r.heads("logs_blocks", sql.Named("from", l.from), sql.Named("to", l.to),
		sql.Named("groups", l.groups.ids)); err != nil {
		return nil, err
	}
	asked := l.groups.bind(q.Match)
	l.heads = slices.DeleteFunc(l.heads, func(h blockHead) bool {
		return h.atLeast(q.Level) == 0 || asked[h.group].None()
	})
	slices.SortFunc(l.heads, func(a, b blockHead) int {
		if q.Newest {
			return cmp.Compare(b.last, a.last)
		}
		return cmp.Compare(a.first, b.first)
	})
	return l, d.setUp(l)
}

// setUp compiles the searches of a reader and gives it an unpacker.
func (d *DB) setUp(l *logReader) (err error) {
	l.filters = &d.filters
	if l.searches, err = l.groups.searches(l.query); err != nil {
		return err
	}
	var ok bool
	if l.unpacker, ok = d.unpackers.Get().(*block.Unpacker); !ok {
		l.unpacker = block.NewUnpacker()
	}
	return nil
}

// narrowsByID reports whether the query asks for a trace or a request, which only the column Rest tells.
func (l *logReader) narrowsByID() bool { return l.query.Trace != "" || l.query.Request != "" }

// inPart reports whether only a part of a block is in the range.
func (l *logReader) inPart(h *blockHead) bool { return h.first < l.from || h.last >= l.to }

// find returns which events of a block match. It leaves the text open, and the times if only a part of the block is in
// range. The result is valid until the next block.
func (l *logReader) find(h *blockHead) ([]int32, error) {
	l.matches = l.matches[:0]
	if err := l.ctx.Err(); err != nil {
		return nil, err
	}
	if may, err := l.mayMatch(h); err != nil || !may {
		return nil, err
	}
	if err := l.column("logs_text", h.id, l.unpacker.OpenText); err != nil {
		return nil, err
	}
	search := l.searches[h.group]
	switch {
	case search.ByRest():
		if err := l.openEvents(h); err != nil {
			return nil, err
		}
	case search.Cased():
		if err := l.column("logs_capitals", h.id, l.unpacker.Restore); err != nil {
			return nil, err
		}
	}
	first, end := 0, l.unpacker.Text.Len()
	if l.inPart(h) {
		if err := l.openTimes(h); err != nil {
			return nil, err
		}
		first, end = l.unpacker.Times.Index(l.from, l.to)
		if end > l.unpacker.Text.Len() {
			return nil, block.ErrDamaged
		}
	}
	l.matches = search.Find(l.unpacker, first, end, l.matches)
	if !l.narrowsByID() || len(l.matches) == 0 {
		return l.matches, nil
	}
	if err := l.openEvents(h); err != nil {
		return nil, err
	}
	l.matches = slices.DeleteFunc(l.matches, func(i int32) bool {
		return !l.unpacker.HasIDs(int(i), l.query.Trace, l.query.Request)
	})
	return l.matches, nil
}

// mayMatch checks the head and the filter of a block.
func (l *logReader) mayMatch(h *blockHead) (bool, error) {
	search, about := l.searches[h.group], block.Summary{Levels: h.levels}
	if search.Filtered() {
		var err error
		if about.Filter, err = l.filter(h); err != nil {
			return false, err
		}
	}
	return search.MayMatch(&about), nil
}

// filter returns the filter of a block.
func (l *logReader) filter(h *blockHead) (f block.Filter, err error) {
	if f = l.filters.get(h.id); f != nil {
		return f, nil
	}
	err = l.column("logs_filter", h.id, func(column []byte) (err error) {
		f, err = l.unpacker.OpenFilter(column)
		return err
	})
	if err == nil {
		l.filters.set(h.id, f)
	}
	return f, err
}

func (l *logReader) openTimes(h *blockHead) error {
	return l.column("logs_times", h.id, l.unpacker.OpenTimes)
}

// openEvents opens the columns that find did not open.
func (l *logReader) openEvents(h *blockHead) error {
	if err := l.openTimes(h); err != nil {
		return err
	}
	return l.openRest(l.unpacker, h.id)
}

// events returns the matches of a block in the order of the query, no more than it asks for.
func (l *logReader) events(h *blockHead) ([]app.LogEvent, error) {
	matches, err := l.find(h)
	if err != nil || len(matches) == 0 {
		return nil, err
	}
	return l.assemble(h, matches)
}

// assemble returns matches of the block that find has opened, those that come first in the order of the query.
func (l *logReader) assemble(h *blockHead, matches []int32) ([]app.LogEvent, error) {
	if !l.narrowsByID() { // else they are open
		if err := l.openEvents(h); err != nil {
			return nil, err
		}
	}
	if n := len(matches) - l.query.Limit; l.query.Limit > 0 && n > 0 {
		if l.query.Newest {
			matches = matches[n:]
		} else {
			matches = matches[:l.query.Limit]
		}
	}
	group := l.groups.byID[h.group]
	events := make([]app.LogEvent, len(matches))
	for n, i := range matches {
		e := l.unpacker.Event(int(i))
		e.Scope, e.Group = group.scope, group.name
		if l.query.Newest {
			n = len(matches) - 1 - n
		}
		events[n] = e
	}
	return events, nil
}
