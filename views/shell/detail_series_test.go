package shell

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
)

func TestAMetricCountsWhatItIsJoinedWith(t *testing.T) {
	shelf := joinedShelf()
	other := checkout
	other.Name, other.Metric = "checkout-p99", &app.Metric{Namespace: "AWS/ApiGateway", Name: "Latency", Dimensions: errorsMetric.Dimensions}
	formula := app.Alarm{Scope: ireland, Name: "share", Queries: []app.MetricQuery{{Reading: &app.Reading{Metric: errorsMetric, Statistic: "Sum", Period: time.Minute}}}}
	shelf.alarms = append(shelf.alarms, other, formula)
	deployed := update
	deployed.ID, deployed.Resources = "e2", []app.TrailResource{{Name: "arn:aws:lambda:eu-west-1:111122223333:function:checkout"}}
	shelf.trail = []app.TrailEvent{update, deployed}
	s := newDrawerStage(t, shelf, 900, metricDetails(shelf))
	series := shelf.series[0]
	s.session.Selected.Set(app.Series{Scope: series.Scope, Reading: series.Reading}) // as the palette has it: without points
	said := strings.ReplaceAll(words(s.drawer), "\n", " ")
	for _, want := range []string{"Datapoints 58", "Alarms on this metric 2 a", "Traces with faults 511 t", "Errors in its logs 2,390 l", "Changes to checkout, 2 h before 1 c", "Every change, 2 h before 2 v"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q: %s", want, said)
		}
	}
	if q := s.shelf.sought[len(s.shelf.sought)-1]; !q.Faults || !slices.Equal(q.Resources, []string{"checkout"}) || !q.Range.Equal(s.session.Range()) {
		t.Errorf("faults are counted by %+v", q)
	}
	if q := s.shelf.combed[len(s.shelf.combed)-1]; !q.Range.Equal(app.Range{From: now.Add(-before), To: now}) {
		t.Errorf("changes are counted in %v", q.Range)
	}
	s.shelf.series = nil
	s.session.Go(s.session.Focus.Now().On(app.Since(ago(9*time.Hour), time.Hour)))
	if said := words(s.drawer); !strings.Contains(said, "no datapoints of it in this window") {
		t.Errorf("in a window without datapoints it says %s", said)
	}
}

// A table of 400 units a second of which 360 are used, clicked seven minutes ago, and half a minute.
func TestAMetricIsToldAsItsLaneTellsIt(t *testing.T) {
	limited := app.Presets{{Namespace: "AWS/DynamoDB", Title: "DynamoDB", Metrics: []app.MetricPreset{
		{Name: "ConsumedWriteCapacityUnits", Statistic: "Sum", Unit: "Count", Short: "writes",
			Limit: app.LimitPreset{Metric: "ProvisionedWriteCapacityUnits", PerSecond: true, Absent: "on demand"}},
		{Name: "ProvisionedWriteCapacityUnits", Statistic: "Average", Unit: "Count"},
		{Name: "WriteThrottleEvents", Statistic: "Sum", Unit: "Count"},
	}}}
	of := func(name string, value float64) app.Series {
		reading := limited.Readings([]app.Metric{app.NewMetric("AWS/DynamoDB", name, app.Dimension{Name: "TableName", Value: "orders"})}, nil)[0]
		s := app.Series{Scope: ireland, Reading: reading, Unit: "Count"}
		for at := ago(50 * time.Minute); at.Before(now); at = at.Add(reading.Period) {
			s.Points = append(s.Points, app.Point{At: at, Value: value})
		}
		return s
	}
	shelf := joinedShelf()
	shelf.series = []app.Series{of("ConsumedWriteCapacityUnits", 360*60), of("ProvisionedWriteCapacityUnits", 400), of("WriteThrottleEvents", 180*60)}
	shelf.presets = limited
	s := newDrawerStage(t, shelf, 900, metricDetails(shelf))
	clicked := ago(7*time.Minute - 30*time.Second)
	for item, want := range map[app.Item]string{
		&app.SeriesAt{Series: shelf.series[0], At: clicked, PerSecond: true}: "Clicked 360/s of 400/s at 2026-03-14 10:05:00",
		&app.SeriesAt{Series: shelf.series[2], At: clicked, PerSecond: true}: "Clicked 180/s at 2026-03-14 10:05:00",
		&app.SeriesAt{Series: shelf.series[2], At: clicked}:                  "Clicked 11k at 2026-03-14 10:05:00",
		&app.SeriesAt{Series: shelf.series[0]}:                               "Last 360/s of 400/s at ",
	} {
		s.session.Selected.Set(*item.(*app.SeriesAt))
		if said := strings.ReplaceAll(words(s.drawer), "\n", " "); !strings.Contains(said, want) {
			t.Errorf("it does not say %q: %s", want, said)
		}
	}
	lines := seriesDetail{series: shelf.series[0], facts: &seriesFacts{limit: []app.LimitStep{{Range: app.Since(now, time.Hour), Value: 400}}}}.lines(limited)
	if scale := seriesScale(shelf.series[0].PerSecond(), app.Since(now, time.Hour), lines); scale.Max < 400 || scale.Max > 500 {
		t.Errorf("the chart ends at %v", scale.Max)
	}
}

func TestSeriesScale(t *testing.T) {
	within := app.Since(now, time.Hour)
	series := func(values ...float64) (s app.Series) {
		for i, v := range values {
			s.Points = append(s.Points, app.Point{At: ago(time.Duration(59-i) * time.Minute), Value: v})
		}
		return s
	}
	before := series(4)
	before.Points = append([]app.Point{{At: ago(2 * time.Hour), Value: 900}}, before.Points...)
	for _, test := range []struct {
		series     app.Series
		thresholds []float64
		want       chart.Scale
	}{
		{series(), nil, chart.Scale{Max: 1}},
		{series(1, 9), nil, chart.Scale{Max: 10}},
		{series(-3, 9), nil, chart.Scale{Min: -3, Max: 10}},
		{series(1, 4), []float64{5}, chart.Scale{Max: 6}},
		{series(1, 4), []float64{500, 5}, chart.Scale{Max: 6}},
		{before, nil, chart.Scale{Max: 5}},
	} {
		if got := seriesScale(test.series, within, seriesLines{thresholds: test.thresholds}); got != test.want {
			t.Errorf("%v against %v: %+v, want %+v", test.series.Points, test.thresholds, got, test.want)
		}
	}
}
