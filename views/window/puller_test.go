package window

import (
	"context"
	"errors"
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

// script is an engine whose run is written down.
type script struct {
	wanted   []pull.Want
	progress []pull.Progress
	report   pull.Report
	plan     pull.Plan
}

func (s *script) Plan(_ context.Context, w pull.Want) (pull.Plan, error) {
	s.wanted = append(s.wanted, w)
	return s.plan, nil
}

func (s *script) Run(ctx context.Context, w pull.Want, told func(pull.Progress)) pull.Report {
	s.wanted = append(s.wanted, w)
	for _, p := range s.progress {
		told(p)
	}
	return s.report
}

// bench is a puller on one goroutine, with what it has shown.
type bench struct {
	*puller
	engine    *script
	connected int
	answer    func() ([]pull.Sources, shell.Who)
	shown     []shell.Progress
	changes   []ui.Change
}

func newBench(t *testing.T) *bench {
	b := &bench{engine: &script{}}
	b.answer = func() ([]pull.Sources, shell.Who) {
		return []pull.Sources{{Scope: prod}, {Scope: data}}, shell.Who{Names: []string{"ops@111122223333"}}
	}
	session := ui.NewSession(app.Focus{}.Last(time.Hour), time.UTC, ui.Inline, func() time.Time { return noon })
	b.puller = newPuller(t.Context(), b.engine, func(context.Context) ([]pull.Sources, shell.Who) {
		b.connected++
		return b.answer()
	}, session, ui.Inline)
	b.state.Follow(func(p shell.Progress) { b.shown = append(b.shown, p) })
	session.Changed.Follow(func(c ui.Change) { b.changes = append(b.changes, c) })
	return b
}

func TestConnectOnlyOnce(t *testing.T) {
	b := newBench(t)
	b.connectOnly()
	b.start(app.Focus{}.Last(time.Hour))
	b.start(app.Focus{}.Last(time.Hour))
	b.wait()
	if b.connected != 1 || len(b.engine.wanted) != 2 {
		t.Errorf("asked %d times who I am, pulled %d times", b.connected, len(b.engine.wanted))
	}
	if names := b.who.Now().Names; len(names) != 1 {
		t.Errorf("who is %v", names)
	}
}

func TestPullFollowsTheFocus(t *testing.T) {
	b := newBench(t)
	focus := app.Focus{}.Last(3 * time.Hour)
	focus.Scopes = []app.Scope{data.Place()}
	b.start(focus)
	w := b.engine.wanted[0]
	if !w.Range.Equal(app.Since(noon, 3*time.Hour)) || len(w.Sources) != 1 || w.Sources[0].Scope != data {
		t.Errorf("wanted %+v", w)
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
	if logs.Signal != app.Logs || !logs.Range.Equal(app.Range{From: hour.From.Add(-2 * time.Hour), To: hour.To}) || alarms.Scope != data || alarms.Serial <= logs.Serial {
		t.Errorf("changes %+v", b.changes)
	}
	first, last := b.shown[1], b.shown[len(b.shown)-1]
	if first.Doing != "Logs of eu-west-1 and 1 more" || !first.Running || last.Running {
		t.Errorf("shown %+v", b.shown)
	}
}

func TestSignedOutAsksAnew(t *testing.T) {
	b := newBench(t)
	expired := &app.Error{Kind: app.SignedOut, Op: "logs:FilterLogEvents", Err: errors.New("expired")}
	b.engine.report = pull.Report{Outcomes: []pull.Outcome{{Scope: prod, Signal: app.Logs, Problems: []*app.Error{expired}}}}
	b.start(app.Focus{}.Last(time.Hour))
	if p := b.state.Now().Problems; len(p) != 1 || p[0] != error(expired) {
		t.Errorf("problems %v", p)
	}
	b.start(app.Focus{}.Last(time.Hour))
	if b.connected != 2 {
		t.Errorf("asked %d times who I am; want again after the expiry", b.connected)
	}
}

func TestOfflineTellsWhy(t *testing.T) {
	b := newBench(t)
	away := &app.Error{Kind: app.Offline, Op: "sts:GetCallerIdentity", Err: errors.New("dial")}
	b.answer = func() ([]pull.Sources, shell.Who) { return nil, shell.Who{Problem: away} }
	b.connectOnly()
	if b.who.Now().Problem != error(away) || len(b.state.Now().Problems) != 0 {
		t.Errorf("who %+v, state %+v", b.who.Now(), b.state.Now())
	}
	b.start(app.Focus{}.Last(time.Hour))
	if p := b.state.Now().Problems; len(p) != 1 || len(b.engine.wanted) != 0 {
		t.Errorf("problems %v, pulls %d", p, len(b.engine.wanted))
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
