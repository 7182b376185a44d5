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
		f.alarm(alarmOn(fmt.Sprintf("a%02d", i), disk, "Maximum", 90), turn(10, app.InAlarm))
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

func last(rows []headRow) headRow { return rows[len(rows)-1] }

func TestAlarmRowsFitTheirLane(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := &alarmLane{all: make([]insight.RankedAlarm, rapid.IntRange(0, 40).Draw(t, "alarms"))}
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
	f.alarm(alarmOn("a-rang", disk, "Maximum", 90), turn(30, app.InAlarm), turn(25, app.OK))
	f.alarm(alarmOn("quiet-b", disk, "Maximum", 90))
	f.alarm(alarmOn("rings", disk, "Maximum", 90), turn(20, app.InAlarm))
	f.alarm(alarmOn("turned", disk, "Maximum", 90), turn(90, app.InsufficientData), turn(30, app.OK))
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

// watching returns the alarms of a fake over the last hour.
func watching(f *fake) []insight.AlarmWindow {
	return insight.AlarmWindows(hour, now, f.alarms, f.history, f.covers[app.Alarms])
}

// rowsOf writes ranked alarms as "name" with a dot for each composite alarm above.
func rowsOf(rows []insight.RankedAlarm) []string {
	var names []string
	for _, r := range rows {
		names = append(names, "..."[:r.Depth]+r.Name)
	}
	return names
}
