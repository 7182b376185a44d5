package pull

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

// Pull after pull, of whatever ranges: no reading is asked twice for one instant in one pull, none for a time of which
// AWS has no such datapoints any more, and what was asked a moment ago is not asked again.
func TestReadingsAreAskedOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 11, 21, 12, 7, 30, 0, time.UTC)
		var readings []app.Reading
		for _, name := range []string{"Errors", "Duration"} {
			for _, period := range rapid.SliceOfNDistinct(rapid.SampledFrom([]int{10, 60, 300, 3600}), 1, 3,
				rapid.ID).Draw(t, "seconds") {
				readings = append(readings, app.Reading{Metric: app.NewMetric("AWS/Lambda", name), Statistic: "Sum",
					Period: time.Duration(period) * time.Second})
			}
		}
		covers := map[string][]app.Cover{}
		for range rapid.IntRange(1, 4).Draw(t, "pulls") {
			now = now.Add(time.Duration(rapid.IntRange(0, 3*24*3600).Draw(t, "seconds later")) * time.Second)
			to := now.Add(-time.Duration(rapid.IntRange(0, 48).Draw(t, "hours back")) * time.Hour)
			w := Want{Range: app.Range{From: to.Add(
				-time.Duration(rapid.IntRange(1, 100*24).Draw(t, "hours")) * time.Hour), To: to}}
			asked := map[string][]app.Range{}
			for _, l := range w.gaps(readings, covers, now) {
				for _, r := range l.readings {
					for _, other := range asked[r.Key()] {
						if other.Overlaps(l.at) {
							t.Fatalf("%s is asked twice of %v", r.Key(), other.Intersect(l.at))
						}
					}
					asked[r.Key()] = append(asked[r.Key()], l.at)
					if oldest := now.Add(-app.KeptFor(r.Period) - grid(r.Period)); l.at.From.Before(oldest) ||
						l.at.To.After(now) {
						t.Fatalf("%s is asked of %v at %v", r.Key(), l.at, now)
					}
				}
			}
			for key, ranges := range asked {
				for _, at := range ranges {
					covers[key] = append(covers[key],
						app.Cover{Signal: app.Metrics, Resource: key, Range: at, AskedAt: now})
				}
			}
			for _, l := range w.gaps(readings, covers, now) {
				t.Fatalf("%v is asked of %d readings again at once", l.at, len(l.readings))
			}
		}
	})
}

func TestOldDatapointsAreAskedByTheirOwnPeriod(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	ago := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	minutes := app.Reading{Metric: app.NewMetric("AWS/Lambda", "Errors"), Statistic: "Sum", Period: time.Minute}
	alarm := minutes
	alarm.Period = 5 * time.Minute
	w := Want{Range: app.Range{From: ago(20), To: now}}
	type ask struct {
		period   time.Duration
		from, to time.Time
	}
	asks := func(readings []app.Reading, covers map[string][]app.Cover) (all []ask) {
		for _, l := range w.gaps(readings, covers, now) {
			for _, r := range l.readings {
				all = append(all, ask{r.Period, l.at.From, l.at.To})
			}
		}
		return all
	}
	check := func(name string, got []ask, want ...ask) {
		t.Helper()
		same := len(got) == len(want)
		for i := range min(len(got), len(want)) {
			same = same && got[i] == want[i]
		}
		if !same {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	check("by minutes", asks([]app.Reading{minutes}, nil), ask{time.Minute, ago(15), now},
		ask{5 * time.Minute, ago(20), ago(15)})
	check("by minutes, and by five for an alarm", asks([]app.Reading{minutes, alarm}, nil),
		ask{5 * time.Minute, ago(20), now}, ask{time.Minute, ago(15), now})

	asked := func(r app.Reading, from, to, at time.Time) app.Cover {
		return app.Cover{Signal: app.Metrics, Resource: r.Key(), Range: app.Range{From: from, To: to}, AskedAt: at}
	}
	check("minutes that were kept while AWS had them", asks([]app.Reading{minutes}, map[string][]app.Cover{
		minutes.Key(): {asked(minutes, ago(25), now, ago(8)), asked(minutes, ago(9), now, now)},
	}))
	check("minutes that AWS no longer had when it was asked", asks([]app.Reading{minutes}, map[string][]app.Cover{
		minutes.Key(): {asked(minutes, ago(25), now, now)},
	}), ask{5 * time.Minute, ago(20), ago(15)})
}

func TestMetricsThatAreGoneAreNotAsked(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	scope := app.Scope{Account: "111122223333", Region: "eu-west-1", Profile: "shop"}
	here, gone := app.NewMetric("AWS/Lambda", "Errors"),
		app.NewMetric("AWS/EC2", "CPUUtilization", app.Dimension{Name: "InstanceId", Value: "i-1"})
	both := []app.Metric{here, gone}
	var l listedMetrics
	day, month := app.Since(now, 24*time.Hour), app.Since(now, 30*24*time.Hour)
	check := func(name string, got []app.Metric, want int) {
		t.Helper()
		if len(got) != want || got[0].Key() != here.Key() {
			t.Errorf("%s: %v", name, got)
		}
	}
	check("nothing is listed yet", l.among(scope, both, day, now), 2)
	l.set(scope, []app.Metric{here})
	check("one is listed", l.among(scope, both, day, now), 1)
	check("of a time of which a listing tells nothing", l.among(scope, both, month, now), 2)
	scope.Region = "us-east-1"
	check("elsewhere", l.among(scope, both, day, now), 2)
	if len(both) != 2 || both[1].Key() != gone.Key() {
		t.Error("the list that was given is changed")
	}
}

func TestGridHoldsWholePeriods(t *testing.T) {
	for period, want := range map[time.Duration]time.Duration{
		0:                5 * time.Minute,
		10 * time.Second: 5 * time.Minute,
		time.Minute:      5 * time.Minute,
		2 * time.Minute:  10 * time.Minute,
		5 * time.Minute:  5 * time.Minute,
		7 * time.Minute:  35 * time.Minute,
		time.Hour:        time.Hour,
		24 * time.Hour:   24 * time.Hour,
	} {
		if got := grid(period); got != want {
			t.Errorf("grid of %s is %s, want %s", period, got, want)
		}
	}
}

func TestGapsOf(t *testing.T) {
	day := time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC)
	at := func(hour, minute, second int) time.Time {
		return day.Add(time.Duration(hour*3600+minute*60+second) * time.Second)
	}
	covered := func(from, to time.Time) []app.Cover {
		return []app.Cover{{Signal: app.Metrics, Range: app.Range{From: from, To: to}, AskedAt: to}}
	}
	asked := func(from, to, at time.Time) []app.Cover {
		return []app.Cover{{Signal: app.Metrics, Range: app.Range{From: from, To: to}, AskedAt: at}}
	}
	for name, c := range map[string]struct {
		period time.Duration
		within app.Range
		covers []app.Cover
		want   []app.Range
	}{
		"all, on the grid and up to now": {time.Minute, app.Range{From: at(8, 3, 20), To: at(12, 7, 30)}, nil,
			[]app.Range{{From: at(8, 0, 0), To: at(12, 7, 30)}}},
		"past": {time.Minute, app.Range{From: at(8, 3, 20), To: at(9, 1, 0)}, nil,
			[]app.Range{{From: at(8, 0, 0), To: at(9, 5, 0)}}},
		"the tail": {time.Minute, app.Range{From: at(8, 0, 0), To: at(12, 7, 30)},
			covered(at(8, 0, 0), at(12, 6, 0)), []app.Range{{From: at(11, 50, 0), To: at(12, 7, 30)}}},
		"a tail without a new datapoint": {time.Minute, app.Range{From: at(8, 0, 0), To: at(12, 7, 30)},
			covered(at(8, 0, 0), at(12, 6, 31)), nil},
		"a tail that was asked after it ended": {time.Minute, app.Range{From: at(8, 0, 0), To: at(12, 7, 30)},
			asked(at(8, 0, 0), at(12, 6, 31), at(12, 6, 35)), nil},
		"a tail that ended a while before": {time.Minute, app.Range{From: at(8, 0, 0), To: at(12, 7, 30)},
			asked(at(8, 0, 0), at(12, 6, 29), at(12, 6, 35)), []app.Range{{From: at(12, 5, 0), To: at(12, 7, 30)}}},
		"an hour's tail, within the hour": {time.Hour, app.Range{From: at(8, 0, 0), To: at(12, 7, 30)},
			covered(at(8, 0, 0), at(11, 10, 0)), nil},
		"an hour later": {time.Hour, app.Range{From: at(8, 0, 0), To: at(12, 7, 30)},
			covered(at(8, 0, 0), at(11, 7, 0)), []app.Range{{From: at(10, 0, 0), To: at(12, 7, 30)}}},
		"more of the past": {time.Minute, app.Range{From: at(7, 0, 0), To: at(12, 7, 30)},
			covered(at(8, 0, 0), at(12, 7, 0)), []app.Range{{From: at(7, 0, 0), To: at(8, 0, 0)}}},
		"both ends, in one question": {time.Minute, app.Range{From: at(7, 0, 0), To: at(12, 7, 30)},
			covered(at(8, 0, 0), at(12, 6, 0)), []app.Range{{From: at(7, 0, 0), To: at(12, 7, 30)}}},
		"both ends, far apart": {time.Second, app.Range{From: at(7, 0, 0), To: at(12, 7, 30)},
			covered(at(8, 0, 0), at(12, 6, 0)),
			[]app.Range{{From: at(7, 0, 0), To: at(8, 0, 0)}, {From: at(11, 50, 0), To: at(12, 7, 30)}}},
		"nothing": {time.Minute, app.Range{From: at(8, 0, 0), To: at(9, 0, 0)},
			covered(at(8, 0, 0), at(12, 6, 0)), nil},
		// At 10:20 the hour was not over, so it is asked again as a whole.
		"an hour that was cut": {time.Hour, app.Range{From: at(8, 0, 0), To: at(10, 10, 0)},
			covered(at(8, 0, 0), at(10, 20, 0)), []app.Range{{From: at(10, 0, 0), To: at(11, 0, 0)}}},
	} {
		got := gapsOf(c.period, c.within, c.covers, at(12, 7, 30))
		same := len(got) == len(c.want)
		for i := range min(len(got), len(c.want)) {
			same = same && got[i].Equal(c.want[i])
		}
		if !same {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}
