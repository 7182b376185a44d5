package lane

import (
	"math"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
)

// Series of another metric share the lane's scale where they have its unit. With another unit each has a scale of its
// own, and the lane says so. What can be compared then is when things moved, which is what matters in an incident.

// join adds the series of other metrics.
func (l *Metric) join(d MetricData, rate bool) {
	for _, m := range d.More {
		s, ok := d.Series[SeriesKey(m.Scope, m.Reading)]
		if !ok {
			s = app.Series{Scope: m.Scope, Reading: m.Reading} // it was added a moment ago, or has no datapoints
		}
		of := Plot{PlacedMetric: PlacedMetric{m.Scope, m.Reading.Metric}, Readings: []app.Reading{m.Reading}}
		n := l.newLine(s, m.Reading, d.ink(m.Scope, m.Reading), of.Resource()+" "+of.Words(d.Presets), false)
		unit := unitOf(of, []line{n}, d.Presets)
		if rate && unit == "Count" && m.Reading.Statistic == "Sum" {
			n.drawn, unit = s.PerSecond(), l.unit
		}
		if unit != l.unit {
			n.ownScale, n.unit = true, unit
			low, high := extent(inForce(n.drawn, d.Axis.Range))
			n.scale = scaleOf(low, high, unit)
		}
		l.more = append(l.more, n)
	}
}

// extent returns the least and the greatest value of datapoints, zero for none.
func extent(points []app.Point) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, p := range points {
		low, high = min(low, p.Value), max(high, p.Value)
	}
	if low > high {
		return 0, 0
	}
	return low, high
}

// scaled returns the scale by which a line is drawn.
func (l *Metric) scaled(s line) chart.Scale {
	if s.ownScale {
		return s.scale
	}
	return l.scale
}

// measures says how the lane reads its metric, or that its metrics do not share a scale.
func (l *Metric) measures() string {
	for _, s := range l.more {
		if s.ownScale {
			return "each unit on its own scale"
		}
	}
	return l.how
}

// manyKeys is how many names of series fit into a lane of the usual height.
const manyKeys = 2

// Height has room for the names of the series.
func (l *Metric) Height() (least, best float32) {
	if len(l.keys()) > manyKeys {
		return 56 + KeyRow, 78 + KeyRow
	}
	return 56, 78
}

// readMore says the values of other metrics at an instant.
func (l *Metric) readMore(at time.Time) []string {
	var said []string
	for _, s := range l.more {
		unit := l.unit
		if s.ownScale {
			unit = s.unit
		}
		if v, ok := s.value(at); ok {
			said = append(said, s.word+" "+phrase.Amount(v, unit))
		}
	}
	return said
}
