package lane

import (
	"math"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/apptest"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/ui"
)

// metricLanes returns the lanes of the incident's metrics by whose and which they are, each with the statistics of its
// alarms and the usual one.
func metricLanes(t *testing.T, f *apptest.Incident) map[string]*Metric {
	t.Helper()
	success := metric("CloudWatchSynthetics", "SuccessPercent", "CanaryName", "home")
	found := map[string]*Metric{}
	for _, m := range []app.Metric{writes, throttles, iterator, latency, failures, success, disk} {
		l := NewMetric(metricData(f, chart.Axis{Range: hour, Width: 800}, m))
		found[l.of+" "+l.what] = l
	}
	return found
}

func TestMetricLane(t *testing.T) {
	all := metricLanes(t, incident())
	l := all["checkout latency"]
	if got := l.Readout(ago(1.5), 0); got != "p99 2.9 s · p50 743 ms" {
		t.Errorf("it reads %q", got)
	}
	if got := l.Readout(ago(43.5), 0); got != Unpulled {
		t.Errorf("in the gap it reads %q", got)
	}
	asked := incident()
	asked.Cover(app.Metrics, "", 300, 1)
	if got := metricLanes(t, asked)["checkout latency"].Readout(ago(43.5), 0); got != "no datapoint" {
		t.Errorf("in a gap that was pulled it reads %q", got)
	}
	if gaps := l.Gaps(); len(gaps) != 1 || !gaps[0].Equal(app.Range{From: ago(45), To: ago(42)}) {
		t.Errorf("gaps %v", gaps)
	}
	if h := l.Head(); h.Top != "4 s" || h.Bottom != "0" {
		t.Errorf("the scale reaches from %q to %q", h.Bottom, h.Top)
	}
	if n := l.Notes(78); len(n) != 1 || n[0].Text != "alarm > 1.5 s, 3 of 3" {
		t.Errorf("its threshold says %+v", n)
	}
	if len(l.breaches) != 1 || !l.breaches[0].From.Equal(ago(22)) {
		t.Errorf("breaches %v", l.breaches)
	}
	if got := all["orders-stream age"].Head().Top; got != "15 min" {
		t.Errorf("the stream's scale ends at %q", got)
	}
}

func TestPickTakesTheNearestLine(t *testing.T) {
	l := metricLanes(t, incident())["checkout latency"]
	axis := chart.Axis{Range: hour, Width: 800}
	for y, want := range map[float32]string{8: "p99", 70: "p50"} {
		if s := l.Pick(axis, 78, fyne.NewPos(790, y)).(app.Series); s.Statistic != want {
			t.Errorf("at %v lies %s", y, s.Statistic)
		}
	}
	if s := l.Pick(axis, 78, fyne.NewPos(axis.X(ago(43.5)), 30)).(app.Series); s.Statistic != "p99" {
		t.Errorf("in the gap lies %s", s.Statistic)
	}
}

func TestALaneWithoutDatapointsIsAGapAndNoItem(t *testing.T) {
	l := metricLanes(t, incident())["home success"]
	if gaps := l.Gaps(); len(gaps) != 1 || gaps[0].To.Before(ago(1)) || !gaps[0].From.Equal(hour.From) {
		t.Errorf("gaps %v", gaps)
	}
	if item := l.Pick(chart.Axis{Range: hour, Width: 800}, 78, fyne.NewPos(400, 40)); item != nil {
		t.Errorf("picked %v", item)
	}
}

// without returns the incident with no datapoint of a metric from so many minutes ago on.
func without(m app.Metric, from float64) *apptest.Incident {
	f := incident()
	for i, s := range f.Series {
		if s.Metric.Key() == m.Key() {
			f.Series[i].Points = slices.DeleteFunc(slices.Clone(s.Points),
				func(p app.Point) bool { return !p.At.Before(ago(from)) })
		}
	}
	return f
}

func TestWhatLacksForLongIsAGapThoughItMayStillCome(t *testing.T) {
	if gaps := metricLanes(t, without(iterator, 4))["orders-stream age"].Gaps(); len(gaps) != 0 {
		t.Errorf("gaps %v: four minutes are on their way", gaps)
	}
	gaps := metricLanes(t, without(iterator, 9))["orders-stream age"].Gaps()
	if len(gaps) != 1 || !gaps[0].From.Equal(ago(9)) || gaps[0].To.Before(ago(1)) {
		t.Errorf("gaps %v, want one from nine minutes ago on", gaps)
	}
}

// everyFive returns the incident with the stream's age by five minutes, of which AWS was asked up to so many minutes
// ago.
func everyFive(asked float64) *apptest.Incident {
	f := incident()
	f.Covers[app.Metrics] = nil
	for i, s := range f.Series {
		if s.Metric.Key() != iterator.Key() {
			continue
		}
		s.Period, s.Points = 5*time.Minute, slices.DeleteFunc(slices.Clone(s.Points), func(p app.Point) bool {
			return p.At.After(ago(asked)) || !p.At.Equal(p.At.Truncate(5*time.Minute))
		})
		f.Series[i] = s
		f.Cover(app.Metrics, s.Reading.Key(), 300, asked)
	}
	for i, a := range f.Alarms {
		if a.Metric != nil && a.Metric.Key() == iterator.Key() {
			f.Alarms[i].Period = 5 * time.Minute
		}
	}
	return f
}

// The incident is pulled at 10:12, so that twenty minutes before, at 9:52, the datapoint of 9:50 stands for five
// minutes.
func TestNothingIsDrawnPastWhatWasPulled(t *testing.T) {
	useTheme(t)
	l := metricLanes(t, everyFive(20))["orders-stream age"]
	axis := chart.Axis{Range: hour, Width: 800}
	if got := l.Readout(ago(19), 0); got != Unpulled {
		t.Errorf("where it was not pulled it reads %q", got)
	}
	if got := l.Readout(ago(20.5), 0); got == Unpulled || got == "no datapoint" {
		t.Error("it reads nothing before")
	}
	if gaps := l.Gaps(); len(gaps) != 1 || !gaps[0].Equal(app.Range{From: ago(20), To: now}) {
		t.Errorf("gaps %v, want one from the pull to now", gaps)
	}
	for _, r := range l.beyond {
		if r.To.After(ago(20)) {
			t.Errorf("it is shaded in %v", r)
		}
	}
	v, _ := l.lines[0].value(ago(20.5))
	y, p := int(bandOf(78).Y(l.scale.Part(v))), chart.NewPicture(axis, 78, 1, ui.NewPalette())
	l.Paint(p)
	lineAt := func(minutes float64) bool { // next to it, for a hatching crosses its height too
		x := int(axis.X(ago(minutes)))
		return p.Image().RGBAAt(x, y).A > 200 && p.Image().RGBAAt(x+3, y).A > 200
	}
	if !lineAt(20.6) || lineAt(19) {
		t.Errorf("a line is drawn before the pull %v, after it %v", lineAt(20.6), lineAt(19))
	}
}

func TestTheScaleHoldsWhatIsInForce(t *testing.T) {
	f := everyFive(0)
	axis := chart.Axis{Range: app.Range{From: ago(4), To: ago(3.8)}, Width: 800}
	l := NewMetric(metricData(f, axis, iterator))
	v, ok := l.lines[0].value(axis.Range.From)
	if !ok || v > l.scale.Max {
		t.Errorf("%v is in force, %v; the scale ends at %v", v, ok, l.scale.Max)
	}
}

// An end that is readable stays though a value is a billionth above it.
func TestScaleHoldsItsValues(t *testing.T) {
	units := []string{"", "Count", "Percent", "Milliseconds", "Seconds", "Bytes"}
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(-1e6, 1e9).Draw(t, "low")
		high := low + rapid.Float64Range(0, 1e9).Draw(t, "more")
		s := scaleOf(low, high, rapid.SampledFrom(units).Draw(t, "unit"))
		if s.Max < high*(1-1e-8) || s.Min > min(low, 0) || !(s.Max > s.Min) {
			t.Fatalf("%v to %v is shown on %+v", low, high, s)
		}
	})
	for _, c := range []struct {
		high float64
		unit string
		want float64
	}{{0, "Count", 1}, {98, "Percent", 100}, {100, "Percent", 100}, {760_000, "Milliseconds", 900_000},
		{50 * 24 * 3600, "Seconds", 60 * 24 * 3600}} {
		if got := scaleOf(0, c.high, c.unit).Max; math.Abs(got-c.want) > 1e-6*c.want {
			t.Errorf("scaleOf(0, %v, %s) ends at %v, want %v", c.high, c.unit, got, c.want)
		}
	}
}

func TestValueAt(t *testing.T) {
	s := app.Series{Reading: app.Reading{Period: time.Minute},
		Points: []app.Point{{At: ago(3), Value: 1}, {At: ago(1), Value: 2}}}
	for minutes, want := range map[float64]float64{4: -1, 3: 1, 2.1: 1, 2: -1, 1.5: -1, 1: 2, 0.5: 2, 0: -1} {
		got, ok := valueAt(s, ago(minutes))
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("%v minutes ago: %v, %v", minutes, got, ok)
		}
	}
}
