package app_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

func TestRecordOf(t *testing.T) {
	span := func(from, to float64, s app.AlarmState) app.StateSpan {
		return app.StateSpan{Range: between(from, to), State: s}
	}
	min := time.Minute
	for name, c := range map[string]struct {
		spans []app.StateSpan
		want  app.AlarmRecord
	}{
		"nothing": {nil, app.AlarmRecord{}},
		"quiet":   {[]app.StateSpan{span(0, 60, app.OK)}, app.AlarmRecord{Known: 60 * min}},
		"twice, and again now": {
			[]app.StateSpan{span(0, 5, app.OK), span(5, 10, app.InAlarm), span(10, 20, app.OK),
				span(20, 35, app.InAlarm), span(35, 40, app.InsufficientData), span(40, 60, app.InAlarm)},
			app.AlarmRecord{Known: 60 * min, InAlarm: 40 * min, Went: 3, Back: 2, Recover: 10 * min, Longest: 20 * min,
				Flaps: true},
		},
		"in alarm from before": {
			[]app.StateSpan{span(0, 10, app.InAlarm), span(10, 20, app.OK)},
			app.AlarmRecord{Known: 20 * min, InAlarm: 10 * min, Longest: 10 * min},
		},
		"unknown around it": {
			[]app.StateSpan{span(0, 10, app.NotKnown), span(10, 20, app.InAlarm), span(20, 30, app.NotKnown),
				span(30, 40, app.OK), span(40, 50, app.InAlarm), span(50, 60, app.NotKnown)},
			app.AlarmRecord{Known: 30 * min, InAlarm: 20 * min, Went: 1, Longest: 10 * min},
		},
		"flapped as long as it was known": {
			[]app.StateSpan{span(0, 1, app.OK), span(1, 2, app.InAlarm), span(2, 3, app.OK), span(3, 4, app.InAlarm),
				span(4, 5, app.OK), span(5, 6, app.InAlarm), span(6, 5000, app.NotKnown)},
			app.AlarmRecord{Known: 6 * min, InAlarm: 3 * min, Went: 3, Back: 2, Recover: min, Longest: min,
				Flaps: true},
		},
	} {
		if got := app.RecordOf(c.spans); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestRecordOfAnyHistory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var history []app.AlarmHistoryItem
		for m := range 20 {
			history = append(history, update(float64(m*3),
				rapid.SampledFrom([]app.AlarmState{app.OK, app.InAlarm, app.InsufficientData}).Draw(t, "from"),
				rapid.SampledFrom([]app.AlarmState{app.OK, app.InAlarm, app.InsufficientData}).Draw(t, "to")))
		}
		within := between(0, 60)
		alarm := app.Alarm{State: history[19].To, Since: history[19].At, Seen: within.To}
		r := app.RecordOf(app.StateSpans(within, alarm, history, someRanges(t, "known")))
		if r.Known > within.Length() || r.InAlarm > r.Known || r.Longest > r.InAlarm || r.Back > r.Went ||
			r.Recover > r.Longest {
			t.Fatalf("%+v", r)
		}
	})
}
