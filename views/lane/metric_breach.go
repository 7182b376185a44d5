package lane

import (
	"maps"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/ui"
)

// beyondInk shades where datapoints breach a threshold while the alarm is not in ALARM: half as strong.
var beyondInk = chart.Ink{Name: ui.ColorAlarm, Alpha: 18}

// breaching returns the stretches outside of ALARM whose datapoints breach an alarm's threshold.
func (l *Metric) breaching(alarms []insight.AlarmWindow) []app.Range {
	var found []app.Range
	for _, s := range l.lines {
		for _, a := range loosest(alarms, s.cached.Reading) {
			for _, r := range a.Breached(s.cached.Points, s.cached.Period) {
				found = append(found, app.Subtract(r, s.unknown)...)
			}
		}
	}
	var outside []app.Range
	for _, r := range app.Union(found) {
		outside = append(outside, app.Subtract(r, l.breaches)...)
	}
	return outside
}

// loosest returns for each comparison the alarm on a reading that is breached first: a datapoint that breaches another
// of them breaches this one too. Two weeks of a line have 20,000 points, and a busy metric has two dozen alarms.
func loosest(alarms []insight.AlarmWindow, r app.Reading) []app.Alarm {
	first := map[string]app.Alarm{}
	for _, w := range alarms {
		if w.Metric == nil || w.Threshold == nil || w.Statistic != r.Statistic || w.Metric.Key() != r.Metric.Key() {
			continue
		}
		if o, known := first[w.Comparison]; !known || w.Breaches(*o.Threshold) {
			first[w.Comparison] = w.Alarm
		}
	}
	return slices.Collect(maps.Values(first))
}
