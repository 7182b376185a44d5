package app

import "time"

// LimitPreset says where the limit of a metric is found.
type LimitPreset struct {
	Metric string `yaml:"metric"` // of the same namespace and dimensions
	// PerSecond says that the limit is a second's, so that a Sum compares with it only as a rate (Series.PerSecond).
	PerSecond bool `yaml:"per_second"`
	// Absent is what it means that there is no datapoint of the limit: on demand. "": nothing but that none is known.
	Absent string `yaml:"absent"`
}

// LimitStep is a stretch over which a limit stays the same.
type LimitStep struct {
	Range
	Value float64
}

// limitHold is how long a datapoint of a limit holds where no other follows: DynamoDB publishes what is provisioned
// only every five minutes (developer guide, "DynamoDB metrics and dimensions").
const limitHold = 5 * time.Minute

// LimitSteps returns the limit that datapoints, oldest first, tell over the stretches of which they are known.
func LimitSteps(points []Point, known []Range) []LimitStep {
	var steps []LimitStep
	known = Union(known)
	for i, p := range points {
		held := Range{From: p.At, To: p.At.Add(limitHold)}
		if i+1 < len(points) && points[i+1].At.Before(held.To) {
			held.To = points[i+1].At
		}
		for _, k := range known {
			part := held.Intersect(k)
			last := len(steps) - 1
			switch {
			case part.Empty():
			case last >= 0 && steps[last].Value == p.Value && steps[last].To.Equal(part.From):
				steps[last].To = part.To
			default:
				steps = append(steps, LimitStep{part, p.Value})
			}
		}
	}
	return steps
}

// InForce returns the datapoint whose period holds an instant.
func (s Series) InForce(at time.Time) (Point, bool) {
	i := before(s.Points, at.Add(1)) - 1
	if i < 0 || !at.Before(s.Points[i].At.Add(s.Period)) {
		return Point{}, false
	}
	return s.Points[i], true
}

// PerSecond returns the series with each datapoint, which has to be a Sum, divided by the seconds of its period. That
// is how consumed capacity units, counted over a period, compare with provisioned ones, which are a second's (DynamoDB
// developer guide, "DynamoDB metrics and dimensions").
func (s Series) PerSecond() Series {
	if s.Period <= 0 {
		return s
	}
	points := make([]Point, len(s.Points))
	for i, p := range s.Points {
		points[i] = Point{p.At, p.Value / s.Period.Seconds()}
	}
	s.Points = points
	s.Unit = RateUnit(s.Unit)
	return s
}

// RateUnit returns the unit of so many a second: Count/Second for Count and for no unit.
func RateUnit(unit string) string {
	if unit == "" || unit == "None" {
		unit = "Count"
	}
	return unit + "/Second"
}

// Beside returns the metric with which m is drawn, as its limit or beside it; false where m stands for itself.
func (p Presets) Beside(m Metric) (Metric, bool) {
	if m.Name == "" { // as are the names that presets leave out
		return Metric{}, false
	}
	for _, s := range p {
		if s.Namespace != m.Namespace {
			continue
		}
		for _, k := range s.Metrics {
			if k.Beside == m.Name || k.Limit.Metric == m.Name {
				m.Name = k.Name
				return m, true
			}
		}
	}
	return Metric{}, false
}
