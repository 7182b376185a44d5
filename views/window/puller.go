package window

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/shell"
	"github.com/nephograph/nephograph/views/ui"
)

// puller pulls for the window, one pull at a time. Its methods are called on the UI goroutine, but for offer.
type puller struct {
	ends    context.Context // with the window
	engine  Puller
	connect func(context.Context) ([]pull.Sources, shell.Who)
	session *ui.Session
	threads ui.Threads // not the session's: what waits for AWS does not keep a screen waiting
	who     *ui.Value[shell.Who]
	state   *ui.Value[shell.Progress]
	cancel  func()         // of what is running
	work    sync.WaitGroup // what is running

	mu      sync.Mutex
	sources []pull.Sources // none before AWS has answered
}

func newPuller(ends context.Context, engine Puller, connect func(context.Context) ([]pull.Sources, shell.Who), s *ui.Session, t ui.Threads) *puller {
	return &puller{ends: ends, engine: engine, connect: connect, session: s, threads: t, who: shell.NewWho(), state: shell.NewProgress(), cancel: func() {}}
}

func (p *puller) forShell() shell.Pull {
	return shell.Pull{Offer: p.offer, Start: p.start, Cancel: func() { p.cancel() }, Progress: p.state}
}

// wait returns when nothing runs any more.
func (p *puller) wait() { p.work.Wait() }

// errNotAsked is why there is no offer yet.
var errNotAsked = errors.New("AWS has not answered yet")

// offer says what a pull would cost, from the cache alone.
func (p *puller) offer(ctx context.Context, f app.Focus) (shell.Offer, error) {
	want := p.want(f)
	if len(want.Sources) == 0 {
		return shell.Offer{}, &app.Error{Kind: app.Offline, Op: "sts:GetCallerIdentity", Err: errNotAsked}
	}
	plan, err := p.engine.Plan(ctx, want)
	return shell.Offer{Requests: plan.Requests, Cost: plan.Cost, AtLeast: !plan.Known}, err
}

// want is what a focus asks for, from the places that can be reached.
func (p *puller) want(f app.Focus) pull.Want {
	p.mu.Lock()
	defer p.mu.Unlock()
	w := pull.Want{Range: f.At(p.session.Now())}
	for _, s := range p.sources {
		if len(f.Scopes) == 0 || slices.Contains(f.Scopes, s.Scope.Place()) {
			w.Sources = append(w.Sources, s)
		}
	}
	return w
}

// start pulls what a focus lacks.
func (p *puller) start(f app.Focus) {
	p.run(func(ctx context.Context) []error {
		if problem := p.reach(ctx); problem != nil {
			return []error{problem}
		}
		told, rest := p.tell()
		report := p.engine.Run(ctx, p.want(f), told)
		rest()
		var problems []error
		for _, e := range report.Problems() {
			if e.Kind == app.SignedOut {
				p.forget()
			}
			problems = append(problems, e)
		}
		return problems
	})
}

// connectOnly asks AWS who the caller is. That it does not answer is told by who, not as a pull's problem.
func (p *puller) connectOnly() {
	p.run(func(ctx context.Context) []error {
		_ = p.reach(ctx)
		return nil
	})
}

// run runs work away from the UI goroutine, unless something runs already.
func (p *puller) run(work func(context.Context) []error) {
	if p.state.Now().Running {
		return
	}
	ctx, cancel := context.WithCancel(p.ends)
	p.cancel = cancel
	p.state.Set(shell.Progress{Running: true, Doing: "Asking AWS who I am"})
	p.work.Add(1)
	p.threads.Away(func() {
		defer p.work.Done()
		defer cancel()
		problems := work(ctx)
		p.threads.Back(func() { p.state.Set(shell.Progress{Problems: problems}) })
	})
}

// reach asks AWS who the caller is if that is not known, and returns why it cannot be asked.
func (p *puller) reach(ctx context.Context) error {
	p.mu.Lock()
	known := len(p.sources) > 0
	p.mu.Unlock()
	if known {
		return nil
	}
	sources, who := p.connect(ctx)
	if ctx.Err() != nil {
		return nil
	}
	p.mu.Lock()
	p.sources = sources
	p.mu.Unlock()
	p.threads.Back(func() { p.who.Set(who) })
	if len(sources) == 0 {
		return who.Problem
	}
	return nil
}

// forget makes the next pull ask again who the caller is, with credentials that may be new.
func (p *puller) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sources = nil
}

// tellEvery is how often the screens hear of progress: a pull keeps a hundred pages a second, and nobody reads faster.
const tellEvery = 250 * time.Millisecond

// tell returns what the engine tells its progress to, and what tells the rest when it has ended. Changes in between are
// put together by signal and scope.
func (p *puller) tell() (told func(pull.Progress), rest func()) {
	var last time.Time
	var state pull.Progress
	var changes []pull.Changed
	rest = func() {
		now, news := state, changes
		changes, last = nil, p.session.Now()
		p.threads.Back(func() { p.show(now, news) })
	}
	told = func(now pull.Progress) {
		if state = now; now.Changed != nil {
			changes = gather(changes, *now.Changed)
		}
		if p.session.Now().Sub(last) >= tellEvery {
			rest()
		}
	}
	return told, rest
}

// gather adds a change to those not yet told.
func gather(changes []pull.Changed, c pull.Changed) []pull.Changed {
	for i, old := range changes {
		if old.Signal == c.Signal && old.Scope == c.Scope {
			changes[i].New += c.New
			changes[i].Range = around(old.Range, c.Range)
			return changes
		}
	}
	return append(changes, c)
}

// around returns the range from the first to the last instant of two.
func around(a, b app.Range) app.Range {
	switch {
	case a.Empty():
		return b
	case b.Empty():
		return a
	}
	whole := app.Union([]app.Range{a, b})
	return app.Range{From: whole[0].From, To: whole[len(whole)-1].To}
}

// show puts progress and changes before the screens.
func (p *puller) show(now pull.Progress, changes []pull.Changed) {
	if p.state.Now().Running { // it may have ended since
		p.state.Set(shell.Progress{Running: true, Doing: doing(now), Done: now.Done, Total: now.Total})
	}
	for _, c := range changes {
		p.session.Changed.Set(ui.Change{Serial: p.session.Changed.Now().Serial + 1, Signal: c.Signal, Scope: c.Scope, Range: c.Range})
	}
}

// titles are the signals as the focus bar says them.
var titles = map[app.Signal]string{app.Alarms: "Alarms", app.Metrics: "Metrics", app.Logs: "Logs", app.Traces: "Traces", app.Trail: "Trail"}

// doing says what is being asked.
func doing(now pull.Progress) string {
	if len(now.Running) == 0 {
		return "Asking what there is"
	}
	r := now.Running[0]
	text := fmt.Sprintf("%s of %s", cmp.Or(titles[r.Signal], string(r.Signal)), r.Scope.Region)
	if more := len(now.Running) - 1; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
