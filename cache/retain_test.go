package cache

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

// evidence is what one property keeps, a unit of each signal at some hours.
type evidence struct {
	place app.Scope
	at    time.Time
}

// keepEvidence keeps an item of each signal at an instant.
func keepEvidence(t fataler, d *DB, e evidence) {
	ctx := context.Background()
	name := fmt.Sprint(e.at.Unix())
	must[int](t)(d.KeepAlarmHistory(ctx, []app.AlarmHistoryItem{{Scope: e.place, Alarm: name, At: e.at,
		Kind: app.StateUpdate}}))
	must[int](t)(d.KeepTrail(ctx, []app.TrailEvent{{Scope: e.place, ID: name, At: e.at}}))
	must[int](t)(d.KeepTraces(ctx, []app.Trace{{Scope: e.place, ID: app.TraceID(name), Start: e.at,
		Spans: []app.Span{{ID: "1", Service: "checkout", Start: e.at}}}}))
	must[int](t)(d.KeepLogEvents(ctx, []app.LogEvent{{Scope: e.place, Group: "checkout", ID: name, At: e.at,
		Message: name}}))
	must[int](t)(d.KeepSeries(ctx, []app.Series{{Scope: e.place,
		Reading: app.Reading{Metric: app.NewMetric("AWS/Lambda", "Errors"), Statistic: "Sum", Period: time.Hour},
		Points:  []app.Point{{At: e.at, Value: 1}}}}))
}

// heldEvidence returns which evidence of a signal the cache holds.
func heldEvidence(t fataler, d *DB, s app.Signal) map[evidence]bool {
	ctx, held := context.Background(), map[evidence]bool{}
	switch s {
	case app.Alarms:
		for _, h := range must[[]app.AlarmHistoryItem](t)(d.AlarmHistory(ctx, app.AlarmQuery{})) {
			held[evidence{h.Scope, h.At}] = true
		}
	case app.Metrics:
		for _, one := range must[[]app.Series](t)(d.Series(ctx, app.SeriesQuery{})) {
			for _, p := range one.Points {
				held[evidence{one.Scope, p.At}] = true
			}
		}
	case app.Logs:
		for _, e := range collect(t, d.LogEvents(ctx, app.LogQuery{})) {
			held[evidence{e.Scope, e.At}] = true
		}
	case app.Traces:
		for _, r := range collect(t, d.Traces(ctx, app.TraceQuery{Spans: true})) {
			held[evidence{r.Scope, r.Start}] = len(r.Spans) == 1
		}
	case app.Trail:
		for _, e := range collect(t, d.TrailEvents(ctx, app.TrailQuery{})) {
			held[evidence{e.Scope, e.At}] = true
		}
	}
	return held
}

// wholeOnly are the signals that are forgotten in pieces longer than an item: what is in a piece with what stays,
// stays.
var wholeOnly = []app.Signal{app.Metrics, app.Logs}

// What is pinned or young stays, with what is known of its time; of all else nothing is known any more, and items that
// lie by themselves are gone.
func TestPruneByAge(t *testing.T) {
	t.Parallel()
	check(t, func(t *rapid.T, d *DB) {
		ctx, now := context.Background(), epoch
		hour := func(name string) time.Time {
			return now.Add(-time.Duration(rapid.IntRange(0, 120).Draw(t, name)) * time.Hour)
		}
		stretch := func(name string) app.Range {
			from := hour(name + " from")
			return app.Range{From: from, To: from.Add(time.Duration(rapid.IntRange(1, 60).Draw(t,
				name+" hours")) * time.Hour)}
		}
		places := []app.Scope{{Account: "111122223333", Region: "eu-west-1"},
			{Account: "111122223333", Region: "us-east-1"}}
		kept := map[evidence]bool{}
		for range rapid.IntRange(1, 7).Draw(t, "items") {
			e := evidence{rapid.SampledFrom(places).Draw(t, "place"), hour("at")}
			keepEvidence(t, d, e)
			kept[e] = true
		}
		for range rapid.IntRange(0, 6).Draw(t, "covers") {
			c := app.Cover{Scope: rapid.SampledFrom(places).Draw(t, "place"),
				Signal: rapid.SampledFrom(app.Signals).Draw(t, "signal"), Range: stretch("cover"), AskedAt: now,
				Resource:  rapid.SampledFrom([]string{"", "a"}).Draw(t, "resource"),
				Truncated: rapid.Bool().Draw(t, "truncated")}
			must[int](t)(d.KeepTrail(ctx, nil, c))
		}
		var pins []app.Pin
		for n := range rapid.IntRange(0, 3).Draw(t, "pins") {
			p := app.Pin{Name: fmt.Sprint(n), Range: stretch("pin"), Created: now, Why: "incident"}
			if rapid.Bool().Draw(t, "scoped") {
				p.Scope = rapid.SampledFrom(places).Draw(t, "place")
			}
			if err := d.Pin(ctx, p); err != nil {
				t.Fatal(err)
			}
			pins = append(pins, p)
		}
		keep := app.Retention{Age: map[app.Signal]time.Duration{}}
		for _, s := range app.Signals {
			keep.Age[s] = time.Duration(rapid.IntRange(0, 100).Draw(t, "age")) * time.Hour
		}
		before := must[[]app.Cover](t)(d.Coverage(ctx, app.CoverQuery{}))
		planned := must[app.Pruned](t)(d.PlanPrune(ctx, keep, now))
		done := must[app.Pruned](t)(d.Prune(ctx, keep, now))
		same(t, "what was planned", planned.Forgotten, done.Forgotten)
		after := must[[]app.Cover](t)(d.Coverage(ctx, app.CoverQuery{}))
		for _, e := range erasers {
			s := e.signal
			cut := keep.Horizon(s, now)
			for _, place := range places {
				free := app.Subtract(app.Range{From: minTime, To: cut}, pinned(pins, place))
				if s == app.Metrics {
					free = wholeDays(free)
				}
				sameCovers(t, of(before, s, place), of(after, s, place), free)
				held := heldEvidence(t, d, s)
				for e := range kept {
					gone := e.place == place &&
						slices.ContainsFunc(free, func(r app.Range) bool { return r.Contains(e.at) })
					switch {
					case e.place != place:
					case !gone && !held[e]:
						t.Fatalf("%s at %s in %s is gone; before %s, pins %v", s, e.at, place, cut, pins)
					case gone && held[e] && !slices.Contains(wholeOnly, s):
						t.Fatalf("%s at %s in %s is still there; before %s, pins %v", s, e.at, place, cut, pins)
					}
				}
			}
		}
		again := must[app.Pruned](t)(d.Prune(ctx, keep, now))
		if len(again.Forgotten) > 0 {
			t.Fatalf("there was more to forget: %+v", again)
		}
	})
}

func pinned(pins []app.Pin, place app.Scope) (ranges []app.Range) {
	for _, p := range pins {
		if p.Holds(place) {
			ranges = append(ranges, p.Range)
		}
	}
	return ranges
}

func wholeDays(ranges []app.Range) (days []app.Range) {
	for _, r := range ranges {
		d := app.Range{From: r.From, To: r.To.Truncate(day)}
		if r.From != minTime {
			d.From = r.From.Add(day - 1).Truncate(day)
		}
		if !d.Empty() {
			days = append(days, d)
		}
	}
	return days
}

func of(covers []app.Cover, s app.Signal, place app.Scope) (left []app.Cover) {
	for _, c := range covers {
		if c.Signal == s && c.Scope == place {
			left = append(left, c)
		}
	}
	return left
}

// sameCovers checks that covers say what they did, but nothing of what was forgotten.
func sameCovers(t *rapid.T, before, after []app.Cover, forgotten []app.Range) {
	t.Helper()
	within := app.Range{From: epoch.Add(-300 * time.Hour), To: epoch.Add(100 * time.Hour)}
	for _, resource := range []string{"", "a"} {
		about := func(covers []app.Cover) []app.Cover {
			return slices.DeleteFunc(slices.Clone(covers), func(c app.Cover) bool { return c.Resource != resource })
		}
		for _, r := range app.Subtract(within, forgotten) {
			same(t, "known", app.Stretches(r, about(after)), app.Stretches(r, about(before)))
		}
		for _, r := range forgotten {
			if r = r.Intersect(within); !r.Empty() {
				same(t, "forgotten", app.Stretches(r, about(after)), []app.Stretch{{Range: r, State: app.Missing}})
			}
		}
	}
}

// fillWeek keeps a week of trail events, an hour a page, and returns the file's bytes.
func fillWeek(t *testing.T, d *DB) int64 {
	t.Helper()
	page := daysTrail()[0]
	for hour := range 7 * 24 {
		at := epoch.Add(time.Duration(hour) * time.Hour)
		for i := range page {
			page[i].ID, page[i].At = fmt.Sprintf("%d-%d", hour, i), at.Add(time.Duration(i)*time.Second)
		}
		must[int](t)(d.KeepTrail(context.Background(), page, app.Cover{Scope: dayPlace, Signal: app.Trail,
			Range: app.Range{From: at, To: at.Add(time.Hour)}, AskedAt: epoch.Add(30 * day)}))
	}
	return must[pages](t)(d.pages(context.Background())).file()
}

// skipShort leaves out what takes minutes under the race detector: at its pace a step of forgetting is one row.
func skipShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("runs without -short")
	}
}

func TestPruneBySize(t *testing.T) {
	skipShort(t)
	ctx, d := context.Background(), openFile(t)
	full := fillWeek(t, d)
	pin := app.Pin{Name: "incident", Range: app.Range{From: epoch.Add(5 * time.Hour), To: epoch.Add(8 * time.Hour)}}
	if err := d.Pin(ctx, pin); err != nil {
		t.Fatal(err)
	}
	now, keep := epoch.Add(8*day), app.Retention{Size: full / 2}
	planned := must[app.Pruned](t)(d.PlanPrune(ctx, keep, now))
	done := must[app.Pruned](t)(d.Prune(ctx, keep, now))
	if done.From < full || done.To > keep.Size || done.To < keep.Size*8/10 || done.Over != 0 {
		t.Errorf("%d bytes, %+v; want at most %d and little less", full, done, keep.Size)
	}
	if len(planned.Forgotten) != 1 || planned.Forgotten[0].Before.Sub(done.Forgotten[0].Before).Abs() > 12*time.Hour {
		t.Errorf("planned %+v, done %+v", planned, done)
	}
	if size := must[int64](t)(d.Size()); size > keep.Size {
		t.Errorf("the system sees %d bytes, want at most %d", size, keep.Size)
	}
	horizon := done.Forgotten[0].Before
	for _, e := range collect(t, d.TrailEvents(ctx, app.TrailQuery{})) {
		if e.At.Before(horizon) && !pin.Range.Contains(e.At) {
			t.Fatalf("%s is older than %s", e.At, horizon)
		}
	}
	covers := must[[]app.Cover](t)(d.Coverage(ctx, app.CoverQuery{}))
	if len(covers) != 2 || !covers[0].Range.Equal(pin.Range) || !covers[1].Range.From.Equal(horizon) {
		t.Errorf("covers %v; want the pin's and what begins at %s", covers, horizon)
	}
	for size, want := range map[int64]time.Time{keep.Size: horizon, keep.Size / 2: horizon, keep.Size * 2: {}, 0: {}} {
		if got := must[map[app.Signal]time.Time](t)(d.Horizons(ctx, app.Retention{Size: size},
			now))[app.Trail]; !got.Equal(want) {
			t.Errorf("the horizon of a file of %d bytes is %s, want %s", size, got, want)
		}
	}
	if err := d.Check(ctx); err != nil {
		t.Error(err)
	}
}

// A file that is too large for what is pinned says by how much.
func TestPruneLeavesPins(t *testing.T) {
	skipShort(t)
	ctx, d := context.Background(), openFile(t)
	full := fillWeek(t, d)
	if err := d.Pin(ctx, app.Pin{Name: "all", Range: app.Range{From: epoch, To: epoch.Add(7 * day)}}); err != nil {
		t.Fatal(err)
	}
	done := must[app.Pruned](t)(d.Prune(ctx, app.Retention{Size: full / 2,
		Age: map[app.Signal]time.Duration{app.Trail: time.Hour}}, epoch.Add(30*day)))
	if len(done.Forgotten) != 0 || done.Over < full/3 {
		t.Errorf("%+v of %d bytes", done, full)
	}
	if found := must[bool](t)(d.Unpin(ctx, "all")); !found || must[bool](t)(d.Unpin(ctx, "all")) {
		t.Error("a pin goes once")
	}
	if done := must[app.Pruned](t)(d.Prune(ctx, app.Retention{Age: map[app.Signal]time.Duration{app.Trail: time.Hour}},
		epoch.Add(30*day))); len(done.Forgotten) != 1 || done.To > full/10 {
		t.Errorf("unpinned: %+v of %d bytes", done, full)
	}
}

// Stopped between two steps, what was forgotten is forgotten whole, and the rest is there.
func TestPruneStops(t *testing.T) {
	d := openFile(t)
	fillWeek(t, d)
	ctx := &looks{Context: context.Background(), left: 40}
	_, err := d.Prune(ctx, app.Retention{Age: map[app.Signal]time.Duration{app.Trail: time.Hour}}, epoch.Add(30*day))
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	covers := must[[]app.Cover](t)(d.Coverage(context.Background(), app.CoverQuery{}))
	if len(covers) != 1 || covers[0].Range.From.Equal(epoch) {
		t.Fatalf("covers %v: nothing was forgotten", covers)
	}
	want := 0
	for hour := range 7 * 24 {
		for i := range daysTrail()[0] {
			if covers[0].Range.Contains(epoch.Add(time.Duration(hour)*time.Hour + time.Duration(i)*time.Second)) {
				want++
			}
		}
	}
	if left := must[int](t)(count(d.TrailEvents(context.Background(),
		app.TrailQuery{Range: covers[0].Range}))); left != want {
		t.Errorf("%d events of %d that are covered", left, want)
	}
	if err := d.Check(context.Background()); err != nil {
		t.Error(err)
	}
}

// A clock that runs ahead makes nothing forgotten: age is counted from when AWS last answered.
func TestPruneWithAClockAhead(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	e := evidence{dayPlace, epoch}
	keepEvidence(t, d, e)
	must[int](t)(d.KeepTrail(ctx, nil, app.Cover{Scope: dayPlace, Signal: app.Trail, Range: app.Since(epoch, day),
		AskedAt: epoch}))
	done := must[app.Pruned](t)(d.Prune(ctx, app.Retention{Age: map[app.Signal]time.Duration{app.Trail: 7 * day}},
		epoch.Add(3650*day)))
	if len(done.Forgotten) != 0 || !heldEvidence(t, d, app.Trail)[e] {
		t.Errorf("%+v", done)
	}
}

// An alarm that is gone is forgotten with the last of its history, once that is due and it has been gone for as long. A
// pin on either holds it; what AWS lists is never forgotten.
func TestPruneForgetsAlarmsThatAreGone(t *testing.T) {
	ctx, d, now := context.Background(), openFile(t), epoch
	ago := func(days int) time.Time { return now.Add(-time.Duration(days) * day) }
	alarms := []struct {
		name          string
		turned, gone  int // days ago; 0: never
		left, further bool
	}{
		{name: "listed", turned: 30, left: true, further: true},
		{name: "gone long ago", turned: 11, gone: 10},
		{name: "gone and silent", gone: 10},
		{name: "gone of late", turned: 11, gone: 1, left: true, further: true},
		{name: "with pinned history", turned: 20, gone: 10, left: true},
		{name: "gone while pinned", turned: 25, gone: 20, left: true},
	}
	for _, at := range []int{40, 20, 10, 1, 0} {
		var listed []app.Alarm
		for _, a := range alarms {
			if a.gone < at || a.gone == 0 {
				listed = append(listed, app.Alarm{Scope: dayPlace, Name: a.name, Since: epoch, Configured: epoch})
			}
		}
		must[int](t)(d.KeepAlarms(ctx, dayPlace, listed, ago(at)))
	}
	for _, a := range alarms {
		if a.turned > 0 {
			must[int](t)(d.KeepAlarmHistory(ctx,
				[]app.AlarmHistoryItem{{Scope: dayPlace, Alarm: a.name, At: ago(a.turned), Kind: app.StateUpdate}}))
		}
	}
	if err := d.Pin(ctx, app.Pin{Name: "incident", Range: app.Range{From: ago(21), To: ago(19)}}); err != nil {
		t.Fatal(err)
	}
	prune := func(stays func(int) bool) {
		t.Helper()
		keep := app.Retention{Age: map[app.Signal]time.Duration{app.Alarms: 7 * day}}
		planned := must[app.Pruned](t)(d.PlanPrune(ctx, keep, now))
		same(t, "what was planned", planned.Forgotten, must[app.Pruned](t)(d.Prune(ctx, keep, now)).Forgotten)
		var got, want []string
		for _, a := range must[[]app.Alarm](t)(d.Alarms(ctx, app.AlarmQuery{Gone: true})) {
			got = append(got, a.Name)
		}
		for i, a := range alarms {
			if stays(i) {
				want = append(want, a.name)
			}
		}
		slices.Sort(want)
		same(t, "alarms", got, want)
		if err := d.Check(ctx); err != nil {
			t.Error(err)
		}
	}
	prune(func(i int) bool { return alarms[i].left })
	must[bool](t)(d.Unpin(ctx, "incident"))
	prune(func(i int) bool { return alarms[i].further })
}

func TestPruneForgetsOldRequests(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	for _, at := range []time.Time{epoch, epoch.Add(399 * day), epoch.Add(401 * day)} {
		d.Record(app.Request{At: at, Outcome: app.Answered})
	}
	must[int](t)(d.KeepTrail(ctx, nil))
	done := must[app.Pruned](t)(d.Prune(ctx, app.Retention{}, epoch.Add(402*day)))
	if left := must[[]app.Request](t)(d.Requests(ctx, app.Range{}, 0)); done.Requests != 1 || len(left) != 2 {
		t.Errorf("%d requests forgotten, %d left", done.Requests, len(left))
	}
}

// A file without incremental vacuum, as the first version made it, shrinks when it is written anew, and by itself from
// then on.
func TestCompact(t *testing.T) {
	skipShort(t)
	ctx, d := context.Background(), openFile(t)
	if err := d.tryPragma(ctx, "retain_compact"); err != nil {
		t.Fatal(err)
	}
	if room := must[app.Room](t)(d.Room(ctx)); room.Fixed {
		t.Error("a new file is fixed")
	}
	if _, err := d.writer.Exec(`PRAGMA auto_vacuum = 0; VACUUM; PRAGMA auto_vacuum = 2`); err != nil {
		t.Fatal(err)
	}
	fillWeek(t, d)
	keep := app.Retention{Age: map[app.Signal]time.Duration{app.Trail: 7 * day}}
	pruned := must[app.Pruned](t)(d.Prune(ctx, keep, epoch.Add(30*day)))
	if room := must[app.Room](t)(d.Room(ctx)); !room.Fixed || room.Free == 0 || pruned.To != pruned.From {
		t.Fatalf("%+v", room)
	}
	if err := d.Compact(ctx); err != nil {
		t.Fatal(err)
	}
	if room := must[app.Room](t)(d.Room(ctx)); room.Fixed || room.Free != 0 || room.Bytes > pruned.From/5 {
		t.Errorf("%+v of %d bytes", room, pruned.From)
	}
}

func TestRoom(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	keepEvidence(t, d, evidence{dayPlace, epoch})
	room := must[app.Room](t)(d.Room(ctx))
	sum := room.Free
	for i, h := range room.Holdings {
		sum += h.Bytes
		if i < len(app.Signals) && slices.ContainsFunc(erasers, func(e eraser) bool { return e.signal == h.Signal }) &&
			(h.Signal != app.Signals[i] || h.Items != 1 || h.Bytes == 0) {
			t.Errorf("%+v; want one item of %s", h, app.Signals[i])
		}
	}
	if len(room.Holdings) != len(app.Signals)+1 || sum > room.Bytes || sum < room.Bytes*9/10 {
		t.Errorf("%d bytes in %+v", sum, room)
	}
}

func TestPins(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	pin := app.Pin{Name: "outage", Range: app.Since(epoch, time.Hour), Scope: dayPlace, Created: epoch,
		Why: "for the review"}
	for range 2 {
		if err := d.Pin(ctx, pin); err != nil {
			t.Fatal(err)
		}
		same(t, "pins", must[[]app.Pin](t)(d.Pins(ctx)), []app.Pin{pin})
		pin.Scope, pin.Why = app.Scope{}, ""
	}
	for _, wrong := range []app.Pin{{Name: "", Range: pin.Range}, {Name: "empty"}} {
		if err := d.Pin(ctx, wrong); err == nil {
			t.Errorf("%+v is pinned", wrong)
		}
	}
}
