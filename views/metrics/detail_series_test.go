package metrics

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/views/cachetest"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

func TestAMetricCountsWhatItIsJoinedWith(t *testing.T) {
	shelf := drawertest.JoinedCache()
	other := drawertest.Checkout
	other.Name, other.Metric = "checkout-p99",
		&app.Metric{Namespace: "AWS/ApiGateway", Name: "Latency", Dimensions: drawertest.ErrorsMetric.Dimensions}
	formula := app.Alarm{Scope: drawertest.Ireland, Name: "share",
		Queries: []app.MetricQuery{{Reading: &app.Reading{Metric: drawertest.ErrorsMetric, Statistic: "Sum",
			Period: time.Minute}}}}
	shelf.AllAlarms = append(shelf.AllAlarms, other, formula)
	deployed := drawertest.Update
	deployed.ID, deployed.Resources = "e2", []app.TrailResource{
		{Name: "arn:aws:lambda:eu-west-1:111122223333:function:checkout"}}
	shelf.Trail = []app.TrailEvent{drawertest.Update, deployed}
	s := drawertest.New(t, shelf, 900, Details(shelf))
	series := shelf.AllSeries[0]
	// as the palette has it: without points
	s.Session.Selected.Set(app.Series{Scope: series.Scope, Reading: series.Reading})
	said := strings.ReplaceAll(drawertest.Words(s.Drawer), "\n", " ")
	for _, want := range []string{"Datapoints 58", "Alarms on this metric 2 a", "Traces with faults 1 t",
		"Errors in its logs 1 l", "Changes to checkout, 2 h before 1 c", "Every change, 2 h before 2 v"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q: %s", want, said)
		}
	}
	sought := cachetest.QueriesOf[app.TraceQuery](shelf.Cache, "Latencies")
	if q := sought[len(sought)-1]; !q.Faults || !slices.Equal(q.Resources, []string{"checkout"}) ||
		!q.Range.Equal(s.Session.Range()) {
		t.Errorf("faults are counted by %+v", q)
	}
	changes := cachetest.QueriesOf[app.TrailQuery](shelf.Cache, "TrailEvents")
	if q := changes[len(changes)-1]; !q.Range.Equal(
		app.Range{From: drawertest.Now.Add(-related.ChangesWindow), To: drawertest.Now}) {
		t.Errorf("changes are counted in %v", q.Range)
	}
	s.Session.Go(s.Session.Focus.Now().On(app.Since(drawertest.Ago(9*time.Hour), time.Hour)))
	if said := drawertest.Words(s.Drawer); !strings.Contains(said, "no datapoints of it in this window") {
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
		reading := limited.Readings([]app.Metric{
			app.NewMetric("AWS/DynamoDB", name, app.Dimension{Name: "TableName", Value: "orders"})}, nil)[0]
		s := app.Series{Scope: drawertest.Ireland, Reading: reading, Unit: "Count"}
		for at := drawertest.Ago(50 * time.Minute); at.Before(drawertest.Now); at = at.Add(reading.Period) {
			s.Points = append(s.Points, app.Point{At: at, Value: value})
		}
		return s
	}
	shelf := drawertest.JoinedCache()
	shelf.AllSeries = []app.Series{of("ConsumedWriteCapacityUnits", 360*60), of("ProvisionedWriteCapacityUnits", 400),
		of("WriteThrottleEvents", 180*60)}
	shelf.Presets = limited
	s := drawertest.New(t, shelf, 900, Details(shelf))
	clicked := drawertest.Ago(7*time.Minute - 30*time.Second)
	for item, want := range map[app.Item]string{
		&app.SeriesAt{Series: shelf.AllSeries[0], At: clicked,
			PerSecond: true}: "Clicked 360/s of 400/s at 2026-03-14 10:05:00",
		&app.SeriesAt{Series: shelf.AllSeries[2], At: clicked, PerSecond: true}: "Clicked 180/s at 2026-03-14 10:05:00",
		&app.SeriesAt{Series: shelf.AllSeries[2], At: clicked}:                  "Clicked 11k at 2026-03-14 10:05:00",
		&app.SeriesAt{Series: shelf.AllSeries[0]}:                               "Last 360/s of 400/s at ",
	} {
		s.Session.Selected.Set(*item.(*app.SeriesAt))
		if said := strings.ReplaceAll(drawertest.Words(s.Drawer), "\n", " "); !strings.Contains(said, want) {
			t.Errorf("it does not say %q: %s", want, said)
		}
	}
	lines := seriesDetail{series: shelf.AllSeries[0],
		facts: &seriesFacts{limit: []app.LimitStep{{Range: app.Since(drawertest.Now, time.Hour), Value: 400}}}}.lines(
		limited)
	if scale := seriesScale(shelf.AllSeries[0].PerSecond(), app.Since(drawertest.Now, time.Hour),
		lines); scale.Max < 400 || scale.Max > 500 {
		t.Errorf("the chart ends at %v", scale.Max)
	}
}

func TestSeriesScale(t *testing.T) {
	within := app.Since(drawertest.Now, time.Hour)
	series := func(values ...float64) (s app.Series) {
		for i, v := range values {
			s.Points = append(s.Points, app.Point{At: drawertest.Ago(time.Duration(59-i) * time.Minute), Value: v})
		}
		return s
	}
	before := series(4)
	before.Points = append([]app.Point{{At: drawertest.Ago(2 * time.Hour), Value: 900}}, before.Points...)
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

// A window of three weeks ago has datapoints of five minutes, which is what AWS keeps, and so has the drawer. Looking
// at today again it is told by the minute.
func TestAMetricOfLongAgoIsToldByLongerPeriods(t *testing.T) {
	shelf := drawertest.JoinedCache()
	minutes := shelf.AllSeries[0]
	old := minutes
	old.Period, old.Points = 5*time.Minute, nil
	then := drawertest.Ago(20 * 24 * time.Hour).Truncate(5 * time.Minute)
	for i := range 12 {
		old.Points = append(old.Points, app.Point{At: then.Add(time.Duration(i-12) * 5 * time.Minute), Value: 25})
	}
	shelf.AllSeries = []app.Series{minutes, old}
	s := drawertest.New(t, shelf, 900, Details(shelf))
	s.Session.Go(s.Session.Focus.Now().On(app.Since(then, time.Hour)))
	s.Session.Selected.Set(app.Series{Scope: minutes.Scope, Reading: minutes.Reading})
	said := func() string { return strings.ReplaceAll(drawertest.Words(s.Drawer), "\n", " ") }
	for _, want := range []string{"Average, 5 min", "Datapoints 12", "Greatest 25"} {
		if !strings.Contains(said(), want) {
			t.Errorf("of long ago it does not say %q: %s", want, said())
		}
	}
	s.Session.Go(s.Session.Focus.Now().On(app.Since(drawertest.Now, time.Hour)))
	for _, want := range []string{"Average, 1 min", "Datapoints 58"} {
		if !strings.Contains(said(), want) {
			t.Errorf("of today it does not say %q: %s", want, said())
		}
	}
}
