package pulls

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/cachetest"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/ui"
)

// screen is the screen in a window, on one goroutine.
type screen struct {
	*View
	cache *cachetest.Cache
	w     fyne.Window
	log   []string // what was asked for
	plans pull.Plan
	costs pull.FollowCost
	fails error // of plan and cost
}

// sized is a cache whose file has a size that does not depend on how SQLite lays it out.
type sized struct{ *cachetest.Cache }

func (sized) Room(context.Context) (app.Room, error) {
	return app.Room{Bytes: 12_000_000, Holdings: []app.Holding{{Signal: app.Logs, Items: 643, Bytes: 8_000_000},
		{Bytes: 4_000_000}}}, nil
}

func newScreen(t testing.TB, width, height float32, contents ...cachetest.Contents) *screen {
	t.Helper()
	dark := theme.VariantDark
	test.NewTempApp(t).Settings().SetTheme(ui.NewTheme(&dark))
	s := &screen{cache: cachetest.New(t, contents...)}
	session := ui.NewSession(app.Focus{Window: time.Hour}, time.UTC, ui.Inline, cachetest.Now)
	s.w = test.NewTempWindow(t, ui.NewSpace(1, 1))
	s.View = New(Parts{Session: session, Reader: sized{s.cache}, State: ui.NewValue(State{}, nil),
		Plan:   func(context.Context, app.Focus) (pull.Plan, error) { return s.plans, s.fails },
		Cost:   func(context.Context, app.Focus) (pull.FollowCost, error) { return s.costs, s.fails },
		Start:  func(app.Focus) { s.log = append(s.log, "start") },
		Cancel: func() { s.log = append(s.log, "cancel") },
		Follow: func(_ app.Focus, on bool) { s.log = append(s.log, map[bool]string{true: "follow", false: "end"}[on]) },
		Cap:    5 * app.Dollar, Keep: app.Retention{Size: 2_000_000_000}})
	s.w.SetPadded(false)
	s.w.SetContent(s.View)
	s.w.Resize(fyne.NewSize(width, height))
	return s
}

// asked is an incident with a ledger: four requests of this month, one of them throttled, and one of the month before.
func asked() cachetest.Contents {
	c := cachetest.Incident()
	request := func(minutes float64, service, operation string, outcome app.Outcome, cost app.Money) {
		c.Requests = append(c.Requests, app.Request{At: cachetest.Ago(minutes), Scope: cachetest.Shop(),
			Service: service, Operation: operation, Outcome: outcome, Took: 40 * time.Millisecond, Cost: cost})
	}
	request(30*24*60, "xray", "BatchGetTraces", app.Answered, app.Dollar)
	request(24*60, "monitoring", "GetMetricData", app.Answered, app.Dollar/10)
	request(3, "monitoring", "GetMetricData", app.Answered, app.Dollar/10)
	request(2, "logs", "FilterLogEvents", app.Refused, 0)
	request(1, "logs", "FilterLogEvents", app.Answered, 0)
	c.Requests[3].Code = "ThrottlingException"
	return c
}

func step(signal app.Signal, service, operation string, requests int, cost app.Money, known bool) pull.Step {
	return pull.Step{Scope: cachetest.Shop(), Signal: signal, Service: service, Operation: operation,
		Requests: requests, Cost: cost, Known: known}
}

// planned is a plan of three calls, of one of which only the least is known.
func planned() pull.Plan {
	return pull.Plan{Requests: 44, Cost: app.Dollar / 50, Steps: []pull.Step{
		step(app.Metrics, "monitoring", "GetMetricData", 1, app.Dollar/100, true),
		step(app.Metrics, "monitoring", "GetMetricData", 1, app.Dollar/100, true),
		step(app.Logs, "logs", "FilterLogEvents", 42, 0, false),
	}}
}

func followed() pull.FollowCost {
	return pull.FollowCost{Places: 1, Cost: 3 * app.Dollar, Cap: 5 * app.Dollar, Parts: []pull.FollowPart{
		{Signal: app.Metrics, Every: 5 * time.Minute, Cost: 3 * app.Dollar}, {Signal: app.Logs, Every: time.Minute}}}
}

// says looks for texts on the screen.
func (s *screen) says(t *testing.T, texts ...string) {
	t.Helper()
	said := s.words()
	for _, want := range texts {
		if !strings.Contains(said, want) {
			t.Errorf("the screen does not say %q: %s", want, said)
		}
	}
}

func (s *screen) words() string {
	var said []string
	for _, text := range drawertest.Texts(s.View) {
		said = append(said, text.Text)
	}
	return strings.Join(said, " ")
}

func TestWhatIsKnownOfEachSignal(t *testing.T) {
	s := newScreen(t, 1376, 800, asked())
	s.Enter(nil)
	want := map[app.Signal]string{app.Alarms: "2 min settling", app.Metrics: "3 min missing",
		app.Traces: "last 1 min missing", app.Trail: "last 7 min missing"}
	if len(s.coverage.rows) != len(app.Signals) {
		t.Fatalf("there are %d rows", len(s.coverage.rows))
	}
	for _, k := range s.coverage.rows {
		if said, _ := k.words(); want[k.signal] != "" && said != want[k.signal] {
			t.Errorf("of %s it says %q, want %q", k.signal, said, want[k.signal])
		}
	}
}

func TestKnownWords(t *testing.T) {
	hour := app.Since(cachetest.Now(), time.Hour)
	cover := func(from, to float64, change func(*app.Cover)) app.Cover {
		c := cachetest.Cover(app.Traces, "", from, to)
		c.AskedAt = cachetest.Ago(0)
		if change != nil {
			change(&c)
		}
		return c
	}
	denied := func(c *app.Cover) { c.Denied = true }
	cut := func(c *app.Cover) { c.Truncated = true }
	settled := func(c *app.Cover) { c.AskedAt = cachetest.Now().Add(100 * time.Hour) }
	for _, c := range []struct {
		covers []app.Cover
		want   string
		state  app.CoverState
	}{
		{nil, "not pulled", app.Missing},
		{[]app.Cover{cover(60, 0.5, settled)}, "all settled", app.Settled}, // half a minute since the last pull
		{[]app.Cover{cover(60, 0, settled)}, "all settled", app.Settled},
		{[]app.Cover{cover(60, 20, settled)}, "last 20 min missing", app.Missing},
		{[]app.Cover{cover(60, 40, settled), cover(30, 0, settled)}, "10 min missing", app.Missing},
		{[]app.Cover{cover(60, 0, settled), cover(90, 61, nil)}, "all settled", app.Settled},
		{[]app.Cover{cover(60, 30, denied), cover(30, 0, settled)}, "30 min denied", app.Forbidden},
		{[]app.Cover{cover(60, 0, cut)}, "1 h cut short", app.Truncated},
	} {
		k := newKnown(cachetest.Shop(), app.Traces, hour, c.covers)
		if got, _ := k.words(); got != c.want {
			t.Errorf("%v: %q, want %q", c.covers, got, c.want)
		}
		if got := k.item().(app.Coverage).State; got != c.state {
			t.Errorf("%s: the drawer is told that it is %v, want %v", c.want, got, c.state)
		}
	}
}

func TestPlanAndItsButton(t *testing.T) {
	s := newScreen(t, 1376, 800, asked())
	s.plans = planned()
	s.Enter(nil)
	s.says(t, "At least 44 requests for at least $0.0200.", "GetMetricData", "42+")
	if n := len(s.plan.ListPanel.List.Items()); n != 2 {
		t.Errorf("the plan has %d lines, want 2: one for each call", n)
	}
	test.Tap(s.plan.Action)
	s.State.Set(State{Running: true, Doing: "Logs of eu-west-1", Done: 3, Total: 12})
	s.says(t, "Cancel", "Logs of eu-west-1", "3 of 12 steps", "pulling")
	test.Tap(s.plan.Action)
	if got := strings.Join(s.log, " "); got != "start cancel" {
		t.Errorf("the button did %q", got)
	}
}

// What cannot be planned yet says why, and is planned as soon as a place answers.
func TestPlanWaitsForAnAnswer(t *testing.T) {
	s := newScreen(t, 1376, 800, asked())
	s.fails = &app.Error{Kind: app.Offline, Op: "sts:GetCallerIdentity", Err: errors.New("AWS has not answered yet")}
	s.Enter(nil)
	s.says(t, "AWS has not answered yet")
	s.Session.Contact.Set(ui.Contact{Trouble: &app.Error{Kind: app.NotFound, Op: "connect",
		Err: errors.New("no Region is set")}})
	s.says(t, "No Region is set")
	s.fails, s.plans = nil, planned()
	s.State.Set(State{Scopes: []pull.ScopeStatus{{Scope: cachetest.Shop(), State: pull.Reached}}})
	s.says(t, "At least 44 requests")
	s.plans = pull.Plan{Known: true}
	s.Session.Changed.Set(ui.Change{Serial: 1, Signal: app.Logs})
	s.says(t, "The cache lacks nothing of this window.")
}

func TestProblemsSayWhatToDo(t *testing.T) {
	s := newScreen(t, 1376, 800, asked())
	denied := &app.Error{Kind: app.Denied, Op: "logs:FilterLogEvents", Err: errors.New("no")}
	s.Enter(nil)
	s.State.Set(State{Problems: []error{denied, denied}, Scopes: []pull.ScopeStatus{
		{Scope: cachetest.Shop(), State: pull.Partly, Short: []app.Signal{app.Logs}, Err: denied}},
		Slow: []app.Slowdown{{Scope: cachetest.Shop(), Service: "logs", Operation: "FilterLogEvents", Rate: 3.5}}})
	s.says(t, "logs:FilterLogEvents", "nephograph policy", "in part: not all of logs")
	if n := strings.Count(s.words(), "nephograph policy"); n != 1 {
		t.Errorf("one problem is told %d times", n)
	}
}

// Before this window pulls, it says how the newest pull of each place ended.
func TestLastPullIsToldAfterARestart(t *testing.T) {
	c := asked()
	expired := &app.Error{Kind: app.SignedOut, Op: "cloudtrail:LookupEvents", Err: errors.New("the token has expired")}
	c.Attempts = []app.Attempt{
		{Scope: cachetest.Shop(), Signal: app.Trail, At: cachetest.Ago(9), Problem: expired}}
	s := newScreen(t, 1376, 800, c)
	s.Enter(nil)
	s.says(t, "signed out, 10:03")
	s.State.Set(State{Scopes: []pull.ScopeStatus{{Scope: cachetest.Shop(), State: pull.Reached}}})
	s.says(t, "signed out, 10:03") // that AWS knows the caller again tells nothing of what was pulled
	s.State.Set(State{Scopes: []pull.ScopeStatus{{Scope: cachetest.Shop(), State: pull.Complete}}})
	if strings.Contains(s.words(), "signed out") {
		t.Error("after a pull that went well it still tells of the one before")
	}
}

func TestMonthAddsUpInThreeWays(t *testing.T) {
	s := newScreen(t, 1376, 800, asked())
	s.Enter(nil)
	s.says(t, "$0.20 of $5.00, by its end", "CloudWatch: GetMetricData", "CloudWatch Logs: FilterLogEvents")
	s.Bindings().Rune('b')
	s.says(t, "2026-03-13", "2026-03-14", "by day")
	s.Bindings().Rune('b')
	s.says(t, "by place")
	if lines := s.month.ListPanel.List.Items(); len(lines) != 1 || lines[0].Requests != 4 {
		t.Errorf("by place it is %+v", lines)
	}
	s.Bindings().Rune('b')
	s.says(t, "by request")
}

func TestRequestsNewestFirst(t *testing.T) {
	s := newScreen(t, 1376, 800, asked())
	s.Enter(nil)
	var got []string
	for _, r := range s.ledger.ListPanel.List.Items() {
		got = append(got, s.ledger.when(r)+" "+r.Operation+" "+outcomeCell(r).Text)
	}
	want := "10:11:00 FilterLogEvents answered, 10:10:00 FilterLogEvents throttled ThrottlingException, " +
		"10:09:00 GetMetricData answered, 03-13 10:12:00 GetMetricData answered, 02-12 10:12:00 BatchGetTraces answered"
	if said := strings.Join(got, ", "); said != want {
		t.Errorf("they are %s\nwant %s", said, want)
	}
}

func TestFollowingAndKeeping(t *testing.T) {
	s := newScreen(t, 1376, 800, asked())
	s.costs = followed()
	s.Enter(nil)
	s.says(t, "Following this place costs about $3.00 a month", "every 5 min",
		"The cache file is 12 MB. It may grow to 2 GB.", "643 log events · 8 MB", "Ledger and the rest")
	test.Tap(s.keeping.Action)
	s.State.Set(State{Following: true})
	s.says(t, "Stop following")
	test.Tap(s.keeping.Action)
	if got := strings.Join(s.log, " "); got != "follow end" {
		t.Errorf("the button did %q", got)
	}
}

func TestKeysGoThroughTheSections(t *testing.T) {
	s := newScreen(t, 1376, 800, asked())
	s.plans = planned()
	s.Enter(nil)
	s.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	s.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if c, ok := s.Session.Selected.Now().(app.Coverage); !ok || c.Signal != app.Metrics {
		t.Errorf("Enter opens %#v", s.Session.Selected.Now())
	}
	var went []int
	for range 5 {
		went = append(went, s.current())
		s.Bindings().Key(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	for i, want := range []int{0, 2, 3, 4, 0} {
		if went[i] != want {
			t.Errorf("→ goes to %v", went)
			break
		}
	}
}

func TestNothingPulledSaysWhatToDo(t *testing.T) {
	s := newScreen(t, 1376, 800)
	s.Enter(nil)
	s.says(t, "No place is cached yet. Press", "Nothing was pulled yet.", "No request was made this month.",
		"No request was made yet.", "No place can be followed yet")
}

func TestScreenInPicture(t *testing.T) {
	for _, c := range []struct {
		name          string
		width, height float32
		contents      []cachetest.Contents
		state         State
	}{
		{"screen", 1376, 800, []cachetest.Contents{asked()}, State{}},
		{"screen_pulling", 960, 600, []cachetest.Contents{asked()}, State{Running: true, Doing: "Logs of eu-west-1",
			Done: 3, Total: 12, Scopes: []pull.ScopeStatus{{Scope: cachetest.Shop(), State: pull.Pulling}}}},
		{"screen_empty", 960, 600, nil, State{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScreen(t, c.width, c.height, c.contents...)
			s.plans, s.costs = planned(), followed()
			s.Enter(nil)
			s.State.Set(c.state)
			test.AssertObjectRendersToMarkup(t, c.name+".xml", s.View)
		})
	}
}
