package traces

import (
	"cmp"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
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
	if len(spans) == 0 {
		return nil
	}
	l := treeOf(spans)
	var bars []bar
	for _, i := range l.roots {
		bars = l.add(bars, i, 0)
	}
	for i := range spans { // a circle has no root
		if !l.done[i] {
			bars = l.add(bars, i, 0)
		}
	}
	return bars
}

// spanTree is what the rows are made from: spans by their parents, and the axis.
type spanTree struct {
	spans    []app.Span
	children map[string][]int
	roots    []int
	from     time.Time
	length   time.Duration
	done     []bool
}

func treeOf(spans []app.Span) *spanTree {
	l := &spanTree{spans: slices.Clone(spans), children: map[string][]int{}, done: make([]bool, len(spans))}
	app.SortSpans(l.spans)
	known := map[string]bool{}
	for _, s := range l.spans {
		known[s.ID] = true
	}
	l.from = l.spans[0].Start
	for i, s := range l.spans {
		if s.Parent == "" || !known[s.Parent] {
			l.roots = append(l.roots, i)
		} else {
			l.children[s.Parent] = append(l.children[s.Parent], i)
		}
		l.length = max(l.length, s.Start.Sub(l.from), s.End.Sub(l.from))
	}
	return l
}

// add lays out a span with all below it.
func (l *spanTree) add(bars []bar, i, depth int) []bar {
	if l.done[i] {
		return bars
	}
	l.done[i] = true
	at := len(bars)
	bars = append(bars, l.bar(i, depth))
	children := l.children[l.spans[i].ID]
	for len(children) > 0 {
		run := l.alike(children)
		if run < foldAt {
			bars = l.add(bars, children[0], depth+1)
			children = children[1:]
			continue
		}
		bars = append(bars, l.folded(children[:run], depth+1))
		children = children[run:]
	}
	for _, b := range bars[at+1:] {
		if b.depth == depth+1 {
			bars[at].spans += b.spans
		}
	}
	return bars
}

// alike returns how many of the first siblings have one name and nothing below them.
func (l *spanTree) alike(siblings []int) int {
	n := 0
	for n < len(siblings) && l.spans[siblings[n]].Name == l.spans[siblings[0]].Name &&
		len(l.children[l.spans[siblings[n]].ID]) == 0 && !l.done[siblings[n]] {
		n++
	}
	return n
}

func (l *spanTree) bar(i, depth int) bar {
	s := l.spans[i]
	b := bar{id: s.ID, name: s.Name, count: 1, spans: 1, depth: depth, open: s.End.IsZero(), failed: phrase.Failure(s.Fault, s.Throttle, s.Error),
		from: l.part(s.Start), to: 1, took: l.length - s.Start.Sub(l.from)}
	if !b.open {
		b.to, b.took = max(l.part(s.End), b.from), max(s.End.Sub(s.Start), 0)
	}
	return b
}

// folded makes one row of spans that are alike, from the start of the first to the end of the last.
func (l *spanTree) folded(run []int, depth int) bar {
	all := l.bar(run[0], depth)
	for _, i := range run {
		l.done[i] = true
		b := l.bar(i, depth)
		all.from, all.to = min(all.from, b.from), max(all.to, b.to)
		all.open = all.open || b.open
		all.failed = phrase.Worse(all.failed, b.failed)
	}
	all.count, all.spans = len(run), len(run)
	all.took = time.Duration((all.to - all.from) * float64(l.length))
	return all
}

// part says where an instant lies on the axis, 0 to 1.
func (l *spanTree) part(t time.Time) float64 {
	if l.length <= 0 {
		return 0
	}
	return min(max(float64(t.Sub(l.from))/float64(l.length), 0), 1)
}

// maxBars is how many rows a drawer shows of a trace.
const maxBars = 40

// telling returns at most n rows with what led to them, in their order: those that failed, then those that took longest.
// left is how many spans are not among them.
func telling(bars []bar, n int) (shown []bar, left int) {
	if len(bars) <= n {
		return bars, 0
	}
	order := make([]int, len(bars))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(slices.Index(phrase.Failures, bars[a].failed), slices.Index(phrase.Failures, bars[b].failed)), cmp.Compare(bars[b].took, bars[a].took))
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
