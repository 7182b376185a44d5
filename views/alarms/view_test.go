package alarms

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/cachetest"
	"github.com/nephograph/nephograph/views/ui"
)

var damaged = &app.Error{Kind: app.Damaged, Op: "read", Err: errors.New("malformed")}

func TestScreenInEveryState(t *testing.T) {
	for _, state := range []struct {
		name          string
		contents      cachetest.Contents
		width, height float32
		then          func(*screen)
	}{
		{"empty", cachetest.Contents{}, 1376, 830, func(s *screen) { s.enter(nil) }},
		{"none", noAlarms(), 1376, 830, func(s *screen) { s.enter(nil) }},
		{"loading", fiveAlarms(), 1376, 830, func(s *screen) { s.Enter(nil) }},
		{"full", withDeleted(), 1376, 830, func(s *screen) { s.enter(nil) }},
		{"broken", fiveAlarms(), 1376, 830, func(s *screen) { s.cache.Fail(damaged); s.enter(nil) }},
		{"stale", fiveAlarms(), 1376, 830,
			func(s *screen) { s.enter(nil); s.cache.Fail(damaged); s.change(app.Alarms) }},
		{"filtered", fiveAlarms(), 1376, 830, func(s *screen) { s.enter(nil); test.Type(s.head.filter, "zzz") }},
		{"grouped", fiveAlarms(), 1376, 830, func(s *screen) { s.enter(ui.State{"group": "composite"}) }},
		{"unwatched", fiveAlarms(), 1376, 830, func(s *screen) { s.enter(ui.State{"show": "Not watched"}) }},
		{"narrow", fiveAlarms(), 604, 630, func(s *screen) { s.enter(nil); s.key(fyne.KeyReturn) }},
	} {
		t.Run(state.name, func(t *testing.T) {
			s := newScreen(t, state.contents, state.width, state.height)
			state.then(s)
			test.AssertRendersToMarkup(t, "alarms_"+state.name+".xml", s.w.Canvas())
		})
	}
}

func TestOrderOfWhatNeedsAPersonFirst(t *testing.T) {
	s := newScreen(t, withDeleted(), 1376, 830)
	s.enter(nil)
	if got := s.names(); got != "checkout-critical checkout-5xx canary-home worker-disk orders-rate orders-old" {
		t.Errorf("the order is %s", got)
	}
	if got := s.chips(); got != "[All 6], In alarm 2, Insufficient data 1, OK 2, Flapping 1, Deleted 1, Not watched 2" {
		t.Errorf("the head says %s", got)
	}
	rows := s.filtered.rows
	if r := rows[3]; r.Flaps != 4 || !r.Flapping {
		t.Errorf("worker-disk went off %d times, flapping %v", r.Flaps, r.Flapping)
	}
	if r := rows[1]; r.Flaps != 1 || r.Flapping {
		t.Errorf("checkout-5xx went off %d times, flapping %v", r.Flaps, r.Flapping)
	}
}

func TestHowLongIsToldAsOfWhenAnAlarmWasSeen(t *testing.T) {
	c := cachetest.Contents{Alarms: fiveAlarms().Alarms[:3]}
	c.Alarms[0].Scope, c.Alarms[0].Seen = app.Scope{Account: "111122223333", Region: "eu-central-1"}, ago(3*time.Minute)
	c.Alarms[1].Seen = ago(47 * time.Hour)
	s := newScreen(t, c, 1376, 830)
	s.enter(nil)
	for name, want := range map[string]string{"worker-disk": "4 min", "canary-home": "1 h", "checkout-5xx": "16 min"} {
		for _, r := range s.filtered.rows {
			if got := s.forCell(r).Text; r.Alarm.Name == name && got != want {
				t.Errorf("%s for %s, want %s", name, got, want)
			}
		}
	}
}

func TestFacets(t *testing.T) {
	s := newScreen(t, withDeleted(), 1376, 830)
	s.enter(nil)
	for _, step := range []struct{ key, names string }{
		{"f", "checkout-critical checkout-5xx"}, {"f", "canary-home"}, {"f", "worker-disk orders-rate"},
		{"f", "worker-disk"}, {"f", "orders-old"}, {"f", ""},
		{"f", "checkout-critical checkout-5xx canary-home worker-disk orders-rate orders-old"},
		{"F", ""}, {"F", "orders-old"},
	} {
		s.rune([]rune(step.key)[0])
		if got := s.names(); got != step.names {
			t.Errorf("after %s the board shows %s: %q, want %q", step.key, facetNames[s.filter.facet], got, step.names)
		}
	}
	test.Tap(s.head.facets[facetInAlarm])
	if got := s.names(); got != "checkout-critical checkout-5xx" {
		t.Errorf("tapped, it shows %q", got)
	}
	test.Type(s.head.filter, "errors checkout")
	if got := s.chips(); got != "All 1, [In alarm 1], Insufficient data 0, OK 0, Flapping 0, Deleted 0, Not watched 0" {
		t.Errorf("with words the head says %s", got)
	}
}

func TestFilterByKeyboard(t *testing.T) {
	s := newScreen(t, fiveAlarms(), 1376, 830)
	s.enter(nil)
	if s.w.Canvas().Focused() != fyne.Focusable(s.list) {
		t.Error("the list has not the keyboard")
	}
	s.rune('/')
	if s.w.Canvas().Focused() != fyne.Focusable(s.head.filter) {
		t.Fatal("/ does not lead to the filter")
	}
	for _, step := range []struct{ typed, want string }{
		{"checkout", "checkout-critical checkout-5xx"}, {" METRIC team=shop", "checkout-5xx"},
	} {
		test.Type(s.head.filter, step.typed)
		if got := s.names(); got != step.want {
			t.Errorf("%q leaves %s, want %s", s.head.filter.Text, got, step.want)
		}
	}
	s.head.filter.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	s.key(fyne.KeyReturn)
	if a, ok := s.session.Selected.Now().(app.Alarm); !ok || a.Name != "checkout-5xx" {
		t.Errorf("Enter opened %v", s.session.Selected.Now())
	}
	s.head.filter.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if s.head.filter.Text != "" || len(s.list.Items()) != 5 {
		t.Errorf("Escape leaves %q and %d alarms", s.head.filter.Text, len(s.list.Items()))
	}
}

func TestTheScreenComesBackAsItWasLeft(t *testing.T) {
	s := newScreen(t, fiveAlarms(), 1376, 830)
	s.enter(nil)
	s.changeFilter(func(f *filter) {
		*f = filter{text: "o", facet: facetOK, group: byOwner, order: order{titleName, true},
			folded: map[string]bool{"": true}}
	})
	before := s.names()
	state := s.Leave()
	other := newScreen(t, fiveAlarms(), 1376, 830)
	other.enter(state)
	if got := other.names(); got != before || before != "[Others]" {
		t.Errorf("left as %s, it comes back as %s", before, got)
	}
	if other.head.filter.Text != "o" || !other.filter.order.reversed {
		t.Errorf("it comes back with %v", other.filter)
	}
	other.enter(ui.State{"show": "no such", "group": "tag:none", "folded": "not JSON"})
	if got := other.names(); got != "[Others] checkout-critical checkout-5xx canary-home worker-disk orders-rate" {
		t.Errorf("of a state that makes no sense it shows %s", got)
	}
}

func TestOrderByTitlesAndKeys(t *testing.T) {
	s := newScreen(t, fiveAlarms(), 1376, 830)
	s.enter(nil)
	column := func(title string) int {
		for i, c := range s.columns() {
			if c.Title == title {
				return i
			}
		}
		t.Fatal(title)
		return 0
	}
	s.list.OnOrder(column(titleName))
	if got := s.names(); got != "canary-home checkout-5xx checkout-critical orders-rate worker-disk" {
		t.Errorf("by name: %s", got)
	}
	s.list.OnOrder(column(titleName))
	if got := s.names(); got != "worker-disk orders-rate checkout-critical checkout-5xx canary-home" {
		t.Errorf("by name, turned: %s", got)
	}
	s.list.OnOrder(column(titleFlaps))
	if got := s.names(); !strings.HasPrefix(got, "worker-disk checkout-5xx ") {
		t.Errorf("by flaps: %s", got)
	}
	s.list.OnOrder(column(titleState))
	s.rune('o')
	if s.filter.order.by != titleName {
		t.Errorf("after the state comes the order of %q", s.filter.order.by)
	}
	s.rune('O')
	if got := s.names(); got != "worker-disk orders-rate checkout-critical checkout-5xx canary-home" {
		t.Errorf("turned: %s", got)
	}
	s.rune('o')
	s.rune('o')
	if s.filter.order.by != titleFor {
		t.Errorf("the order of what is not read beforehand is not passed over: %q", s.filter.order.by)
	}
}

func TestGroupsFold(t *testing.T) {
	s := newScreen(t, fiveAlarms(), 1376, 830)
	s.enter(ui.State{"group": string(byComposite)})
	const open = "[checkout-critical] checkout-5xx [Others] canary-home worker-disk orders-rate"
	if got := s.names(); got != open {
		t.Fatalf("by composite: %s", got)
	}
	s.key(fyne.KeyReturn)
	if a, _ := s.session.Selected.Now().(app.Alarm); a.Name != "checkout-critical" {
		t.Errorf("the head of a composite opens %v", s.session.Selected.Now())
	}
	s.list.Go(4) // worker-disk
	s.Bindings().Key(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if got := s.names(); got != "[checkout-critical] checkout-5xx [Others]" {
		t.Errorf("folded from within: %s", got)
	}
	if l, _ := s.list.Cursor(); l.group == nil || l.group.title() != "Others" {
		t.Errorf("the cursor is at %v", l.key)
	}
	s.Bindings().Key(&fyne.KeyEvent{Name: fyne.KeyRight})
	if got := s.names(); got != open {
		t.Errorf("opened again: %s", got)
	}
	s.key(fyne.KeyReturn) // a head that is no alarm folds
	if got := s.names(); got != "[checkout-critical] checkout-5xx [Others]" {
		t.Errorf("Enter on the head leaves %s", got)
	}
	if a, _ := s.session.Selected.Now().(app.Alarm); a.Name != "checkout-critical" {
		t.Error("folding a group took the alarm out of the drawer")
	}
}

func TestTappingOpensAndFollowsTheDrawer(t *testing.T) {
	s := newScreen(t, fiveAlarms(), 1376, 830)
	s.enter(nil)
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
	better := fiveAlarms()
	better.Alarms[2].State, better.Alarms[2].Since = app.OK, ago(time.Second)
	s.cache.Keep(better)
	s.change(app.Alarms)
	if a := s.session.Selected.Now().(app.Alarm); a.State != app.OK {
		t.Error("the drawer still shows the alarm as it was")
	}
}

func TestOldDataStays(t *testing.T) {
	s := newScreen(t, fiveAlarms(), 1376, 830)
	s.enter(nil)
	s.session.Changed.Set(ui.Change{Serial: 1, Signal: app.Alarms})
	if len(s.list.Items()) != 5 || s.says() != "" {
		t.Errorf("while loading: %d alarms, %q", len(s.list.Items()), s.says())
	}
	s.Leave()
	s.cache.Keep(withDeleted())
	s.settle()
	if len(s.list.Items()) != 5 {
		t.Error("a result that came after leaving was shown")
	}
}

func TestNothingIsReadWhileAway(t *testing.T) {
	s := newScreen(t, fiveAlarms(), 1376, 830)
	s.change(app.Alarms)
	s.Tick()
	s.enter(nil)
	s.change(app.Logs)
	s.Tick() // nothing is stale yet
	s.Leave()
	s.session.Go(s.session.Focus.Now().Last(3 * time.Hour))
	s.settle()
	if n := s.cache.AskedFor("Alarms"); n != 1 {
		t.Errorf("read %d times, want once", n)
	}
}

func TestChartsAreReadOnceForWhatIsSeen(t *testing.T) {
	s := newScreen(t, fiveAlarms(), 1376, 830)
	s.enter(nil)
	asked := func() []app.SeriesQuery { return cachetest.Queries[app.SeriesQuery](s.cache) }
	if len(asked()) != 1 || len(asked()[0].Keys) != 3 {
		t.Fatalf("asked for charts: %v", asked())
	}
	found, ok := s.sparks.of(alarmSpark(s.filtered.rows[1].Alarm))
	if !ok || found.last.Value != 14 || found.late {
		t.Errorf("the chart of checkout-5xx: %v, %v", found, ok)
	}
	if found, ok := s.sparks.of(alarmSpark(s.filtered.rows[3].Alarm)); !ok || found.chart != nil {
		t.Error("worker-disk has a chart, and the cache no datapoints")
	}
	s.redraw()
	s.settle()
	if len(asked()) != 1 {
		t.Errorf("asked again for what is known: %d times", len(asked()))
	}
	s.session.Go(s.session.Focus.Now().Last(3 * time.Hour))
	if _, ok := s.sparks.of(alarmSpark(s.filtered.rows[1].Alarm)); !ok {
		t.Error("the old chart does not stay until the new one is there")
	}
	s.settle()
	if n := len(asked()); n != 2 || asked()[1].Range.Length() != 3*time.Hour {
		t.Errorf("of the new window the charts were asked for %d times", n-1)
	}
}

func TestTheHeadSaysOfWhenItIs(t *testing.T) {
	s := newScreen(t, fiveAlarms(), 1376, 830)
	s.enter(nil)
	if got := s.head.notice.Now(); got != "" {
		t.Errorf("all is of now, and it says %q", got)
	}
	then := ago(time.Hour)
	s = newScreen(t, pulled{then, then, then}.fiveAlarms(), 1376, 830)
	s.enter(nil)
	if got := s.head.notice.Now(); got != "States and 24 h as of 08:12." {
		t.Errorf("pulled an hour ago, it says %q", got)
	}
	s.session.Go(s.session.Focus.Now().On(app.Range{From: ago(3 * time.Hour), To: ago(2 * time.Hour)}))
	s.settle()
	if got := s.head.notice.Now(); got != "States as of 08:12. Values and 24 h up to 07:12." {
		t.Errorf("of an earlier window it says %q", got)
	}
	s.session.Go(s.session.Focus.Now().On(app.Range{From: ago(2 * time.Hour), To: ago(30 * time.Minute)}))
	s.settle()
	if got := s.head.notice.Now(); got != "States and 24 h as of 08:12. Values up to 08:42." {
		t.Errorf("of a window that ends after the pull it says %q", got)
	}
	s.session.Go(s.session.Focus.Now().On(app.Range{From: ago(2 * time.Hour), To: ago(time.Hour)}))
	s.settle()
	if got := s.head.notice.Now(); got != "All as of 08:12." {
		t.Errorf("of the window that was pulled it says %q", got)
	}
}

// TestAnOldBoardIsOfItsLastDay looks three days later at what was there then.
func TestAnOldBoardIsOfItsLastDay(t *testing.T) {
	then := ago(3 * day)
	for _, c := range []struct {
		name   string
		pulled pulled
		want   string
	}{
		{"all of it", pulled{then, then, then}, "States and 24 h as of 11 Mar 09:12."},
		{"metrics alone", pulled{now, now, then}, ""},
		{"one place", pulled{then, now, then}, "111122223333/eu-west-1 as of 11 Mar 09:12."},
	} {
		s := newScreen(t, c.pulled.fiveAlarms(), 1376, 830)
		s.enter(nil)
		if got := s.head.notice.Now(); got != c.want {
			t.Errorf("%s: it says %q, want %q", c.name, got, c.want)
		}
		if n := len(s.shown.unwatched); n != 2 {
			t.Errorf("%s: %d resources are not watched", c.name, n)
		}
		if r := s.filtered.rows[3]; c.name == "all of it" && r.Flaps != 4 {
			t.Errorf("%s went off %d times", r.Alarm.Name, r.Flaps)
		}
	}
}

// A place that did not answer with the others is named: its states are older than the rest.
func TestTheHeadNamesPlacesThatAreBehind(t *testing.T) {
	lately, other := ago(time.Minute), app.Scope{Account: "444455556666", Region: "us-east-1"}
	refused := askedFor(data, lately)
	refused.Denied = true
	for _, c := range []struct {
		name string
		data time.Time // when its alarms were asked for
		more []app.Cover
		want string
	}{
		{"all at once", ago(3 * time.Minute), nil, ""},
		{"one", ago(time.Hour), nil, "444455556666/eu-west-1 as of 08:12."},
		{"one that was refused since", ago(time.Hour), []app.Cover{refused}, "444455556666/eu-west-1 as of 08:12."},
		{"several", ago(time.Hour), []app.Cover{askedFor(other, ago(2*time.Hour))},
			"2 places are older, the oldest as of 07:12."},
	} {
		t.Run(c.name, func(t *testing.T) {
			contents := pulled{lately, c.data, now}.fiveAlarms()
			contents.Covers = append(contents.Covers, c.more...)
			s := newScreen(t, contents, 1376, 830)
			s.enter(nil)
			if got := s.head.notice.Now(); got != c.want {
				t.Errorf("it says %q, want %q", got, c.want)
			}
		})
	}
}

func TestAFormulaTellsWhatAWSNoted(t *testing.T) {
	c := fiveAlarms()
	c.Alarms[4].ReasonData = `{"threshold":5,"evaluatedDatapoints":[` +
		`{"timestamp":"2026-03-14T08:04:00.000+0000","value":8.1},{"timestamp":"2026-03-14T08:03:00.000+0000",` +
		`"value":7}]}`
	s := newScreen(t, c, 1376, 830)
	s.enter(nil)
	if cell := s.lastCell(s.filtered.rows[4]); cell.Text != "8.1 at 08:04" || cell.Style != ui.Note ||
		cell.Spark != nil {
		t.Errorf("the last value is %q", cell.Text)
	}
}

func TestWhatNoAlarmWatches(t *testing.T) {
	s := newScreen(t, fiveAlarms(), 1376, 830)
	s.enter(ui.State{"show": "Not watched"})
	var names []string
	for _, u := range s.unwatched.Items() {
		names = append(names, u.Resource)
	}
	if got := strings.Join(names, " "); got != "mailer orders" {
		t.Errorf("not watched are %s", got)
	}
	s.Bindings().Key(&fyne.KeyEvent{Name: fyne.KeyDown})
	s.Bindings().Key(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if u, ok := s.session.Selected.Now().(app.Unwatched); !ok || u.Resource != "orders" {
		t.Errorf("opened %v", s.session.Selected.Now())
	}
	test.Type(s.head.filter, "lambda")
	if got := s.chips(); len(s.unwatched.Items()) != 1 || !strings.Contains(got, "[Not watched 1]") {
		t.Errorf("filtered: %d, %s", len(s.unwatched.Items()), got)
	}
}

func TestEmptinessSaysWhatToDo(t *testing.T) {
	focus := func(f func(*app.Focus)) func(*screen) {
		return func(s *screen) {
			here := s.session.Focus.Now()
			f(&here)
			s.session.Go(here)
			s.settle()
		}
	}
	watched := fiveAlarms()
	watched.Series = watched.Series[:1]
	for _, test := range []struct {
		name     string
		contents cachetest.Contents
		then     func(*screen)
		want     string
	}{
		{"no cache", cachetest.Contents{}, nil, "Press Pull"},
		{"no alarms", noAlarms(), nil, "CloudWatch has none"},
		{"other places", noAlarms(), focus(func(f *app.Focus) { f.Scopes = []app.Scope{data} }),
			"Choose other accounts"},
		{"resource", fiveAlarms(), focus(func(f *app.Focus) { f.Resource = "nothing" }), "No alarm watches nothing"},
		{"broken", fiveAlarms(), nil, "The alarms cannot be read"},
		{"words", fiveAlarms(), func(s *screen) { s.head.filter.SetText("zzz") }, "No alarm matches"},
		{"all watched", watched, func(s *screen) { s.changeFilter(func(f *filter) { f.facet = facetUnwatched }) },
			"Every resource with datapoints is watched"},
		{"something", fiveAlarms(), focus(func(f *app.Focus) { f.Resource = "checkout" }), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newScreen(t, test.contents, 1376, 830)
			if test.name == "broken" {
				s.cache.Fail(damaged)
			}
			s.enter(nil)
			if test.then != nil {
				test.then(s)
			}
			if got := s.says(); !strings.Contains(got, test.want) || (got == "") != (test.want == "") {
				t.Errorf("it says %q, want %q", got, test.want)
			}
		})
	}
}

// The table that is shown gets the keys, whichever had them before.
func TestTheKeyboardGoesWithTheTable(t *testing.T) {
	s := newScreen(t, fiveAlarms(), 1376, 830)
	s.enter(nil)
	canvas := fyne.CurrentApp().Driver().CanvasForObject(s.View)
	s.changeFilter(func(f *filter) { f.facet = facetUnwatched })
	if canvas.Focused() != fyne.Focusable(s.unwatched) {
		t.Errorf("of what nothing watches %T has the keyboard", canvas.Focused())
	}
	s.changeFilter(func(f *filter) { f.facet = facetFlapping })
	if canvas.Focused() != fyne.Focusable(s.list) {
		t.Errorf("of what flaps %T has the keyboard", canvas.Focused())
	}
	s.focus(s.head.filter)
	s.changeFilter(func(f *filter) { f.facet = facetUnwatched })
	if canvas.Focused() != fyne.Focusable(s.head.filter) {
		t.Error("the filter loses the keyboard")
	}
}
