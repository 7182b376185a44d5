package shell

import (
	"errors"
	"slices"
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
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

func (s *stage) key(k fyne.KeyName) { s.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: k}) }
func (s *stage) rune(r rune)        { s.window.Canvas().OnTypedRune()(r) }

// types types into what has the keyboard, or into the window; see typeOn.
func (s *stage) types(keys string) { drawertest.TypeOn(s.window.Canvas(), keys) }

// choose does what a menu item does.
func (s *stage) choose(t *testing.T, label string) {
	t.Helper()
	for _, menu := range s.window.MainMenu().Items {
		for _, item := range menu.Items {
			if item.Label == label {
				item.Action()
				return
			}
		}
	}
	t.Fatalf("no menu item %q", label)
}

// TestFrameInEveryState has little in the drawer: what it says of an item is in the tests of that item's details, and
// in TestDrawerTellsEveryItem.
func TestFrameInEveryState(t *testing.T) {
	alarms := app.AlarmList{Title: "In alarm", Alarms: []app.Alarm{drawertest.Checkout, drawertest.Critical}}
	for _, state := range []struct {
		name          string
		shelf         *drawertest.Cache
		width, height float32
		hold          bool
		then          func(*stage)
	}{
		{"empty", &drawertest.Cache{}, 1440, 900, false, nil},
		{"loading", drawertest.FullCache(), 1440, 900, true, nil},
		{"full", drawertest.FullCache(), 1440, 900, false, func(s *stage) {
			s.who.Set(Who{Names: []string{"ops@111122223333"}, Expires: drawertest.Now.Add(43 * time.Minute)})
			s.session.Selected.Set(alarms)
		}},
		{"pulling", drawertest.FullCache(), 1440, 900, false, func(s *stage) {
			s.pull.Progress.Set(Progress{Running: true, Doing: "Logs of eu-west-1", Done: 34, Total: 80})
		}},
		{"stale", drawertest.FullCache(), 1440, 900, false, func(s *stage) {
			s.shelf.Failure = &app.Error{Kind: app.Damaged, Op: "read", Err: errors.New("disk image is malformed")}
			s.who.Set(Who{Problem: &app.Error{Kind: app.SignedOut, Op: "sts:GetCallerIdentity",
				Err: errors.New("expired")}})
			s.session.Selected.Set(alarms)
			s.Tick()
		}},
		{"narrow", drawertest.FullCache(), 1024, 700, false, func(s *stage) {
			s.pull.Progress.Set(Progress{Problems: []error{drawertest.Denied}})
			s.session.Selected.Set(drawertest.Update)
		}},
	} {
		t.Run(state.name, func(t *testing.T) {
			s := newStage(t, state.shelf, state.width, state.height, state.hold)
			if state.then != nil {
				state.then(s)
			}
			test.AssertRendersToMarkup(t, "shell_"+state.name+".xml", s.window.Canvas())
		})
	}
}

func TestTimeIsWalkedByTapping(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	for _, step := range []struct {
		tap  fyne.Tappable
		want string
	}{
		{s.bar.earlier, "Today 08:42 – 09:42 1 h"},
		{s.bar.out, "Today 08:12 – 10:12 2 h"},
		{s.bar.back, "Today 08:42 – 09:42 1 h"},
		{s.bar.later, "Today 09:12 – 10:12 1 h"},
		{s.bar.back, "Today 08:42 – 09:42 1 h"},
		{s.bar.back, "Today 09:12 – 10:12 last 1 h"},
		{s.bar.back, "Today 09:12 – 10:12 last 1 h"}, // there is nothing before
		{s.bar.forward, "Today 08:42 – 09:42 1 h"},
		{s.bar.zone, "Today 07:42 – 08:42 1 h"},
		{s.bar.zone, "Today 08:42 – 09:42 1 h"},
	} {
		test.Tap(step.tap)
		if got := s.bar.window.Says(); got != step.want {
			t.Fatalf("the window is %q, want %q", got, step.want)
		}
	}
}

func TestAWindowOfWhatIsCachedSaysSo(t *testing.T) {
	shelf := drawertest.FullCache()
	known := func(signal app.Signal, ago time.Duration) app.Cover {
		return app.Cover{Scope: drawertest.Ireland, Signal: signal, Range: app.Since(drawertest.Ago(ago), 6*time.Hour),
			AskedAt: drawertest.Ago(ago)}
	}
	shelf.AllAlarms, shelf.Covers = nil, []app.Cover{known(app.Metrics, 13*time.Minute), known(app.Logs, time.Hour)}
	s := newStage(t, shelf, 1440, 900, false)
	pulled := func() {
		shelf.Cache.Keep(cachetest.Contents{Covers: []app.Cover{known(app.Metrics, time.Minute)}})
		s.session.Changed.Set(ui.Change{Serial: 1, Signal: app.Metrics})
	}
	for _, step := range []struct {
		do   func()
		want string
	}{
		{func() {}, "Today 09:12 – 10:12 last 1 h"},
		{func() { s.session.Go(s.session.Focus.Now().LastCached(time.Hour)) }, "Today 08:59 – 09:59 last 1 h cached"},
		{func() { test.Tap(s.bar.out) }, "Today 07:59 – 09:59 last 2 h cached"},
		{pulled, "Today 08:11 – 10:11 last 2 h"},
	} {
		step.do()
		if got := s.bar.window.Says(); got != step.want {
			t.Errorf("the window is %q, want %q", got, step.want)
		}
	}
	if s.screens[0].ticks == 0 {
		t.Error("the screen is not told that the cache reaches further")
	}
}

func TestTheBarOffersThePaletteAsRoomAllows(t *testing.T) {
	for _, c := range []struct {
		width float32
		says  string
		shown bool
	}{{1440, "Search or run… Ctrl K", true}, {1024, "", true}, {900, "", false}} {
		s := newStage(t, drawertest.FullCache(), c.width, 700, false)
		if s.bar.search.Says() != c.says || s.bar.search.Visible() != c.shown {
			t.Errorf("%v wide it says %q, shown %v", c.width, s.bar.search.Says(), s.bar.search.Visible())
		}
		last := s.bar.resource
		if s.bar.search.Visible() && (s.bar.search.Position().X < last.Position().X+last.Size().Width ||
			s.bar.search.Position().X+s.bar.search.Size().Width > s.bar.zone.Position().X) {
			t.Errorf("%v wide the chip at %v, %v lies on others", c.width, s.bar.search.Position(), s.bar.search.Size())
		}
		test.Tap(s.bar.search)
		if s.window.Canvas().Overlays().Top() == nil {
			t.Errorf("%v wide it opens nothing", c.width)
		}
	}
}

func TestZoomOutKeepsAMovingWindowMoving(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	s.rune('-')
	if f := s.session.Focus.Now(); f.Window != 2*time.Hour {
		t.Errorf("after zooming out of the last hour: %+v", f)
	}
	week := 7 * 24 * time.Hour
	s.session.Go(s.session.Focus.Now().Last(week))
	s.rune('-')
	if f := s.session.Focus.Now(); f.Window != 0 || f.Range.Length() != 2*week || !f.Range.To.Equal(drawertest.Now) {
		t.Errorf("after zooming out of the last week: %+v", f)
	}
}

func TestWindowMenu(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	test.Tap(s.bar.window)
	menu := s.window.Canvas().Overlays().Top()
	if said := drawertest.Words(menu); !strings.Contains(said,
		"Last 15 min\nLast 1 h\nLast 3 h\nLast 12 h\nLast 1 d\nLast 3 d\nLast 1 w\nFrom … to …") {
		t.Fatalf("the menu says %q", said)
	}
	test.TapCanvas(s.window.Canvas(), at(menu, "Last 3 h"))
	if f := s.session.Focus.Now(); f.Window != 3*time.Hour {
		t.Errorf("the window is %v, want 3 h", f.Window)
	}
}

// at finds a text on the canvas.
func at(within fyne.CanvasObject, text string) fyne.Position {
	for _, t := range drawertest.Texts(within) {
		if t.Text == text {
			return fyne.CurrentApp().Driver().AbsolutePositionForObject(t).AddXY(3, 3)
		}
	}
	return fyne.Position{}
}

func TestPlacesMenu(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	if got := s.bar.places.Says(); got != "2 accounts · 2 Regions" {
		t.Errorf("everywhere is %q", got)
	}
	test.Tap(s.bar.places)
	test.TapCanvas(s.window.Canvas(), at(s.window.Canvas().Overlays().Top(), "111122223333  eu-central-1"))
	if got := s.bar.places.Says(); got != "111122223333 eu-central-1" {
		t.Errorf("one place is %q", got)
	}
	if f := s.session.Focus.Now(); !slices.Equal(f.Scopes, []app.Scope{drawertest.Frankfurt}) {
		t.Errorf("the scopes are %v", f.Scopes)
	}
}

func TestRangeSheet(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	sheet := newRangeSheet(s.window.Canvas(), s.session,
		func(r app.Range) { s.session.Go(s.session.Focus.Now().On(r)) })
	sheet.Show()
	if sheet.from.Text != "2026-03-14 09:12:00" {
		t.Errorf("it starts at %q", sheet.from.Text)
	}
	if typed := sheet.from.SelectedText(); typed != "" {
		t.Errorf("before it has the keyboard, %q is selected", typed)
	}
	size := sheet.Content.MinSize()
	test.Type(sheet.from, "2026-03-13 09")
	sheet.from.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !strings.Contains(sheet.problem.Now(), "2026-03-14 09:58") || !sheet.Visible() {
		t.Errorf("half a time: %q, visible %v", sheet.problem.Now(), sheet.Visible())
	}
	if got := sheet.Content.MinSize(); got != size {
		t.Errorf("with what is wrong the sheet grows from %v to %v", size, got)
	}
	test.Type(sheet.from, "2026-03-13 09:30") // what it held is selected again
	sheet.to.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := s.bar.window.Says(); got != "Yesterday 09:30 – Today 10:12 1 d" || sheet.Visible() {
		t.Errorf("the window is %q, visible %v", got, sheet.Visible())
	}
}

func TestNarrowingToAResource(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	s.rune('r')
	name, ok := s.window.Canvas().Focused().(*ui.Field)
	if !ok {
		t.Fatal("r does not ask for a resource")
	}
	test.Type(name, "orders")
	name.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := s.bar.resource.Says(); got != "resource orders" || s.session.Focus.Now().Resource != "orders" {
		t.Errorf("the chip says %q", got)
	}
	test.Tap(s.bar.resource)
	if got := s.bar.resource.Says(); got != "all resources" || s.session.Focus.Now().Resource != "" {
		t.Errorf("after taking it away the chip says %q", got)
	}
}

func TestPullButton(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	if got := s.bar.pull.Says(); got != "Pull · $0.0040" {
		t.Errorf("the button says %q", got)
	}
	test.Tap(s.bar.pull.Chip)
	s.key(fyne.KeyF5)
	s.choose(t, "Pull, or cancel")
	if len(s.started) != 3 || s.started[0].Window != time.Hour {
		t.Fatalf("started %v", s.started)
	}
	s.pull.Progress.Set(Progress{Running: true, Doing: "Logs of eu-west-1", Done: 1_200, Total: 3_000})
	if got := s.bar.pull.Says(); got != "1,200 of 3,000 Cancel" {
		t.Errorf("the button says %q", got)
	}
	test.Tap(s.bar.pull.Chip)
	if len(s.started) != 3 || !slices.Contains(s.log, "cancel") {
		t.Errorf("started %d times, did %q", len(s.started), s.log)
	}
	s.offer = Offer{Cost: 0, AtLeast: true}
	s.pull.Progress.Set(Progress{})
	if got := s.bar.pull.Says(); got != "Pull · from $0.00" {
		t.Errorf("after the pull the button says %q", got)
	}
}

func TestScreensKeepTheirState(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	s.choose(t, "Alarms")
	s.choose(t, "Alarms") // it is there already
	test.Tap(s.rail.entries[0])
	want := []string{"enter Timeline ", "leave Timeline", "enter Alarms ", "leave Alarms", "enter Timeline here"}
	if !slices.Equal(s.log, want) {
		t.Errorf("the screens saw %q, want %q", s.log, want)
	}
	if s.screens[1].Visible() || !s.screens[0].Visible() {
		t.Error("the wrong screen is shown")
	}
}

func TestKeysGoToTheScreenThenToTheWindow(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	s.key(fyne.KeyRight)
	s.rune('b')
	s.rune(']')
	if want := []string{"right", "b"}; !slices.Equal(s.screens[0].pressed, want) {
		t.Errorf("the screen saw %q, want %q", s.screens[0].pressed, want)
	}
	if got := s.bar.window.Says(); got != "Today 09:42 – 10:42 1 h" {
		t.Errorf("] moved to %q", got)
	}
}

func TestKeysSheet(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	s.session.Selected.Set(drawertest.Checkout)
	s.rune('?')
	s.rune('?')
	overlays := s.window.Canvas().Overlays()
	if n := len(overlays.List()); n != 1 {
		t.Fatalf("%d sheets are open", n)
	}
	said := drawertest.Words(overlays.Top())
	for _, want := range []string{"Detail", "Traces with faults", "Timeline", "Brush", "Everywhere", "Ctrl+2",
		"These keys"} {
		if !strings.Contains(said, want) {
			t.Errorf("the sheet does not say %q", want)
		}
	}
	s.key(fyne.KeyEscape)
	if overlays.Top() != nil || !s.drawer.IsOpen() {
		t.Error("Escape closes the sheet, and nothing else")
	}
	s.key(fyne.KeyEscape)
	if s.drawer.IsOpen() || s.session.Selected.Now() != nil {
		t.Error("Escape does not close the drawer")
	}
}

func TestKeysAreListedOnce(t *testing.T) {
	do := func() {}
	got := listed([]bindingGroup{
		{"Detail", ui.Bindings{{Keys: "y", Rune: 'y', Do: do}}},
		{"Timeline", ui.Bindings{{Keys: "[", Rune: '[', Do: do}, {Keys: "−", Rune: '-', Do: do},
			{Keys: "Enter", Key: fyne.KeyReturn, Do: do}, {Key: fyne.KeyEnter, Do: do}, {Keys: "Ctrl+1"}}},
		{"Everywhere", ui.Bindings{{Keys: "[", Rune: '[', Do: do}, {Keys: "-", Rune: '-', Do: do},
			{Keys: "w", Rune: 'w', Do: do}, {Keys: "Ctrl+1"}, {Keys: "Ctrl+2"}}},
	})
	var said []string
	for _, g := range got {
		for _, b := range g.keys {
			said = append(said, g.title+" "+b.Keys)
		}
	}
	want := []string{"Detail y", "Timeline [", "Timeline −", "Timeline Enter", "Timeline Ctrl+1", "Everywhere w",
		"Everywhere Ctrl+2"}
	if !slices.Equal(said, want) {
		t.Errorf("listed %q, want %q", said, want)
	}
}

func TestDrawerBesideAndAboveTheScreen(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	whole := s.screens[0].Size().Width
	s.session.Selected.Set(drawertest.Checkout)
	if got := s.screens[0].Size().Width; got != whole-ui.DrawerWidth {
		t.Errorf("the screen is %v wide beside the drawer, %v without", got, whole)
	}
	s.window.Resize(fyne.NewSize(940, 700))
	if got := s.screens[0].Size().Width; got != 940-ui.RailWidth {
		t.Errorf("in a narrow window the screen is %v wide", got)
	}
	test.Tap(s.drawer.Close)
	if s.drawer.Visible() {
		t.Error("the drawer is still there")
	}
}

func TestAppearanceIsKept(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	dark := ui.Color(ui.ColorBackground)
	s.choose(t, "Light")
	if ui.Color(ui.ColorBackground) == dark {
		t.Error("still dark")
	}
	if got := ui.CurrentAppearance(s.app); got != ui.Light {
		t.Errorf("kept %q", got)
	}
	if settings := s.app.Settings(); settings.Theme().Color(theme.ColorNameBackground,
		theme.VariantDark) != ui.Color(ui.ColorBackground) {
		t.Error("light depends on the system")
	}
}

func TestProblemsSheet(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	test.Tap(s.status)
	if s.window.Canvas().Overlays().Top() != nil {
		t.Error("a sheet opens though nothing is the matter")
	}
	s.pull.Progress.Set(Progress{Problems: []error{drawertest.Denied, errors.New("disk full")}})
	if got := s.status.problem.Now(); got != "AWS does not allow logs:FilterLogEvents to these credentials. And 1 more." {
		t.Errorf("the bar says %q", got)
	}
	test.Tap(s.status)
	said := drawertest.Words(s.window.Canvas().Overlays().Top())
	for _, want := range []string{"logs:FilterLogEvents", "nephograph policy", "disk full."} {
		if !strings.Contains(strings.ReplaceAll(said, "\n", " "), want) {
			t.Errorf("the sheet does not say %q: %q", want, said)
		}
	}
}

func TestSignalStatus(t *testing.T) {
	for _, test := range []struct {
		signal app.Signal
		f      app.Freshness
		shape  ui.Shape
		ink    fyne.ThemeColorName
		want   string
	}{
		{app.Logs, app.Freshness{}, ui.Ring, ui.ColorNoData, "Logs never"},
		{app.Logs, app.Freshness{AskedAt: drawertest.Ago(40 * time.Second)}, ui.Disc, ui.ColorOK, "Logs 40 s"},
		{app.Metrics, app.Freshness{AskedAt: drawertest.Ago(phrase.Late), Settling: true}, ui.Disc, ui.ColorOK,
			"Metrics 6 min"},
		{app.Metrics, app.Freshness{AskedAt: drawertest.Ago(7 * time.Minute), Settling: true}, ui.Disc, ui.ColorWarning,
			"Metrics 7 min"},
		{app.Trail, app.Freshness{AskedAt: drawertest.Ago(5 * time.Minute), Settling: true}, ui.Disc, ui.ColorWarning,
			"Trail 5 min, settling"},
		{app.Trail, app.Freshness{AskedAt: drawertest.Ago(5 * time.Minute)}, ui.Disc, ui.ColorOK, "Trail 5 min"},
		{app.Logs, app.Freshness{AskedAt: drawertest.Ago(time.Second), Denied: true}, ui.Diamond, ui.ColorWarning,
			"Logs denied"},
		{app.Logs, app.Freshness{AskedAt: drawertest.Ago(time.Second), KnownTo: drawertest.Now, Denied: true},
			ui.Diamond, ui.ColorWarning, "Logs 1 s, in part denied"},
		{app.Alarms, app.Freshness{AskedAt: drawertest.Ago(26 * time.Hour)}, ui.Disc, ui.ColorWarning, "Alarms 1 d"},
	} {
		shape, ink, text := signalStatus(test.signal, test.f, drawertest.Now)
		if shape != test.shape || ink != test.ink || text != test.want {
			t.Errorf("%s %+v: %s in %s, want %s in %s", test.signal, test.f, text, ink, test.want, test.ink)
		}
	}
}

func TestWhoSays(t *testing.T) {
	fail := func(k app.Kind) error { return &app.Error{Kind: k, Op: "sts:GetCallerIdentity", Err: errors.New("x")} }
	for _, test := range []struct {
		who  Who
		want string
	}{
		{Who{}, "Asking AWS who I am"},
		{Who{Names: []string{"ops@1"}}, "ops@1"},
		{Who{Names: []string{"ops@1", "ops@2"}, Expires: drawertest.Now.Add(90 * time.Minute)},
			"ops@1 and 1 other, 1 h left"},
		{Who{Names: []string{"ops@1"}, Expires: drawertest.Ago(time.Minute)}, "ops@1, expired"},
		{Who{Problem: fail(app.SignedOut)}, "Signed out · cached data only"},
		{Who{Problem: fail(app.Offline)}, "Offline · cached data only"},
		{Who{Problem: fail(app.Denied)}, "Cached data only"},
	} {
		if got := test.who.says(drawertest.Now); got != test.want {
			t.Errorf("%+v says %q, want %q", test.who, got, test.want)
		}
	}
}

func TestOldVitalsStayWhenReadingFails(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	before := s.bar.says()
	s.shelf.Failure = &app.Error{Kind: app.Damaged, Op: "read", Err: errors.New("malformed")}
	s.Tick()
	if got := s.bar.says(); got != before {
		t.Errorf("the bar says %q, want %q", got, before)
	}
	if got := s.status.right[2].Now(); got != "812 MB" {
		t.Errorf("the size is %q", got)
	}
	if got := s.status.problem.Now(); got != "The cache cannot be used: malformed." {
		t.Errorf("the problem is %q", got)
	}
}

func TestAPullThatCannotBeginSaysWhy(t *testing.T) {
	noRegion := &app.Error{Kind: app.NotFound, Op: "connect",
		Err: errors.New("no Region is set: name one in AWS_REGION or ~/.aws/config")}
	reached := []pull.ScopeStatus{{Scope: drawertest.Ireland, Who: app.Identity{Account: drawertest.Ireland.Account}}}
	for _, c := range []struct {
		name  string
		asked bool // by a person
		ended Progress
		shown bool
	}{
		{"no Region", true, Progress{Problems: []error{noRegion}}, true},
		{"nobody asked", false, Progress{Problems: []error{noRegion}}, false},
		{"a part failed", true, Progress{Problems: []error{drawertest.Denied}, Scopes: reached}, false},
		{"all is well", true, Progress{}, false},
	} {
		s := newStage(t, &drawertest.Cache{}, 1440, 900, false)
		s.who.Set(Who{Problem: noRegion})
		if said := s.status.problem.Now(); said != "No Region is set: name one in AWS_REGION or ~/.aws/config." {
			t.Errorf("%s: the bar says %q", c.name, said)
		}
		if c.asked {
			s.key(fyne.KeyF5)
		}
		s.pull.Progress.Set(Progress{Running: true})
		s.pull.Progress.Set(c.ended)
		top := s.window.Canvas().Overlays().Top()
		if (top != nil) != c.shown || top != nil && strings.Count(drawertest.Words(top), "No Region is set") != 1 {
			t.Errorf("%s: a sheet is shown: %v", c.name, top != nil)
		}
	}
}

// Two clicks at one place are two of the same: nothing in the bar moves because of the first.
func TestTheBarStaysUnderThePointer(t *testing.T) {
	for _, width := range []float32{1440, 1024} {
		s := newStage(t, drawertest.FullCache(), width, 700, false)
		s.session.Go(s.session.Focus.Now().LastCached(time.Hour))
		places := func() (all []fyne.Position) {
			for _, c := range s.bar.chips() {
				all = append(all, c.Position())
			}
			return append(all, fyne.NewPos(s.bar.pull.Size().Width, s.bar.search.Size().Width))
		}
		before := places()
		s.bar.later.MouseIn(nil)
		for _, then := range []app.Focus{{Window: 15 * time.Minute},
			app.Focus{}.On(app.Since(drawertest.Now, time.Hour)),
			app.Focus{}.On(app.Since(drawertest.Now.Add(time.Hour), time.Hour))} {
			if s.session.Go(then); !slices.Equal(places(), before) {
				t.Errorf("%v wide, at %q the bar has moved from %v to %v", width, s.bar.window.Says(), before, places())
			}
		}
		s.bar.later.MouseOut()
		for _, p := range []Progress{{Running: true}, {Running: true, Done: 1, Total: 47},
			{Running: true, Done: 47, Total: 47}, {}} {
			if s.pull.Progress.Set(p); !slices.Equal(places(), before) {
				t.Errorf("%v wide, at %q the bar has moved from %v to %v", width, s.bar.pull.Says(), before, places())
			}
		}
		for _, o := range []Offer{{}, {Cost: 1, AtLeast: true}, {Cost: 4_000_000, AtLeast: true},
			{Cost: app.Dollar, AtLeast: true}} {
			s.bar.pull.price(o, true)
			if s.bar.Refresh(); !slices.Equal(places(), before) {
				t.Errorf("%v wide, at %q the bar has moved from %v to %v", width, s.bar.pull.Says(), before, places())
			}
		}
	}
}
