package alarms

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
	"github.com/nephograph/nephograph/views/ui"
)

var (
	now     = time.Date(2026, 3, 14, 9, 12, 0, 0, time.UTC)
	ireland = app.Scope{Account: "111122223333", Region: "eu-west-1"}
	data    = app.Scope{Account: "444455556666", Region: "eu-west-1"}
)

func ago(d time.Duration) time.Time { return now.Add(-d) }

// shelf is a cache in memory.
type shelf struct {
	alarms  []app.Alarm
	history []app.AlarmHistoryItem
	asked   bool
	failure error
	reads   int
}

func (s *shelf) Alarms(context.Context, app.AlarmQuery) ([]app.Alarm, error) {
	s.reads++
	if s.failure != nil {
		return nil, s.failure
	}
	return s.alarms, nil
}

func (s *shelf) AlarmHistory(context.Context, app.AlarmQuery) ([]app.AlarmHistoryItem, error) {
	return s.history, nil
}

func (s *shelf) Freshness(context.Context) ([]app.Freshness, error) {
	if !s.asked {
		return nil, nil
	}
	return []app.Freshness{{Signal: app.Alarms, AskedAt: now}}, nil
}

func alarm(scope app.Scope, name string, state app.AlarmState, since time.Duration, resource string) app.Alarm {
	threshold := 5.0
	m := app.NewMetric("AWS/Lambda", "Errors", app.Dimension{Name: "FunctionName", Value: resource})
	return app.Alarm{Scope: scope, Name: name, Kind: app.MetricAlarm, State: state, Since: ago(since), Metric: &m, Statistic: "Sum",
		Period: time.Minute, Comparison: "GreaterThanThreshold", Threshold: &threshold, EvaluationPeriods: 3}
}

func went(name string, minutes int) app.AlarmHistoryItem {
	return app.AlarmHistoryItem{Scope: ireland, Alarm: name, At: ago(time.Duration(minutes) * time.Minute), Kind: app.StateUpdate, From: app.OK, To: app.InAlarm}
}

func fullShelf() *shelf {
	composite := app.Alarm{Scope: ireland, Name: "checkout-critical", Kind: app.CompositeAlarm, State: app.InAlarm, Since: ago(12 * time.Minute), Rule: "ALARM(checkout-5xx) AND ALARM(checkout-p99)"}
	formula := app.Alarm{Scope: data, Name: "orders-rate", Kind: app.MetricAlarm, State: app.OK, Since: ago(30 * time.Hour), Expression: "m1/m2", Comparison: "LessThanLowerThreshold", EvaluationPeriods: 2}
	return &shelf{asked: true, alarms: []app.Alarm{
		alarm(ireland, "worker-disk", app.OK, 4*time.Minute, "worker"), alarm(data, "canary-home", app.InsufficientData, 48*time.Hour, "canary"),
		alarm(ireland, "checkout-5xx", app.InAlarm, 16*time.Minute, "checkout"), composite, formula,
	}, history: []app.AlarmHistoryItem{went("worker-disk", 50), went("worker-disk", 40), went("worker-disk", 30), went("worker-disk", 20), went("checkout-5xx", 16)}}
}

// stage is the screen in a window.
type stage struct {
	*View
	shelf *shelf
	w     fyne.Window
	held  []func() // work that waits, if the stage holds it
	hold  bool
}

func newStage(t *testing.T, s *shelf, width, height float32) *stage {
	t.Helper()
	dark := theme.VariantDark
	test.NewTempApp(t).Settings().SetTheme(ui.NewTheme(&dark))
	st := &stage{shelf: s}
	threads := ui.Threads{Back: func(f func()) { f() }, Away: func(f func()) {
		if st.hold {
			st.held = append(st.held, f)
			return
		}
		f()
	}}
	session := ui.NewSession(app.Focus{Window: time.Hour}, time.UTC, threads, func() time.Time { return now })
	st.w = test.NewTempWindow(t, ui.NewSpace(1, 1))
	st.View = New(session, s, nil)
	st.w.SetPadded(false)
	st.w.SetContent(st.View)
	st.w.Resize(fyne.NewSize(width, height))
	return st
}

func (s *stage) names() string {
	var names []string
	for _, r := range s.list.Items() {
		names = append(names, r.Alarm.Name)
	}
	return strings.Join(names, " ")
}

func (s *stage) says() string {
	if !s.empty.Visible() {
		return ""
	}
	return s.emptyTitle.Now() + ". " + s.emptyWhy.Objects[0].(*ui.Paragraph).Now()
}

var damaged = &app.Error{Kind: app.Damaged, Op: "read", Err: errors.New("malformed")}

func TestScreenInEveryState(t *testing.T) {
	for _, state := range []struct {
		name          string
		shelf         *shelf
		width, height float32
		then          func(*stage)
	}{
		{"empty", &shelf{}, 1376, 830, func(s *stage) { s.Enter(nil) }},
		{"none", &shelf{asked: true}, 1376, 830, func(s *stage) { s.Enter(nil) }},
		{"loading", fullShelf(), 1376, 830, func(s *stage) { s.hold = true; s.Enter(nil) }},
		{"full", fullShelf(), 1376, 830, func(s *stage) { s.Enter(nil) }},
		{"broken", &shelf{failure: damaged}, 1376, 830, func(s *stage) { s.Enter(nil) }},
		{"stale", fullShelf(), 1376, 830, func(s *stage) { s.Enter(nil); s.shelf.failure = damaged; s.Tick() }},
		{"filtered", fullShelf(), 1376, 830, func(s *stage) { s.Enter(nil); test.Type(s.filter, "zzz") }},
		{"narrow", fullShelf(), 604, 630, func(s *stage) { s.Enter(nil); s.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) }},
	} {
		t.Run(state.name, func(t *testing.T) {
			s := newStage(t, state.shelf, state.width, state.height)
			state.then(s)
			test.AssertRendersToMarkup(t, "alarms_"+state.name+".xml", s.w.Canvas())
		})
	}
}

func TestOrder(t *testing.T) {
	s := newStage(t, fullShelf(), 1376, 830)
	s.Enter(nil)
	if got := s.names(); got != "checkout-critical checkout-5xx canary-home worker-disk orders-rate" {
		t.Errorf("the order is %s", got)
	}
	if got := s.count.Now(); got != "2 of 5 in alarm" {
		t.Errorf("the head says %q", got)
	}
	rows := s.list.Items()
	if r := rows[3]; r.Flaps != 4 || !r.Flapping {
		t.Errorf("worker-disk went off %d times, flapping %v", r.Flaps, r.Flapping)
	}
	if r := rows[1]; r.Flaps != 1 || r.Flapping {
		t.Errorf("checkout-5xx went off %d times, flapping %v", r.Flaps, r.Flapping)
	}
}

func TestFilterByKeyboard(t *testing.T) {
	s := newStage(t, fullShelf(), 1376, 830)
	s.Enter(nil)
	if s.w.Canvas().Focused() != fyne.Focusable(s.list) {
		t.Error("the list has not the keyboard")
	}
	s.Bindings().Rune('/')
	if s.w.Canvas().Focused() != fyne.Focusable(s.filter) {
		t.Fatal("/ does not lead to the filter")
	}
	for _, step := range []struct{ typed, want string }{
		{"checkout", "checkout-critical checkout-5xx"}, {" METRIC", "checkout-5xx"},
	} {
		test.Type(s.filter, step.typed)
		if got := s.names(); got != step.want {
			t.Errorf("%q leaves %s, want %s", s.filter.Text, got, step.want)
		}
	}
	s.filter.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	s.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if a, ok := s.session.Selected.Now().(app.Alarm); !ok || a.Name != "checkout-5xx" {
		t.Errorf("Enter opened %v", s.session.Selected.Now())
	}
	if state := s.Leave(); state["filter"] != "checkout METRIC" {
		t.Errorf("the screen leaves as %v", state)
	}
	s.filter.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if s.filter.Text != "" || len(s.list.Items()) != 5 {
		t.Errorf("Escape leaves %q and %d alarms", s.filter.Text, len(s.list.Items()))
	}
	s.Enter(ui.State{"filter": "canary"})
	if got := s.names(); got != "canary-home" {
		t.Errorf("come back it shows %s", got)
	}
}

func TestTappingOpensAndFollowsTheDrawer(t *testing.T) {
	s := newStage(t, fullShelf(), 1376, 830)
	s.Enter(nil)
	second := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.list).AddXY(200, 28+12)
	test.TapCanvas(s.w.Canvas(), second)
	if a, ok := s.session.Selected.Now().(app.Alarm); !ok || a.Name != "checkout-5xx" {
		t.Fatalf("tapping opened %v", s.session.Selected.Now())
	}
	s.session.Selected.Set(nil) // the drawer is closed
	test.TapCanvas(s.w.Canvas(), second)
	if s.session.Selected.Now() == nil {
		t.Error("tapping it again does not open it again")
	}
	better := fullShelf().alarms
	better[2].State, better[2].Since = app.OK, ago(time.Second)
	s.shelf.alarms = better
	s.session.Changed.Set(ui.Change{Serial: 1, Signal: app.Alarms})
	if a := s.session.Selected.Now().(app.Alarm); a.State != app.OK {
		t.Error("the drawer still shows the alarm as it was")
	}
}

func TestOldDataStays(t *testing.T) {
	s := newStage(t, fullShelf(), 1376, 830)
	s.Enter(nil)
	s.hold = true
	s.session.Changed.Set(ui.Change{Serial: 1, Signal: app.Alarms})
	if len(s.list.Items()) != 5 || s.says() != "" {
		t.Errorf("while loading: %d alarms, %q", len(s.list.Items()), s.says())
	}
	s.Leave()
	for _, f := range s.held {
		s.shelf.alarms = nil
		f()
	}
	if len(s.list.Items()) != 5 {
		t.Error("a result that came after leaving was shown")
	}
}

func TestNothingIsReadWhileAway(t *testing.T) {
	s := newStage(t, fullShelf(), 1376, 830)
	s.session.Changed.Set(ui.Change{Serial: 1, Signal: app.Alarms})
	s.Tick()
	s.Enter(nil)
	s.session.Changed.Set(ui.Change{Serial: 2, Signal: app.Logs})
	s.Leave()
	s.session.Go(s.session.Focus.Now().Last(3 * time.Hour))
	if s.shelf.reads != 1 {
		t.Errorf("read %d times, want once", s.shelf.reads)
	}
}

func TestEmptinessSaysWhatToDo(t *testing.T) {
	focus := func(f func(*app.Focus)) func(*stage) {
		return func(s *stage) {
			here := s.session.Focus.Now()
			f(&here)
			s.session.Go(here)
		}
	}
	for _, test := range []struct {
		name  string
		shelf *shelf
		then  func(*stage)
		want  string
	}{
		{"no cache", &shelf{}, nil, "Press Pull"},
		{"no alarms", &shelf{asked: true}, nil, "CloudWatch has none"},
		{"other places", &shelf{asked: true}, focus(func(f *app.Focus) { f.Scopes = []app.Scope{data} }), "Choose other accounts"},
		{"resource", fullShelf(), focus(func(f *app.Focus) { f.Resource = "nothing" }), "No alarm watches nothing"},
		{"broken", &shelf{failure: damaged}, nil, "The alarms cannot be read"},
		{"something", fullShelf(), focus(func(f *app.Focus) { f.Resource = "checkout" }), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newStage(t, test.shelf, 1376, 830)
			s.Enter(nil)
			if test.then != nil {
				test.then(s)
			}
			if got := s.says(); !strings.Contains(got, test.want) || (test.want == "") != (got == "") {
				t.Errorf("says %q, want %q", got, test.want)
			}
		})
	}
}

// BenchmarkShow holds the cost of filtering and showing 5,000 alarms, more than any account here has. Budget: 16 ms, one frame.
func BenchmarkShow(b *testing.B) {
	dark := theme.VariantDark
	test.NewTempApp(b).Settings().SetTheme(ui.NewTheme(&dark))
	s := &shelf{asked: true}
	for range 1000 {
		s.alarms = append(s.alarms, fullShelf().alarms...)
	}
	session := ui.NewSession(app.Focus{Window: time.Hour}, time.UTC, ui.Inline, func() time.Time { return now })
	w := test.NewTempWindow(b, ui.NewSpace(1, 1))
	v := New(session, s, nil)
	w.SetContent(v)
	w.Resize(fyne.NewSize(1376, 830))
	v.Enter(ui.State{"filter": "checkout errors"})
	for b.Loop() {
		v.show()
	}
}
