package window

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/shell"
	"github.com/nephograph/nephograph/views/ui"
)

var (
	noon = time.Date(2026, 5, 3, 12, 0, 0, 0, time.UTC)
	prod = app.Scope{Account: "111122223333", Region: "eu-west-1", Profile: "shop-prod"}
	data = app.Scope{Account: "444455556666", Region: "us-east-1", Profile: "shop-data"}
)

// script is an engine whose run is written down. Its places are reached by pull's own.
type script struct {
	*pull.Engine
	wanted   []pull.Want
	progress []pull.Progress
	report   pull.Report
	plan     pull.Plan
	runs     func(n int) // told of each run
	reportAt func(n int) pull.Report
}

// idle is a cache that nobody asks.
type idle struct{ pull.Cache }

func (s *script) Plan(_ context.Context, w pull.Want) (pull.Plan, error) {
	s.wanted = append(s.wanted, w)
	return s.plan, nil
}

func (s *script) Run(ctx context.Context, w pull.Want, told func(pull.Progress)) pull.Report {
	s.wanted = append(s.wanted, w)
	for _, p := range s.progress {
		told(p)
	}
	if s.runs != nil {
		s.runs(len(s.wanted))
	}
	if s.reportAt != nil {
		return s.reportAt(len(s.wanted))
	}
	return s.report
}

func (s *script) FollowCost(_ context.Context, scopes []app.Scope, _ map[app.Signal]time.Duration) (pull.FollowCost,
	error) {
	return pull.FollowCost{Places: len(scopes)}, nil
}

// bench is a puller on one goroutine, with what it has shown.
type bench struct {
	*puller
	engine  *script
	lookups int
	away    error // what AWS answers then
	shown   []shell.Progress
	follows []shell.Following
	changes []ui.Change
}

func newBench(t *testing.T) *bench {
	b := &bench{engine: &script{Engine: pull.New(pull.Config{Cache: idle{}, Now: time.Now})}}
	session := ui.NewSession(app.Focus{}.Last(time.Hour), time.UTC, ui.Inline, func() time.Time { return noon })
	place := func(s app.Scope) *pull.Place {
		return pull.NewPlace(app.Scope{Region: s.Region, Profile: s.Profile},
			func(context.Context) (pull.Sources, error) {
				return pull.Sources{Scope: s, Who: app.Identity{Account: s.Account,
					ARN: "arn:aws:iam::" + s.Account + ":user/ops"}}, b.away
			})
	}
	b.puller = newPuller(t.Context(), b.engine, func(context.Context) ([]*pull.Place, error) {
		b.lookups++
		return []*pull.Place{place(prod), place(data)}, nil
	}, map[app.Signal]time.Duration{app.Logs: time.Minute, app.Metrics: 5 * time.Minute}, session, ui.Inline)
	b.state.Follow(func(p shell.Progress) { b.shown = append(b.shown, p) })
	b.puller.follows.Follow(func(f shell.Following) { b.follows = append(b.follows, f) })
	session.Changed.Follow(func(c ui.Change) { b.changes = append(b.changes, c) })
	return b
}

func TestPlacesAreLookedUpOnce(t *testing.T) {
	b := newBench(t)
	b.connectOnly()
	b.start(app.Focus{}.Last(time.Hour))
	b.start(app.Focus{}.Last(time.Hour))
	b.wait()
	if b.lookups != 1 || len(b.engine.wanted) != 2 {
		t.Errorf("looked up %d times, pulled %d times", b.lookups, len(b.engine.wanted))
	}
	if names := b.who.Now().Names; len(names) != 2 {
		t.Errorf("who is %v", names)
	}
	if scopes := b.state.Now().Scopes; len(scopes) != 2 || scopes[0].Scope != prod || scopes[0].State != pull.Reached {
		t.Errorf("scopes %+v", scopes)
	}
}

func TestPullFollowsTheFocus(t *testing.T) {
	b := newBench(t)
	focus := app.Focus{}.Last(3 * time.Hour)
	focus.Scopes = []app.Scope{data.Place()}
	b.start(focus) // which of the places is meant is not known yet
	b.connectOnly()
	b.start(focus)
	first, then := b.engine.wanted[0], b.engine.wanted[1]
	if !then.Range.Equal(app.Since(noon, 3*time.Hour)) || len(first.Places) != 2 || len(then.Places) != 1 ||
		then.Places[0].Scope().Region != data.Region {
		t.Errorf("wanted %+v, then %+v", first, then)
	}
}

func TestScreensHearOfEveryChange(t *testing.T) {
	b := newBench(t)
	hour := app.Since(noon, time.Hour)
	b.engine.progress = []pull.Progress{
		{Done: 0, Total: 4, Running: []pull.Running{{Scope: prod, Signal: app.Logs}, {Scope: prod, Signal: app.Trail}}},
		{Done: 1, Total: 4, Changed: &pull.Changed{Scope: prod, Signal: app.Logs, Range: hour}},
		{Done: 2, Total: 4, Changed: &pull.Changed{Scope: prod, Signal: app.Logs, Range: hour.Shift(-2 * time.Hour)}},
		{Done: 3, Total: 4, Changed: &pull.Changed{Scope: data, Signal: app.Alarms}},
	}
	b.start(app.Focus{}.Last(time.Hour))
	if len(b.changes) != 2 {
		t.Fatalf("%d changes; want one for each signal and scope: %+v", len(b.changes), b.changes)
	}
	logs, alarms := b.changes[0], b.changes[1]
	if logs.Signal != app.Logs || !logs.Range.Equal(app.Range{From: hour.From.Add(-2 * time.Hour), To: hour.To}) ||
		alarms.Scope != data || alarms.Serial <= logs.Serial {
		t.Errorf("changes %+v", b.changes)
	}
	first, last := b.shown[1], b.shown[len(b.shown)-1]
	if first.Doing != "Logs of eu-west-1 and 1 more" || !first.Running || last.Running {
		t.Errorf("shown %+v", b.shown)
	}
}

func TestOnePlaceInTroubleHidesNoOther(t *testing.T) {
	away := &app.Error{Kind: app.Offline, Op: "sts:GetCallerIdentity", Err: errors.New("dial")}
	answers := pull.ScopeStatus{Scope: prod, Who: app.Identity{Account: prod.Account,
		ARN: "arn:aws:iam::111122223333:user/ops"}, State: pull.Complete}
	silent := pull.ScopeStatus{Scope: data, State: pull.Offline, Err: away}
	if who := whoOf([]pull.ScopeStatus{silent, answers}); who.Problem != nil || len(who.Names) != 1 {
		t.Errorf("who %+v", who)
	}
	if who := whoOf([]pull.ScopeStatus{silent}); who.Problem != error(away) {
		t.Errorf("who %+v", who)
	}
	if who := whoOf(nil); who.Problem != nil || who.Names != nil {
		t.Errorf("of no place: %+v", who)
	}
}

func TestOfflineTellsWhy(t *testing.T) {
	b := newBench(t)
	b.away = &app.Error{Kind: app.Offline, Op: "sts:GetCallerIdentity", Err: errors.New("dial")}
	b.connectOnly()
	if b.who.Now().Problem != b.away || len(b.state.Now().Problems) != 0 {
		t.Errorf("who %+v, state %+v", b.who.Now(), b.state.Now())
	}
	b.engine.report = pull.Report{Scopes: []pull.ScopeStatus{
		{Scope: prod, State: pull.Offline, Err: b.away.(*app.Error)}}}
	b.start(app.Focus{}.Last(time.Hour))
	if p := b.state.Now().Problems; len(p) != 1 || p[0] != b.away {
		t.Errorf("problems %v", p)
	}
	if _, err := b.offer(t.Context(), app.Focus{}.Last(time.Hour)); app.KindOf(err) != app.Offline {
		t.Errorf("offer: %v", err)
	}
}

func TestOffer(t *testing.T) {
	b := newBench(t)
	b.connectOnly()
	b.engine.plan = pull.Plan{Requests: 7, Cost: app.Dollar}
	offer, err := b.offer(t.Context(), app.Focus{}.Last(time.Hour))
	if want := (shell.Offer{Requests: 7, Cost: app.Dollar, AtLeast: true}); err != nil || offer != want {
		t.Errorf("offer %+v, %v; want %+v", offer, err, want)
	}
}

func TestFollowUntilItIsEnded(t *testing.T) {
	b := newBench(t)
	b.connectOnly()
	focus := app.Focus{}.Last(3 * time.Hour)
	focus.Scopes = []app.Scope{data.Place()}
	cost, err := b.cost(t.Context(), focus)
	if err != nil || cost.Places != 1 {
		t.Errorf("cost %+v, %v", cost, err)
	}
	denied := &app.Error{Kind: app.Denied, Op: "logs:FilterLogEvents", Err: errors.New("no")}
	b.engine.progress = []pull.Progress{{Changed: &pull.Changed{Scope: data, Signal: app.Logs,
		Range: app.Since(noon, time.Hour)}}}
	b.engine.report = pull.Report{Scopes: []pull.ScopeStatus{{Scope: data, State: pull.Partly, Err: denied}}}
	// The clock stands still, so that the second round comes by the back-off of nothing: it is ended in the first's
	// news.
	b.session.Changed.Follow(func(ui.Change) { b.follow(focus, false) })
	b.follow(focus, true)
	b.wait()
	if len(b.engine.wanted) != 1 || !b.engine.wanted[0].Range.Equal(app.Since(noon, 3*time.Hour)) ||
		len(b.engine.wanted[0].Signals) != 2 {
		t.Errorf("wanted %+v", b.engine.wanted)
	}
	if want := []shell.Following{{On: true, Every: time.Minute, Places: 1}, {}}; !slices.Equal(b.follows, want) {
		t.Errorf("following %+v", b.follows)
	}
	if len(b.changes) != 1 || len(b.state.Now().Problems) != 1 || b.state.Now().Problems[0] != error(denied) {
		t.Errorf("changes %+v, problems %v", b.changes, b.state.Now().Problems)
	}
}

// What is the matter from the beginning, such as a cache that may not be written, stays told whatever is pulled.
func TestNoticeStays(t *testing.T) {
	b := newBench(t)
	frozen := &app.Error{Kind: app.ReadOnly, Op: "write the cache", Err: errors.New("/mnt/cache.db may not be written")}
	b.puller.heed(nil)
	if len(b.puller.state.Now().Problems) != 0 {
		t.Fatal("nothing is told as a problem")
	}
	b.puller.heed(frozen)
	for range 2 {
		if told := b.puller.state.Now().Problems; len(told) == 0 || told[0] != error(frozen) {
			t.Fatalf("told is %v", told)
		}
		b.puller.connectOnly()
	}
}

// A place that never says who the caller is keeps no pull from starting.
func TestAPullDoesNotWaitForWhoIAm(t *testing.T) {
	queue, ran := make(chan func(), 100), make(chan int, 1)
	threads := ui.Threads{Away: func(f func()) { go f() }, Back: func(f func()) { queue <- f }}
	asked := make(chan struct{})
	hangs := pull.NewPlace(app.Scope{Region: "eu-west-1"}, func(ctx context.Context) (pull.Sources, error) {
		close(asked)
		<-ctx.Done()
		return pull.Sources{}, ctx.Err()
	})
	engine := &script{Engine: pull.New(pull.Config{Cache: idle{}, Now: time.Now}), runs: func(n int) { ran <- n }}
	session := ui.NewSession(app.Focus{}.Last(time.Hour), time.UTC, ui.Inline, func() time.Time { return noon })
	p := newPuller(t.Context(), engine, func(context.Context) ([]*pull.Place, error) {
		return []*pull.Place{hangs},
			nil
	}, nil, session, threads)
	p.connectOnly()
	<-asked
	if p.state.Now().Running || !p.reaching {
		t.Error("asking who I am looks like a pull")
	}
	p.start(app.Focus{}.Last(time.Hour))
	if n := <-ran; n != 1 {
		t.Errorf("%d pulls", n)
	}
	for p.reaching || p.state.Now().Running {
		(<-queue)()
	}
	p.wait()
}
