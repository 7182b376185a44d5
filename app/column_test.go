package app

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// nine is an instant at which the points of these tests lie.
var nine = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// What columns a picture has, it shows the same with all points and with those that are left.
func TestColumnsKeepWhatAPictureCanShow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		within := Range{From: nine, To: nine.Add(time.Duration(rapid.IntRange(1, 60).Draw(t, "minutes")) * time.Minute)}
		columns := rapid.IntRange(1, 200).Draw(t, "columns")
		points := make([]Point, rapid.IntRange(0, 400).Draw(t, "points"))
		for i := range points {
			points[i] = Point{At: nine.Add(time.Duration(i-20) * 10 * time.Second),
				Value: rapid.Float64Range(-1e9, 1e9).Draw(t, "value")}
		}
		kept := Columns(points, within, columns)
		if got, want := shown(kept, within, columns), shown(points, within, columns); !slices.Equal(got, want) {
			t.Fatalf("the picture shows %v, want %v", got, want)
		}
		if again := Columns(kept, within, columns); !slices.Equal(again, kept) {
			t.Fatalf("%d points are left of %d the second time", len(again), len(kept))
		}
		if len(kept) > 4*columns+2 {
			t.Fatalf("%d points for %d columns", len(kept), columns)
		}
	})
}

// column is what a picture shows of one column, or of what lies beyond it.
type column struct {
	of                     int
	first, last, low, high Point
}

func shown(points []Point, within Range, columns int) []column {
	var all []column
	for i, p := range points {
		of := -1
		switch {
		case within.Contains(p.At):
			of = within.Column(p.At, columns)
		case !p.At.Before(within.To):
			of = columns
		}
		n := len(all) - 1
		if of == columns && n >= 0 && all[n].of == columns { // only the first after the range counts
			continue
		}
		if n < 0 || all[n].of != of || of == -1 { // only the last before it counts
			all = slices.DeleteFunc(all, func(c column) bool { return c.of == -1 && of == -1 })
			all = append(all, column{of, points[i], p, p, p})
			continue
		}
		all[n].last = p
		if p.Value < all[n].low.Value {
			all[n].low = p
		}
		if p.Value > all[n].high.Value {
			all[n].high = p
		}
	}
	return all
}

func TestColumnsOfNothing(t *testing.T) {
	if got := Columns([]Point{{nine, 1}}, Range{From: nine, To: nine}, 5); got != nil {
		t.Error(got)
	}
	if got := Columns([]Point{{nine, 1}}, Range{From: nine, To: nine.Add(1)}, 0); got != nil {
		t.Error(got)
	}
}
