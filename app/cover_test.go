package app_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

// someCover draws a cover of a signal whose parts of Lateness all fall into the hour and a half of minutes.
func someCover(t *rapid.T) app.Cover {
	c := app.Cover{
		Signal:  app.Traces, // final after half an hour, a tail of five minutes, the rest again after ten
		Range:   someRange(t, "cover"),
		AskedAt: at(float64(rapid.IntRange(0, 90).Draw(t, "asked"))),
	}
	switch rapid.IntRange(0, 5).Draw(t, "outcome") {
	case 0:
		c.Truncated = true
	case 1:
		c.Denied = true
	}
	return c
}

func someCovers(t *rapid.T) []app.Cover {
	return rapid.SliceOfN(rapid.Custom(someCover), 0, 6).Draw(t, "covers")
}

// stateAt is what Stretches should say of an instant, told cover by cover.
func stateAt(covers []app.Cover, i time.Time) app.CoverState {
	state := app.Missing
	for _, c := range covers {
		if !c.Range.Contains(i) {
			continue
		}
		switch {
		case c.Denied:
			state = max(state, app.Forbidden)
		case c.Truncated:
			state = max(state, app.Truncated)
		case i.Before(c.AskedAt.Add(-c.Signal.Settles())):
			state = max(state, app.Settled)
		default:
			state = max(state, app.Settling)
		}
	}
	return state
}

func TestStretchesTellTheBestOfEachInstant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		within := someRange(t, "within")
		covers := someCovers(t)
		stretches := app.Stretches(within, covers)
		from := within.From
		for i, s := range stretches {
			if s.Range.Empty() || !s.Range.From.Equal(from) || i > 0 && stretches[i-1].State == s.State {
				t.Fatalf("not consecutive, of one state each: %v", stretches)
			}
			from = s.Range.To
		}
		if !within.Empty() && !from.Equal(within.To) {
			t.Fatalf("%v ends at %v", within, from)
		}
		for _, i := range minutes() {
			for _, s := range stretches {
				if s.Range.Contains(i) && s.State != stateAt(covers, i) {
					t.Fatalf("%v is %s, not %s", i, s.State, stateAt(covers, i))
				}
			}
		}

		var open []app.Range
		for _, s := range stretches {
			if s.State != app.Settled {
				open = append(open, s.Range)
			}
		}
		if got := app.Unsettled(within, covers); !same(got, app.Union(open)) {
			t.Fatalf("unsettled %v, by the stretches %v", got, app.Union(open))
		}
	})
}

// What is known depends on what was asked and when, not on the order in which it was kept, on how often, or on where
// the answers were cut.
func TestStretchesAreThoseOfTheUnion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		within, covers := someRange(t, "within"), someCovers(t)
		want := app.Stretches(within, covers)
		shuffled := rapid.Permutation(covers).Draw(t, "shuffled")
		for name, other := range map[string][]app.Cover{
			"in another order": shuffled,
			"kept twice":       slices.Concat(covers, shuffled),
			"cut into pieces":  cutUp(t, covers),
		} {
			if got := app.Stretches(within, other); !sameStretches(got, want) {
				t.Fatalf("%s: %v, want %v", name, got, want)
			}
		}
	})
}

// Merging says the same, in as few covers as can be: at once, one after the other in any order, and once more.
func TestMergeSaysTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		within, covers := between(-5, 120), someCovers(t)
		want := app.Stretches(within, covers)
		var one []app.Cover
		for _, c := range rapid.Permutation(covers).Draw(t, "order") {
			one = app.Merge(append(one, c))
		}
		all := app.Merge(covers)
		for name, merged := range map[string][]app.Cover{"one by one": one, "at once": all, "twice": app.Merge(all)} {
			if got := app.Stretches(within, merged); !sameStretches(got, want) {
				t.Fatalf("%s: %v, want %v", name, got, want)
			}
			for i := 1; i < len(merged); i++ {
				if merged[i].Range.Overlaps(merged[i-1].Range) {
					t.Fatalf("%s: %v and %v overlap", name, merged[i-1].Range, merged[i].Range)
				}
			}
			known := slices.DeleteFunc(slices.Clone(want), func(s app.Stretch) bool { return s.State == app.Missing })
			if len(merged) != len(known) {
				t.Fatalf("%s: %d covers for %d stretches", name, len(merged), len(known))
			}
		}
	})
}

// A week of pulls, one each five minutes, each asking what is due, stays a handful of covers.
func TestMergeDoesNotGrow(t *testing.T) {
	for _, signal := range app.Signals {
		var merged []app.Cover
		for m := 0.0; m < 7*24*60; m += 5 {
			for _, r := range app.Due(between(-60, m), merged, at(m)) {
				merged = app.Merge(append(merged, app.Cover{Signal: signal, Range: r, AskedAt: at(m)}))
			}
			if len(merged) > 2 {
				t.Fatalf("%s: %d covers at %s: %+v", signal, len(merged), at(m), merged)
			}
		}
	}
}

// cutUp cuts each cover where chance says.
func cutUp(t *rapid.T, covers []app.Cover) (pieces []app.Cover) {
	for _, c := range covers {
		cut := at(float64(rapid.IntRange(0, 90).Draw(t, "cut")))
		for _, half := range []app.Range{{From: c.Range.From, To: cut}, {From: cut, To: c.Range.To}} {
			piece := c
			if piece.Range = c.Range.Intersect(half); !piece.Range.Empty() {
				pieces = append(pieces, piece)
			}
		}
	}
	return pieces
}

func sameStretches(a, b []app.Stretch) bool {
	return slices.EqualFunc(a, b, func(x, y app.Stretch) bool { return x.State == y.State && x.Range.Equal(y.Range) })
}

// One more cover never lets less be known, and alone says what it is itself.
func TestACoverOnlyAdds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		covers, more := someCovers(t), someCover(t)
		for _, i := range minutes() {
			before, after := stateAt(covers, i), stateOf(append(slices.Clone(covers), more), i)
			if want := max(before, stateOf([]app.Cover{more}, i)); after != want {
				t.Fatalf("%v was %s and is %s with %+v", i, before, after, more)
			}
		}
	})
}

func stateOf(covers []app.Cover, i time.Time) app.CoverState {
	return app.Stretches(app.Range{From: i, To: i.Add(time.Nanosecond)}, covers)[0].State
}

func askAll(ranges []app.Range, now time.Time) (covers []app.Cover) {
	for _, r := range ranges {
		covers = append(covers, app.Cover{Signal: app.Traces, Range: r, AskedAt: now})
	}
	return covers
}

// After asking exactly what is unsettled, nothing is left unsettled but the tail that AWS may still change.
func TestAskingWhatIsUnsettledSettlesAllButTheTail(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		within, covers := someRange(t, "within"), someCovers(t)
		now := at(float64(rapid.IntRange(0, 150).Draw(t, "now")))
		covers = append(covers, askAll(app.Unsettled(within, covers), now)...)
		tail := app.Range{From: now.Add(-app.Traces.Settles()), To: at(1000)}
		for _, left := range app.Unsettled(within, covers) {
			if !left.Equal(left.Intersect(tail)) {
				t.Fatalf("asked at %v, %v is not settled", now, left)
			}
		}
		if left := app.Unsettled(within, append(covers,
			askAll(app.Unsettled(within, covers), within.To.Add(app.Traces.Settles()))...)); len(left) > 0 {
			t.Fatalf("asked when all was old enough, %v is not settled", left)
		}
	})
}

// What is due is a part of what is unsettled, with all that is not answered; asked once, only the tail is due again;
// and whoever asks what is due from time to time ends with all of it settled. Covers end with the range that is asked:
// Merge makes one of what is asked now and an older part that touches it beyond, asked when that was, and then a little
// is due again at once.
func TestDue(t *testing.T) {
	late := app.Traces.Lateness()
	rapid.Check(t, func(t *rapid.T) {
		within, covers := someRange(t, "within"), someCovers(t)
		for i := range covers {
			covers[i].Range = covers[i].Range.Intersect(within)
		}
		now := at(float64(rapid.IntRange(90, 150).Draw(t, "now"))) // none was asked later
		due := app.Due(within, covers, now)
		for _, i := range minutes() {
			if !within.Contains(i) {
				continue
			}
			switch state := stateAt(covers, i); {
			case state == app.Settled && inAny(due, i):
				t.Fatalf("%v is settled and due", i)
			case state < app.Settling && !inAny(due, i):
				t.Fatalf("%v is %s and not due", i, state)
			}
		}
		covers = append(covers, askAll(due, now)...)
		for _, i := range minutes() {
			if inAny(app.Due(within, covers, now), i) && i.Before(now.Add(-late.Tail)) &&
				within.To.After(now.Add(-late.Settles)) {
				t.Fatalf("%v is due again at once", i)
			}
		}
		for stop := now.Add(2 * late.Settles); now.Before(stop); {
			now = now.Add(time.Duration(rapid.IntRange(1, 12).Draw(t, "later")) * time.Minute)
			covers = append(covers, askAll(app.Due(within, covers, now), now)...)
		}
		if left := app.Unsettled(within, covers); len(left) > 0 {
			t.Fatalf("%v never settled", left)
		}
	})
}

// A pull each minute asks the tail, and all of what may still change every half hour.
func TestFollowingLogsReadsTheTailOften(t *testing.T) {
	var covers []app.Cover
	whole, asked := 0, time.Duration(0)
	for m := 0.0; m < 6*60; m++ {
		now := at(m)
		for _, r := range app.Due(between(-180, m), covers, now) {
			if !r.To.Equal(now) || r.Length() < 10*time.Minute {
				t.Fatalf("at %v it asks for %v, not for a tail", now, r)
			}
			if m > 0 && r.Length() >= app.Logs.Settles() {
				whole++
			}
			asked += r.Length()
			covers = append(covers, app.Cover{Signal: app.Logs, Range: r, AskedAt: now})
		}
	}
	if mean := asked / (6 * 60); whole < 11 || whole > 12 || mean > 30*time.Minute {
		t.Errorf("in six hours all was asked %d times; %s of logs a pull", whole, mean)
	}
}

func TestByResource(t *testing.T) {
	cover := func(resource string) app.Cover {
		return app.Cover{Signal: app.Logs, Resource: resource, Range: between(0, 10)}
	}
	for want, covers := range map[string][]app.Cover{
		"map[]":        nil,
		"map[:1]":      {cover("")},
		"map[a:2 b:1]": {cover("a"), cover("b"), cover("a")},
		"map[a:1]":     {cover(""), cover("a")},
	} {
		sizes := map[string]int{}
		for resource, part := range app.ByResource(covers) {
			sizes[resource] = len(part)
		}
		if got := fmt.Sprint(sizes); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestLastDenied(t *testing.T) {
	cover := func(asked float64, denied bool) app.Cover {
		return app.Cover{Signal: app.Logs, Range: between(0, 10), AskedAt: at(asked), Denied: denied}
	}
	for name, c := range map[string]struct {
		covers []app.Cover
		want   bool
	}{
		"never asked":          {nil, false},
		"answered":             {[]app.Cover{cover(50, false)}, false},
		"denied":               {[]app.Cover{cover(20, false), cover(50, true)}, true},
		"denied long ago":      {[]app.Cover{cover(20, true)}, false},
		"denied, then granted": {[]app.Cover{cover(45, true), cover(50, false)}, false},
	} {
		if got := app.LastDenied(c.covers, at(40)); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestSettled(t *testing.T) {
	for name, c := range map[string]struct {
		cover app.Cover
		want  app.Range
	}{
		"asked late":     {app.Cover{Signal: app.Trail, Range: between(0, 60), AskedAt: at(600)}, between(0, 60)},
		"asked at once":  {app.Cover{Signal: app.Trail, Range: between(0, 180), AskedAt: at(180)}, between(0, 60)},
		"asked too soon": {app.Cover{Signal: app.Trail, Range: between(100, 180), AskedAt: at(180)}, app.Range{}},
		"alarms settle":  {app.Cover{Signal: app.Alarms, Range: between(0, 60), AskedAt: at(60)}, between(0, 58)},
		"only a part": {app.Cover{Signal: app.Logs, Range: between(0, 60), AskedAt: at(600), Truncated: true},
			app.Range{}},
		"denied": {app.Cover{Signal: app.Logs, Range: between(0, 60), AskedAt: at(600), Denied: true},
			app.Range{}},
		"logs settle":     {app.Cover{Signal: app.Logs, Range: between(0, 180), AskedAt: at(190)}, between(0, 60)},
		"asked before it": {app.Cover{Signal: app.Logs, Range: between(0, 60), AskedAt: at(-60)}, app.Range{}},
	} {
		if got := c.cover.Settled(); !got.Equal(c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestParseSignal(t *testing.T) {
	for _, s := range app.Signals {
		if got, ok := app.ParseSignal(string(s)); !ok || got != s {
			t.Errorf("%s is read as %q, %v", s, got, ok)
		}
		if l := s.Lateness(); l.Tail <= 0 || l.Settles < l.Tail || l.Again > l.Settles {
			t.Errorf("%s: %+v", s, l)
		}
	}
	if got, ok := app.ParseSignal("Logs"); ok {
		t.Errorf("Logs is read as %q", got)
	}
}
