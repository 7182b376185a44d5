package insight

import (
	"math"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// LeastShift is by how many of its own standard deviations a metric must move to be worth looking at.
const LeastShift = 3

// aroundChange is how long before and after a change its metrics are compared; a whole day's rhythm would hide the
// step.
const aroundChange = time.Hour

// Shift returns how far the mean of a series moved at an instant, of the hour before it and the hour after, in standard
// deviations of what was before; a hundredth of the largest value is the least deviation, so that what never moved does
// not seem to leap. A metric whose first datapoint comes afterwards, as that of throttles does, moved by leastShift.
func Shift(s app.Series, at time.Time) float64 {
	near := app.Range{From: at.Add(-aroundChange), To: at.Add(aroundChange)}
	points := slices.DeleteFunc(slices.Clone(s.Points), func(p app.Point) bool { return !near.Contains(p.At) })
	i, _ := slices.BinarySearchFunc(points, at, func(p app.Point, t time.Time) int { return p.At.Compare(t) })
	before, after := points[:i], points[i:]
	switch {
	case len(after) == 0:
		return 0
	case len(before) == 0:
		return LeastShift
	}
	var most float64
	for _, p := range points {
		most = max(most, math.Abs(p.Value))
	}
	mean, spread := spreadOf(before)
	then, _ := spreadOf(after)
	if spread = max(spread, most/100); spread == 0 {
		return 0
	}
	return math.Abs(then-mean) / spread
}

// spreadOf returns the mean and the standard deviation of points, of which there is at least one.
func spreadOf(points []app.Point) (mean, spread float64) {
	for _, p := range points {
		mean += p.Value / float64(len(points))
	}
	for _, p := range points {
		spread += (p.Value - mean) * (p.Value - mean) / float64(len(points))
	}
	return mean, math.Sqrt(spread)
}
