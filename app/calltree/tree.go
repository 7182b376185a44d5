package calltree

import (
	"math"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Tree is the spans of a trace with a row for each: parents before what they called, calls in the order of their
// starts.
type Tree struct {
	Spans  []app.Span // by start, then id
	Rows   []Row
	Start  time.Time     // of the first span
	Length time.Duration // to the end of the last
}

// Row is a span in its place. From and To are since the start of the tree; To is not before From.
type Row struct {
	Span     int32 // index in Tree.Spans
	Parent   int32 // row of the caller, -1: none
	Depth    int32
	End      int32 // the first row that is not below this one
	From, To time.Duration
	Self     time.Duration // in which none of what it called was on its way
	Critical time.Duration // in which nothing but this span kept the trace from its end
	Odd      Odd
}

// Took returns how long the span lasted; of one in progress to the end of what is known.
func (r Row) Took() time.Duration { return r.To - r.From }

// Odd says what is wrong with a span, several bits at once.
type Odd uint8

// What may be wrong.
const (
	NoParent   Odd = 1 << iota // its parent is not among the spans: not sampled, not sent, or lost
	Circle                     // its parents lead back to it
	SameID                     // another span has its id
	EndsFirst                  // it ends before it starts
	Early                      // it starts before its parent: their clocks differ
	InProgress                 // it had not ended when it was sent
)

// New lays out spans, which may come in any order.
func New(spans []app.Span) *Tree {
	t := &Tree{Spans: slices.Clone(spans), Rows: make([]Row, 0, len(spans))}
	if len(spans) == 0 {
		return t
	}
	app.SortSpans(t.Spans)
	t.Start = t.Spans[0].Start
	for i := range t.Spans {
		t.Length = max(t.Length, t.Spans[i].Start.Sub(t.Start), t.Spans[i].End.Sub(t.Start))
	}
	t.place(parentsOf(t.Spans))
	t.timeSelf()
	t.timeCritical()
	return t
}

// parents are the callers of spans: the index of each, -1 for none, and what is wrong with that.
type parents struct {
	of  []int32
	odd []Odd
}

func parentsOf(spans []app.Span) parents {
	p := parents{make([]int32, len(spans)), make([]Odd, len(spans))}
	byID := make(map[string]int32, len(spans))
	for i := range spans {
		if _, ok := byID[spans[i].ID]; ok {
			p.odd[i] |= SameID
			continue
		}
		byID[spans[i].ID] = int32(i)
	}
	for i := range spans {
		p.of[i] = -1
		if spans[i].Parent == "" {
			continue
		}
		if parent, ok := byID[spans[i].Parent]; ok && int(parent) != i {
			p.of[i] = parent
		} else if ok {
			p.odd[i] |= Circle
		} else {
			p.odd[i] |= NoParent
		}
	}
	return p
}

// callees are the spans that each span called, in their order: those of span i are list[from[i]:from[i+1]].
type callees struct{ from, list []int32 }

func calleesOf(parent []int32) callees {
	c := callees{make([]int32, len(parent)+1), make([]int32, len(parent))}
	for _, p := range parent {
		if p >= 0 {
			c.from[p+1]++
		}
	}
	for i := range len(parent) {
		c.from[i+1] += c.from[i]
	}
	next := slices.Clone(c.from)
	for i, p := range parent {
		if p >= 0 {
			c.list[next[p]] = int32(i)
			next[p]++
		}
	}
	return c
}

// place makes the rows. Spans in a circle have no root above them: the first of them becomes one.
func (t *Tree) place(p parents) {
	below := calleesOf(p.of)
	placed := make([]bool, len(t.Spans))
	for i, parent := range p.of {
		if parent < 0 {
			t.placeBelow(int32(i), p, below, placed)
		}
	}
	for i := range t.Spans {
		if !placed[i] {
			p.odd[i] |= Circle
			t.placeBelow(int32(i), p, below, placed)
		}
	}
}

// placeBelow makes the rows of a root and of all below it. It keeps a stack of its own: a chain may have 200,000 spans.
func (t *Tree) placeBelow(root int32, p parents, below callees, placed []bool) {
	type visit struct{ span, parent, next int32 } // next of its callees
	var stack []visit
	enter := func(span, parent int32) {
		placed[span] = true
		depth := int32(len(stack))
		stack = append(stack, visit{int32(len(t.Rows)), parent, below.from[span]})
		t.Rows = append(t.Rows, t.row(span, parent, depth, p.odd[span]))
	}
	enter(root, -1)
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		row := top.span // here the row of the span
		span := t.Rows[row].Span
		if top.next == below.from[span+1] {
			t.Rows[row].End = int32(len(t.Rows))
			stack = stack[:len(stack)-1]
			continue
		}
		callee := below.list[top.next]
		top.next++
		if !placed[callee] {
			enter(callee, row)
		}
	}
}

func (t *Tree) row(span, parent, depth int32, odd Odd) Row {
	s := &t.Spans[span]
	r := Row{Span: span, Parent: parent, Depth: depth, From: s.Start.Sub(t.Start), To: t.Length, Odd: odd}
	if s.End.IsZero() {
		r.Odd |= InProgress
	} else if r.To = s.End.Sub(t.Start); r.To < r.From {
		r.To = r.From
		r.Odd |= EndsFirst
	}
	if parent >= 0 && r.From < t.Rows[parent].From {
		r.Odd |= Early
	}
	return r
}

// children calls visit for the rows that a row called, in their order.
func (t *Tree) children(row int32, visit func(int32)) {
	for i := row + 1; i < t.Rows[row].End; i = t.Rows[i].End {
		visit(i)
	}
}

// timeSelf sets for how long each row was at work itself. Callees are in the order of their starts, so that one pass
// over them finds what they cover.
func (t *Tree) timeSelf() {
	for i := range t.Rows {
		r := &t.Rows[i]
		covered, until := time.Duration(0), r.From
		t.children(int32(i), func(c int32) {
			from, to := max(t.Rows[c].From, until), min(t.Rows[c].To, r.To)
			if to > from {
				covered += to - from
				until = to
			}
		})
		r.Self = r.Took() - covered
	}
}

// timeCritical sets the critical path: back from the end of the longest root, always to the callee that ended last
// before it. What is left between them is the caller's own (as in "CRISP: Critical Path Analysis of Large-Scale
// Microservice Architectures", USENIX ATC 2022).
func (t *Tree) timeCritical() {
	root := int32(-1)
	for i := int32(0); i < int32(len(t.Rows)); i = t.Rows[i].End {
		if root < 0 || t.Rows[i].Took() > t.Rows[root].Took() {
			root = i
		}
	}
	type part struct {
		row         int32
		from, until time.Duration // which part of its time
	}
	var callees []int32
	for stack := []part{{root, t.Rows[root].From, t.Rows[root].To}}; len(stack) > 0; {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		r := &t.Rows[at.row]
		callees = callees[:0]
		t.children(at.row, func(c int32) { callees = append(callees, c) })
		slices.SortStableFunc(callees, func(a, b int32) int {
			return compareDuration(min(t.Rows[b].To, at.until), min(t.Rows[a].To, at.until))
		})
		now := at.until
		for _, c := range callees {
			from, to := max(t.Rows[c].From, at.from), min(t.Rows[c].To, at.until)
			if to <= now && from < to {
				r.Critical += now - to
				stack = append(stack, part{c, from, to})
				now = from
			}
		}
		r.Critical += now - at.from
	}
}

func compareDuration(a, b time.Duration) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Visible returns the rows that are seen when those below folded rows are not.
func (t *Tree) Visible(folded func(row int32) bool) []int32 {
	seen := make([]int32, 0, len(t.Rows))
	for i := int32(0); i < int32(len(t.Rows)); {
		seen = append(seen, i)
		if t.Rows[i].End > i+1 && folded(i) {
			i = t.Rows[i].End
		} else {
			i++
		}
	}
	return seen
}

// WithParents returns the rows for which keep holds and all above them, in order, and which of them are kept for
// themselves.
func (t *Tree) WithParents(keep func(row int32) bool) (rows []int32, kept []bool) {
	const no, above, itself = 0, 1, 2
	marks := make([]uint8, len(t.Rows))
	for i := range t.Rows {
		if !keep(int32(i)) {
			continue
		}
		for p := t.Rows[i].Parent; p >= 0 && marks[p] == no; p = t.Rows[p].Parent {
			marks[p] = above
		}
		marks[i] = itself
	}
	for i, m := range marks {
		if m != no {
			rows, kept = append(rows, int32(i)), append(kept, m == itself)
		}
	}
	return rows, kept
}

// Part is what a service has of a trace.
type Part struct {
	Service        string
	Spans          int
	Failed         int           // spans with a fault, an error or a throttle
	Self, Critical time.Duration // of all its spans
}

// Services returns what each service has of the trace, the most of the critical path first.
func (t *Tree) Services() []Part {
	at := map[string]int{}
	var parts []Part
	for i := range t.Rows {
		r, s := &t.Rows[i], &t.Spans[t.Rows[i].Span]
		k, ok := at[s.Service]
		if !ok {
			k, at[s.Service] = len(parts), len(parts)
			parts = append(parts, Part{Service: s.Service})
		}
		p := &parts[k]
		p.Spans++
		p.Self += r.Self
		p.Critical += r.Critical
		if s.Fault || s.Error || s.Throttle {
			p.Failed++
		}
	}
	slices.SortStableFunc(parts, func(a, b Part) int { return compareDuration(b.Critical, a.Critical) })
	return parts
}

// Share returns which part of the whole trace a time is, 0 to 1.
func (t *Tree) Share(d time.Duration) float64 {
	if t.Length <= 0 {
		return 0
	}
	return math.Min(float64(d)/float64(t.Length), 1)
}
