package pull

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

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
	run   *run
	n     int // of its status in the tally
	place *Place
	from  Sources   // once it is reached
	now   time.Time // nothing is asked beyond
	slot  *slot

	mu         sync.Mutex
	stop       context.CancelFunc // of what is being taken
	left       bool               // nothing more is asked in this scope
	signedOut  bool
	unanswered int
	refused    map[question]bool
}

// question names what a scope has refused for good, as far as this run goes.
type question struct{ operation, resource string }

func newVisit(r *run, n int, place *Place) *visit {
	v := &visit{run: r, n: n, place: place, stop: func() {}, refused: map[question]bool{}}
	v.slot = newSlot(r.engine.slots, func(quiet bool) { r.tally.quiet(n, quiet) }, v.silent)
	return v
}

// make makes the visit, phase by phase, when its turn has come. After a cancel the phases still say what is left unasked.
func (v *visit) make(ctx context.Context, phases []func(*visit, context.Context)) {
	_ = v.slot.take(ctx)
	defer v.slot.end()
	defer v.note(context.WithoutCancel(ctx), len(phases) > 0)
	defer func() { v.run.tally.ended(v.n, v.run.engine.now(), ctx.Err() != nil) }()
	if !v.reach(ctx) {
		return
	}
	if len(phases) == 0 {
		return
	}
	defer v.claim(ctx)()
	v.now = v.run.engine.now()
	v.enter(Pulling)
	for _, phase := range phases {
		phase(v, ctx)
	}
	if v.isSignedOut() {
		v.place.Forget(context.WithoutCancel(ctx))
	}
}

// note keeps how it ended, for who asks after a restart. That it cannot be kept is no problem of the pull: what else could
// not be kept has said so.
func (v *visit) note(ctx context.Context, asked bool) {
	if asked {
		_ = v.run.engine.cache.KeepAttempts(ctx, v.run.tally.attempts(v.n, v.run.want))
	}
}

// enter says how the visit stands.
func (v *visit) enter(s State) { v.run.tally.enter(v.n, s, v.run.engine.now()) }

// reach makes the sources of the place, and reports whether it can be asked.
func (v *visit) reach(ctx context.Context) bool {
	if from, ok := v.place.Reached(); ok {
		v.from = from
	} else {
		ctx, stop := v.begin(ctx)
		defer stop()
		v.enter(Connecting)
		from, err := v.place.Sources(ctx)
		v.slot.answered(ctx)
		if err != nil {
			v.fail(ctx, err)
			return false
		}
		v.from = from
	}
	v.run.tally.reached(v.n, v.from)
	return true
}

// claim waits until no other run pulls the scope, and returns what ends the claim. Where claims cannot be made it goes on:
// without one, two pulls at once would only ask some things twice.
func (v *visit) claim(ctx context.Context) (release func()) {
	waits := false
	let, err := v.run.engine.cache.ClaimScope(ctx, v.from.Scope, func() {
		waits = true
		v.enter(Claimed)
		v.slot.rest()
	})
	if waits {
		_ = v.slot.resume(ctx)
	}
	if err != nil {
		return func() {}
	}
	return func() { _ = let() }
}

// discover takes the listings.
func (v *visit) discover(ctx context.Context) {
	steps, err := v.run.engine.listings(ctx, v.from, v.run.want)
	if err != nil {
		v.run.tally.stopped(v.from.Scope, app.Alarms)
		v.judge(ctx, app.Alarms, "", err)
	}
	v.take(ctx, v.affordable(ctx, steps))
}

// fetch plans the rest, from what the listings have found, and takes as much of it as the caps allow.
func (v *visit) fetch(ctx context.Context) {
	var steps []Step
	for _, signal := range app.Signals {
		questions, err := v.run.engine.questions(ctx, v.from, v.run.want, signal, v.now)
		if err != nil {
			v.run.tally.stopped(v.from.Scope, signal)
			v.judge(ctx, signal, "", err)
		}
		steps = append(steps, questions...)
	}
	v.take(ctx, v.affordable(ctx, steps))
}

// affordable returns the steps that may be taken: all that cost nothing, and of those that are billed the newest, as many
// as the caps allow. It reports the others, once for each signal.
func (v *visit) affordable(ctx context.Context, steps []Step) []Step {
	var billed []int
	for i, s := range steps {
		if v.price(call{s.Service, s.Operation}, 1) > 0 {
			billed = append(billed, i)
		}
	}
	slices.SortStableFunc(billed, func(a, b int) int { return newer(steps[a], steps[b]) })
	costs := make([]app.Money, len(billed))
	for i, n := range billed {
		costs[i] = max(steps[n].Cost, v.price(call{steps[n].Service, steps[n].Operation}, 1))
	}
	n, over := v.run.commit(ctx, costs)
	if over == nil {
		return steps
	}
	refused := map[int]bool{}
	for _, i := range billed[n:] {
		refused[i] = true
		v.run.tally.stopped(v.from.Scope, steps[i].Signal)
		v.run.tally.problem(v.from.Scope, steps[i].Signal, about("", over))
	}
	var left []Step
	for i, s := range steps {
		if !refused[i] {
			left = append(left, s)
		}
	}
	return left
}

// newer orders listings first, which cost next to nothing and without which nothing else is known, then what ends latest.
func newer(a, b Step) int {
	stretch := func(s Step) int {
		if s.Range.Empty() {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(stretch(a), stretch(b)), b.Range.To.Compare(a.Range.To))
}

// price returns what so many units of a call cost in the scope's Region.
func (v *visit) price(c call, units int) app.Money {
	return v.run.engine.price(c.service, c.operation, v.from.Scope.Region, units)
}

// take takes the steps, the signals beside each other and each signal's in order, and waits for them.
func (v *visit) take(ctx context.Context, steps []Step) {
	ctx, stop := v.begin(ctx)
	defer stop()
	v.run.tally.planned(len(steps))
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

// begin returns a context that ends when the scope is left.
func (v *visit) begin(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := context.WithCancel(ctx)
	v.mu.Lock()
	defer v.mu.Unlock()
	v.stop = stop
	if v.left {
		stop()
	}
	return ctx, stop
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

func (v *visit) isSignedOut() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.signedOut
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
	case app.KindOf(err) == app.SignedOut || app.KindOf(err) == app.Skewed: // nothing is answered before a person sees to it
		if !v.leave() {
			return // one question has said so already
		}
		v.run.tally.fail(v.n, err)
	}
	v.run.tally.problem(v.from.Scope, signal, about(resource, err))
}

// leave ends the work in the scope and reports whether it is the first to do so for want of credentials, or of a clock
// that is right.
func (v *visit) leave() (first bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	first, v.signedOut, v.left = !v.signedOut, true, true
	v.stop()
	return first
}

// answered counts a request, and leaves the scope when it seems out of reach. It waits where others have got the scope's
// slot in the meantime.
func (v *visit) answered(ctx context.Context, err error) {
	v.run.tally.request(v.n, err)
	v.slot.answered(ctx)
	v.mu.Lock()
	defer v.mu.Unlock()
	if err == nil || app.KindOf(err) != app.Offline {
		v.unanswered = 0
		return
	}
	if v.unanswered++; v.unanswered == unansweredInARow {
		v.run.tally.fail(v.n, err)
		v.left = true
		v.stop()
	}
}

// errSilent is why a scope is left that answers nothing.
var errSilent = errors.New("nothing came for two minutes")

// silent leaves a scope that answers nothing at all.
func (v *visit) silent() {
	v.run.tally.fail(v.n, &app.Error{Kind: app.Offline, Op: "a single request", Err: errSilent})
	v.mu.Lock()
	defer v.mu.Unlock()
	v.left = true
	v.stop()
}

// fail says that nothing can be asked in the scope at all. That a cancel is the cause is no error.
func (v *visit) fail(ctx context.Context, err error) {
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return
	}
	var known *app.Error
	if !errors.As(err, &known) {
		known = &app.Error{Kind: app.Unknown, Op: "connect", Err: err}
	}
	v.run.tally.fail(v.n, known)
}

// keeping keeps a page. Its context outlives a cancelled ctx: a page that is here is paid for and is not thrown away.
func (v *visit) keeping(ctx context.Context, keep func(context.Context) error) error {
	defer v.slot.keep()()
	return keep(context.WithoutCancel(ctx))
}

// gaps reports what AWS left out of a page.
func (v *visit) gaps(signal app.Signal, op string, problems []app.Problem) {
	for _, p := range problems {
		if p.Kind == app.Unreadable {
			v.run.tally.unreadable(v.from.Scope, signal, op, p.Message)
			continue
		}
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
