package timeline

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/views/lane"
)

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

func TestTheAlarmLaneGivesWayWhereRoomIsShort(t *testing.T) {
	tall, short := open(t, incident(), full, dark), open(t, incident(), small, dark)
	rows := func(s *screen) int { return len(s.field.scene.rows[0].lane.(lane.Lister).Things()) }
	inAlarm := 0 // they stand first
	for _, w := range tall.snapshot.alarms {
		if w.Last() == app.InAlarm {
			inAlarm++
		}
	}
	if rows(tall) != 7 || inAlarm <= 3 || rows(short) != inAlarm {
		t.Errorf("%d rows where there is room, %d of them in alarm; %d where there is not", rows(tall), inAlarm,
			rows(short))
	}
	if h := short.field.scene.rows[0].height; h != short.field.scene.rows[0].lane.(lane.Shrinker).Shrink(h, 10_000) {
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
	rows := func() int { return len(s.field.scene.rows[0].lane.(lane.Lister).Things()) }
	before := rows()
	s.choose(3)
	s.types(">>>>>>>>>>>>>>>>")
	if s.field.scene.rows[3].height < 250 || rows() != before {
		t.Errorf("beside a lane %v high the alarms have %d rows, and had %d", s.field.scene.rows[3].height, rows(),
			before)
	}
}

// watching returns the alarms of a cache over the last hour.
func watching(f *stored) []insight.AlarmWindow {
	return insight.AlarmWindows(hour, now, f.alarms, f.history, f.covers[app.Alarms])
}
