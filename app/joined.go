package app

import (
	"slices"
	"time"
)

// Joined returns a series with the datapoints that the cache holds of it by longer periods where it has none of its
// own: AWS keeps but those of what is older (Reading.Eras). coarser have periods that grow, each a multiple of the one
// before. Where a longer period is needed within the range, all is told by the longest of them, which is then the
// Period of the series: what is counted (Sum, SampleCount) is added up to it, other statistics keep their finer
// datapoints. The last bucket is left out while it may still grow.
func (s Series) Joined(within Range, coarser ...Series) Series {
	parts := []Series{s}
	for _, c := range coarser {
		c.Points = slices.DeleteFunc(slices.Clone(c.Points), func(p Point) bool {
			bucket := Range{p.At, p.At.Add(c.Period)}
			return bucket.Intersect(within).Empty() ||
				slices.ContainsFunc(parts, func(f Series) bool { return f.touches(bucket) })
		})
		if len(c.Points) > 0 {
			parts = append(parts, c)
		}
	}
	if len(parts) == 1 {
		return s
	}
	s.Period = parts[len(parts)-1].Period
	s.Points = nil
	var end time.Time // of what is known
	for _, p := range slices.Backward(parts) {
		if last := p.Points; len(last) > 0 && last[len(last)-1].At.Add(p.Period).After(end) {
			end = last[len(last)-1].At.Add(p.Period)
		}
		if p.counts() {
			p.Points = summed(p, s.Period)
		}
		s.Points = append(s.Points, p.Points...)
	}
	slices.SortStableFunc(s.Points, func(a, b Point) int { return a.At.Compare(b.At) })
	return s.merged(end)
}

// counts reports whether the statistic of a longer period is the sum of those of shorter ones.
func (s Series) counts() bool { return s.Statistic == "Sum" || s.Statistic == "SampleCount" }

// touches reports whether a datapoint begins within a range.
func (s Series) touches(r Range) bool {
	i, _ := slices.BinarySearchFunc(s.Points, r.From, func(p Point, t time.Time) int { return p.At.Compare(t) })
	return i < len(s.Points) && s.Points[i].At.Before(r.To)
}

// summed adds datapoints up to a longer period.
func summed(s Series, period time.Duration) []Point {
	if s.Period >= period || len(s.Points) == 0 {
		return s.Points
	}
	var sums []Point
	for _, p := range s.Points {
		at := p.At.Truncate(period)
		if n := len(sums) - 1; n >= 0 && sums[n].At.Equal(at) {
			sums[n].Value += p.Value
		} else {
			sums = append(sums, Point{at, p.Value})
		}
	}
	return sums
}

// merged adds up the counts of one instant, which come from parts by different periods of one bucket. A last bucket
// that goes on after end is left out.
func (s Series) merged(end time.Time) Series {
	if !s.counts() {
		return s
	}
	var points []Point
	for _, p := range s.Points {
		if n := len(points) - 1; n >= 0 && points[n].At.Equal(p.At) {
			points[n].Value += p.Value
		} else {
			points = append(points, p)
		}
	}
	if n := len(points) - 1; points[n].At.Add(s.Period).After(end) {
		points = points[:n]
	}
	s.Points = points
	return s
}
