package chart

import (
	"time"

	"github.com/nephograph/nephograph/app"
)

// Runs cuts points, oldest first, where a period without a datapoint lies between two of them, so that no line is
// drawn over what is not known. A period of zero or less never cuts.
func Runs(points []app.Point, period time.Duration) [][]app.Point {
	var runs [][]app.Point
	start := 0
	for i := 1; i < len(points); i++ {
		if period > 0 && missing(points[i-1].At, points[i].At, period) {
			runs = append(runs, points[start:i])
			start = i
		}
	}
	if start < len(points) {
		runs = append(runs, points[start:])
	}
	return runs
}

// missing reports whether at least one period lies unanswered between two datapoints. Half a period of slack bears with
// readings that are not quite aligned.
func missing(a, b time.Time, period time.Duration) bool { return b.Sub(a) >= period+period/2 }

// Gaps returns the stretches of within, at least a period long, in which no point's period lies.
func Gaps(within app.Range, points []app.Point, period time.Duration) []app.Range {
	if period <= 0 {
		return nil
	}
	var gaps []app.Range
	at := within.From
	for _, p := range points {
		if hole := (app.Range{From: at, To: p.At}).Intersect(within); hole.Length() >= period {
			gaps = append(gaps, hole)
		}
		if end := p.At.Add(period); end.After(at) {
			at = end
		}
	}
	if rest := (app.Range{From: at, To: within.To}).Intersect(within); rest.Length() >= period {
		gaps = append(gaps, rest)
	}
	return gaps
}

// Reduce returns of a run the points that a picture of so many columns can tell apart; see app.Columns.
func (a Axis) Reduce(run []app.Point, columns int) []app.Point {
	return app.Columns(run, a.Range, columns)
}

// strokes returns the lines to draw for datapoints, reduced to so many columns. The last of a run is drawn as long as
// its period, for which it stands, but into nothing that is not known.
func (a Axis) strokes(points []app.Point, period time.Duration, columns int, unknown []app.Range) [][]app.Point {
	var strokes [][]app.Point
	for _, run := range Runs(points, period) {
		stroke := a.Reduce(run, columns)
		if last := len(stroke) - 1; last >= 0 && stroke[last] == run[len(run)-1] {
			stroke = append(stroke, app.Point{At: Until(stroke[last], period, unknown), Value: stroke[last].Value})
		}
		strokes = append(strokes, stroke)
	}
	return strokes
}

// stepWidth is from how many pixels a period on its datapoints are drawn as steps: on a line between two so far apart
// lie values that nobody measured, and that nothing on the screen reads.
const stepWidth = 4

// steps is strokes with each datapoint level for its period, where that is wide enough to be seen.
func (a Axis) steps(points []app.Point, period time.Duration, columns int, unknown []app.Range) [][]app.Point {
	strokes := a.strokes(points, period, columns, unknown)
	if a.Wide(stepWidth) > period {
		return strokes
	}
	for i, s := range strokes {
		level := s[:0:0]
		for j, p := range s {
			if j > 0 && s[j-1].Value != p.Value {
				level = append(level, app.Point{At: p.At, Value: s[j-1].Value})
			}
			level = append(level, p)
		}
		strokes[i] = level
	}
	return strokes
}

// Until returns up to when a datapoint stands for its period: to its end, or to where a stretch begins in it that is
// not known.
func Until(p app.Point, period time.Duration, unknown []app.Range) time.Time {
	end := p.At.Add(period)
	for _, r := range unknown {
		if r.From.After(p.At) && r.From.Before(end) {
			end = r.From
		}
	}
	return end
}
