package pull

import (
	"context"
	"sync"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Run reaches, discovers, plans, asks, and keeps, in every place by itself. It returns when everything that it started
// has ended, with a report of what came and of what went wrong: a failure in one place never stops another, nor does one
// that is slow keep another waiting; a scope whose credentials have expired is left, and a cache that cannot be written
// ends the run. Cancel ctx to stop it; what is kept stays.
//
// told hears how it goes; it may be nil. It is called from several goroutines, one at a time, so it needs no lock of
// its own; it must return at once and must not wait for Run.
func (e *Engine) Run(ctx context.Context, w Want, told func(Progress)) Report {
	return e.run(ctx, w, told, (*visit).discover, (*visit).fetch)
}

// Discover reaches the places, asks what there is - metrics, alarms, log groups - and keeps it.
func (e *Engine) Discover(ctx context.Context, w Want) Report {
	return e.run(ctx, w, nil, (*visit).discover)
}

// Reach asks AWS who the caller is in each place that is not reached yet, and asks nothing else.
func (e *Engine) Reach(ctx context.Context, w Want, told func(Progress)) Report {
	return e.run(ctx, w, told)
}

func (e *Engine) run(ctx context.Context, w Want, told func(Progress), phases ...func(*visit, context.Context)) Report {
	within, stop := context.WithCancel(ctx)
	defer stop()
	places := w.places()
	r := &run{engine: e, want: w, now: e.now(), budget: budget{cap: w.Cap}, stop: stop}
	r.tally = newTally(told, r.budget.sum, places, r.now)
	var visits sync.WaitGroup
	for i, place := range places {
		visits.Go(func() { newVisit(r, i, place).make(within, phases) })
	}
	visits.Wait()
	return r.tally.report(w.within(r.now), ctx.Err() != nil)
}

// run is one Run in all its scopes.
type run struct {
	engine *Engine
	want   Want
	now    time.Time // nothing is asked beyond
	budget budget
	tally  *tally
	stop   context.CancelFunc // of the whole run

	mu      sync.Mutex
	planned app.Money // of the scopes that have made their plan
}

// commit adds what a scope plans to spend to what the others do. If that would pass the cap, over says by what, and the
// scope may ask only what costs nothing.
func (r *run) commit(cost app.Money) (over error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if total := r.planned + cost; r.want.Cap > 0 && cost > 0 && total > r.want.Cap {
		return overCap(r.want.Cap, total)
	}
	r.planned += cost
	return nil
}
