package timeline

import (
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
)

// older adds what AWS keeps of a reading after two weeks: datapoints of one value, of a longer period.
func (f *fake) older(m app.Metric, statistic string, period time.Duration, fromDays, toDays, value float64) {
	s := app.Series{Scope: shop, Reading: app.Reading{Metric: m, Statistic: statistic, Period: period}}
	for at := ago(fromDays * 24 * 60).Truncate(period); at.Before(ago(toDays * 24 * 60)); at = at.Add(period) {
		s.Points = append(s.Points, app.Point{At: at, Value: value})
	}
	f.series = append(f.series, s)
}

// laneAt30 reads the last thirty days, and returns the lane of a metric.
func laneAt30(t *testing.T, f *fake, m app.Metric, statistic string) *metricLane {
	t.Helper()
	window := app.Range{From: now.Add(-30 * 24 * time.Hour), To: now}
	board := app.Board{Lanes: []app.Lane{{Kind: app.MetricLane, Scope: shop, Readings: []app.Reading{{Metric: m, Statistic: statistic, Period: time.Minute}}}}}
	e, err := read(t.Context(), f, question{axis: chart.Axis{Range: window, Width: 800}, now: now, presets: presets, board: board})
	if err != nil {
		t.Fatal(err)
	}
	return lanes(e)[0].(*metricLane)
}

func TestWhatIsOlderThanTwoWeeksIsDrawnByLongerPeriods(t *testing.T) {
	f := incident()
	f.older(failures, "Sum", 5*time.Minute, 30, 2, 25)
	l := laneAt30(t, f, failures, "Sum")
	if len(l.lines) != 1 || !strings.Contains(l.how, "5 min") {
		t.Fatalf("it has %d lines and reads %q", len(l.lines), l.how)
	}
	if got := l.readout(ago(20*24*60), 0); got != "25" {
		t.Errorf("20 days ago it reads %q", got)
	}
	if got := l.readout(ago(1.5*24*60), 0); got != unpulled {
		t.Errorf("in a gap it reads %q", got)
	}
	minutes := 0.0
	for _, s := range f.series {
		for _, p := range s.Points {
			if s.Metric.Key() == failures.Key() && s.Period == time.Minute && s.Statistic == "Sum" && p.At.Truncate(5*time.Minute).Equal(ago(12).Truncate(5*time.Minute)) {
				minutes += p.Value
			}
		}
	}
	if v, ok := valueAt(l.lines[0].drawn, ago(12)); !ok || v != minutes {
		t.Errorf("5 minutes of today are told as %v, and are %v", v, minutes)
	}
	if len(l.rules) != 0 {
		t.Errorf("a threshold for a minute is drawn beside counts of five: %v", l.rules)
	}
}

func TestAMeanIsNotAddedUp(t *testing.T) {
	f := incident()
	f.older(iterator, "Maximum", time.Hour, 30, 16, 9000)
	l := laneAt30(t, f, iterator, "Maximum")
	if len(l.lines) != 1 || !strings.Contains(l.how, "1 h") || len(l.rules) == 0 {
		t.Fatalf("it has %d lines and %d thresholds, and reads %q", len(l.lines), len(l.rules), l.how)
	}
	if v, ok := valueAt(l.lines[0].drawn, ago(20*24*60)); !ok || v != 9000 {
		t.Errorf("20 days ago it is %v", v)
	}
}

func TestARateIsTheSameByAnyPeriod(t *testing.T) {
	f := incident()
	f.older(writes, "Sum", time.Hour, 30, 16, 3600*250)
	l := laneAt30(t, f, writes, "Sum")
	if v, ok := valueAt(l.lines[0].drawn, ago(20*24*60)); !ok || v != 250 {
		t.Errorf("20 days ago there are %v writes a second", v)
	}
}
