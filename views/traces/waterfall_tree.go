package traces

import (
	"context"
	"sync"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/calltree"
	"github.com/nephograph/nephograph/views/ui"
)

// spanTree is the tree of one trace, as the waterfall draws it.
type spanTree struct {
	*calltree.Tree
	trace app.Trace
	key   string    // of the trace
	bars  []*ui.Bar // of rows that were drawn, for the UI goroutine
}

// treeCache keeps the tree that was read last, and which spans of which traces are folded. A letter typed into the
// query of a trace of 100,000 spans must not read them again.
type treeCache struct {
	mu     sync.Mutex
	last   *spanTree
	folded map[string]bool // by the keys of rows
}

// read returns the tree of the trace that an item belongs to, or for another item the one that was read last; nil if
// there is none.
func (c *treeCache) read(ctx context.Context, r Reader, item app.Item) (*spanTree, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := keyOf(item)
	if key == "" {
		return c.last, nil
	}
	q := app.TraceQuery{Limit: 1}
	var known app.Trace
	switch item := item.(type) {
	case app.Trace:
		q.Scopes, q.ID = []app.Scope{item.Scope}, item.ID
	case app.Latency:
		q.Scopes, q.ID = []app.Scope{item.Scope}, item.ID
	case app.TraceSpan:
		q.Scopes, q.ID = []app.Scope{item.Trace.Scope}, item.Trace.ID
	}
	for _, q.Spans = range []bool{false, true} { // a summary tells whether the spans are still the same
		for t, err := range r.Traces(ctx, q) {
			if err != nil {
				return nil, err
			}
			known = t
		}
		if c.last != nil && c.last.key == key && c.last.trace.Revision == known.Revision {
			return c.last, nil
		}
	}
	t := &spanTree{Tree: calltree.New(known.Spans), trace: known, key: key}
	t.trace.Spans = nil
	t.bars = make([]*ui.Bar, len(t.Rows))
	c.last = t
	return t, nil
}

// fold hides what is below a row, or shows it. It reports whether that changes anything.
func (c *treeCache) fold(row spanRow, hide bool) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if hide == c.folded[row.key()] || !row.calls() {
		return false
	}
	c.folded[row.key()] = hide
	return true
}

// visible returns the rows of a tree that are not hidden.
func (c *treeCache) visible(t *spanTree) []spanRow {
	c.mu.Lock()
	defer c.mu.Unlock()
	var rows []spanRow
	hidden := func(i int32) bool { return len(c.folded) > 0 && c.folded[spanRow{tree: t, at: i}.key()] }
	for _, i := range t.Visible(hidden) {
		rows = append(rows, spanRow{tree: t, at: i, folded: t.Rows[i].End > i+1 && hidden(i)})
	}
	return rows
}
