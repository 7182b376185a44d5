package insight

import (
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestShift(t *testing.T) {
	points := func(values ...float64) []app.Point {
		var all []app.Point
		for i, v := range values {
			all = append(all, app.Point{At: ago(10 - float64(i)), Value: v})
		}
		return all
	}
	for _, c := range []struct {
		name   string
		points []app.Point
		least  float64
		most   float64
	}{
		{"nothing", nil, 0, 0},
		{"only before", points(1, 2), 0, 0},
		{"only after", points(1, 2, 3, 4, 5, 6, 7)[5:], LeastShift, LeastShift},
		{"always the same", points(5, 5, 5, 5, 5, 5, 5, 5), 0, 0},
		{"always nothing", points(0, 0, 0, 0, 0, 0, 0, 0), 0, 0},
		{"as restless as before", points(1, 9, 1, 9, 1, 9, 1, 9, 1), 0, 1},
		{"from nothing to much", points(0, 0, 0, 0, 0, 80, 90, 100), 50, 100},
		{"a fall", points(100, 102, 98, 101, 100, 40, 41, 40), 20, 60},
	} {
		if got := Shift(app.Series{Points: c.points}, ago(5)); got < c.least || got > c.most {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
