package app_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

var day = time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC)

// at returns the instant so many minutes into the day.
func at(minutes float64) time.Time { return day.Add(time.Duration(minutes * float64(time.Minute))) }

func between(from, to float64) app.Range { return app.Range{From: at(from), To: at(to)} }

func same(a, b []app.Range) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !a[i].Equal(b[i]) {
			return false
		}
	}
	return true
}

// someRange draws a range of whole minutes of one hour; about one in ten is empty.
func someRange(t *rapid.T, name string) app.Range {
	from := rapid.IntRange(0, 60).Draw(t, name+" from")
	return between(float64(from), float64(from+rapid.IntRange(-1, 20).Draw(t, name+" length")))
}

func someRanges(t *rapid.T, name string) []app.Range {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) app.Range { return someRange(t, name) }), 0, 6).Draw(t, name)
}

func inAny(ranges []app.Range, i time.Time) bool {
	for _, r := range ranges {
		if r.Contains(i) {
			return true
		}
	}
	return false
}

// minutes are instants that tell ranges of whole minutes apart.
func minutes() []time.Time {
	var all []time.Time
	for m := -2.0; m < 90; m += 0.5 {
		all = append(all, at(m))
	}
	return all
}

func TestRangeIsHalfOpen(t *testing.T) {
	r := between(10, 20)
	for minute, want := range map[float64]bool{9: false, 10: true, 19.9: true, 20: false} {
		if got := r.Contains(at(minute)); got != want {
			t.Errorf("minute %v is in %v: %v", minute, r, got)
		}
	}
	if r.Overlaps(between(20, 30)) || !r.Overlaps(between(19, 30)) {
		t.Error("ranges that touch share no instant")
	}
	backwards := between(20, 10)
	if !backwards.Empty() || backwards.Length() != 0 || !(app.Range{}).Empty() {
		t.Error("a range that ends before it begins is empty")
	}
}

func TestIntersectHoldsWhatBothHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := someRange(t, "a"), someRange(t, "b")
		both := a.Intersect(b)
		if !both.Equal(b.Intersect(a)) {
			t.Fatalf("%v, the other way round %v", both, b.Intersect(a))
		}
		for _, i := range minutes() {
			if both.Contains(i) != (a.Contains(i) && b.Contains(i)) {
				t.Fatalf("%v in %v and %v makes %v", i, a, b, both)
			}
		}
	})
}

func TestUnion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ranges := someRanges(t, "ranges")
		joined := app.Union(ranges)
		for i, r := range joined {
			if r.Empty() || i > 0 && !joined[i-1].To.Before(r.From) {
				t.Fatalf("not disjoint, in order and without gaps between: %v", joined)
			}
		}
		for _, i := range minutes() {
			if inAny(joined, i) != inAny(ranges, i) {
				t.Fatalf("%v: %v became %v", i, ranges, joined)
			}
		}
		if again := app.Union(joined); !same(again, joined) {
			t.Fatalf("%v became %v", joined, again)
		}
	})
}

func TestSubtract(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole, parts := someRange(t, "whole"), someRanges(t, "parts")
		left := app.Subtract(whole, parts)
		for _, i := range minutes() {
			if inAny(left, i) != (whole.Contains(i) && !inAny(parts, i)) {
				t.Fatalf("%v: %v without %v leaves %v", i, whole, parts, left)
			}
		}
		for i, r := range left {
			if r.Empty() || i > 0 && left[i-1].To.After(r.From) {
				t.Fatalf("not in order: %v", left)
			}
		}
	})
}

func TestSplitTilesTheRangeNewestFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := someRange(t, "range")
		step := time.Duration(rapid.IntRange(1, 25*60).Draw(t, "seconds")) * time.Second
		pieces := r.Split(step)
		to := r.To
		for _, p := range pieces {
			if p.Empty() || p.Length() > step || !p.To.Equal(to) {
				t.Fatalf("%v by %s: %v", r, step, pieces)
			}
			if cut := p.From.UnixNano() % int64(step); cut != 0 && !p.From.Equal(r.From) {
				t.Fatalf("%v by %s is cut at %v", r, step, p.From)
			}
			to = p.From
		}
		if !r.Empty() && !to.Equal(r.From) {
			t.Fatalf("%v by %s ends at %v", r, step, to)
		}
		if r.Empty() && len(pieces) > 0 {
			t.Fatalf("%v has pieces %v", r, pieces)
		}
	})
}

func TestAlignIsTheShortestOnTheGrid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := someRange(t, "range")
		step := time.Duration(rapid.IntRange(1, 25*60).Draw(t, "seconds")) * time.Second
		wide := r.Align(step)
		if r.Empty() {
			if !wide.Equal(r) {
				t.Fatalf("empty %v became %v", r, wide)
			}
			return
		}
		onGrid := func(i time.Time) bool { return i.UnixNano()%int64(step) == 0 }
		if !onGrid(wide.From) || !onGrid(wide.To) || !wide.Intersect(r).Equal(r) {
			t.Fatalf("%v by %s is %v", r, step, wide)
		}
		if r.From.Sub(wide.From) >= step || wide.To.Sub(r.To) >= step {
			t.Fatalf("%v by %s is %v, longer than it has to be", r, step, wide)
		}
	})
}

func TestAlignCountsFromTheEpoch(t *testing.T) {
	week := 7 * 24 * time.Hour
	before := app.Range{From: time.Unix(-1, 0).UTC(), To: time.Unix(1, 0).UTC()}
	want := app.Range{From: time.Unix(0, 0).Add(-week), To: time.Unix(0, 0).Add(week)}
	if got := before.Align(week); !got.Equal(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := before.Align(0); !got.Equal(before) {
		t.Errorf("no step made %v of %v", got, before)
	}
}

func TestZoomKeepsThePointerInPlace(t *testing.T) {
	r := between(0, 60)
	if got, want := r.Zoom(at(15), 0.5), between(7.5, 37.5); !got.Equal(want) {
		t.Errorf("in: got %v, want %v", got, want)
	}
	if got, want := r.Zoom(at(15), 2), between(-15, 105); !got.Equal(want) {
		t.Errorf("out: got %v, want %v", got, want)
	}
	if got, want := r.Shift(time.Hour), between(60, 120); !got.Equal(want) {
		t.Errorf("shift: got %v, want %v", got, want)
	}
}

// However often one zooms at a place, what is there stays there: within a pixel of 2,000.
func TestZoomStopsAtItsLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := app.Focus{}.On(app.Since(day, time.Duration(rapid.Int64Range(1, int64(600*24*time.Hour)).Draw(t,
			"length")))).Range
		part := rapid.Float64Range(0, 1).Draw(t, "part")
		at := r.From.Add(time.Duration(part * float64(r.Length())))
		for _, factor := range rapid.SliceOfN(rapid.Float64Range(0.01, 100), 1, 50).Draw(t, "factors") {
			r = r.Zoom(at, factor)
			if off := float64(at.Sub(r.From))/float64(r.Length()) - part; off > 1./2000 || off < -1./2000 {
				t.Fatalf("by %v to %v: what was at %v is %v beside it", factor, r, part, off)
			}
			if !(app.Focus{}).On(r).Range.Equal(r) {
				t.Fatalf("%v, of %s, cannot be shown", r, r.Length())
			}
		}
		for _, factor := range []float64{0.8, 1.25} {
			end := r.Zoom(at, factor)
			for range 120 {
				end = end.Zoom(at, factor)
			}
			if again := end.Zoom(at.Add(time.Hour), factor); !again.Equal(end) {
				t.Fatalf("at its limit %v becomes %v", end, again)
			}
		}
	})
}
