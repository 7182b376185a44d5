package timeline

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/lane"
)

// older adds what AWS keeps of a reading after two weeks: datapoints of one value, of a longer period.
func (f *stored) older(m app.Metric, statistic string, period time.Duration, fromDays, toDays, value float64) {
	s := app.Series{Scope: shop, Reading: app.Reading{Metric: m, Statistic: statistic, Period: period}}
	for at := ago(fromDays * 24 * 60).Truncate(period); at.Before(ago(toDays * 24 * 60)); at = at.Add(period) {
		s.Points = append(s.Points, app.Point{At: at, Value: value})
	}
	f.series = append(f.series, s)
}

// laneAt30 reads the last thirty days, and returns what the lane of a metric is made of, and the lane.
func laneAt30(t *testing.T, f *stored, m app.Metric, statistic string) (lane.MetricData, *lane.Metric) {
	t.Helper()
	window := app.Range{From: now.Add(-30 * 24 * time.Hour), To: now}
	board := app.Board{Lanes: []app.Lane{{Kind: app.MetricLane, Scope: shop,
		Readings: []app.Reading{{Metric: m, Statistic: statistic, Period: time.Minute}}}}}
	e, err := read(t.Context(), f.open(t), question{axis: chart.Axis{Range: window, Width: 800}, now: now,
		presets: presets,
		board:   board})
	if err != nil {
		t.Fatal(err)
	}
	d := e.metricData(e.plotOf(board.Lanes[0]))
	return d, lane.NewMetric(d)
}

// words are those of a lane's notes.
func words(l lane.Lane) string {
	var all []string
	for _, n := range l.Notes(78) {
		all = append(all, n.Text)
	}
	return strings.Join(all, "; ")
}

func TestWhatIsOlderThanTwoWeeksIsDrawnByLongerPeriods(t *testing.T) {
	f := incident()
	f.older(failures, "Sum", 5*time.Minute, 30, 2, 25)
	d, l := laneAt30(t, f, failures, "Sum")
	if len(d.Series) != 1 || !strings.Contains(l.Head().Measures, "5 min") {
		t.Fatalf("it has %d series and reads %q", len(d.Series), l.Head().Measures)
	}
	if got := l.Readout(ago(20*24*60), 0); got != "25" {
		t.Errorf("20 days ago it reads %q", got)
	}
	if got := l.Readout(ago(1.5*24*60), 0); got != lane.Unpulled {
		t.Errorf("in a gap it reads %q", got)
	}
	minutes := 0.0
	for _, s := range f.series {
		for _, p := range s.Points {
			if s.Metric.Key() == failures.Key() && s.Period == time.Minute && s.Statistic == "Sum" &&
				p.At.Truncate(5*time.Minute).Equal(ago(12).Truncate(5*time.Minute)) {
				minutes += p.Value
			}
		}
	}
	if p, ok := d.Series[lane.SeriesKey(shop, d.Readings[0])].InForce(ago(12)); !ok || p.Value != minutes {
		t.Errorf("5 minutes of today are told as %v, and are %v", p.Value, minutes)
	}
	if said := words(l); strings.Contains(said, "alarm") {
		t.Errorf("a threshold for a minute is drawn beside counts of five: %v", said)
	}
	axis := chart.Axis{Range: app.Range{From: now.Add(-30 * 24 * time.Hour), To: now}, Width: 800}
	if s, ok := l.Pick(axis, 78, fyne.NewPos(axis.X(ago(20*24*60)), 40)).(app.Series); !ok ||
		s.Reading.Key() != d.Readings[0].Key() {
		t.Errorf("what is opened of it is read by %s", s.Reading.Key())
	}
}

func TestAMeanIsNotAddedUp(t *testing.T) {
	f := incident()
	f.older(iterator, "Maximum", time.Hour, 30, 16, 9000)
	d, l := laneAt30(t, f, iterator, "Maximum")
	if len(d.Series) != 1 || !strings.Contains(l.Head().Measures, "1 h") || !strings.Contains(words(l), "alarm") {
		t.Fatalf("it has %d series, says %q and reads %q", len(d.Series), words(l), l.Head().Measures)
	}
	if got := l.Readout(ago(20*24*60), 0); got != "9 s" {
		t.Errorf("20 days ago it is %v", got)
	}
}

func TestARateIsTheSameByAnyPeriod(t *testing.T) {
	f := incident()
	f.older(writes, "Sum", time.Hour, 30, 16, 3600*250)
	_, l := laneAt30(t, f, writes, "Sum")
	if got := l.Readout(ago(20*24*60), 0); !strings.HasPrefix(got, "250/s") {
		t.Errorf("20 days ago there are %v writes", got)
	}
}
