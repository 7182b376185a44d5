package simulator

import (
	"cmp"
	"slices"
	"sort"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers/simulator/world"
)

// place is one account in one Region with what it takes to find things in it quickly. Lists that are by time are
// searched by halving, so that a page costs what it holds and not what lies before it.
type place struct {
	*world.Place
	metrics map[string]*world.Recorded // by app.Metric's key
	groups  map[string]*app.LogGroup   // by name
	traces  []tracePoint               // by the second in their id, then id
	byID    map[app.TraceID]*app.Trace
	longest time.Duration // of a trace
}

// tracePoint is a trace with the time that its id tells, which is what X-Ray lists traces by.
type tracePoint struct {
	second int64
	trace  *app.Trace
}

func newPlace(w *world.Place) *place {
	p := &place{
		Place:   w,
		metrics: make(map[string]*world.Recorded, len(w.Metrics)),
		groups:  make(map[string]*app.LogGroup, len(w.Groups)),
		traces:  make([]tracePoint, len(w.Traces)),
		byID:    make(map[app.TraceID]*app.Trace, len(w.Traces)),
	}
	for i := range w.Metrics {
		p.metrics[w.Metrics[i].Metric.Key()] = &w.Metrics[i]
	}
	for i := range w.Groups {
		p.groups[w.Groups[i].Name] = &w.Groups[i]
	}
	for i := range w.Traces {
		t := &w.Traces[i]
		p.byID[t.ID] = t
		p.traces[i] = tracePoint{secondOf(t), t}
		p.longest = max(p.longest, t.Duration, t.Response)
	}
	slices.SortFunc(p.traces, func(a, b tracePoint) int {
		return cmp.Or(cmp.Compare(a.second, b.second), cmp.Compare(a.trace.ID, b.trace.ID))
	})
	return p
}

// between returns the half-open range of indexes of a list of n, sorted by time, with from <= time < to.
func between(n int, at func(int) time.Time, from, to time.Time) (first, end int) {
	first = sort.Search(n, func(i int) bool { return !at(i).Before(from) })
	return first, first + sort.Search(n-first, func(i int) bool { return !at(first + i).Before(to) })
}
