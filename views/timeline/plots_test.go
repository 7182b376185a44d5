package timeline

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/lane"
)

// titles names plots as the label column does.
func titles(plots []lane.Plot) []string {
	var all []string
	for _, p := range plots {
		all = append(all, p.Resource()+" "+p.Words(presets))
	}
	return all
}

func TestPlotsFollowTheAlarms(t *testing.T) {
	plots := choosePlots(watching(incident()), presets, maxPlots)
	want := []string{"orders throttled writes", "orders-stream age", "checkout latency", "checkout 5xx error",
		"home success", "i-0a1b2c3d4e5f60718 disk used"}
	if diff := cmp.Diff(want, titles(plots)); diff != "" {
		t.Error(diff)
	}
	if got := plots[2].Measures(presets); got != "API Gateway · p99, p50, 1 min" {
		t.Errorf("the alarm's statistic and the usual one are %q", got)
	}
}

func TestPlotsAreCapped(t *testing.T) {
	f := &stored{covers: map[app.Signal][]app.Cover{}}
	f.cover(app.Alarms, "", 300, 0)
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		f.alarm(alarmOn(name, metric("AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", name), "Maximum", 1),
			turn(10, app.InAlarm))
		f.alarm(alarmOn(name+"-higher", metric("AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", name),
			"Maximum", 9), turn(9, app.InAlarm))
	}
	plots := choosePlots(watching(f), presets, maxPlots)
	if len(plots) != maxPlots {
		t.Errorf("%d lanes", len(plots))
	}
	for _, p := range plots {
		if len(p.Alarms) != 2 {
			t.Errorf("%s is watched by %d alarms", p.Resource(), len(p.Alarms))
		}
	}
}

func TestWithoutAlarmsAHandfulOfManyServices(t *testing.T) {
	var metrics []lane.PlacedMetric
	for _, m := range []app.Metric{disk, failures, latency, throttles, iterator, metric("Custom", "Thing")} {
		metrics = append(metrics, lane.PlacedMetric{Scope: shop, Metric: m})
	}
	for _, c := range []struct {
		resource string
		want     []string
	}{
		{"", []string{"orders-stream age", "i-0a1b2c3d4e5f60718 disk used", "checkout latency", "checkout 5xx error"}},
		{"checkout", []string{"checkout latency", "checkout 5xx error"}},
		{"nothing", nil},
	} {
		if diff := cmp.Diff(c.want, titles(addDefaults(nil, metrics, c.resource, presets))); diff != "" {
			t.Errorf("%q: %s", c.resource, diff)
		}
	}
}

func TestWhatTheChangeConcernsGetsALane(t *testing.T) {
	f := incident()
	e, err := read(t.Context(), f.open(t), question{axis: chart.Axis{Range: hour, Width: 800}, now: now,
		presets: presets})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"orders writes", "orders throttled writes", "orders-stream age", "checkout latency",
		"checkout 5xx error", "home success"}
	if diff := cmp.Diff(want, titles(e.plots)); diff != "" {
		t.Error(diff)
	}
}
