package lane

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
)

func TestLimit(t *testing.T) {
	every := func(minutes float64, values ...float64) []app.Point { // the first so many minutes ago, then each minute
		var all []app.Point
		for i, v := range values {
			all = append(all, app.Point{At: ago(minutes - float64(i)), Value: v})
		}
		return all
	}
	between := func(from, to float64) app.Range { return app.Range{From: ago(from), To: ago(to)} }
	for _, c := range []struct {
		name   string
		points []app.Point
		known  []app.Range
		word   string
		want   limit
	}{
		{"never one, which says nothing", nil, []app.Range{between(60, 0)}, "", limit{}},
		{"never one, which is on demand", nil, []app.Range{between(60, 0)}, "on demand",
			limit{word: "on demand", absent: []app.Range{between(60, 0)}}},
		{"nothing is known", every(30, 400, 400), nil, "on demand", limit{word: "on demand"}},
		{"from on demand to two heights", every(10, 400, 400, 800, 800), []app.Range{between(60, 3)}, "on demand",
			limit{word: "on demand",
				absent: []app.Range{between(60, 10)},
				steps:  []app.LimitStep{{Range: between(10, 8), Value: 400}, {Range: between(8, 3), Value: 800}}}},
		{"published every five minutes", []app.Point{{At: ago(10), Value: 5}, {At: ago(5), Value: 5}},
			[]app.Range{between(10, 0)}, "on demand",
			limit{word: "on demand", steps: []app.LimitStep{{Range: between(10, 0), Value: 5}}}},
		{"a hole is no step", []app.Point{{At: ago(30), Value: 5}, {At: ago(10), Value: 5}},
			[]app.Range{between(30, 5)}, "",
			limit{steps: []app.LimitStep{{Range: between(30, 25), Value: 5}, {Range: between(10, 5), Value: 5}}}},
	} {
		got := newLimit(c.points, c.known, c.word)
		if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(limit{}), cmp.Comparer(app.Range.Equal)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestLaneOfALimitedResource(t *testing.T) {
	l := metricLanes(t, incident())["orders writes"]
	if l == nil {
		t.Fatal("there is no lane")
	}
	for minutes, want := range map[float64]string{
		50:  "521/s, on demand · 0/s throttled writes",
		40:  "517/s of 400/s · 0/s throttled writes",
		1.5: "386/s of 400/s · 3.5/s throttled writes",
	} {
		if got := l.Readout(ago(minutes), 0); got != want {
			t.Errorf("%v minutes ago it reads %q, want %q", minutes, got, want)
		}
	}
	if h := l.Head(); h.Top != "600/s" || h.Measures != "DynamoDB · Sum/s, 1 min" {
		t.Errorf("the scale ends at %q, it measures %q", h.Top, h.Measures)
	}
	var said []string
	for _, n := range l.Notes(78) {
		said = append(said, n.Text)
	}
	if diff := cmp.Diff([]string{"limit 400/s", "on demand"}, said); diff != "" {
		t.Error(diff)
	}
	for _, line := range l.all() {
		if line.cached.Unit != "Count" {
			t.Errorf("what the drawer shows of %s was made a rate", line.cached.Name)
		}
	}
}

func TestAThresholdIsToldAsTheLaneIs(t *testing.T) {
	f := incident()
	f.Alarm(alarmOn("orders-writes", writes, "Sum", 27_000), turn(30, app.InAlarm))
	l := metricLanes(t, f)["orders writes"]
	if len(l.thresholds) != 1 || l.thresholds[0].value != 450 || l.thresholds[0].text != "alarm > 450/s, 3 of 3" {
		t.Errorf("rules %+v", l.thresholds)
	}
	f = incident()
	f.Alarm(alarmOn("orders-writes", writes, "Average", 27_000), turn(30, app.InAlarm))
	l = metricLanes(t, f)["orders writes"]
	if len(l.thresholds) != 1 || l.thresholds[0].value != 27_000 || len(l.limit.steps) > 0 || l.unit != "Count" {
		t.Errorf("an alarm on another statistic: rules %+v, in %s, limit %+v", l.thresholds, l.unit, l.limit)
	}
}
