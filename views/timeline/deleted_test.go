package timeline

import (
	"testing"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/lane"
)

func TestAnAlarmThatWasDeletedInTheWindowIsStillSeen(t *testing.T) {
	f := &stored{covers: map[app.Signal][]app.Cover{}}
	f.alarm(alarmOn("stays", disk, "Maximum", 90), turn(30, app.InAlarm))
	f.alarm(alarmOn("deleted", disk, "Maximum", 90), turn(50, app.InAlarm))
	f.alarm(alarmOn("long-gone", disk, "Maximum", 90), turn(90, app.InAlarm))
	f.alarms[1].Gone, f.alarms[2].Gone = ago(20), ago(70)
	f.covers[app.Alarms] = []app.Cover{{Scope: shop, Signal: app.Alarms, Range: hour, AskedAt: now}}
	e := snapshot{question: question{axis: chart.Axis{Range: hour, Width: 800}, now: now}, covers: f.covers}
	if err := e.readAlarms(t.Context(), f.open(t)); err != nil {
		t.Fatal(err)
	}
	l := lane.NewAlarm(e.alarmData())
	said := map[string]string{}
	for _, r := range l.Head().Rows {
		said[r.Name] = r.Aside
	}
	if len(said) != 2 || said["deleted"] != "deleted" || said["stays"] != "" {
		t.Errorf("the rows are %v", said)
	}
	if got := l.Head().Aside; got != "1 of 1 in alarm" {
		t.Errorf("the head says %q: what is deleted does not count", got)
	}
	if states := [2]app.AlarmState{e.alarms[0].StateAt(ago(30)),
		e.alarms[0].StateAt(ago(10))}; states != [2]app.AlarmState{app.InAlarm, app.NotKnown} {
		t.Errorf("before and after it was deleted it is %v", states)
	}
}
