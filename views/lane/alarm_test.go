package lane

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/apptest"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/views/chart"
)

// alarmData is what a lane of a fake's alarms over the last hour is made of.
func alarmData(f *apptest.Incident) AlarmData {
	all := watching(f)
	return AlarmData{Window: Window{Axis: chart.Axis{Range: hour, Width: 800}, Now: now}, Rows: insight.RankAlarms(all),
		All: all}
}

func TestAlarmLane(t *testing.T) {
	f := incident()
	l := NewAlarm(alarmData(f))
	if l.Head().Aside != "5 of 25 in alarm" || l.more != 0 {
		t.Errorf("the head says %q, %d more", l.Head().Aside, l.more)
	}
	for minutes, want := range map[float64]string{59: "", 53: "1 in alarm", 36: "1 insufficient data",
		13.5: "4 in alarm · 1 insufficient data", 1: "5 in alarm · 1 insufficient data"} {
		if got := l.Readout(ago(minutes), time.Minute); got != want {
			t.Errorf("%v minutes ago it reads %q, want %q", minutes, got, want)
		}
	}
	axis := chart.Axis{Range: hour, Width: 800}
	if item, ok := l.Pick(axis, 151, fyne.NewPos(300, l.middle(1))).(app.Alarm); !ok || item.Name != "checkout-5xx" {
		t.Errorf("the second strip is %v", item.Name)
	}
	if item := l.Pick(axis, 151, fyne.NewPos(300, 3)); item != nil {
		t.Errorf("above the strips lies %v", item)
	}
}

func TestAlarmLaneCountsWhatItHasNoRoomFor(t *testing.T) {
	f := newQuiet()
	f.Cover(app.Alarms, "", 300, 0)
	for i := range 12 {
		f.Alarm(alarmOn(fmt.Sprintf("a%02d", i), disk, "Maximum", 90), turn(10, app.InAlarm))
	}
	l := NewAlarm(alarmData(f))
	rows := l.Head().Rows
	if last := rows[len(rows)-1]; len(rows) != MostAlarmRows+1 || last.Name != "+4 more" {
		t.Errorf("%d rows, the last %+v", len(rows), last)
	}
	for name, item := range map[string]app.Item{"its name": last(rows).Item,
		"its place": l.Pick(chart.Axis{Range: hour, Width: 800}, 0, fyne.NewPos(-100, last(rows).Middle))} {
		if list, ok := item.(app.AlarmList); !ok || len(list.Alarms) != 12 {
			t.Errorf("%s opens %v", name, item)
		}
	}
	if got := l.Readout(ago(5), time.Minute); got != "12 in alarm" {
		t.Errorf("while all are in alarm it reads %q", got)
	}
	if _, height := l.Height(); height < rows[len(rows)-1].Middle+8 {
		t.Errorf("a height of %v cuts off the last row", height)
	}
}

func last(rows []HeadRow) HeadRow { return rows[len(rows)-1] }

func TestAlarmRowsFitTheirLane(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := &Alarm{all: make([]insight.RankedAlarm, rapid.IntRange(0, 40).Draw(t, "alarms"))}
		height := rapid.Float32Range(100, 600).Draw(t, "height")
		fit := l.Fit(height).(*Alarm)
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
	f := newQuiet()
	f.Cover(app.Alarms, "", 300, 0)
	f.Alarm(app.Alarm{Scope: shop, Name: "quiet-all", Kind: app.CompositeAlarm, Rule: `ALARM("a-rang")`, State: app.OK,
		Since: ago(3000), Seen: ago(0.3)})
	f.Alarm(alarmOn("a-rang", disk, "Maximum", 90), turn(30, app.InAlarm), turn(25, app.OK))
	f.Alarm(alarmOn("quiet-b", disk, "Maximum", 90))
	f.Alarm(alarmOn("rings", disk, "Maximum", 90), turn(20, app.InAlarm))
	f.Alarm(alarmOn("turned", disk, "Maximum", 90), turn(90, app.InsufficientData), turn(30, app.OK))
	d := alarmData(f)
	d.Rows = nil
	// as they stood in another window
	for i, name := range []string{"quiet-all", "a-rang", "quiet-b", "rings", "turned"} {
		k := slices.IndexFunc(d.All, func(w insight.AlarmWindow) bool { return w.Name == name })
		d.Rows = append(d.Rows, insight.RankedAlarm{AlarmWindow: d.All[k], Depth: i % 2})
	}
	d.Rows = insight.Indented(d.Rows)
	l := NewAlarm(d)
	for rows, want := range map[int][]string{1: {"a-rang"}, 3: {"a-rang", "rings", "turned"},
		4: {"quiet-all", ".a-rang", "rings", "turned"},
		5: {"quiet-all", ".a-rang", "quiet-b", "rings", "turned"}} {
		if l.cut(rows); !cmp.Equal(rowsOf(l.rows), want) || l.more != 5-rows {
			t.Errorf("of %d rows stay %q, and %d more", rows, rowsOf(l.rows), l.more)
		}
	}
	l.cut(MostAlarmRows)
	if got := l.Fit(l.fewest()).(*Alarm); !cmp.Equal(rowsOf(got.rows), []string{"a-rang", "rings", "turned"}) {
		t.Errorf("where the others need its room, %q stay", rowsOf(got.rows))
	}
}

// rowsOf writes ranked alarms as "name" with a dot for each composite alarm above.
func rowsOf(rows []insight.RankedAlarm) []string {
	var names []string
	for _, r := range rows {
		names = append(names, "..."[:r.Depth]+r.Name)
	}
	return names
}
