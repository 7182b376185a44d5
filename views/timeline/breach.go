package timeline

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// beyondInk shades where datapoints breach a threshold while the alarm is not in ALARM: half as strong.
var beyondInk = ui.Ink{Name: ui.ColorAlarm, Alpha: 18}

// breaching returns the stretches outside of ALARM whose datapoints lie on an alarm's side of its threshold, as it reads
// them.
func (l *metricLane) breaching(watches []watch) []app.Range {
	var found []app.Range
	for _, w := range watches {
		for _, s := range l.lines {
			if s.kept.Statistic == w.Statistic && w.Metric != nil && s.kept.Metric.Key() == w.Metric.Key() {
				found = append(found, w.Breached(s.kept.Points, s.kept.Period)...)
			}
		}
	}
	var outside []app.Range
	for _, r := range app.Union(found) {
		outside = append(outside, app.Subtract(r, l.breaches)...)
	}
	return outside
}
