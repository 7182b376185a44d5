package insight

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/apptest"
)

// watching returns the watches of a fake's alarms over the last hour.
func watching(f *apptest.Incident) []AlarmWindow {
	return AlarmWindows(hour, now, f.Alarms, f.History, f.Covers[app.Alarms])
}

func TestStatesAreNotKnownWhereHistoryWasNeverPulled(t *testing.T) {
	f := newQuiet()
	f.Alarm(alarmOn("a", disk, "Maximum", 90), turn(30, app.InAlarm))
	w := watching(f)[0]
	if got := w.StateAt(ago(45)); got != app.NotKnown {
		t.Errorf("before its history it was %q", got)
	}
	if got := w.StateAt(ago(10)); got != app.InAlarm {
		t.Errorf("since its last turn it is %q", got)
	}
}

func TestStatesEndWhereTheyAreKnown(t *testing.T) {
	alarm := alarmOn("checkout-5xx", failures, "Sum", 50)
	alarm.State, alarm.Since = app.InAlarm, ago(30)
	history := []app.AlarmHistoryItem{{Scope: shop, Alarm: alarm.Name, At: ago(30), Kind: app.StateUpdate, From: app.OK,
		To: app.InAlarm}}
	ahead := app.Range{From: ago(60), To: ago(-60)}
	for _, c := range []struct {
		name   string
		within app.Range
		asked  float64 // so many minutes ago
		want   map[float64]app.AlarmState
		last   app.AlarmState
	}{
		{"asked just now", hour, 0, map[float64]app.AlarmState{40: app.OK, 20: app.InAlarm, 1: app.InAlarm},
			app.InAlarm},
		{"asked a while ago", hour, 10, map[float64]app.AlarmState{40: app.OK, 20: app.InAlarm, 5: app.NotKnown},
			app.InAlarm},
		{"asked before the window", app.Since(now, 5*time.Minute), 10, map[float64]app.AlarmState{1: app.NotKnown},
			app.NotKnown},
		{"a window that reaches into the future", ahead, 0,
			map[float64]app.AlarmState{40: app.OK, 1: app.InAlarm, -1: app.NotKnown}, app.InAlarm},
	} {
		alarm.Seen = ago(c.asked)
		covers := []app.Cover{{Scope: shop, Signal: app.Alarms, Range: app.Range{From: ago(300), To: ago(c.asked)},
			AskedAt: ago(c.asked)}}
		if !covers[0].Range.Overlaps(c.within) { // nobody reads those
			covers = nil
		}
		w := AlarmWindows(c.within, now, []app.Alarm{alarm}, history, covers)[0]
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
