package overview

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/assets"
	"github.com/nephograph/nephograph/views/cachetest"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/ui"
)

// screen is the screen in a window, on one goroutine. What leaves the UI goroutine waits while it is held.
type screen struct {
	*View
	cache   *cachetest.Cache
	w       fyne.Window
	hold    bool
	away    []func()
	visited []string
}

func newScreen(t testing.TB, width, height float32, contents ...cachetest.Contents) *screen {
	t.Helper()
	dark := theme.VariantDark
	test.NewTempApp(t).Settings().SetTheme(ui.NewTheme(&dark))
	presets, err := assets.Presets()
	if err != nil {
		t.Fatal(err)
	}
	s := &screen{cache: cachetest.New(t, contents...)}
	threads := ui.Threads{Back: func(f func()) { f() }, Away: func(f func()) {
		if s.hold {
			s.away = append(s.away, f)
			return
		}
		f()
	}}
	session := ui.NewSession(app.Focus{Window: time.Hour}, time.UTC, threads, cachetest.Now)
	session.Screen.Follow(func(name string) { s.visited = append(s.visited, name) })
	s.w = test.NewTempWindow(t, ui.NewSpace(1, 1))
	s.View = New(session, s.cache, presets)
	s.w.SetPadded(false)
	s.w.SetContent(s.View)
	s.w.Resize(fyne.NewSize(width, height))
	return s
}

// release lets everything that is held come back.
func (s *screen) release() {
	s.hold = false
	for len(s.away) > 0 {
		f := s.away[0]
		s.away = s.away[1:]
		f()
	}
}

func (s *screen) key(name fyne.KeyName) {
	e := &fyne.KeyEvent{Name: name}
	if f := s.w.Canvas().Focused(); f != nil && name != fyne.KeyLeft && name != fyne.KeyRight {
		f.TypedKey(e)
		return
	}
	s.Bindings().Key(e)
}

// lines are those of a section, the texts of its cells between bars.
func (s *screen) lines(name string) (all []string) {
	for _, sec := range s.sections {
		if sec.name != name {
			continue
		}
		for _, l := range sec.List.Items() {
			var said []string
			for _, c := range l.cells {
				if c.Text != "" {
					said = append(said, c.Text)
				}
			}
			all = append(all, strings.Join(said, " | "))
		}
		if sec.Says() != "" {
			all = append(all, sec.Says())
		}
	}
	return all
}

func (s *screen) wants(t *testing.T, name string, want ...string) {
	t.Helper()
	if got := s.lines(name); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s:\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func (s *screen) section(name string) *section {
	for _, sec := range s.sections {
		if sec.name == name {
			return sec
		}
	}
	return nil
}

func TestIncidentAtAGlance(t *testing.T) {
	s := newScreen(t, 1376, 800, cachetest.Incident())
	s.Enter(nil)
	s.wants(t, "Alarms",
		"checkout-critical | checkout-5xx or checkout-p99 or orders-iterator-age or orders-throttles | In alarm 13 min",
		"checkout-5xx | 5xx of checkout > 50, 3 of 3 | In alarm 16 min",
		"checkout-p99 | Latency, p99 of checkout > 1.5 s, 3 of 3 | In alarm 22 min",
		"orders-iterator-age | Iterator age, max of orders-stream > 3 min, 3 of 3 | In alarm 27 min",
		"orders-throttles | Throttled writes of orders > 100, 3 of 3 | In alarm 31 min",
		"canary-home | Success of home < 90 %, 3 of 3 | Insufficient data 38 min",
		"worker-disk | Disk used, max of i-0a1b2c3d4e5f60718 > 90 %, 3 of 3 | flapping")
	s.wants(t, "Changes",
		"UpdateTable orders | deploy-role/pipeline-482 | likely 09:25",
		"UpdateService worker | deploy-role/pipeline-482 | 09:36",
		"TagResource orders | deploy-role/pipeline-482 | 09:26",
		"PutDashboard shop | anna | 09:21")
	s.wants(t, "Services",
		"orders | DynamoDB | 8.3/min | 14 % | mean 600 ms",
		"orders-stream | Kinesis | 8.3/min | 14 % | mean 600 ms",
		"checkout/prod | API Gateway | 8.3/min | 10 % | 570 ms",
		"checkout | Lambda | 8.3/min | 10 % | 513 ms")
	s.wants(t, "Errors in the logs", "checkout | 142 | 71 %")
	s.wants(t, "Blind spots",
		"Metrics | 3 min not cached: press Pull (F5)",
		"Trail | 7 min not cached: press Pull (F5)",
		"canary-home | no data: does its resource still exist?")
	for name, want := range map[string]string{
		"Alarms": "5 in alarm · 1 insufficient data · 19 OK", "Changes": "40 changes, 1 by people",
		"Blind spots": "", "Services": "of 500 traces; X-Ray records a part of all requests",
		"Errors in the logs": "142 of 643 events"} {
		if got := s.section(name).Note(); got != want {
			t.Errorf("%s: it says %q, want %q", name, got, want)
		}
	}
}

func TestNarrowedToAResource(t *testing.T) {
	s := newScreen(t, 1376, 800, cachetest.Incident())
	s.session.Go(app.Focus{Window: time.Hour, Resource: "orders"})
	s.Enter(nil)
	s.wants(t, "Alarms", "orders-throttles | Throttled writes of orders > 100, 3 of 3 | In alarm 31 min")
	s.wants(t, "Changes", "UpdateTable orders | deploy-role/pipeline-482 | likely 09:25",
		"TagResource orders | deploy-role/pipeline-482 | 09:26")
	if !strings.Contains(s.about.Now(), "only what concerns orders") {
		t.Errorf("the head says %q", s.about.Now())
	}
	s.session.Go(app.Focus{Window: time.Hour, Resource: "no-such"})
	s.wants(t, "Alarms", "No alarm watches no-such. Remove the resource filter in the bar above to see all alarms.")
}

func TestResourcesAndGroupsThatNobodyWatches(t *testing.T) {
	c := cachetest.Incident()
	c.LogGroups[0].Retention = 0
	c.Metrics = nil
	for i := range 9 {
		s := c.Series[0]
		s.Reading.Metric = app.NewMetric("AWS/SQS", "ApproximateAgeOfOldestMessage",
			app.Dimension{Name: "QueueName", Value: "queue-" + string(rune('a'+i))})
		c.Series = append(c.Series, s)
		c.Covers = append(c.Covers, cachetest.Cover(app.Metrics, s.Reading.Key(), 300, 0.5))
	}
	s := newScreen(t, 1376, 800, c)
	s.Enter(nil)
	said := strings.Join(s.lines("Blind spots"), "\n")
	for _, want := range []string{"SQS queue-a | no alarm: set one on ApproximateAgeOfOldestMessage",
		"and 3 more resources without alarm", "never expires: set a retention"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q: %s", want, said)
		}
	}
}

func TestEachLineLeadsOn(t *testing.T) {
	s := newScreen(t, 1376, 800, cachetest.Incident())
	s.Enter(nil)
	for i, want := range []func(app.Item) bool{
		func(item app.Item) bool { a, ok := item.(app.Alarm); return ok && a.Name == "checkout-5xx" },
		func(item app.Item) bool { e, ok := item.(app.TrailEvent); return ok && e.Name == "UpdateService" },
		func(item app.Item) bool { c, ok := item.(app.Coverage); return ok && c.Signal == app.Trail },
		func(item app.Item) bool { v, ok := item.(app.Service); return ok && v.Name == "orders-stream" },
		func(item app.Item) bool { l, ok := item.(app.LogList); return ok && l.Query.Level == app.LevelError },
	} {
		s.Bindings().Rune('1' + rune(i))
		s.key(fyne.KeyDown)
		s.key(fyne.KeyReturn)
		if item := s.session.Selected.Now(); !want(item) {
			t.Errorf("%s opens %#v", s.sections[i].name, item)
		}
		s.Bindings().Rune('m')
	}
	if got := strings.Join(s.visited, " "); got != "Alarms Trail Alarms Traces Logs" {
		t.Errorf("the sections lead to %s", got)
	}
}

func TestArrowsGoFromSectionToSection(t *testing.T) {
	s := newScreen(t, 1376, 800, cachetest.Incident())
	s.Enter(nil)
	var went []string
	for range len(s.sections) + 1 {
		went = append(went, s.sections[s.current()].name)
		s.key(fyne.KeyRight)
	}
	s.key(fyne.KeyLeft)
	s.key(fyne.KeyLeft)
	went = append(went, s.sections[s.current()].name)
	const want = "Alarms, Changes, Blind spots, Services, Errors in the logs, Alarms, Errors in the logs"
	if got := strings.Join(went, ", "); got != want {
		t.Errorf("they go to %s, want %s", got, want)
	}
}

// What is shown stays while it is read again, and when that fails.
func TestOldDataStays(t *testing.T) {
	s := newScreen(t, 1376, 800, cachetest.Incident())
	s.Enter(nil)
	before := strings.Join(s.lines("Services"), "\n")
	s.hold = true
	s.session.Changed.Set(ui.Change{Serial: 1, Signal: app.Traces})
	if got := strings.Join(s.lines("Services"), "\n"); got != before || len(s.away) == 0 {
		t.Errorf("while it is read it shows %s", got)
	}
	s.cache.FailOn("Traces", &app.Error{Kind: app.Damaged, Op: "read", Err: errors.New("page 7 is torn")})
	s.release()
	if got := strings.Join(s.lines("Services"), "\n"); got != before {
		t.Errorf("after it failed it shows %s", got)
	}
	if note := s.section("Services").Note(); !strings.Contains(note, "cannot be used") {
		t.Errorf("it does not say what failed: %q", note)
	}
	s.cache.Fail(nil)
	s.Tick()
	if note := s.section("Services").Note(); strings.Contains(note, "cannot be used") {
		t.Errorf("it still says %q", note)
	}
}

func TestWhatCannotBeReadIsASentence(t *testing.T) {
	s := newScreen(t, 1376, 800, cachetest.Incident())
	s.cache.Fail(&app.Error{Kind: app.Damaged, Op: "read", Err: errors.New("page 7 is torn")})
	s.Enter(nil)
	for _, sec := range s.sections {
		if got := strings.Join(s.lines(sec.name), " "); !strings.Contains(got, "cannot be used") {
			t.Errorf("%s says %q", sec.name, got)
		}
	}
}

// A key that is typed before the first section is read waits for it.
func TestKeysWaitForTheFirstReading(t *testing.T) {
	s := newScreen(t, 1376, 800, cachetest.Incident())
	s.hold = true
	s.Enter(nil)
	if !s.Awaits(ui.Press{Key: fyne.KeyReturn}) || s.Awaits(ui.Press{Rune: 'q'}) {
		t.Error("it does not say for which keys it is read")
	}
	s.release()
	if s.Awaits(ui.Press{Key: fyne.KeyReturn}) {
		t.Error("it waits although all is read")
	}
}

func TestNothingCachedSaysWhatToDo(t *testing.T) {
	s := newScreen(t, 960, 600)
	s.Enter(nil)
	wants(t, s.View, "Nothing is cached yet", "Press Pull (F5)")
	s.session.Contact.Set(ui.Contact{Trouble: &app.Error{Kind: app.NotFound, Op: "connect",
		Err: errors.New("no Region is set")}})
	wants(t, s.View, "Nothing is cached yet", "No Region is set.", "nephograph demo")
	s.session.Contact.Set(ui.Contact{Pulling: true})
	wants(t, s.View, "Pulling …")
	s.cache.Keep(cachetest.Incident())
	for i, signal := range app.Signals {
		s.session.Changed.Set(ui.Change{Serial: i + 1, Signal: signal})
	}
	wants(t, s.View, "checkout-critical")
	if s.empty.Visible() {
		t.Error("it still says that nothing is cached")
	}
}

// wants looks for texts on the screen.
func wants(t *testing.T, v *View, texts ...string) {
	t.Helper()
	var said []string
	for _, text := range drawertest.Texts(v) {
		said = append(said, text.Text)
	}
	for _, want := range texts {
		if words := strings.Join(said, " "); !strings.Contains(words, want) {
			t.Errorf("the screen does not say %q: %s", want, words)
		}
	}
}

func TestQuietCacheSaysWhy(t *testing.T) {
	c := cachetest.Incident()
	quiet := cachetest.Contents{Scopes: c.Scopes, LogGroups: c.LogGroups,
		Covers: []app.Cover{cachetest.Cover(app.Alarms, "", 300, 0.3)}}
	s := newScreen(t, 1376, 800, quiet)
	s.Enter(nil)
	for name, want := range map[string]string{
		"Alarms":             "No alarms are cached.",
		"Changes":            "No changes are cached.",
		"Services":           "No traces are cached of this window.",
		"Errors in the logs": "No log events are cached of this window.",
		"Blind spots":        "Metrics | 1 h not cached: press Pull (F5)",
	} {
		if got := s.lines(name); len(got) == 0 || !strings.HasPrefix(got[0], want) {
			t.Errorf("%s says %q, want %q", name, got, want)
		}
	}
}

// What AWS refuses no pull brings.
func TestDeniedSaysWhatToDo(t *testing.T) {
	c := cachetest.Incident()
	c.Traces, c.LogEvents = nil, nil
	for i := range c.Covers {
		if s := c.Covers[i].Signal; s == app.Traces || s == app.Logs {
			c.Covers[i].Denied = true
		}
	}
	s := newScreen(t, 1376, 800, c)
	s.Enter(nil)
	if got := strings.Join(s.lines("Errors in the logs"), " "); !strings.Contains(got, "AWS denies access") ||
		!strings.Contains(got, "nephograph policy") || strings.Contains(got, "Press Pull") {
		t.Errorf("of logs it says %q", got)
	}
	const traces = "Traces | denied: see nephograph policy"
	if got := strings.Join(s.lines("Blind spots"), ", "); !strings.Contains(got, traces) {
		t.Errorf("the blind spots are %s", got)
	}
	if got := s.section("Services").Note(); got != "by the service graph; no traces are cached" {
		t.Errorf("of services it says %q", got)
	}
}

func TestInPicture(t *testing.T) {
	for _, c := range []struct {
		name          string
		width, height float32
		contents      []cachetest.Contents
	}{
		{"incident", 1376, 800, []cachetest.Contents{cachetest.Incident()}},
		{"narrow", 604, 580, []cachetest.Contents{cachetest.Incident()}},
		{"nothing", 960, 600, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScreen(t, c.width, c.height, c.contents...)
			s.Enter(nil)
			test.AssertObjectRendersToMarkup(t, c.name+".xml", s.View)
		})
	}
}
