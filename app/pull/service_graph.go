package pull

import (
	"context"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// graphWindow is the longest range that GetServiceGraph takes. Windows are cut at its multiples and asked from their
// beginning, so that the graph of a window asked twice replaces itself and is not counted double.
const graphWindow = 6 * time.Hour

// graphSteps asks for the service graph of each window in which traces are due, or are not in its graph. The
// graph is an aggregate that AWS makes, and has no coverage of its own: its range and that of the traces tell.
func (p *planner) graphSteps(
	ctx context.Context, from Sources, within app.Range, due []app.Range, now time.Time,
) ([]Step, error) {
	if from.ServiceGraph == nil {
		return nil, nil
	}
	var steps []Step
	for _, w := range within.Align(graphWindow).Split(graphWindow) {
		w = untilNow(w, now)
		missing, err := p.graphMissing(ctx, from.Scope, w)
		if err != nil {
			return nil, err
		}
		if missing || slices.ContainsFunc(due, w.Overlaps) {
			steps = append(steps, p.graphStep(from, w))
		}
	}
	return steps, nil
}

// graphMissing reports whether the cache has traces of the window that its graph, if any, does not count. A graph's
// range says up to when it was made.
func (p *planner) graphMissing(ctx context.Context, scope app.Scope, w app.Range) (bool, error) {
	graph, err := p.cache.ServiceGraph(ctx, scope, w)
	if err != nil {
		return false, err
	}
	for _, r := range app.Subtract(w, []app.Range{graph.Range}) {
		traces, err := p.cache.TraceRevisions(ctx, scope, r)
		if err != nil || len(traces) > 0 {
			return len(traces) > 0, err
		}
	}
	return false, nil
}

func (p *planner) graphStep(from Sources, w app.Range) Step {
	s := p.step(from.Scope, app.GetServiceGraph)
	s.Range = w
	s.take = func(ctx context.Context, r *scopeRun) error {
		a := request[app.ServiceGraph]{operation: app.GetServiceGraph, units: 1}
		a.more = func(page app.Page[app.ServiceGraph]) bool { return !page.Covers.Intersect(w).Equal(w) }
		return ask(ctx, r, a, from.ServiceGraph, app.ServiceGraphQuestion{Range: w},
			func(ctx context.Context, page app.Page[app.ServiceGraph]) error {
				for _, graph := range page.Items {
					n, err := p.cache.KeepServiceGraph(ctx, graph)
					if err != nil {
						return cacheError{err}
					}
					if n > 0 { // no new item: a graph adds up traces, which are counted themselves
						r.tracker.kept(Changed{Scope: from.Scope, Signal: app.Traces, Range: w}, nil)
					}
				}
				return nil
			})
	}
	return s
}
