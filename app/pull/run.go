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
	report := e.run(ctx, w, told, (*visit).discover, (*visit).fetch)
	e.after.due(ctx, e.now())
	return report
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
	r := &run{engine: e, want: w, now: e.now(), budget: budget{cap: w.Cap, month: e.month}, stop: stop}
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
	begun   bool      // the first plan is made, and the rest is known
	room    app.Money // that the month had then
	bounded bool      // the month has a cap
}

// commit adds what a scope plans to spend, step by step, to what all scopes do, and returns how many of the steps stay
// under the caps; over says which cap the next would pass.
func (r *run) commit(ctx context.Context, costs []app.Money) (n int, over error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.begun {
		left, bounded, err := r.engine.month.room(ctx)
		if err != nil {
			return 0, err
		}
		r.begun, r.bounded, r.room = true, bounded, left
	}
	for i, cost := range costs {
		total := r.planned + cost
		switch {
		case cost == 0:
		case r.want.Cap > 0 && total > r.want.Cap:
			return i, overCap(app.OverCap{Cap: r.want.Cap, Spent: r.budget.sum(), Total: total})
		case r.bounded && total > r.room:
			return i, r.engine.month.refusal(total - r.room)
		}
		r.planned = total
	}
	return len(costs), nil
}
