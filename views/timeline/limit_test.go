package timeline

import (
	"slices"
	"testing"
	"time"

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
		{"never one, which is on demand", nil, []app.Range{between(60, 0)}, "on demand", limit{word: "on demand", absent: []app.Range{between(60, 0)}}},
		{"nothing is known", every(30, 400, 400), nil, "on demand", limit{word: "on demand"}},
		{"from on demand to two heights", every(10, 400, 400, 800, 800), []app.Range{between(60, 3)}, "on demand", limit{word: "on demand",
			absent: []app.Range{between(60, 10)}, steps: []app.LimitStep{{Range: between(10, 8), Value: 400}, {Range: between(8, 3), Value: 800}}}},
		{"published every five minutes", []app.Point{{At: ago(10), Value: 5}, {At: ago(5), Value: 5}}, []app.Range{between(10, 0)}, "on demand",
			limit{word: "on demand", steps: []app.LimitStep{{Range: between(10, 0), Value: 5}}}},
		{"a hole is no step", []app.Point{{At: ago(30), Value: 5}, {At: ago(10), Value: 5}}, []app.Range{between(30, 5)}, "",
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
		if got := l.readout(ago(minutes), 0); got != want {
			t.Errorf("%v minutes ago it reads %q, want %q", minutes, got, want)
		}
	}
	if h := l.head(); h.top != "600/s" || h.measures != "DynamoDB · Sum/s, 1 min" {
		t.Errorf("the scale ends at %q, it measures %q", h.top, h.measures)
	}
	var said []string
	for _, n := range l.notes(78) {
		said = append(said, n.text)
	}
	if diff := cmp.Diff([]string{"limit 400/s", "on demand"}, said); diff != "" {
		t.Error(diff)
	}
	for _, line := range l.all() {
		if line.kept.Unit != "Count" {
			t.Errorf("what the drawer shows of %s was made a rate", line.kept.Name)
		}
	}
}

func TestAThresholdIsToldAsTheLaneIs(t *testing.T) {
	f := incident()
	f.alarm(alarmOn("orders-writes", writes, "Sum", 27_000), turn(30, app.InAlarm))
	l := metricLanes(t, f)["orders writes"]
	if len(l.rules) != 1 || l.rules[0].value != 450 || l.rules[0].text != "alarm > 450/s, 3 of 3" {
		t.Errorf("rules %+v", l.rules)
	}
	f = incident()
	f.alarm(alarmOn("orders-writes", writes, "Average", 27_000), turn(30, app.InAlarm))
	l = metricLanes(t, f)["orders writes"]
	if len(l.rules) != 1 || l.rules[0].value != 27_000 || len(l.limit.steps) > 0 || l.unit != "Count" {
		t.Errorf("an alarm on another statistic: rules %+v, in %s, limit %+v", l.rules, l.unit, l.limit)
	}
}

func TestAClickOnALineTellsWhenAndHow(t *testing.T) {
	s := open(t, incident(), full, dark)
	for name, rate := range map[string]bool{"orders writes": true, "orders-stream age": false} {
		i := slices.Index(s.laneNames(), name)
		s.tap(s.x(ago(20)), s.field.scene.tops[i]+30)
		got, ok := s.session.Selected.Now().(app.SeriesAt)
		if !ok || got.At.Sub(ago(20)).Abs() > 10*time.Second || got.PerSecond != rate || !app.SameItem(got, got.Series) {
			t.Errorf("%s: it selects %+v", name, s.session.Selected.Now())
		}
		s.tap(30, s.field.scene.tops[i]+10)
		if got, ok := s.session.Selected.Now().(app.SeriesAt); !ok || !got.At.IsZero() {
			t.Errorf("%s: its name selects %+v", name, s.session.Selected.Now())
		}
	}
}

func TestWhatIsDrawnWithOthersHasNoLane(t *testing.T) {
	var metrics []placed
	for _, m := range []app.Metric{writes, units, throttles} {
		metrics = append(metrics, placed{shop, m})
	}
	table := change(47, "UpdateTable", "dynamodb.amazonaws.com", "arn:aws:dynamodb:eu-west-1:111122223333:table/orders", deploy)
	if got := titles(touchedPlots(table, metrics, presets)); !cmp.Equal(got, []string{"orders writes"}) {
		t.Errorf("lanes %q", got)
	}
	if got := titles(addDefaults(nil, metrics, "", presets)); !cmp.Equal(got, []string{"orders writes"}) {
		t.Errorf("lanes without an alarm %q", got)
	}
	if got := titles(touchedPlots(table, metrics[2:], presets)); !cmp.Equal(got, []string{"orders throttled writes"}) {
		t.Errorf("lanes of throttles alone %q", got)
	}
}

func TestShiftOfALimitCounts(t *testing.T) {
	p := plot{placed: placed{shop, writes}, readings: []app.Reading{presets.Reading(writes)}}
	flat := app.Series{Scope: shop, Reading: p.readings[0]}
	raised := app.Series{Scope: shop, Reading: presets.Reading(units)}
	for m := 60.0; m > 0; m-- {
		flat.Points = append(flat.Points, app.Point{At: ago(m), Value: 100})
		if m <= 30 {
			raised.Points = append(raised.Points, app.Point{At: ago(m), Value: 400})
		}
	}
	if got := shifted([]plot{p}, []app.Series{flat}, ago(30), presets); len(got) != 0 {
		t.Error("what did not move has a lane")
	}
	if got := shifted([]plot{p}, []app.Series{flat, raised}, ago(30), presets); len(got) != 1 {
		t.Error("a new limit has no lane")
	}
}
