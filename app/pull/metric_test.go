package pull_test

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func TestUnitsComeFromPresets(t *testing.T) {
	over := app.Since(start, time.Hour)
	m := newMemory()
	w := ask([]*account{fill(shop, over, small, smallPages)}, over)
	w.Signals = []app.Signal{app.Metrics}
	healthy(t, newEngine(m, (&clock{at: start}).now).Run(t.Context(), w, nil))
	for key, unit := range m.units {
		if unit != "Count" {
			t.Errorf("%s has the unit %q", key, unit)
		}
	}
	if len(m.units) != small.series+1 { // one alarm reads its metric by the hour
		t.Errorf("%d readings", len(m.units))
	}
	if len(m.events)+len(m.trail)+len(m.traces) > 0 {
		t.Error("more than metrics came")
	}
}

// An alarm on a formula is told by what it is made of, read as the alarm reads it, though nobody else would.
func TestTheInputsOfAFormulaArePulled(t *testing.T) {
	over := app.Since(start, time.Hour)
	a := fill(shop, over, shape{series: 1}, smallPages)
	input := func(name, statistic string, period time.Duration) *app.Reading {
		return &app.Reading{Metric: app.NewMetric("AWS/Lambda", name,
			app.Dimension{Name: "FunctionName", Value: "checkout"}), Statistic: statistic, Period: period}
	}
	errors, calls := input("Errors", "Sum", time.Minute), input("Duration", "SampleCount", 5*time.Minute)
	a.alarms = []app.Alarm{{Scope: shop, Name: "checkout-error-rate", Kind: app.MetricAlarm,
		Expression: "100 * errors / calls", Queries: []app.MetricQuery{
			{ID: "e1", Expression: "100 * errors / calls", Compared: true}, {ID: "errors", Reading: errors},
			{ID: "calls", Reading: calls}}}}
	m := newMemory()
	e := newEngine(m, (&clock{at: start}).now)
	healthy(t, e.Run(t.Context(), ask([]*account{a}, over), nil))
	for _, r := range []*app.Reading{errors, calls} {
		if points, want := len(m.points[shop.String()+" "+r.Key()]), int(time.Hour/r.Period); points < want {
			t.Errorf("%s has %d points, want %d", r.Key(), points, want)
		}
		if known := m.known(shop, app.Metrics, r.Key()); len(known) != 1 {
			t.Errorf("%s is known for %v", r.Key(), known)
		}
	}
}
