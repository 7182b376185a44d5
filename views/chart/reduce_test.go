package chart

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

var nine = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// minutes returns a datapoint at each of these minutes after nine, its value the minute.
func minutes(at ...int) []app.Point {
	points := make([]app.Point, len(at))
	for i, m := range at {
		points[i] = app.Point{At: nine.Add(time.Duration(m) * time.Minute), Value: float64(m)}
	}
	return points
}

func TestRunsBreakAtAMissingPeriod(t *testing.T) {
	for _, c := range []struct {
		name   string
		points []app.Point
		want   [][]app.Point
	}{
		{"none", nil, nil},
		{"one", minutes(3), [][]app.Point{minutes(3)}},
		{"no gap", minutes(1, 2, 3), [][]app.Point{minutes(1, 2, 3)}},
		{"a gap", minutes(1, 2, 4, 5), [][]app.Point{minutes(1, 2), minutes(4, 5)}},
		{"a point alone", minutes(1, 5, 9, 10), [][]app.Point{minutes(1), minutes(5), minutes(9, 10)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, Runs(c.points, time.Minute)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestGapsAndPointsFillTheRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.SliceOfDistinct(rapid.IntRange(-5, 65), rapid.ID[int]).Draw(t, "minutes")
		slices.Sort(at)
		within := app.Range{From: nine, To: nine.Add(time.Hour)}
		gaps := Gaps(within, minutes(at...), time.Minute)
		for m := range 60 {
			middle := nine.Add(time.Duration(m)*time.Minute + 30*time.Second)
			_, answered := slices.BinarySearch(at, m)
			gap := slices.ContainsFunc(gaps, func(r app.Range) bool { return r.Contains(middle) })
			if answered == gap {
				t.Fatalf("minute %d: a datapoint %v, a gap %v", m, answered, gap)
			}
		}
	})
}

func TestReduceKeepsWhatAPictureCanShow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 400).Draw(t, "points")
		run := make([]app.Point, n)
		for i := range run {
			run[i] = app.Point{At: nine.Add(time.Duration(i-20) * 10 * time.Second),
				Value: rapid.Float64Range(-1e9, 1e9).Draw(t, "value")}
		}
		a := Axis{app.Range{From: nine, To: nine.Add(time.Duration(rapid.IntRange(1, 60).Draw(t,
			"minutes")) * time.Minute)}, 100}
		columns := rapid.IntRange(1, 200).Draw(t, "columns")
		kept := a.Reduce(run, columns)

		if !slices.IsSortedFunc(kept, func(a, b app.Point) int { return a.At.Compare(b.At) }) {
			t.Fatal("out of order")
		}
		var before, after int
		all, few := map[int][]app.Point{}, map[int][]app.Point{}
		for _, p := range run {
			if a.Range.Contains(p.At) {
				all[a.Range.Column(p.At, columns)] = append(all[a.Range.Column(p.At, columns)], p)
			}
		}
		for _, p := range kept {
			switch {
			case p.At.Before(a.Range.From):
				before++
			case !p.At.Before(a.Range.To):
				after++
			default:
				few[a.Range.Column(p.At, columns)] = append(few[a.Range.Column(p.At, columns)], p)
			}
			if !slices.Contains(run, p) {
				t.Fatalf("%v was not there", p)
			}
		}
		if before > 1 || after > 1 {
			t.Fatalf("%d points before the axis and %d after it", before, after)
		}
		for column, points := range all {
			checkColumn(t, points, few[column])
		}
	})
}

// checkColumn fails unless few is at most four of points, with the same first, last, lowest and highest.
func checkColumn(t *rapid.T, points, few []app.Point) {
	t.Helper()
	if len(few) == 0 || len(few) > 4 || len(slices.Compact(slices.Clone(few))) != len(few) {
		t.Fatalf("a column keeps %d of %d points", len(few), len(points))
	}
	lowest := func(p []app.Point) float64 { return slices.MinFunc(p, byValue).Value }
	highest := func(p []app.Point) float64 { return slices.MaxFunc(p, byValue).Value }
	if few[0] != points[0] || few[len(few)-1] != points[len(points)-1] || lowest(few) != lowest(points) ||
		highest(few) != highest(points) {
		t.Fatalf("%v does not stand for %v", few, points)
	}
}

func byValue(a, b app.Point) int {
	switch {
	case a.Value < b.Value:
		return -1
	case a.Value > b.Value:
		return 1
	}
	return 0
}

func TestNiceIsNotBelowAndNotFarAbove(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := math.Pow(10, rapid.Float64Range(-9, 15).Draw(t, "exponent"))
		if n := Nice(v); n < v*(1-1e-6) || n > v*1.34 {
			t.Fatalf("Nice(%v) = %v", v, n)
		}
	})
	for v, want := range map[float64]float64{0: 1, -3: 1, 1130: 1200, 12: 12, 0.3: 0.3, 7: 8, math.Inf(1): 1} {
		if got := Nice(v); math.Abs(got-want) > 1e-12*want {
			t.Errorf("Nice(%v) = %v, want %v", v, got, want)
		}
	}
}

func TestScaleGoesThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(0.001, 10).Draw(t, "low")
		s := Scale{Min: low, Max: low * rapid.Float64Range(2, 1e6).Draw(t, "times"), Log: rapid.Bool().Draw(t, "log")}
		part := rapid.Float64Range(0, 1).Draw(t, "part")
		if got := s.Part(s.Value(part)); math.Abs(got-part) > 1e-9 {
			t.Fatalf("part %v comes back as %v", part, got)
		}
	})
	if part := (Scale{Min: 3, Max: 3}).Part(3); part != 0 {
		t.Errorf("an empty scale answers %v", part)
	}
}

func TestStepsAreWhatIsInForce(t *testing.T) {
	a := Axis{app.Range{From: nine, To: nine.Add(10 * time.Minute)}, 100}
	at := func(minute, value float64) app.Point {
		return app.Point{At: nine.Add(time.Duration(minute * float64(time.Minute))), Value: value}
	}
	unknown := []app.Range{{From: at(5.5, 0).At, To: at(8, 0).At}}
	want := [][]app.Point{{at(1, 1), at(2, 1), at(2, 2), at(3, 2)}, {at(5, 5), at(5.5, 5)}}
	if diff := cmp.Diff(want, a.steps(minutes(1, 2, 5), time.Minute, 100, unknown)); diff != "" {
		t.Error(diff)
	}
	a.Width = 30
	want = [][]app.Point{{at(1, 1), at(2, 2), at(3, 2)}, {at(5, 5), at(5.5, 5)}}
	if diff := cmp.Diff(want, a.steps(minutes(1, 2, 5), time.Minute, 100, unknown)); diff != "" {
		t.Errorf("of less than %d pixels: %s", stepWidth, diff)
	}
}
