package ui

import (
	"slices"
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

// Reduce returns of a run the points that a picture of so many columns can tell apart: for each column the first,
// the last, the lowest and the highest, in order of time and each once. One point before and one after the axis
// stay, so that the line reaches its edges.
func (a Axis) Reduce(run []app.Point, columns int) []app.Point {
	if columns <= 0 || a.Range.Empty() {
		return nil
	}
	first, _ := slices.BinarySearchFunc(run, a.Range.From, byTime)
	end, _ := slices.BinarySearchFunc(run, a.Range.To, byTime)
	kept := make([]app.Point, 0, min(end-first, 4*columns)+2)
	if first > 0 {
		kept = append(kept, run[first-1])
	}
	for i := first; i < end; {
		column := a.column(run[i].At, columns)
		next := i + 1
		for next < end && a.column(run[next].At, columns) == column {
			next++
		}
		kept = appendExtremes(kept, run[i:next])
		i = next
	}
	if end < len(run) {
		kept = append(kept, run[end])
	}
	return kept
}

func byTime(p app.Point, t time.Time) int { return p.At.Compare(t) }

func (a Axis) column(t time.Time, columns int) int {
	return min(int(a.Part(t)*float64(columns)), columns-1)
}

// appendExtremes adds the first, lowest, highest and last of the points of one column, in order, each once.
func appendExtremes(kept, column []app.Point) []app.Point {
	low, high, last := 0, 0, len(column)-1
	for i, p := range column {
		if p.Value < column[low].Value {
			low = i
		}
		if p.Value > column[high].Value {
			high = i
		}
	}
	before := -1
	for _, i := range [...]int{0, min(low, high), max(low, high), last} {
		if i > before {
			kept = append(kept, column[i])
			before = i
		}
	}
	return kept
}
