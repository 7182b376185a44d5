package cache

import (
	"context"
	"database/sql"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/nephograph/nephograph/app"
)

// searchers is how many goroutines search at once: each has a connection, and there are no more of those than readers.
const searchers = 4

// SearchLogs returns the first q.Limit events of a query, as LogEvents would, and how many there are in all. Unlike
// LogEvents it looks at several blocks at once, and remembers how many matches each block has for the words that were
// asked for lately, so that the same question is answered from what is new.
func (d *DB) SearchLogs(ctx context.Context, q app.LogQuery) (app.LogResult, error) {
	known := d.counts.matchesOf(q)
	best := &collector{newest: q.Newest, limit: q.Limit}
	var total atomic.Int64
	err := d.eachBlock(ctx, "search log events", q, func(l *logReader) func(*blockHead) error {
		return func(h *blockHead) error {
			n, err := l.countMatches(h, known, best)
			total.Add(int64(n))
			return err
		}
	})
	if err != nil {
		return app.LogResult{}, err
	}
	return app.LogResult{Events: best.first(), Total: int(total.Load())}, nil
}

// countMatches counts the matches of a block and collects those that may be among the first.
func (l *logReader) countMatches(h *blockHead, known *cachedMatches, best *collector) (int, error) {
	wanted := best.mayHold(h)
	if n, ok := l.countUnopened(h, known); ok {
		if n == 0 || !wanted {
			return n, nil
		}
		if rows := known.rowsOf(h.id); len(rows) == n {
			best.add(rows)
			return n, nil
		}
	}
	matches, err := l.find(h)
	if err != nil {
		return 0, err
	}
	if !l.inPart(h) {
		known.set(h.id, len(matches))
	}
	if len(matches) > 0 && wanted {
		n := len(matches)
		events, err := l.assemble(h, matches)
		best.add(events)
		if err == nil && len(events) == n && !l.inPart(h) {
			known.keepRows(h.id, events)
		}
		return n, err
	}
	return len(matches), nil
}

// countUnopened returns the number of matches of a block if it is known without opening the block.
func (l *logReader) countUnopened(h *blockHead, known *cachedMatches) (n int, ok bool) {
	switch {
	case l.inPart(h):
		return 0, false
	case l.searches[h.group].ByLevel() && !l.narrowsByID():
		return h.atLeast(l.query.Level), true
	}
	return known.get(h.id)
}

// eachBlock lets several goroutines take the blocks of a query from one queue, each block once and roughly in the order
// of the query. work is called once for each goroutine and returns what it does with a block. All goroutines read the
// file as it was at one moment: one whose connection sees other blocks than the first, because of a write in between,
// leaves the work to the others.
func (d *DB) eachBlock(ctx context.Context, op string, q app.LogQuery,
	work func(*logReader) func(*blockHead) error) error {
	return d.read(ctx, op, func(r *readTx) error {
		first, err := d.newLogReader(r, q)
		if err != nil {
			return err
		}
		defer d.unpackers.Put(first.unpacker)
		state, err := r.blockState()
		if err != nil {
			return err
		}
		var next atomic.Int64
		take := func(l *logReader) error {
			do := work(l)
			for {
				i := int(next.Add(1)) - 1
				if i >= len(first.heads) {
					return nil
				}
				if err := do(&first.heads[i]); err != nil {
					next.Store(math.MaxInt32) // for the others, too
					return err
				}
			}
		}
		var others errgroup.Group
		waiting, stopWaiting := context.WithCancel(ctx) // for a connection, of which there may be none
		defer stopWaiting()
		for range min(searchers, runtime.GOMAXPROCS(0), len(first.heads)/8) - 1 {
			others.Go(func() error { return d.searchBeside(ctx, waiting, first, state, take) })
		}
		err = take(first)
		stopWaiting()
		if waited := others.Wait(); err == nil {
			err = waited
		}
		return err
	})
}

// searchBeside takes part in the search of first, on a connection of its own.
func (d *DB) searchBeside(ctx, waiting context.Context, first *logReader, state blockState,
	take func(*logReader) error) error {
	conn, err := d.reader.Conn(waiting)
	if err != nil {
		return nil // the others have done it all meanwhile
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	r := &readTx{transaction{ctx, tx, map[statement]*sql.Stmt{}}}
	if now, err := r.blockState(); err != nil || now != state {
		return err
	}
	l := &logReader{readTx: r, query: first.query, groups: first.groups, from: first.from, to: first.to}
	if err := d.setUp(l); err != nil {
		return err
	}
	defer d.unpackers.Put(l.unpacker)
	return take(l)
}

// blockState tells whether two transactions see the same blocks.
type blockState struct{ newest, count int64 }

func (r *readTx) blockState() (s blockState, err error) {
	_, err = r.one("logs_state", []any{&s.newest, &s.count})
	return s, err
}

// collector collects the events that come first.
type collector struct {
	newest bool
	limit  int // 0: all

	mu       sync.Mutex
	events   []app.LogEvent
	boundary int64 // what lies beyond, in ms, is not among the first any more
	full     bool
}

// mayHold reports whether a block may hold an event that comes before the last of those that were collected.
func (c *collector) mayHold(h *blockHead) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case !c.full:
		return true
	case c.newest:
		return h.last >= c.boundary
	}
	return h.first <= c.boundary
}

func (c *collector) add(events []app.LogEvent) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.events = append(c.events, events...)
	if c.limit > 0 && len(c.events) >= 2*c.limit || !c.full && c.limit > 0 && len(c.events) >= c.limit {
		c.trim()
	}
}

func (c *collector) trim() {
	slices.SortFunc(c.events, func(a, b app.LogEvent) int {
		if c.newest {
			a, b = b, a
		}
		return app.CompareLogEvents(a, b)
	})
	if c.limit > 0 && len(c.events) >= c.limit {
		clear(c.events[c.limit:])
		c.events = c.events[:c.limit]
		c.full, c.boundary = true, c.events[c.limit-1].At.UnixMilli()
	}
}

// first returns the events that come first, in order.
func (c *collector) first() []app.LogEvent {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.trim()
	return c.events
}
