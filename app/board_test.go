package app

import (
	"fmt"
	"iter"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// drawnBoard draws a board of lanes that all differ, pinned ones first.
func drawnBoard(t *rapid.T) Board {
	b := Board{Name: "night"}
	for i := range rapid.IntRange(1, 8).Draw(t, "lanes") {
		l := Lane{Kind: LogLane, Groups: []string{fmt.Sprint(i)}}
		if rapid.Bool().Draw(t, "metric") {
			l = Lane{Kind: MetricLane, Readings: []Reading{{NewMetric("AWS/Lambda", fmt.Sprint(i)), "Sum",
				time.Minute}}}
		}
		l.Pinned = rapid.Bool().Draw(t, "pinned")
		b = b.Add(-1, l)
	}
	return b
}

// edited does one change that is drawn.
func edited(t *rapid.T, b Board) Board {
	i := rapid.IntRange(-1, len(b.Lanes)).Draw(t, "lane")
	switch rapid.SampledFrom([]string{"remove", "move", "pin", "collapse", "resize"}).Draw(t, "change") {
	case "remove":
		return b.Remove(i)
	case "move":
		return b.Move(i, rapid.IntRange(-2, 9).Draw(t, "to"))
	case "pin":
		return b.Pin(i, rapid.Bool().Draw(t, "on"))
	case "collapse":
		return b.Collapse(i, rapid.Bool().Draw(t, "on"))
	}
	return b.Resize(i, rapid.Float32Range(-10, 1000).Draw(t, "height"))
}

func keysOf(b Board) []string {
	var keys []string
	for _, l := range b.Lanes {
		keys = append(keys, l.Key())
	}
	return keys
}

func TestEditsAreUndoneOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var e BoardEdits
		e.Change(drawnBoard(t))
		var seen []Board
		for range rapid.IntRange(1, 20).Draw(t, "edits") {
			if was := e.Here(); e.Change(edited(t, was)) {
				seen = append(seen, was)
			}
		}
		for _, want := range slices.Backward(seen) {
			if e.Undo(); !reflect.DeepEqual(e.Here(), want) {
				t.Fatalf("undone, it is %v and was %v", e.Here(), want)
			}
		}
	})
}

func TestPinnedLanesAreAlwaysFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawnBoard(t)
		for range 10 {
			b = edited(t, b)
			if slices.ContainsFunc(slices.Collect(adjacent(b.Lanes)),
				func(l [2]Lane) bool { return l[1].Pinned && !l[0].Pinned }) {
				t.Fatalf("a pinned lane is below one that is not: %v", b.Lanes)
			}
		}
	})
}

// adjacent yields each lane with the one below it.
func adjacent(lanes []Lane) iter.Seq[[2]Lane] {
	return func(yield func([2]Lane) bool) {
		for i := 1; i < len(lanes) && yield([2]Lane{lanes[i-1], lanes[i]}); i++ {
		}
	}
}

func TestMoveKeepsTheLanes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawnBoard(t)
		i, to := rapid.IntRange(0, len(b.Lanes)-1).Draw(t, "from"), rapid.IntRange(0, len(b.Lanes)-1).Draw(t, "to")
		before, moved := keysOf(b), b.Move(i, to)
		if !slices.Equal(keysOf(b), before) {
			t.Fatal("the board it was called on changed")
		}
		after := keysOf(moved)
		if b.Lanes[i].Pinned == b.Lanes[to].Pinned && after[to] != before[i] {
			t.Errorf("lane %d is not at %d", i, to)
		}
		slices.Sort(before)
		slices.Sort(after)
		if !slices.Equal(before, after) {
			t.Errorf("%v became %v", before, after)
		}
	})
}

func TestBoardOperations(t *testing.T) {
	b := Board{Lanes: []Lane{{Kind: AlarmLane}, {Kind: TrailLane}, {Kind: LogLane}}}
	for _, c := range []struct {
		name string
		got  Board
		want []Lane
	}{
		{"a lane is added once", b.Add(0, Lane{Kind: LogLane}), b.Lanes},
		{"at its place", b.Add(1, Lane{Kind: TraceLane}),
			[]Lane{{Kind: AlarmLane}, {Kind: TraceLane}, {Kind: TrailLane}, {Kind: LogLane}}},
		{"no lane, no change", b.Remove(3), b.Lanes},
		{"removed", b.Remove(1), []Lane{{Kind: AlarmLane}, {Kind: LogLane}}},
		{"pinned", b.Pin(2, true), []Lane{{Kind: LogLane, Pinned: true}, {Kind: AlarmLane}, {Kind: TrailLane}}},
		{"too low", b.Resize(0, 3), []Lane{{Kind: AlarmLane, Height: LeastLaneHeight}, {Kind: TrailLane},
			{Kind: LogLane}}},
		{"too high", b.Resize(0, 3000), []Lane{{Kind: AlarmLane, Height: MostLaneHeight}, {Kind: TrailLane},
			{Kind: LogLane}}},
		{"collapsed", b.Collapse(1, true), []Lane{{Kind: AlarmLane}, {Kind: TrailLane, Collapsed: true},
			{Kind: LogLane}}},
	} {
		if !reflect.DeepEqual(c.got.Lanes, c.want) {
			t.Errorf("%s: %v, want %v", c.name, c.got.Lanes, c.want)
		}
	}
}

func TestBoardWindow(t *testing.T) {
	f := Focus{Resource: "orders"}.Last(time.Hour)
	past := Range{time.Unix(0, 0), time.Unix(7200, 0)}
	if got := (Board{}).On(f); !got.Equal(f) {
		t.Errorf("a board without a window leads to %v", got)
	}
	for _, want := range []Focus{f.Last(3 * time.Hour), f.On(past)} {
		if got := (Board{}).In(want).On(f); !got.Equal(want) {
			t.Errorf("a board of %v leads to %v", want, got)
		}
	}
}

func TestANameIsNotUndone(t *testing.T) {
	var e BoardEdits
	first := Board{Lanes: []Lane{{Kind: AlarmLane}, {Kind: LogLane}}}
	e.Change(first)
	e.Change(first.Remove(1))
	named := e.Here()
	named.Name = "night"
	e.Rename(named)
	e.Undo()
	if got := e.Here(); got.Name != "night" || len(got.Lanes) != 2 {
		t.Errorf("undone, the board is %v", got)
	}
	if e.Undo(); !e.Here().Equal(Board{}) {
		t.Errorf("before all changes there is %v", e.Here())
	}
}

func TestSeriesOfOtherMetricsJoinALane(t *testing.T) {
	at := Scope{Account: "111122223333", Region: "eu-west-1"}
	reading := func(name string) Reading { return Reading{NewMetric("AWS/Lambda", name), "Sum", time.Minute} }
	b := Board{Lanes: []Lane{{Kind: AlarmLane}, {Kind: MetricLane, Scope: at, Readings: []Reading{reading("Errors")}}}}
	both := b.Join(1, LaneSeries{at, reading("Throttles")})
	if n := len(both.Lanes[1].More); n != 1 || len(b.Lanes[1].More) != 0 || both.Lanes[1].Key() != b.Lanes[1].Key() {
		t.Errorf("joined, the lane has %d more", n)
	}
	for name, again := range map[string]Board{
		"what it draws first": both.Join(1, LaneSeries{at, reading("Errors")}),
		"what it draws too":   both.Join(1, LaneSeries{at, reading("Throttles")}),
		"a lane of alarms":    both.Join(0, LaneSeries{at, reading("Throttles")}),
		"no lane":             both.Join(7, LaneSeries{at, reading("X")}),
	} {
		if !again.Equal(both) {
			t.Errorf("%s changes it", name)
		}
	}
	elsewhere := LaneSeries{Scope{Account: "444455556666", Region: "eu-west-1"}, reading("Errors")}
	if n := len(both.Join(1, elsewhere).Lanes[1].More); n != 2 {
		t.Errorf("the same of another account makes %d more", n)
	}
}
