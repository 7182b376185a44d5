package timeline

import (
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/lane"
)

// EC2 without detailed monitoring has a datapoint every five minutes, also where it is asked by the minute: none is
// missing between.
func TestAMetricOfFiveMinutesHasNoGaps(t *testing.T) {
	f := incident()
	cpu := app.NewMetric("AWS/EC2", "CPUUtilization", app.Dimension{Name: "InstanceId", Value: "i-0abc"})
	window := app.Since(now, 2*time.Hour)
	s := app.Series{Scope: shop, Reading: app.Reading{Metric: cpu, Statistic: "Average", Period: time.Minute}}
	for at := window.From.Add(-time.Hour).Truncate(5 * time.Minute); at.Before(now); at = at.Add(5 * time.Minute) {
		s.Points = append(s.Points, app.Point{At: at, Value: 40})
	}
	f.series = append(f.series, s)
	f.covers[app.Metrics] = append(f.covers[app.Metrics],
		app.Cover{Scope: shop, Signal: app.Metrics, Resource: s.Reading.Key(), Range: app.Since(now, 4*time.Hour),
			AskedAt: now})
	board := app.Board{Lanes: []app.Lane{{Kind: app.MetricLane, Scope: shop, Readings: []app.Reading{s.Reading}}}}
	e, err := read(t.Context(), f.open(t), question{axis: chart.Axis{Range: window, Width: 800}, now: now,
		presets: presets,
		board:   board})
	if err != nil {
		t.Fatal(err)
	}
	l := lane.NewMetric(e.metricData(e.plotOf(board.Lanes[0])))
	if gaps := l.Gaps(); len(gaps) > 0 {
		t.Errorf("missing is %v", gaps)
	}
	if got := l.Head().Measures; !strings.Contains(got, "Average, 5 min") {
		t.Errorf("it is read as %q", got)
	}
	if got := l.Readout(ago(33.5), 0); !strings.HasPrefix(got, "40") {
		t.Errorf("between two datapoints it reads %q", got)
	}
}

// A lane that an alarm puts there shows the series that the alarm evaluates.
func TestALaneOfAnAlarmShowsWhatItEvaluates(t *testing.T) {
	f := incident()
	f.history, f.trail, f.series = nil, nil, nil
	cpu := app.NewMetric("AWS/EC2", "CPUUtilization", app.Dimension{Name: "InstanceId", Value: "i-0abc"})
	threshold := 80.0
	f.alarms = []app.Alarm{{Scope: shop, Name: "cpu-high", Kind: app.MetricAlarm, State: app.InAlarm, Since: ago(30),
		Seen:   now,
		Metric: &cpu, Statistic: "Average",
		Period: 5 * time.Minute, EvaluationPeriods: 2, Threshold: &threshold, Comparison: "GreaterThanThreshold"}}
	for _, period := range []time.Duration{time.Minute, 5 * time.Minute} {
		s := app.Series{Scope: shop, Reading: app.Reading{Metric: cpu, Statistic: "Average", Period: period}}
		for at := now.Add(-3 * time.Hour); at.Before(now); at = at.Add(5 * time.Minute) {
			s.Points = append(s.Points, app.Point{At: at, Value: 40})
		}
		f.series = append(f.series, s)
	}
	e, err := read(t.Context(), f.open(t), question{axis: chart.Axis{Range: app.Since(now, 2*time.Hour), Width: 800},
		now:     now,
		presets: presets})
	if err != nil || len(e.plots) != 1 {
		t.Fatalf("%d plots, %v", len(e.plots), err)
	}
	l := lane.NewMetric(e.metricData(e.plots[0]))
	if r := e.plots[0].Readings; len(r) != 1 || r[0].Period != 5*time.Minute ||
		!strings.Contains(l.Head().Measures, "Average, 5 min") || len(l.Gaps()) > 0 {
		t.Errorf("%v, %q, missing %v", r, l.Head().Measures, l.Gaps())
	}
}
