package window

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/shell"
	"github.com/nephograph/nephograph/views/ui"
)

// puller pulls for the window: one pull at a time, and beside it what is followed. Its methods are called on the UI
// goroutine, but for offer and cost.
type puller struct {
	ends     context.Context // with the window
	engine   Puller
	connect  func(context.Context) ([]*pull.Place, error)
	pace     map[app.Signal]time.Duration // of following
	session  *ui.Session
	threads  ui.Threads // not the session's: what waits for AWS does not keep a screen waiting
	who      *ui.Value[shell.Who]
	state    *ui.Value[shell.Progress]
	follows  *ui.Value[shell.Following]
	hear     func(func(app.Slowdown)) // sets who hears that AWS slows a call down
	cancel   func()                   // of what is running
	unpull   func()                   // of what is followed
	unreach  func()                   // of asking who I am
	reaching bool                     // AWS is being asked who I am
	work     sync.WaitGroup           // what is running
	notice   []error                  // what stays the matter whatever is pulled
	paused   *app.Focus               // what a pull was for that waits for a sign-in; nil: none waits
	renewed  bool                     // credentials have changed while a pull ran
	// signIn is told of a profile for which a person has to sign in before the pull goes on.
	signIn func(profile string)

	mu     sync.Mutex
	places []*pull.Place  // none before they were looked up
	slow   []app.Slowdown // told since the pull began
	known  map[*pull.Place]pull.ScopeStatus
}

func newPuller(ends context.Context, engine Puller, connect func(context.Context) ([]*pull.Place, error),
	pace map[app.Signal]time.Duration, s *ui.Session, t ui.Threads) *puller {
	return &puller{ends: ends, engine: engine, connect: connect, pace: pace, session: s, threads: t,
		who: shell.NewWho(), state: shell.NewProgress(), follows: shell.NewFollowing(),
		hear: func(func(app.Slowdown)) {}, signIn: func(string) {}, cancel: func() {}, unpull: func() {},
		unreach: func() {},
		known:   map[*pull.Place]pull.ScopeStatus{}}
}

func (p *puller) forShell() shell.Pull {
	return shell.Pull{Offer: p.offer, Start: p.start, Cancel: func() { p.cancel() }, Progress: p.state,
		Cost: p.cost, Follow: p.follow, Following: p.follows}
}

// heed tells what is the matter from the beginning, beside what pulls will say; nil is nothing.
func (p *puller) heed(notice error) {
	if notice != nil {
		p.notice = []error{notice}
		p.state.Set(shell.Progress{Problems: p.notice})
	}
}

// wait returns when nothing runs any more.
func (p *puller) wait() { p.work.Wait() }

// errNotAsked is why there is no offer yet.
var errNotAsked = errors.New("AWS has not answered yet")

// plan says what a pull would ask, from the cache alone.
func (p *puller) plan(ctx context.Context, f app.Focus) (pull.Plan, error) {
	want := p.want(f)
	if !slices.ContainsFunc(want.Places, isReached) {
		return pull.Plan{}, &app.Error{Kind: app.Offline, Op: "sts:GetCallerIdentity", Err: errNotAsked}
	}
	return p.engine.Plan(ctx, want)
}

// offer says what a pull would cost, from the cache alone.
func (p *puller) offer(ctx context.Context, f app.Focus) (shell.Offer, error) {
	plan, err := p.plan(ctx, f)
	return shell.Offer{Requests: plan.Requests, Cost: plan.Cost, AtLeast: !plan.Known}, err
}

func isReached(place *pull.Place) bool {
	_, ok := place.Reached()
	return ok
}

// want is what a focus asks for. A place whose account is not known yet may well be meant.
func (p *puller) want(f app.Focus) pull.Want {
	p.mu.Lock()
	defer p.mu.Unlock()
	w := pull.Want{Range: f.At(p.session.Now())}
	for _, place := range p.places {
		scope := p.scope(place)
		if len(f.Scopes) == 0 || scope.Account == "" || slices.Contains(f.Scopes, scope.Place()) {
			w.Places = append(w.Places, place)
		}
	}
	return w
}

// scope returns the scope of a place as far as it is known. It is called with the lock held.
func (p *puller) scope(place *pull.Place) app.Scope {
	if s, ok := p.known[place]; ok && s.Scope.Account != "" {
		return s.Scope
	}
	return place.Scope()
}

// start pulls what a focus lacks. Where credentials are not accepted on the way it pauses, until they are.
func (p *puller) start(f app.Focus) { p.begin(f, p.signIn) }

// begin is start, where signIn is told what the pull waits for.
func (p *puller) begin(f app.Focus, signIn func(profile string)) {
	f = f.On(f.At(p.session.Now())) // what is gone on with later is the same range
	p.run(func(ctx context.Context) []error {
		if err := p.lookUp(ctx); err != nil {
			return []error{err}
		}
		want := p.want(f)
		told, rest := p.tell(want.Places)
		report := p.engine.Run(ctx, want, told)
		rest()
		p.note(want.Places, report.Scopes)
		if profile, out := signedOutOf(report.Scopes); out {
			p.threads.Back(func() { p.pause(f, profile, signIn) })
		}
		var problems []error
		for _, e := range report.Problems() {
			problems = append(problems, e)
		}
		return problems
	})
}

// signedOutOf returns the profile of the first place that was left because its credentials are not accepted.
func signedOutOf(scopes []pull.ScopeStatus) (profile string, out bool) {
	for _, s := range scopes {
		if s.State == pull.SignedOut {
			return s.Scope.Profile, true
		}
	}
	return "", false
}

// pause lets what is left of a pull wait for a sign-in. Where credentials have changed meanwhile it goes on once.
func (p *puller) pause(f app.Focus, profile string, signIn func(profile string)) {
	p.paused = &f
	if !p.renewed {
		signIn(profile)
	}
}

// credentialsChanged goes on with what waits for credentials that are accepted, once they may be. It asks for no
// sign-in: that is for what a person has begun.
func (p *puller) credentialsChanged() {
	now := p.state.Now()
	switch {
	case now.Running:
		p.renewed = true
	case p.paused != nil:
		p.begin(*p.paused, func(string) {})
	case p.who.Now().Problem != nil && !p.reaching:
		p.connectOnly()
	}
}

// connectOnly asks AWS who the caller is in each place. That it does not answer is told by who, not as a pull's
// problem. It is no pull: one that is started meanwhile takes its place, so that a place which is slow to answer keeps
// nobody waiting.
func (p *puller) connectOnly() {
	ctx, cancel := context.WithCancel(p.ends)
	p.unreach = cancel
	p.reaching = true
	p.work.Add(1)
	p.threads.Away(func() {
		defer p.work.Done()
		defer cancel()
		p.reach(ctx)
		p.threads.Back(func() { p.reaching = false })
	})
}

// reach says who the caller is, place by place as AWS answers.
func (p *puller) reach(ctx context.Context) {
	if err := p.lookUp(ctx); err != nil {
		p.threads.Back(func() { p.who.Set(shell.Who{Problem: err}) })
		return
	}
	places := p.want(app.Focus{}).Places
	show := func(scopes []pull.ScopeStatus) {
		if ctx.Err() != nil {
			return // a pull knows better by now
		}
		p.note(places, scopes)
		p.threads.Back(func() {
			if now := p.state.Now(); !now.Running {
				now.Scopes = p.statuses()
				p.state.Set(now)
			}
		})
	}
	var last time.Time
	report := p.engine.Reach(ctx, pull.Want{Places: places}, func(now pull.Progress) {
		if p.session.Now().Sub(last) >= tellEvery {
			last = p.session.Now()
			show(now.Scopes)
		}
	})
	show(report.Scopes)
}

// run runs work away from the UI goroutine, unless something runs already.
func (p *puller) run(work func(context.Context) []error) {
	if p.state.Now().Running {
		return
	}
	p.unreach()
	ctx, cancel := context.WithCancel(p.ends)
	p.cancel = cancel
	p.paused, p.renewed = nil, false
	p.state.Set(shell.Progress{Running: true, Doing: explain.Doing(pull.Progress{}), Scopes: p.state.Now().Scopes})
	p.listen()
	p.work.Add(1)
	p.threads.Away(func() {
		defer p.work.Done()
		defer cancel()
		problems := work(ctx)
		p.threads.Back(func() {
			p.state.Set(shell.Progress{Problems: append(slices.Clone(p.notice), problems...), Scopes: p.statuses(),
				Paused: p.paused != nil})
			if p.renewed {
				p.renewed = false
				p.credentialsChanged()
			}
		})
	})
}

// listen hears of what AWS slows down from now on, and forgets what was before.
func (p *puller) listen() {
	p.mu.Lock()
	p.slow = nil
	p.mu.Unlock()
	p.hear(p.slowed)
}

// slowed takes a slow-down in; the next word of progress tells it. It is called on any goroutine.
func (p *puller) slowed(s app.Slowdown) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.slow = slices.DeleteFunc(p.slow, func(old app.Slowdown) bool {
		return old.Scope.Place() == s.Scope.Place() && old.Service == s.Service && old.Operation == s.Operation
	})
	p.slow = append(p.slow, s)
}

func (p *puller) slowdowns() []app.Slowdown {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.slow)
}

// lookUp looks up the places, once.
func (p *puller) lookUp(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.places) > 0 {
		return nil
	}
	places, err := p.connect(ctx)
	p.places = places
	return err
}

// choose makes places those of the window from now on.
func (p *puller) choose(places []*pull.Place) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.places, p.known = places, map[*pull.Place]pull.ScopeStatus{}
}

// note remembers how it stands in places, and says who the caller is there.
func (p *puller) note(places []*pull.Place, scopes []pull.ScopeStatus) {
	p.mu.Lock()
	for i, s := range scopes {
		p.known[places[i]] = s
	}
	p.mu.Unlock()
	who := whoOf(p.statuses())
	if len(who.Names) > 0 || who.Problem != nil { // or else nobody has answered yet
		p.threads.Back(func() { p.who.Set(who) })
	}
}

// statuses returns how it stands in each place that is known, in their order.
func (p *puller) statuses() (all []pull.ScopeStatus) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, place := range p.places {
		if s, ok := p.known[place]; ok {
			all = append(all, s)
		}
	}
	return all
}

// whoOf says who the caller is. A place that cannot be reached is a problem of its own while another can: only if none
// answers, AWS cannot be asked.
func whoOf(scopes []pull.ScopeStatus) (who shell.Who) {
	var problem *app.Error
	asking := false
	for _, s := range scopes {
		asking = asking || !s.State.Ended()
		if s.Err != nil && problem == nil && s.State >= pull.SignedOut {
			problem = s.Err
		}
		if !s.Until.IsZero() && (who.Expires.IsZero() || s.Until.Before(who.Expires)) {
			who.Expires = s.Until
		}
		if name := s.Who.Name(); s.Who.Account != "" && !slices.Contains(who.Names, name) {
			who.Names = append(who.Names, name)
		}
	}
	if len(who.Names) == 0 && problem != nil && !asking {
		who.Problem = problem
	}
	return who
}

// tellEvery is how often the screens hear of progress: a pull keeps a hundred pages a second, and nobody reads faster.
const tellEvery = 250 * time.Millisecond

// tell returns what the engine tells its progress to, and what tells the rest when it has ended. Changes in between are
// put together by signal and scope.
func (p *puller) tell(places []*pull.Place) (told func(pull.Progress), rest func()) {
	var last time.Time
	var state pull.Progress
	var changes []pull.Changed
	rest = func() {
		now, news := state, changes
		changes, last = nil, p.session.Now()
		p.note(places[:len(now.Scopes)], now.Scopes)
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
		p.state.Set(shell.Progress{Running: true, Doing: explain.Doing(now), Done: now.Done, Total: now.Total,
			Scopes: p.statuses(), Slow: p.slowdowns()})
	}
	p.spread(changes)
}

// spread tells the screens what has changed.
func (p *puller) spread(changes []pull.Changed) {
	for _, c := range changes {
		p.session.Changed.Set(ui.Change{Serial: p.session.Changed.Now().Serial + 1, Signal: c.Signal, Scope: c.Scope,
			Range: c.Range})
	}
}
