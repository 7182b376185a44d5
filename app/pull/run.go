package pull

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/nephograph/nephograph/app"
)

// scopesAtOnce bounds memory: every worker holds a page, and a page of log events takes up to about 5 MB.
const scopesAtOnce = 4

// Run discovers, plans, asks, and keeps. It returns when everything that it started has ended, with a report of what came
// and of what went wrong: a failure in one place never stops another, but a scope whose credentials have expired is
// left, and a cache that cannot be written ends the run. Cancel ctx to stop it; what is kept stays.
//
// told hears how it goes; it may be nil. It is called from several goroutines, one at a time, so it needs no lock of
// its own; it must return at once and must not wait for Run.
func (e *Engine) Run(ctx context.Context, w Want, told func(Progress)) Report {
	return e.run(ctx, w, told, (*run).discover, (*run).fetch)
}

// Discover asks what there is - metrics, alarms, log groups - and keeps it.
func (e *Engine) Discover(ctx context.Context, w Want) Report {
	return e.run(ctx, w, nil, (*run).discover)
}

func (e *Engine) run(ctx context.Context, w Want, told func(Progress), phases ...func(*run, context.Context)) Report {
	within, stop := context.WithCancel(ctx)
	defer stop()
	r := &run{engine: e, want: w, now: e.now(), budget: budget{cap: w.Cap}, stop: stop}
	r.tally = newTally(told, r.budget.sum)
	for _, from := range w.Sources {
		r.visits = append(r.visits, newVisit(r, from))
	}
	for _, phase := range phases {
		phase(r, within)
	}
	return r.tally.report(w.within(r.now), ctx.Err() != nil)
}

// run is one Run in all its scopes.
type run struct {
	engine *Engine
	want   Want
	now    time.Time // nothing is asked beyond
	budget budget
	tally  *tally
	visits []*visit
	stop   context.CancelFunc // of the whole run
}

// discover takes the listings of all scopes.
func (r *run) discover(ctx context.Context) {
	r.take(ctx, func(v *visit) []Step {
		steps, err := r.engine.listings(ctx, v.from, r.want)
		if err != nil {
			r.tally.stopped(v.from.Scope, app.Alarms)
			v.judge(ctx, app.Alarms, "", err)
		}
		return steps
	})
}

// fetch plans the rest, from what the listings have found, and takes it; if that would pass the cap, only what costs
// nothing.
func (r *run) fetch(ctx context.Context) {
	steps := map[*visit][]Step{}
	var cost app.Money
	for _, v := range r.visits {
		for _, signal := range app.Signals {
			questions, err := r.engine.questions(ctx, v.from, r.want, signal, r.now)
			if err != nil {
				r.tally.stopped(v.from.Scope, signal)
				v.judge(ctx, signal, "", err)
			}
			steps[v] = append(steps[v], questions...)
			cost += planOf(app.Range{}, questions).Cost
		}
	}
	if total := cost + r.budget.sum(); r.want.Cap > 0 && total > r.want.Cap {
		for v := range steps {
			steps[v] = r.refuse(v, steps[v], overCap(r.want.Cap, total))
		}
	}
	r.take(ctx, func(v *visit) []Step { return steps[v] })
}

// refuse reports the steps of calls that are billed, once for each signal, and returns the others.
func (r *run) refuse(v *visit, steps []Step, err error) (free []Step) {
	for _, s := range steps {
		if v.price(call{s.Service, s.Operation}, 1) == 0 {
			free = append(free, s)
			continue
		}
		r.tally.stopped(v.from.Scope, s.Signal)
		r.tally.problem(v.from.Scope, s.Signal, about("", err))
	}
	return free
}

// take takes the steps of all scopes and waits for them.
func (r *run) take(ctx context.Context, steps func(*visit) []Step) {
	var scopes errgroup.Group
	scopes.SetLimit(scopesAtOnce)
	for _, v := range r.visits {
		todo := steps(v)
		r.tally.planned(len(todo))
		scopes.Go(func() error {
			v.take(ctx, todo)
			return nil
		})
	}
	_ = scopes.Wait() // nothing above returns an error: what goes wrong is in the tally
}
