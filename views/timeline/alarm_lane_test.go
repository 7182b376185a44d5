package timeline

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/views/chart"
)

// watching returns the watches of a fake's alarms over the last hour.
func watching(f *fake) []insight.Watch {
	return insight.Watches(hour, now, f.alarms, f.history, f.covers[app.Alarms])
}

// rowsOf writes ranked alarms as "name" with a dot for each composite alarm above.
func rowsOf(rows []insight.Ranked) []string {
	var names []string
	for _, r := range rows {
		names = append(names, "..."[:r.Depth]+r.Name)
	}
	return names
}

func TestRank(t *testing.T) {
	composite := func(name, rule string) app.Alarm {
		return app.Alarm{Scope: shop, Name: name, Kind: app.CompositeAlarm, Rule: rule, State: app.OK, Since: ago(3000), Seen: ago(0.3)}
	}
	plain := func(name string) app.Alarm { return alarmOn(name, disk, "Maximum", 90) }
	for _, c := range []struct {
		name string
		make func(*fake)
		want []string
	}{
		{"none", func(*fake) {}, nil},
		{"a quiet hour shows that it is watched", func(f *fake) {
			for i := range 9 {
				f.alarm(plain(fmt.Sprint("a", i)))
			}
		}, []string{"a0", "a1", "a2"}},
		{"in alarm, then what was, then what turned, then what has no data", func(f *fake) {
			f.alarm(plain("quiet"))
			f.alarm(plain("turned"), turn{90, app.InsufficientData}, turn{30, app.OK})
			f.alarm(plain("silent"), turn{90, app.InsufficientData})
			f.alarm(plain("over"), turn{30, app.InAlarm}, turn{20, app.OK})
			f.alarm(plain("ringing"), turn{90, app.InAlarm})
		}, []string{"ringing", "over", "turned", "silent"}},
		{"one that flaps comes after one that stays", func(f *fake) {
			f.alarm(plain("a-flaps"), turn{50, app.InAlarm}, turn{48, app.OK}, turn{40, app.InAlarm}, turn{38, app.OK}, turn{5, app.InAlarm})
			f.alarm(plain("b-stays"), turn{20, app.InAlarm})
			f.alarm(plain("c-was"), turn{20, app.InAlarm}, turn{10, app.OK})
		}, []string{"b-stays", "a-flaps", "c-was"}},
		{"the rule's alarms stand under it, in its order, without the quiet ones", func(f *fake) {
			f.alarm(composite("z-all", `ALARM("b") AND (ALARM(a) OR ALARM("quiet"))`), turn{5, app.InAlarm})
			f.alarm(plain("a"), turn{10, app.InAlarm})
			f.alarm(plain("b"), turn{10, app.InAlarm})
			f.alarm(plain("quiet"))
			f.alarm(plain("c"), turn{10, app.InAlarm})
		}, []string{"z-all", ".b", ".a", "c"}},
		{"two composite alarms deep, each alarm once", func(f *fake) {
			f.alarm(composite("top", `ALARM("middle") OR ALARM("x")`), turn{5, app.InAlarm})
			f.alarm(composite("middle", `ALARM("x")`), turn{5, app.InAlarm})
			f.alarm(plain("x"), turn{10, app.InAlarm})
		}, []string{"top", ".middle", "..x"}},
		{"rules that go round in a circle", func(f *fake) {
			f.alarm(composite("a", `ALARM("b")`), turn{5, app.InAlarm})
			f.alarm(composite("b", `ALARM("a")`), turn{5, app.InAlarm})
		}, []string{"a", ".b"}},
		{"a quiet rule does not move its alarms", func(f *fake) {
			f.alarm(composite("all", `ALARM("x")`))
			f.alarm(plain("x"), turn{10, app.InAlarm})
		}, []string{"x", "all"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := &fake{covers: map[app.Signal][]app.Cover{}}
			f.cover(app.Alarms, "", 300, 0)
			c.make(f)
			if diff := cmp.Diff(c.want, rowsOf(insight.Rank(watching(f)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestStatesAreNotKnownWhereHistoryWasNeverPulled(t *testing.T) {
	f := &fake{covers: map[app.Signal][]app.Cover{}}
	f.alarm(alarmOn("a", disk, "Maximum", 90), turn{30, app.InAlarm})
	w := watching(f)[0]
	if got := w.StateAt(ago(45)); got != app.NotKnown {
		t.Errorf("before its history it was %q", got)
	}
	if got := w.StateAt(ago(10)); got != app.InAlarm {
		t.Errorf("since its last turn it is %q", got)
	}
}

func TestAlarmLane(t *testing.T) {
	f := incident()
	l := newAlarmLane(evidence{question: question{axis: chart.Axis{Range: hour, Width: 800}, now: now}, alarms: watching(f)})
	if l.head().aside != "5 of 25 in alarm" || l.more != 0 {
		t.Errorf("the head says %q, %d more", l.head().aside, l.more)
	}
	for minutes, want := range map[float64]string{59: "", 53: "1 in alarm", 36: "1 no data", 13.5: "4 in alarm · 1 no data", 1: "5 in alarm · 1 no data"} {
		if got := l.readout(ago(minutes), time.Minute); got != want {
			t.Errorf("%v minutes ago it reads %q, want %q", minutes, got, want)
		}
	}
	axis := chart.Axis{Range: hour, Width: 800}
	if item, ok := l.pick(axis, 151, fyne.NewPos(300, l.middle(1))).(app.Alarm); !ok || item.Name != "checkout-5xx" {
		t.Errorf("the second strip is %v", item.Name)
	}
	if item := l.pick(axis, 151, fyne.NewPos(300, 3)); item != nil {
		t.Errorf("above the strips lies %v", item)
	}
}

func TestAlarmLaneCountsWhatItHasNoRoomFor(t *testing.T) {
	f := &fake{covers: map[app.Signal][]app.Cover{}}
	f.cover(app.Alarms, "", 300, 0)
	for i := range 12 {
		f.alarm(alarmOn(fmt.Sprintf("a%02d", i), disk, "Maximum", 90), turn{10, app.InAlarm})
	}
	l := newAlarmLane(evidence{question: question{axis: chart.Axis{Range: hour, Width: 800}}, alarms: watching(f)})
	rows := l.head().rows
	if last := rows[len(rows)-1]; len(rows) != alarmRows+1 || last.name != "+4 more" {
		t.Errorf("%d rows, the last %+v", len(rows), last)
	}
	for name, item := range map[string]app.Item{"its name": last(rows).item, "its place": l.pick(chart.Axis{Range: hour, Width: 800}, 0, fyne.NewPos(-100, last(rows).middle))} {
		if list, ok := item.(app.AlarmList); !ok || len(list.Alarms) != 12 {
			t.Errorf("%s opens %v", name, item)
		}
	}
	if got := l.readout(ago(5), time.Minute); got != "12 in alarm" {
		t.Errorf("while all are in alarm it reads %q", got)
	}
	if _, height := l.height(); height < rows[len(rows)-1].middle+8 {
		t.Errorf("a height of %v cuts off the last row", height)
	}
}

func TestNarrowKeepsAlarmsOfTheResource(t *testing.T) {
	f := incident()
	var names []string
	for _, a := range narrow(f.alarms, "orders") {
		names = append(names, a.Name)
	}
	if diff := cmp.Diff([]string{"orders-iterator-age", "orders-throttles"}, names); diff != "" {
		t.Error(diff)
	}
}

func TestStatesEndWhereTheyAreKnown(t *testing.T) {
	alarm := alarmOn("checkout-5xx", failures, "Sum", 50)
	alarm.State, alarm.Since = app.InAlarm, ago(30)
	history := []app.AlarmHistoryItem{{Scope: shop, Alarm: alarm.Name, At: ago(30), Kind: app.StateUpdate, From: app.OK, To: app.InAlarm}}
	ahead := app.Range{From: ago(60), To: ago(-60)}
	for _, c := range []struct {
		name   string
		within app.Range
		asked  float64 // so many minutes ago
		want   map[float64]app.AlarmState
		last   app.AlarmState
	}{
		{"asked just now", hour, 0, map[float64]app.AlarmState{40: app.OK, 20: app.InAlarm, 1: app.InAlarm}, app.InAlarm},
		{"asked a while ago", hour, 10, map[float64]app.AlarmState{40: app.OK, 20: app.InAlarm, 5: app.NotKnown}, app.InAlarm},
		{"asked before the window", app.Since(now, 5*time.Minute), 10, map[float64]app.AlarmState{1: app.NotKnown}, app.NotKnown},
		{"a window that reaches into the future", ahead, 0, map[float64]app.AlarmState{40: app.OK, 1: app.InAlarm, -1: app.NotKnown}, app.InAlarm},
	} {
		alarm.Seen = ago(c.asked)
		covers := []app.Cover{{Scope: shop, Signal: app.Alarms, Range: app.Range{From: ago(300), To: ago(c.asked)}, AskedAt: ago(c.asked)}}
		if !covers[0].Range.Overlaps(c.within) { // nobody reads those
			covers = nil
		}
		w := insight.Watches(c.within, now, []app.Alarm{alarm}, history, covers)[0]
		for minutes, want := range c.want {
			if got := w.StateAt(ago(minutes)); got != want {
				t.Errorf("%s: %v minutes ago it was %v, want %v", c.name, minutes, got, want)
			}
		}
		if got := w.Last(); got != c.last {
			t.Errorf("%s: the last state is %v, want %v", c.name, got, c.last)
		}
		for _, s := range w.Spans {
			if s.Range.To.After(now) {
				t.Errorf("%s: a state reaches to %v", c.name, s.Range.To)
			}
		}
	}
}

func last(rows []headRow) headRow { return rows[len(rows)-1] }

func TestAlarmRowsFitTheirLane(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := &alarmLane{all: make([]insight.Ranked, rapid.IntRange(0, 40).Draw(t, "alarms"))}
		height := rapid.Float32Range(100, 600).Draw(t, "height")
		fit := l.fit(height)
		if len(fit.rows)+fit.more != len(l.all) {
			t.Fatalf("%d rows and %d more of %d", len(fit.rows), fit.more, len(l.all))
		}
		lines := len(fit.rows)
		if fit.more > 0 {
			lines++
		}
		if need := fit.middle(lines-1) + alarmFoot; lines > 0 && need > height {
			t.Fatalf("%d lines need %v of %v", lines, need, height)
		}
		if next := fit.middle(lines) + alarmFoot; fit.more > 0 && next <= height {
			t.Fatalf("there is room for more than %d lines in %v", lines, height)
		}
	})
}

func TestWhatWasOKThroughoutGivesWayFirst(t *testing.T) {
	f := &fake{covers: map[app.Signal][]app.Cover{}}
	f.cover(app.Alarms, "", 300, 0)
	f.alarm(app.Alarm{Scope: shop, Name: "quiet-all", Kind: app.CompositeAlarm, Rule: `ALARM("a-rang")`, State: app.OK, Since: ago(3000), Seen: ago(0.3)})
	f.alarm(alarmOn("a-rang", disk, "Maximum", 90), turn{30, app.InAlarm}, turn{25, app.OK})
	f.alarm(alarmOn("quiet-b", disk, "Maximum", 90))
	f.alarm(alarmOn("rings", disk, "Maximum", 90), turn{20, app.InAlarm})
	f.alarm(alarmOn("turned", disk, "Maximum", 90), turn{90, app.InsufficientData}, turn{30, app.OK})
	e := evidence{question: question{axis: chart.Axis{Range: hour, Width: 800}}, alarms: watching(f)}
	for i, name := range []string{"quiet-all", "a-rang", "quiet-b", "rings", "turned"} { // as they stood in another window
		e.standing.rows = append(e.standing.rows, row{shop, name, i % 2})
	}
	l := newAlarmLane(e)
	for rows, want := range map[int][]string{1: {"a-rang"}, 3: {"a-rang", "rings", "turned"}, 4: {"quiet-all", ".a-rang", "rings", "turned"},
		5: {"quiet-all", ".a-rang", "quiet-b", "rings", "turned"}} {
		if l.cut(rows); !cmp.Equal(rowsOf(l.rows), want) || l.more != 5-rows {
			t.Errorf("of %d rows stay %q, and %d more", rows, rowsOf(l.rows), l.more)
		}
	}
	l.cut(alarmRows)
	if got := l.fit(l.fewest()); !cmp.Equal(rowsOf(got.rows), []string{"a-rang", "rings", "turned"}) {
		t.Errorf("where the others need its room, %q stay", rowsOf(got.rows))
	}
}

func TestTheAlarmLaneGivesWayWhereRoomIsShort(t *testing.T) {
	tall, short := open(t, incident(), full, dark), open(t, incident(), small, dark)
	rows := func(s *screen) int { return len(bare(s.field.scene.lanes[0]).(*alarmLane).rows) }
	inAlarm := 0 // they stand first
	for _, r := range bare(tall.field.scene.lanes[0]).(*alarmLane).rows {
		if r.Last() == app.InAlarm {
			inAlarm++
		}
	}
	if rows(tall) != 7 || inAlarm <= fewestAlarms-1 || rows(short) != inAlarm {
		t.Errorf("%d rows where there is room, %d of them in alarm; %d where there is not", rows(tall), inAlarm, rows(short))
	}
	if h := short.field.scene.heights[0]; h != short.field.scene.lanes[0].(*alarmLane).fewest() {
		t.Errorf("it is %v high", h)
	}
	short.choose(0)
	short.types(">>>>")
	if got := rows(short); got != 7 {
		t.Errorf("made higher, it shows %d rows", got)
	}
}

func TestTheAlarmLaneDoesNotGiveWayToALaneMadeHigher(t *testing.T) {
	s := open(t, incident(), full, dark)
	rows := func() int { return len(bare(s.field.scene.lanes[0]).(*alarmLane).rows) }
	before := rows()
	s.choose(3)
	s.types(">>>>>>>>>>>>>>>>")
	if s.field.scene.heights[3] < 250 || rows() != before {
		t.Errorf("beside a lane %v high the alarms have %d rows, and had %d", s.field.scene.heights[3], rows(), before)
	}
}
