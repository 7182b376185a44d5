package traces

import (
	"cmp"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/calltree"
	"github.com/nephograph/nephograph/views/phrase"
)

// bar is one row of a waterfall: a span, or several that are alike, on the trace's own axis.
type bar struct {
	name     string
	count    int // of spans that are drawn as one; 1 as a rule
	depth    int
	from, to float64 // of the trace's length, 0 to 1
	took     time.Duration
	failed   string // fault, throttled, error; "" if it did not
	open     bool   // in progress: it had not ended when AWS was asked
	spans    int    // it stands for, and those below it
	id       string // of the span, or of the first of several
}

// foldAt is how many calls in a row, of one name and without spans of their own, are drawn as one.
const foldAt = 4

// waterfall lays the spans of a trace out: each below its parent, in the order of their starts, alike calls in a row as
// one. Spans whose parent is not there stand at the top, as do those that name each other as parents.
func waterfall(spans []app.Span) []bar {
	t := calltree.New(spans)
	var bars []bar
	for i := int32(0); i < int32(len(t.Rows)); {
		run := alike(t, i)
		if run < foldAt {
			run = 1
		}
		bars = append(bars, barOf(t, i, run))
		i += run
	}
	return bars
}

// alike returns how many rows from one on are siblings of one name that called nothing; roots are not alike.
func alike(t *calltree.Tree, first int32) (n int32) {
	name, parent := t.Spans[t.Rows[first].Span].Name, t.Rows[first].Parent
	for i := first; i < int32(len(t.Rows)) && parent >= 0; i++ {
		if r := t.Rows[i]; r.Parent != parent || r.End != i+1 || t.Spans[r.Span].Name != name {
			break
		}
		n++
	}
	return n
}

// barOf makes one row of rows that are alike, from the start of the first to the end of the last.
func barOf(t *calltree.Tree, first, run int32) bar {
	r := t.Rows[first]
	b := bar{id: t.Spans[r.Span].ID, name: t.Spans[r.Span].Name, count: int(run), spans: int(r.End - first),
		depth: int(r.Depth)}
	from, to := r.From, r.To
	for _, r := range t.Rows[first : first+run] {
		s := &t.Spans[r.Span]
		from, to = min(from, r.From), max(to, r.To)
		b.open = b.open || r.Odd&calltree.InProgress != 0
		b.failed = phrase.Worse(b.failed, phrase.Failure(s.Fault, s.Throttle, s.Error))
	}
	if run > 1 {
		b.spans = int(run)
	}
	b.from, b.to, b.took = t.Share(from), t.Share(to), to-from
	return b
}

// maxBars is how many rows a drawer shows of a trace.
const maxBars = 40

// telling returns at most n rows with what led to them, in their order: those that failed, then those that took
// longest. left is how many spans are not among them.
func telling(bars []bar, n int) (shown []bar, left int) {
	if len(bars) <= n {
		return bars, 0
	}
	order := make([]int, len(bars))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(slices.Index(phrase.Failures, bars[a].failed),
			slices.Index(phrase.Failures, bars[b].failed)), cmp.Compare(bars[b].took, bars[a].took))
	})
	parent := parents(bars)
	keep := map[int]bool{}
	for _, i := range order {
		var way []int
		for at := i; at >= 0 && !keep[at]; at = parent[at] {
			way = append(way, at)
		}
		if len(keep)+len(way) > n {
			continue
		}
		for _, at := range way {
			keep[at] = true
		}
	}
	for i, b := range bars {
		if keep[i] {
			shown = append(shown, b)
		} else {
			left += b.count
		}
	}
	return shown, left
}

// parents returns the row that each row stands below, -1 for none.
func parents(bars []bar) []int {
	all, open := make([]int, len(bars)), []int{}
	for i, b := range bars {
		open = open[:min(b.depth, len(open))]
		all[i] = -1
		if len(open) > 0 {
			all[i] = open[len(open)-1]
		}
		open = append(open, i)
	}
	return all
}
