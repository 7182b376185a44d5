package timeline

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/ui"
)

// lanesOn reads a cache and returns the lanes that show a signal each, by its name.
func lanesOn(t *testing.T, f *stored, axis chart.Axis) map[app.Signal]lane.Lane {
	t.Helper()
	return boardLanesOn(t, f, axis, app.Board{})
}

func boardLanesOn(t *testing.T, f *stored, axis chart.Axis, board app.Board) map[app.Signal]lane.Lane {
	t.Helper()
	e, err := read(t.Context(), f.open(t), question{axis: axis, now: now, presets: presets, board: board})
	if err != nil {
		t.Fatal(err)
	}
	by := map[app.Signal]lane.Lane{}
	for _, r := range rowsOf(e, boardOf(e)) {
		switch l := r.lane.(type) {
		case *lane.Alarm:
			by[app.Alarms] = l
		case *lane.Metric:
			if l.Head().Name == "age" {
				by[app.Metrics] = l
			}
		case *lane.Log:
			by[app.Logs] = l
		case *lane.Trace:
			by[app.Traces] = l
		case *lane.Trail:
			by[app.Trail] = l
		}
	}
	return by
}

// inked reports whether a lane paints anything at an instant.
func inked(l lane.Lane, axis chart.Axis, at time.Time) bool {
	_, height := l.Height()
	p := chart.NewPicture(axis, height, 1, ui.NewPalette())
	l.Paint(p)
	x := int(axis.X(at))
	for y := range p.Image().Rect.Dy() {
		for dx := range 8 { // a hatching has a line every seven pixels
			if p.Image().RGBAAt(x+dx, y).A > 0 {
				return true
			}
		}
	}
	return false
}

// pulled is the incident in a cache that was pulled so many minutes ago.
func pulled(minutes float64) *stored {
	f := incident()
	f.covers = map[app.Signal][]app.Cover{}
	for _, s := range app.Signals {
		resource := map[app.Signal]string{app.Metrics: "orders", app.Logs: "/aws/lambda/checkout-0"}[s]
		f.cover(s, resource, 300, minutes)
	}
	for i := range f.alarms {
		f.alarms[i].Seen = ago(minutes)
	}
	late := func(at time.Time) bool { return at.After(ago(minutes)) }
	f.history = slices.DeleteFunc(f.history, func(h app.AlarmHistoryItem) bool { return late(h.At) })
	f.trail = slices.DeleteFunc(f.trail, func(e app.TrailEvent) bool { return late(e.At) })
	f.traces = slices.DeleteFunc(f.traces, func(t app.Trace) bool { return late(t.Start) })
	f.events = slices.DeleteFunc(f.events, func(e app.LogEvent) bool { return late(e.At) })
	for i, s := range f.series {
		f.series[i].Points = slices.DeleteFunc(slices.Clone(s.Points), func(p app.Point) bool { return late(p.At) })
	}
	return f
}

func TestWhatIsNotPulledIsHatchedInEveryLane(t *testing.T) {
	axis := chart.Axis{Range: hour, Width: 800}
	open(t, &stored{}, full, dark) // the theme
	by := lanesOn(t, pulled(22), axis)
	for s, want := range map[app.Signal]string{app.Alarms: lane.Unpulled, app.Metrics: lane.Unpulled,
		app.Logs: lane.Unpulled, app.Traces: lane.Unpulled, app.Trail: lane.Unpulled} {
		if !inked(by[s], axis, ago(10)) {
			t.Errorf("%s are blank where they were not pulled", s)
		}
		if got := by[s].Readout(ago(10), time.Minute); got != want {
			t.Errorf("there %s read %q, want %q", s, got, want)
		}
	}
	if h := by[app.Alarms].Head().Aside; h != "2 in alarm at 09:50" {
		t.Errorf("the alarms say %q", h)
	}
	if h := lanesOn(t, pulled(1), axis)[app.Alarms].Head().Aside; h != "5 of 25 in alarm" {
		t.Errorf("a minute after a pull the alarms say %q", h)
	}
	// AWS was asked before the window
	if h := lanesOn(t, pulled(120), axis)[app.Alarms].Head().Aside; h != "states not known" {
		t.Errorf("two hours after a pull the alarms say %q", h)
	}
	for s, l := range lanesOn(t, pulled(0), axis) {
		if got := l.Readout(ago(45.5), time.Second); got == lane.Unpulled {
			t.Errorf("where it is quiet %s read %q", s, got)
		}
	}
	if inked(lanesOn(t, pulled(0), axis)[app.Trail], axis, ago(42)) {
		t.Error("where nothing was changed a mark is drawn")
	}
}

func TestALaneWithoutAnythingSaysWhetherThatIsKnown(t *testing.T) {
	axis := chart.Axis{Range: hour, Width: 800}
	open(t, &stored{}, full, dark) // the theme
	quiet := func(minutes float64) *stored {
		f := pulled(minutes)
		f.alarms, f.history, f.trail, f.traces, f.events = nil, nil, nil, nil, nil
		return f
	}
	for s, want := range map[app.Signal][2]string{app.Alarms: {"there are none", "none are cached"},
		app.Trail: {"nothing changed", "none are cached"},
		app.Logs:  {"no events", "no events are cached"}, app.Traces: {"none were sampled", "none are cached"}} {
		for minutes, want := range map[float64]string{0: want[0], 1: want[0], 22: want[1]} {
			if got := lanesOn(t, quiet(minutes), axis)[s].Head().Measures; got != want {
				t.Errorf("%s, pulled %v minutes ago, say %q, want %q", s, minutes, got, want)
			}
		}
	}
}

// However short a window is, of time that was never pulled it does not say that there was nothing.
func TestAWindowOfSecondsSaysWhetherItIsKnown(t *testing.T) {
	open(t, &stored{}, full, dark) // the theme
	board := app.Board{Lanes: []app.Lane{{Kind: app.TrailLane}, {Kind: app.LogLane}, {Kind: app.TraceLane},
		{Kind: app.MetricLane, Scope: shop, Readings: []app.Reading{{Metric: iterator, Statistic: "Maximum",
			Period: time.Minute}}}}}
	f := pulled(22)
	f.trail, f.traces, f.events = nil, nil, nil
	f.cover(app.Metrics, "", 300, 22)
	for minutes, unknown := range map[float64]bool{10: true, 45: false} {
		axis := chart.Axis{Range: app.Since(ago(minutes), 10*time.Second), Width: 800}
		middle := axis.Range.From.Add(5 * time.Second)
		by := boardLanesOn(t, f, axis, board)
		for s, want := range map[app.Signal][2]string{app.Trail: {"nothing changed", "none are cached"},
			app.Logs:   {"no events", "no events are cached"},
			app.Traces: {"none were sampled", "none are cached"}} {
			if got := by[s].Head().Measures; unknown && got != want[1] || !unknown && got != want[0] {
				t.Errorf("%v minutes ago %s say %q", minutes, s, got)
			}
		}
		if got := by[app.Metrics].Readout(middle, time.Second); (got == lane.Unpulled) != unknown {
			t.Errorf("%v minutes ago metrics read %q", minutes, got)
		}
		if gaps := by[app.Metrics].(*lane.Metric).Gaps(); unknown != (len(gaps) == 1 && gaps[0].Equal(axis.Range)) {
			t.Errorf("%v minutes ago the gaps of metrics are %v", minutes, gaps)
		}
	}
}

// deniedIncident is the incident where AWS gave no logs, traces and changes, nor one of the metrics.
func deniedIncident() *stored {
	f := incident()
	f.traces, f.trail, f.events = nil, nil, nil
	age := slices.IndexFunc(f.series, func(s app.Series) bool { return s.Metric.Key() == iterator.Key() })
	for _, s := range []app.Signal{app.Logs, app.Traces, app.Trail, app.Metrics} {
		resource := map[app.Signal]string{app.Metrics: f.series[age].Reading.Key()}[s]
		f.covers[s] = []app.Cover{{Scope: shop, Signal: s, Resource: resource, Range: app.Since(now, 5*time.Hour),
			AskedAt: now, Denied: true}}
	}
	f.series[age].Points = nil
	return f
}

func TestWhatIsDeniedSaysSo(t *testing.T) {
	axis := chart.Axis{Range: hour, Width: 800}
	open(t, &stored{}, full, dark)
	by := lanesOn(t, deniedIncident(), axis)
	for _, s := range []app.Signal{app.Logs, app.Traces, app.Trail, app.Metrics} {
		l := by[s]
		if got := l.Head().Measures; got != lane.Denied {
			t.Errorf("the lane of %s says %q", s, got)
		}
		if got := l.Readout(ago(30), time.Minute); got != lane.Denied {
			t.Errorf("%s read %q", s, got)
		}
		if !inked(l, axis, ago(30)) {
			t.Errorf("denied %s are blank", s)
		}
		words := ""
		for _, n := range l.Notes(80) {
			words += n.Text + "; "
		}
		if !strings.HasPrefix(words, lane.Denied) || !strings.Contains(words, "nephograph policy") {
			t.Errorf("the lane of %s does not say what to do: %q", s, words)
		}
	}
}

// A lane that says that it was denied opens what was, by a click and by Enter, collapsed too, and is ringed there.
func TestWhatIsDeniedOpens(t *testing.T) {
	s := open(t, deniedIncident(), full, dark)
	seen := map[app.Signal]bool{}
	for i, r := range s.field.scene.rows {
		if r.head().Measures != lane.Denied {
			continue
		}
		at := s.x(ago(30))
		for way, open := range map[string]func(){
			"a click":              func() { s.tap(at, s.field.top(i)+s.field.scene.rows[i].height/2) },
			"Enter":                func() { s.choose(i); s.cross(ago(30)); s.openChosen() },
			"Enter, collapsed":     func() { s.choose(i); s.types("c"); s.openChosen(); s.types("c") },
			"Enter outside of it":  func() { s.choose(i); s.cross(ago(-5)); s.openChosen() },
			"Enter, no crosshair":  func() { s.choose(i); s.uncross(); s.openChosen() },
			"a click, at its edge": func() { s.tap(at, s.field.top(i)+2) },
		} {
			s.session.Selected.Set(nil)
			open()
			got, ok := s.session.Selected.Now().(app.Coverage)
			if !ok || got.State != app.Forbidden || len(got.Covers) != 1 || !got.Covers[0].Denied ||
				!got.Range.Overlaps(hour) || !slices.Contains(got.Places, shop) {
				t.Errorf("%s on lane %d opens %+v", way, i, s.session.Selected.Now())
			}
			seen[got.Signal] = true
		}
		if !slices.ContainsFunc(s.field.highlights.rings,
			func(o ring) bool { return o.row == i && o.at.Within.Overlaps(hour) }) {
			t.Errorf("lane %d is not ringed", i)
		}
	}
	for _, signal := range []app.Signal{app.Logs, app.Traces, app.Trail, app.Metrics} {
		if !seen[signal] {
			t.Errorf("nothing opens what was denied of %s", signal)
		}
	}
}

// Where a lane has something it opens that, and where it is only quiet nothing.
func TestWhatIsNotDeniedOpensAsBefore(t *testing.T) {
	f := incident()
	f.covers[app.Trail] = []app.Cover{{Scope: shop, Signal: app.Trail, Range: app.Range{From: ago(300), To: ago(30)},
		AskedAt: now, Denied: true},
		{Scope: shop, Signal: app.Trail, Range: app.Range{From: ago(30), To: now}, AskedAt: now}}
	s := open(t, f, full, dark)
	i := slices.IndexFunc(s.field.scene.rows, func(r row) bool { _, is := r.lane.(*lane.Trail); return is })
	for _, at := range []time.Time{ago(1), s.snapshot.changes[0].At} {
		want := lane.Topmost(s.field.scene.rows[i].lane, s.axis, s.field.scene.rows[i].height, s.axis.X(at))
		if got := s.field.open(i, at); (got == nil) != (want == nil) || got != nil && !app.SameItem(got, want) {
			t.Errorf("at %v it opens %T, want %T", at, got, want)
		}
	}
	if got, ok := s.field.open(i, ago(59)).(app.Coverage); !ok || got.State != app.Forbidden {
		t.Errorf("where it was denied it opens %T", got)
	}
}

// A metric whose later datapoints were allowed opens as a metric there, and as what was denied before.
func TestAMetricThatWasDeniedForATime(t *testing.T) {
	f := incident()
	age := slices.IndexFunc(f.series, func(s app.Series) bool { return s.Metric.Key() == iterator.Key() })
	of, half := f.series[age].Reading.Key(), ago(30)
	f.series[age].Points = slices.DeleteFunc(slices.Clone(f.series[age].Points),
		func(p app.Point) bool { return p.At.Before(half) })
	f.covers[app.Metrics] = []app.Cover{{Scope: shop, Signal: app.Metrics, Resource: of,
		Range: app.Range{From: ago(300), To: half}, AskedAt: now, Denied: true},
		{Scope: shop, Signal: app.Metrics, Resource: of, Range: app.Range{From: half, To: now}, AskedAt: now}}
	s := open(t, f, full, dark)
	i := slices.IndexFunc(s.field.scene.rows, func(r row) bool { return r.title() == "orders-stream age" })
	if got, ok := s.field.open(i, ago(45)).(app.Coverage); !ok || got.Signal != app.Metrics || len(got.Covers) != 1 ||
		!slices.Equal(got.Places, []app.Scope{shop}) {
		t.Errorf("where it was denied it opens %+v", s.field.open(i, ago(45)))
	}
	if got, ok := s.field.open(i, ago(10)).(app.Series); !ok {
		t.Errorf("where it has datapoints it opens %T", got)
	}
}

// Nothing is said of a part that is ahead of now but that it is.
func TestAheadOfNow(t *testing.T) {
	axis := chart.Axis{Range: app.Range{From: ago(30), To: ago(-30)}, Width: 800}
	open(t, &stored{}, full, dark)
	for s, l := range lanesOn(t, incident(), axis) {
		if got := l.Readout(ago(-10), time.Second); got != "" {
			t.Errorf("of what is ahead %s say %q", s, got)
		}
		if s != app.Metrics && inked(l, axis, ago(-10)) { // a threshold is one for all times
			t.Errorf("%s are drawn ahead of now", s)
		}
	}
}

// A window that cannot be read keeps what is known, and says of the rest that it was not read.
func TestWhatCannotBeReadIsHatched(t *testing.T) {
	cache := incident()
	s := open(t, cache, full, dark)
	cache.err = errBroken
	s.look(app.Range{From: ago(180), To: ago(100)})
	for i, r := range s.field.scene.rows[:len(s.field.scene.rows)-1] { // all but that of the coverage
		l := r.lane
		if got := l.Readout(ago(150), time.Minute); got != lane.NotRead {
			if _, alarms := l.(*lane.Alarm); !alarms {
				t.Errorf("lane %d reads %q where it could not be read", i, got)
			}
		}
		if !inked(l, s.field.scene.axis, ago(150)) {
			t.Errorf("lane %d is blank where it could not be read", i)
		}
	}
	if got := s.field.drawn.images[0].Position().X; got != 0 || s.trouble() == nil {
		t.Errorf("the pictures begin at %v, and the trouble is %v", got, s.trouble())
	}
	cache.err = nil
	s.session.Changed.Set(ui.Change{Serial: 1})
	for i, r := range s.field.scene.rows {
		if got := r.lane.Readout(ago(150), time.Minute); got == lane.NotRead {
			t.Errorf("after a good read lane %d still reads %q", i, got)
		}
	}
}

func TestOneSignalThatCannotBeReadKeepsNoOtherOld(t *testing.T) {
	for part, of := range map[string]app.Signal{"LogVolume": app.Logs, "Latencies": app.Traces,
		"TrailEvents": app.Trail, "Series": app.Metrics, "AlarmHistory": app.Alarms} {
		t.Run(part, func(t *testing.T) {
			cache := incident()
			s := open(t, cache, full, dark)
			cache.fails = map[string]error{part: errBroken}
			s.look(app.Range{From: ago(180), To: ago(100)})
			for _, signal := range app.Signals {
				if old := len(s.snapshot.unread(signal)) > 0; old != (signal == of) {
					t.Errorf("%s are old: %v", signal, old)
				}
			}
			if !slices.Contains(s.snapshot.old, of) || len(s.snapshot.old) != 1 {
				t.Errorf("old are %v", s.snapshot.old)
			}
			if got := s.title.trouble.Now(); !strings.HasPrefix(got, "Could not read "+string(of)+";") {
				t.Errorf("it says %q", got)
			}
		})
	}
}

// The first picture comes of what can be read.
func TestAPartThatCannotBeReadAtFirst(t *testing.T) {
	cache := incident()
	cache.fails = map[string]error{"LogVolume": errors.New("broken")}
	s := open(t, cache, full, dark)
	if len(s.field.scene.rows) < 8 || s.trouble() == nil {
		t.Fatalf("there are %d lanes, and the trouble is %v", len(s.field.scene.rows), s.trouble())
	}
	i := slices.IndexFunc(s.field.scene.rows, func(r row) bool { _, is := r.lane.(*lane.Log); return is })
	if got := s.field.scene.rows[i].lane.Readout(ago(30), time.Minute); got != lane.NotRead {
		t.Errorf("the logs read %q", got)
	}
}

func TestTheBannerIsNotCut(t *testing.T) {
	cache := incident()
	s := open(t, cache, small, dark)
	cache.err = &app.Error{Kind: app.Damaged, Op: "read the cache",
		Err: errors.New("database disk image is malformed at page 4711 of the table of log blocks")}
	s.session.Changed.Set(ui.Change{Serial: 1})
	row := s.title
	if end := row.trouble.Position().Y + row.trouble.MinSize().Height; row.trouble.MinSize().Width > s.Size().Width ||
		end > row.MinSize().Height {
		t.Errorf("the words are %v and end at %v in a row %v high", row.trouble.MinSize(), end, row.MinSize().Height)
	}
	if got := row.trouble.Now(); strings.Contains(got, "…") || !strings.Contains(got, "nephograph") {
		t.Errorf("it says %q", got)
	}
	if top := s.scroll.Position().Y; top < row.MinSize().Height {
		t.Errorf("the lanes begin at %v below a row of %v", top, row.MinSize().Height)
	}
}
