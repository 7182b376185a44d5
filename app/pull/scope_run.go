package pull

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/nephograph/nephograph/app"
)

// scopeRun is the part of a run that is in one scope.
type scopeRun struct {
	place *Place
	n     int // of its status in the tracker
	want  Want

	// Of the engine.
	cache   scopeCache
	now     func() time.Time
	price   Price
	planner *planner

	// Shared by all scopes of the run.
	budget    *budget
	allowance *allowance
	tracker   *tracker
	stopRun   context.CancelFunc

	slot  *workSlot
	from  Sources   // once the place is reached
	until time.Time // nothing is asked beyond; once the scope is claimed

	mu         sync.Mutex
	stop       context.CancelFunc // of what is being taken
	left       bool               // nothing more is asked in this scope
	signedOut  bool
	toldNotAWS bool
	unanswered int // questions in a row
	refused    map[question]bool
}

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

// do runs phase by phase, when the scope's turn has come. After a cancel the phases still say what is left unasked.
func (r *scopeRun) do(ctx context.Context, phases []phase) {
	_ = r.slot.take(ctx)
	defer r.slot.end()
	defer r.keepAttempts(context.WithoutCancel(ctx), len(phases) > 0)
	defer func() { r.tracker.ended(r.n, r.now(), ctx.Err() != nil) }()
	if !r.reach(ctx) {
		return
	}
	if len(phases) == 0 {
		return
	}
	defer r.claim(ctx)()
	r.until = r.now()
	r.enter(Pulling)
	for _, p := range phases {
		p(r, ctx)
	}
	if r.isSignedOut() {
		r.place.Forget(context.WithoutCancel(ctx))
	}
}

// keepAttempts keeps how it ended, for those who ask after a restart. That it cannot be kept is no problem of the pull:
// what else could not be kept has said so.
func (r *scopeRun) keepAttempts(ctx context.Context, asked bool) {
	if asked {
		_ = r.cache.KeepAttempts(ctx, r.tracker.attempts(r.n, r.want))
	}
}

// enter says which state the scope is in.
func (r *scopeRun) enter(s State) { r.tracker.enter(r.n, s, r.now()) }

// reach makes the sources of the place, and reports whether it can be asked.
func (r *scopeRun) reach(ctx context.Context) bool {
	if from, ok := r.place.Reached(); ok {
		r.from = from
	} else {
		ctx, stop := r.begin(ctx)
		defer stop()
		r.enter(Connecting)
		from, err := r.place.Sources(ctx)
		r.slot.answered(ctx)
		if err != nil {
			r.unreachable(ctx, err)
			return false
		}
		r.from = from
	}
	r.tracker.reached(r.n, r.from)
	return true
}

// claim waits until no other run pulls the scope, and returns what ends the claim. Where claims cannot be made it goes
// on: without one, two pulls at once would only ask some things twice.
func (r *scopeRun) claim(ctx context.Context) (release func()) {
	waits := false
	releaseClaim, err := r.cache.ClaimScope(ctx, r.from.Scope, func() {
		waits = true
		r.enter(Claimed)
		r.slot.pause()
	})
	if waits {
		_ = r.slot.resume(ctx)
	}
	if err != nil {
		return func() {}
	}
	return func() { _ = releaseClaim() }
}

// discover takes the listings.
func (r *scopeRun) discover(ctx context.Context) {
	steps, err := r.planner.listings(ctx, r.from, r.want)
	if err != nil {
		r.tracker.stopped(r.from.Scope, app.Alarms)
		r.judge(ctx, app.Alarms, "", err)
	}
	r.take(ctx, r.affordable(ctx, steps))
}

// fetch plans the rest, from what the listings have found, and takes as much of it as the caps allow.
func (r *scopeRun) fetch(ctx context.Context) {
	var steps []Step
	for _, signal := range app.Signals {
		questions, err := r.planner.questions(ctx, r.from, r.want, signal, r.until)
		if err != nil {
			r.tracker.stopped(r.from.Scope, signal)
			r.judge(ctx, signal, "", err)
		}
		steps = append(steps, questions...)
	}
	r.take(ctx, r.affordable(ctx, steps))
}

// take takes the steps, the signals beside each other and each signal's in order, and waits for them.
func (r *scopeRun) take(ctx context.Context, steps []Step) {
	ctx, stop := r.begin(ctx)
	defer stop()
	r.tracker.planned(r.n, len(steps))
	bySignal := map[app.Signal][]Step{}
	for _, s := range steps {
		bySignal[s.Signal] = append(bySignal[s.Signal], s)
	}
	var signals errgroup.Group
	for signal, steps := range bySignal {
		signals.Go(func() error {
			var running errgroup.Group
			running.SetLimit(workers(signal))
			for _, s := range steps {
				running.Go(func() error {
					r.takeStep(ctx, s)
					return nil
				})
			}
			return running.Wait()
		})
	}
	_ = signals.Wait() // nothing above returns an error: what goes wrong is in the tracker
}

// begin returns a context that ends when the scope is left.
func (r *scopeRun) begin(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := context.WithCancel(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stop = stop
	if r.left {
		stop()
	}
	return ctx, stop
}

// takeStep takes one step, unless there is no use in it.
func (r *scopeRun) takeStep(ctx context.Context, s Step) {
	q := question{s.operation, s.Resource}
	if ctx.Err() != nil || r.hasRefused(q) {
		r.tracker.stopped(r.from.Scope, s.Signal)
		r.tracker.done(1)
		return
	}
	end := r.tracker.begin(r.from.Scope, s.Signal)
	defer end()
	err := s.take(ctx, r)
	if err != nil {
		r.tracker.stopped(r.from.Scope, s.Signal)
	}
	switch app.KindOf(err) {
	case app.Denied, app.NotFound, app.TooMuch, app.Endless: // and will be again
		r.refuse(q)
	case app.NotAWS: // whatever resource is asked for
		r.refuse(question{operation: s.operation})
	}
	r.judge(ctx, s.Signal, s.Resource, err)
}

// priceOf returns what so many units of an operation cost in the scope's Region.
func (r *scopeRun) priceOf(o app.Operation, units int) app.Money {
	return r.price.of(o, r.from.Scope.Region, units)
}

// keep keeps a page. Its context outlives a cancelled ctx: a page that is here is paid for and is not thrown away.
func (r *scopeRun) keep(ctx context.Context, keep func(context.Context) error) error {
	defer r.slot.keep()()
	return keep(context.WithoutCancel(ctx))
}

// kept tells that a page of the answer over a range is in the cache, with its covers.
func (r *scopeRun) kept(signal app.Signal, n int, within app.Range, covers []app.Cover) {
	if n > 0 || len(covers) > 0 {
		r.tracker.kept(Changed{Scope: r.from.Scope, Signal: signal, Range: within, New: n}, covers)
	}
}
