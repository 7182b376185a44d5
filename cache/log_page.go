package cache

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/nephograph/nephograph/app"
)

// logIndex is where all matches of a query are, in its order. It takes 16 bytes a match: 16 MB for a million.
type logIndex struct {
	asked string // the query
	state blockState
	heads []blockHead
	refs  []logRef
}

// logRef is where a match is.
type logRef struct {
	at    int64 // ms
	head  int32 // in heads
	event int32 // in its block
}

// indexCache keeps the index that was built last: pages of one list are asked for one after the other.
type indexCache struct {
	mu   sync.Mutex
	last *logIndex
}

// LogPage returns the q.Limit events of a query that come after the first skip, in its order, and how many it has in
// all. The first page of a query takes as long as a search with all its times; each other one opens only the blocks that
// its events are in, until the cache has changed.
func (d *DB) LogPage(ctx context.Context, q app.LogQuery, skip int) (r app.LogResult, err error) {
	for {
		index, err := d.logIndex(ctx, q)
		if err != nil {
			return r, err
		}
		r.Total = len(index.refs)
		refs := index.refs[min(max(skip, 0), len(index.refs)):]
		if q.Limit > 0 {
			refs = refs[:min(q.Limit, len(refs))]
		}
		same := false
		err = d.read(ctx, "read log events", func(tx *readTx) error {
			now, err := tx.blockState()
			if same = now == index.state; err != nil || !same {
				return err
			}
			r.Events, err = d.eventsAt(tx, q, index, refs)
			return err
		})
		if err != nil || same { // else more was kept in between
			return r, err
		}
	}
}

// logIndex returns the index of a query, the one that was built last if nothing has changed.
func (d *DB) logIndex(ctx context.Context, q app.LogQuery) (*logIndex, error) {
	q.Limit = 0
	d.indexes.mu.Lock()
	defer d.indexes.mu.Unlock()
	index := &logIndex{asked: fmt.Sprintf("%+v", q)}
	err := d.read(ctx, "read log events", func(r *readTx) (err error) {
		index.state, err = r.blockState()
		return err
	})
	if err != nil {
		return nil, err
	}
	if last := d.indexes.last; last != nil && last.asked == index.asked && last.state == index.state {
		return last, nil
	}
	if err := d.buildIndex(ctx, q, index); err != nil {
		return nil, err
	}
	d.indexes.last = index
	return index, nil
}

// buildIndex finds all matches of a query and puts them in order: by time, then group, then id, as app.CompareLogEvents
// does. Blocks of one group that share a millisecond follow each other by id.
func (d *DB) buildIndex(ctx context.Context, q app.LogQuery, index *logIndex) error {
	var mu sync.Mutex
	var groups map[int64]groupName
	err := d.eachBlock(ctx, "search log events", q, func(l *logReader) func(*blockHead) error {
		mu.Lock()
		groups = l.groups.byID
		mu.Unlock()
		return func(h *blockHead) error {
			matches, err := l.find(h)
			if err != nil || len(matches) == 0 {
				return err
			}
			if !l.narrowsByID() {
				if err := l.openTimes(h); err != nil {
					return err
				}
			}
			mu.Lock()
			defer mu.Unlock()
			at := int32(len(index.heads))
			index.heads = append(index.heads, *h)
			for _, i := range matches {
				index.refs = append(index.refs, logRef{l.unpacker.Times.At[i], at, i})
			}
			return nil
		}
	})
	if err != nil {
		return err
	}
	rank := rankHeads(index.heads, groups)
	slices.SortFunc(index.refs, func(a, b logRef) int {
		if q.Newest {
			a, b = b, a
		}
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(rank[a.head], rank[b.head]), cmp.Compare(a.event, b.event))
	})
	return nil
}

// rankHeads returns the place of each block in the order of groups and, within a group, of time.
func rankHeads(heads []blockHead, groups map[int64]groupName) []int32 {
	order := make([]int32, len(heads))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		x, y := &heads[a], &heads[b]
		gx, gy := groups[x.group], groups[y.group]
		return cmp.Or(app.CompareScopes(gx.scope, gy.scope), cmp.Compare(gx.name, gy.name), cmp.Compare(x.last, y.last),
			cmp.Compare(x.first, y.first), cmp.Compare(x.id, y.id))
	})
	rank := make([]int32, len(heads))
	for place, i := range order {
		rank[i] = int32(place)
	}
	return rank
}

// eventsAt reads events by where they are. Each block is opened once.
func (d *DB) eventsAt(r *readTx, q app.LogQuery, index *logIndex, refs []logRef) ([]app.LogEvent, error) {
	l := &logReader{readTx: r, query: q}
	var err error
	if l.groups, err = r.groupsOf(q); err != nil {
		return nil, err
	}
	if err := d.setUp(l); err != nil {
		return nil, err
	}
	defer d.unpackers.Put(l.unpacker)
	places := map[int32][]int{}
	for i, ref := range refs {
		places[ref.head] = append(places[ref.head], i)
	}
	events := make([]app.LogEvent, len(refs))
	for head, at := range places {
		h := &index.heads[head]
		if err := r.open(l.unpacker, h.id); err != nil {
			return nil, err
		}
		group := l.groups.byID[h.group]
		for _, i := range at {
			events[i] = l.unpacker.Event(int(refs[i].event))
			events[i].Scope, events[i].Group = group.scope, group.name
		}
	}
	return events, nil
}
