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
	type side struct {
		line       int
		comparison string
		threshold  float64
	}
	var found []app.Range
	judged := map[side]bool{} // alarms of several stages or places often share a threshold
	for _, w := range watches {
		if w.Threshold == nil || w.Metric == nil {
			continue
		}
		for i, s := range l.lines {
			at := side{i, w.Comparison, *w.Threshold}
			if !judged[at] && s.kept.Statistic == w.Statistic && s.kept.Metric.Key() == w.Metric.Key() {
				found = append(found, w.Breached(s.kept.Points, s.kept.Period)...)
				judged[at] = true
			}
		}
	}
	var outside []app.Range
	for _, r := range app.Union(found) {
		outside = append(outside, app.Subtract(r, l.breaches)...)
	}
	return outside
}
