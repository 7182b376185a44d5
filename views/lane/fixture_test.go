package lane

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/apptest"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/ui"
)

// The made-up incident that the tests look at.
var (
	shop, now, hour       = apptest.Shop, apptest.Now, apptest.Hour
	ago, alarmOn          = apptest.Ago, apptest.AlarmOn
	change, turn          = apptest.Change, apptest.NewTurn
	presets, metric       = apptest.Presets, apptest.Metric
	writes, throttles     = apptest.Writes, apptest.Throttles
	iterator, latency     = apptest.Iterator, apptest.Latency
	failures, disk        = apptest.Failures, apptest.Disk
	deploy, anna, scaling = apptest.Deploy, apptest.Anna, apptest.Scaling
	incident, newQuiet    = apptest.NewIncident, apptest.NewQuiet
)

// useTheme sets the theme, without which nothing has a colour or a width.
func useTheme(t *testing.T) {
	t.Helper()
	dark := theme.VariantDark
	test.NewTempApp(t).Settings().SetTheme(ui.NewTheme(&dark))
}

// watching returns the incident's alarms over the last hour.
func watching(f *apptest.Incident) []insight.AlarmWindow {
	return insight.AlarmWindows(hour, now, f.Alarms, f.History, f.Covers[app.Alarms])
}

// metricData is what a lane of a metric of the incident is made of.
func metricData(f *apptest.Incident, axis chart.Axis, m app.Metric) MetricData {
	d := MetricData{
		Window: Window{Axis: axis, Now: now, Places: []app.Scope{shop}, Covers: f.Covers[app.Metrics]},
		Plot:   Plot{PlacedMetric: PlacedMetric{Scope: shop, Metric: m}}, Presets: presets,
		Series: map[string]app.Series{},
	}
	for _, w := range watching(f) {
		if r, reads := w.Reading(); reads && r.Metric.Key() == m.Key() {
			d.Alarms = append(d.Alarms, w)
			d.AddReading(r)
		}
	}
	d.AddReading(presets.Reading(m))
	for _, s := range f.Series {
		s.Points = slices.DeleteFunc(slices.Clone(s.Points),
			func(p app.Point) bool { return !around(axis).Contains(p.At) })
		if len(s.Points) > 0 {
			d.Series[SeriesKey(shop, s.Reading)] = s
		}
	}
	return d
}

// around is what is read to draw an axis.
func around(axis chart.Axis) app.Range {
	return app.Range{From: axis.Range.From.Add(-hour.Length()), To: axis.Range.To.Add(hour.Length())}
}
