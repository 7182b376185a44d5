package cache

import (
	"container/heap"
	"context"
	"iter"

	"github.com/nephograph/nephograph/app"
)

// KeepLogEvents keeps events and returns how many are new.
func (d *DB) KeepLogEvents(ctx context.Context, events []app.LogEvent, covers ...app.Cover) (int, error) {
	return d.write(ctx, "keep log events", func(w *writeTx) (int, error) {
		byGroup := map[int64][]app.LogEvent{}
		for _, e := range events {
			group, err := w.group(e.Scope, e.Group)
			if err != nil {
				return 0, err
			}
			byGroup[group] = append(byGroup[group], e)
		}
		added := 0
		for group, events := range byGroup {
			n, err := w.keepLogs(group, events)
			if err != nil {
				return 0, err
			}
			added += n
		}
		return added, w.cover(covers)
	})
}

// LogEvents streams the events of a query as app.CompareLogEvents orders them, or the other way round if the newest
// are asked for first. The context is looked at between events. A query whose expression does not parse is an error.
func (d *DB) LogEvents(ctx context.Context, q app.LogQuery) iter.Seq2[app.LogEvent, error] {
	return stream(ctx, d, "read log events", func(r *readTx, emit func(app.LogEvent) error) error {
		l, err := d.newLogReader(r, q)
		if err != nil {
			return err
		}
		defer d.unpackers.Put(l.unpacker)
		return l.merge(emit)
	})
}

// merge hands the events of a query out in its order. Blocks are opened when their turn comes: those of one group
// follow each other, so at most about one of each group is open.
func (l *logReader) merge(emit func(app.LogEvent) error) error {
	open := &queue{newest: l.query.Newest}
	left := l.query.Limit
	for next := 0; ; {
		for next < len(l.heads) && (len(open.runs) == 0 || !l.after(&l.heads[next], open.runs[0][0])) {
			events, err := l.events(&l.heads[next])
			if err != nil {
				return err
			}
			if next++; len(events) > 0 {
				heap.Push(open, events)
			}
		}
		if len(open.runs) == 0 {
			return nil
		}
		if err := emit(open.runs[0][0]); err != nil {
			return err
		}
		if left--; left == 0 {
			return errStopped
		}
		if open.runs[0] = open.runs[0][1:]; len(open.runs[0]) == 0 {
			heap.Pop(open)
		} else {
			heap.Fix(open, 0)
		}
	}
}

// after reports whether all of a block comes after an event, in the order of the query.
func (l *logReader) after(h *blockHead, e app.LogEvent) bool {
	if l.query.Newest {
		return h.last < e.At.UnixMilli()
	}
	return h.first > e.At.UnixMilli()
}

// queue is a heap of ordered runs of events, the one whose first event comes first on top.
type queue struct {
	runs   [][]app.LogEvent
	newest bool
}

func (q *queue) Len() int      { return len(q.runs) }
func (q *queue) Swap(i, j int) { q.runs[i], q.runs[j] = q.runs[j], q.runs[i] }
func (q *queue) Push(x any)    { q.runs = append(q.runs, x.([]app.LogEvent)) }

// Less reports whether run i comes before run j.
func (q *queue) Less(i, j int) bool {
	order := app.CompareLogEvents(q.runs[i][0], q.runs[j][0])
	if q.newest {
		return order > 0
	}
	return order < 0
}

// Pop takes the last run away.
func (q *queue) Pop() any {
	last := q.runs[len(q.runs)-1]
	q.runs = q.runs[:len(q.runs)-1]
	return last
}
