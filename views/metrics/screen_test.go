package metrics

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/cachetest"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/explore"
)

// Of a month ago AWS keeps datapoints of five minutes only: the row and the chart show them, and what is opened is
// still the reading by the minute.
func TestAMonthAgoIsShownByLongerPeriods(t *testing.T) {
	at := cachetest.Now().Add(-30 * 24 * time.Hour)
	within := app.Range{From: at.Add(-time.Hour), To: at}
	metric := app.NewMetric("AWS/Lambda", "Errors", app.Dimension{Name: "FunctionName", Value: "checkout"})
	long := app.Reading{Metric: metric, Statistic: "Sum", Period: 5 * time.Minute}
	held := app.Series{Scope: cachetest.Shop(), Reading: long}
	for i := range 12 {
		at := within.From.Add(time.Duration(i) * 5 * time.Minute)
		held.Points = append(held.Points, app.Point{At: at, Value: float64(i)})
	}
	c := cachetest.New(t, cachetest.Contents{Scopes: []app.Scope{cachetest.Shop()}, Series: []app.Series{held}})
	presets := app.Presets{{Namespace: "AWS/Lambda", Title: "Lambda",
		Metrics: []app.MetricPreset{{Name: "Errors", Statistic: "Sum", Unit: "Count"}}}}
	s := reading{reader: c, presets: presets}
	a, err := s.search(t.Context(), explore.Question{Focus: app.Focus{}.On(within), Range: within, Now: cachetest.Now(),
		Zone: time.UTC, Axis: chart.Axis{Range: within, Width: 600}, Limit: 10})
	if err != nil || len(a.Items) != 1 {
		t.Fatalf("%d rows, %v", len(a.Items), err)
	}
	r := a.Items[0]
	if len(r.drawn.Points) != 12 || r.most != 11 || r.series.Period != time.Minute {
		t.Errorf("%d datapoints up to %v, opened by %v", len(r.drawn.Points), r.most, r.series.Period)
	}
	if a.Lane == nil || a.Lane.Readout(within.From.Add(31*time.Minute), time.Minute) == "" {
		t.Error("the chart says nothing in the middle of the window")
	}
}
