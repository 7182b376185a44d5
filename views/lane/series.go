package lane

import (
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// SeriesKey identifies a series among those of all places.
func SeriesKey(place app.Scope, r app.Reading) string { return place.Place().String() + " " + r.Key() }

// pointsIn returns the datapoints of a series in a range.
func pointsIn(s app.Series, r app.Range) []app.Point {
	from, to := pointFrom(s, r.From), pointFrom(s, r.To)
	return s.Points[from:max(from, to)]
}

// inForce returns the datapoints of a series whose periods reach into a window, with the last one before it.
func inForce(s app.Series, within app.Range) []app.Point {
	return pointsIn(s, app.Range{From: within.From.Add(1 - s.Period), To: within.To})
}

// pointFrom returns the index of the first datapoint of a series at or after an instant.
func pointFrom(s app.Series, at time.Time) int {
	i, _ := slices.BinarySearchFunc(s.Points, at, func(p app.Point, t time.Time) int { return p.At.Compare(t) })
	return i
}
