package app

import (
	"slices"
	"time"
)

// Columns returns of points, oldest first, those that a picture of so many columns over a range can tell apart: for
// each column the first, the last, the lowest and the highest, in order of time and each once. One point before and one
// after the range stay, so that a line reaches the edges.
func Columns(points []Point, within Range, columns int) []Point {
	if columns <= 0 || within.Empty() {
		return nil
	}
	first, end := before(points, within.From), before(points, within.To)
	kept := make([]Point, 0, min(end-first, 4*columns)+2)
	if first > 0 {
		kept = append(kept, points[first-1])
	}
	for i := first; i < end; {
		column := within.Column(points[i].At, columns)
		next := i + 1
		for next < end && within.Column(points[next].At, columns) == column {
			next++
		}
		kept = appendExtremes(kept, points[i:next])
		i = next
	}
	if end < len(points) {
		kept = append(kept, points[end])
	}
	return kept
}

// Column returns in which of so many equal columns of the range an instant in it lies.
func (r Range) Column(t time.Time, columns int) int {
	part := float64(t.Sub(r.From)) / float64(r.Length())
	return min(int(part*float64(columns)), columns-1)
}

// before returns how many points lie before an instant.
func before(points []Point, t time.Time) int {
	n, _ := slices.BinarySearchFunc(points, t, func(p Point, t time.Time) int { return p.At.Compare(t) })
	return n
}

// appendExtremes adds the first, lowest, highest and last of the points of one column, in order, each once.
func appendExtremes(kept, column []Point) []Point {
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
