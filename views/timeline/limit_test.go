package timeline

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/lane"
)

func TestAClickOnALineTellsWhenAndHow(t *testing.T) {
	s := open(t, incident(), full, dark)
	for name, rate := range map[string]bool{"orders writes": true, "orders-stream age": false} {
		i := slices.Index(s.laneNames(), name)
		s.tap(s.x(ago(20)), s.field.scene.rows[i].top+30)
		got, ok := s.session.Selected.Now().(app.SeriesAt)
		if !ok || got.At.Sub(ago(20)).Abs() > 10*time.Second || got.PerSecond != rate ||
			!app.SameItem(got, got.Series) {
			t.Errorf("%s: it selects %+v", name, s.session.Selected.Now())
		}
		s.tap(30, s.field.scene.rows[i].top+10)
		if got, ok := s.session.Selected.Now().(app.SeriesAt); !ok || !got.At.IsZero() {
			t.Errorf("%s: its name selects %+v", name, s.session.Selected.Now())
		}
	}
}

func TestWhatIsDrawnWithOthersHasNoLane(t *testing.T) {
	var metrics []lane.PlacedMetric
	for _, m := range []app.Metric{writes, units, throttles} {
		metrics = append(metrics, lane.PlacedMetric{Scope: shop, Metric: m})
	}
	table := change(47, "UpdateTable", "dynamodb.amazonaws.com", "arn:aws:dynamodb:eu-west-1:111122223333:table/orders",
		deploy)
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
	p := lane.Plot{PlacedMetric: lane.PlacedMetric{Scope: shop, Metric: writes},
		Readings: []app.Reading{presets.Reading(writes)}}
	flat := app.Series{Scope: shop, Reading: p.Readings[0]}
	raised := app.Series{Scope: shop, Reading: presets.Reading(units)}
	for m := 60.0; m > 0; m-- {
		flat.Points = append(flat.Points, app.Point{At: ago(m), Value: 100})
		if m <= 30 {
			raised.Points = append(raised.Points, app.Point{At: ago(m), Value: 400})
		}
	}
	if got := shifted([]lane.Plot{p}, []app.Series{flat}, ago(30), presets); len(got) != 0 {
		t.Error("what did not move has a lane")
	}
	if got := shifted([]lane.Plot{p}, []app.Series{flat, raised}, ago(30), presets); len(got) != 1 {
		t.Error("a new limit has no lane")
	}
}
