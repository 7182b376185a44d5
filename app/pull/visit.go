package pull

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/nephograph/nephograph/app"
)

// unansweredInARow is how many questions of a scope may go without an answer, each after all of its retries, before the
// scope counts as out of reach for this run.
const unansweredInARow = 3

// workers is how many steps of a signal run at once in a scope. FilterLogEvents may be called 5 times a second in some
// Regions, LookupEvents twice; a step of traces has workers of its own.
func workers(s app.Signal) int {
	switch s {
	case app.Logs, app.Metrics:
		return 2
	default:
		return 1
	}
}

// visit is the part of a run that is in one scope.
type visit struct {
	run  *run
	from Sources

	mu         sync.Mutex
	stop       context.CancelFunc // of what is being taken
	left       bool               // nothing more is asked in this scope
	signedOut  bool
	unanswered int
	refused    map[question]bool
}

// question names what a scope has refused for good, as far as this run goes.
type question struct{ operation, resource string }

func newVisit(r *run, from Sources) *visit {
	return &visit{run: r, from: from, stop: func() {}, refused: map[question]bool{}}
}

// price returns what so many units of a call cost in the scope's Region.
func (v *visit) price(c call, units int) app.Money {
	return v.run.engine.price(c.service, c.operation, v.from.Scope.Region, units)
}

// take takes the steps, the signals beside each other and each signal's in order, and waits for them.
func (v *visit) take(ctx context.Context, steps []Step) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	v.mu.Lock()
	v.stop = stop
	if v.left {
		stop()
	}
	v.mu.Unlock()

	bySignal := map[app.Signal][]Step{}
	for _, s := range steps {
		bySignal[s.Signal] = append(bySignal[s.Signal], s)
	}
	var signals errgroup.Group
	for signal, steps := range bySignal {
		signals.Go(func() error {
			var lane errgroup.Group
			lane.SetLimit(workers(signal))
			for _, s := range steps {
				lane.Go(func() error {
					v.do(ctx, s)
					return nil
				})
			}
			return lane.Wait()
		})
	}
	_ = signals.Wait() // nothing above returns an error: what goes wrong is in the tally
}

// do takes one step, unless there is no use in it.
func (v *visit) do(ctx context.Context, s Step) {
	q := question{s.Operation, s.Resource}
	if ctx.Err() != nil || v.hasRefused(q) {
		v.run.tally.stopped(v.from.Scope, s.Signal)
		v.run.tally.done(1)
		return
	}
	end := v.run.tally.begin(v.from.Scope, s.Signal)
	defer end()
	err := s.take(ctx, v)
	if err != nil {
		v.run.tally.stopped(v.from.Scope, s.Signal)
	}
	switch app.KindOf(err) {
	case app.Denied, app.NotFound, app.TooMuch: // and will be again
		v.refuse(q)
	}
	v.judge(ctx, s.Signal, s.Resource, err)
}

func (v *visit) hasRefused(q question) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.refused[q]
}

func (v *visit) refuse(q question) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.refused[q] = true
}

// judge reports an error and draws its consequences. What a cancelled context brings about is no error.
func (v *visit) judge(ctx context.Context, signal app.Signal, resource string, err error) {
	if err == nil || ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return
	}
	var kept notKept
	switch {
	case errors.As(err, &kept):
		v.run.stop()
	case isCapped(err):
		resource = "" // the first that was refused is no worse than the others
	case app.KindOf(err) == app.SignedOut:
		if !v.leave() {
			return // one question has said so already
		}
	}
	v.run.tally.problem(v.from.Scope, signal, about(resource, err))
}

// leave ends the work in the scope and reports whether it is the first to do so for want of credentials.
func (v *visit) leave() (first bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	first, v.signedOut, v.left = !v.signedOut, true, true
	v.stop()
	return first
}

// answered counts a request, and leaves the scope when it seems out of reach.
func (v *visit) answered(err error) {
	v.run.tally.request()
	v.mu.Lock()
	defer v.mu.Unlock()
	if err == nil || app.KindOf(err) != app.Offline {
		v.unanswered = 0
		return
	}
	if v.unanswered++; v.unanswered == unansweredInARow {
		v.left = true
		v.stop()
	}
}

// gaps reports what AWS left out of a page.
func (v *visit) gaps(signal app.Signal, op string, problems []app.Problem) {
	for _, p := range problems {
		err := errors.New(p.Message)
		if p.Resource != "" {
			err = fmt.Errorf("%s: %w", p.Resource, err)
		}
		v.run.tally.problem(v.from.Scope, signal, &app.Error{Kind: p.Kind, Op: op, Err: err})
	}
}

// kept tells that a page of the answer over a range is in the cache, with its covers.
func (v *visit) kept(signal app.Signal, n int, within app.Range, covers []app.Cover) {
	if n > 0 || len(covers) > 0 {
		v.run.tally.kept(Changed{Scope: v.from.Scope, Signal: signal, Range: within, New: n}, covers)
	}
}
