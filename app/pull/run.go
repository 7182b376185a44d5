package pull

import (
	"context"
	"sync"

	"github.com/nephograph/nephograph/app"
)

// Run reaches, discovers, plans, asks, and keeps, in every place by itself. It returns when everything that it started
// has ended, with a report of what came and of what went wrong: a failure in one place never stops another, nor does
// one that is slow keep another waiting; a scope whose credentials have expired is left, and a cache that cannot be
// written ends the run. Cancel ctx to stop it; what is kept stays.
//
// onProgress is told how it goes; it may be nil. It is called from several goroutines, one at a time, so it needs no
// lock of its own; it must return at once and must not wait for Run.
func (e *Engine) Run(ctx context.Context, w Want, onProgress func(Progress)) Report {
	report := e.run(ctx, w, onProgress, (*scopeRun).discover, (*scopeRun).fetch)
	e.pruner.pruneIfDue(ctx, e.now())
	return report
}

// Discover reaches the places, asks what there is - metrics, alarms, log groups - and keeps it.
func (e *Engine) Discover(ctx context.Context, w Want) Report {
	return e.run(ctx, w, nil, (*scopeRun).discover)
}

// Reach asks AWS who the caller is in each place that is not reached yet, and asks nothing else. onProgress is as
// Run's.
func (e *Engine) Reach(ctx context.Context, w Want, onProgress func(Progress)) Report {
	return e.run(ctx, w, onProgress)
}

// phase is a part of what a run does in a scope.
type phase func(*scopeRun, context.Context)

func (e *Engine) run(ctx context.Context, w Want, onProgress func(Progress), phases ...phase) Report {
	within, stop := context.WithCancel(ctx)
	defer stop()
	now, places := e.now(), w.places()
	budget := &budget{cap: w.Cap, month: e.month}
	allowance := &allowance{cap: w.Cap, spent: budget.sum, month: e.month}
	tracker := newTracker(onProgress, budget.sum, places, len(phases), now)
	var scopes sync.WaitGroup
	for i, place := range places {
		r := &scopeRun{
			place: place, n: i, want: w, cache: e.cache, now: e.now, price: e.price, planner: e.planner,
			budget: budget, allowance: allowance, tracker: tracker, stopRun: stop,
			stop: func() {}, refused: map[question]bool{},
		}
		r.slot = newWorkSlot(e.slots, func(quiet bool) { tracker.quiet(i, quiet) }, r.unresponsive)
		scopes.Go(func() { r.do(within, phases) })
	}
	scopes.Wait()
	return tracker.report(w.within(now), ctx.Err() != nil)
}

// question names what a scope has refused for good, as far as a run goes.
type question struct {
	operation app.Operation
	resource  string
}
