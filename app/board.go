package app

import (
	"reflect"
	"slices"
	"strings"
	"time"
)

// LaneKind says what a lane of the timeline shows.
type LaneKind string

// The kinds of lanes.
const (
	AlarmLane    LaneKind = "alarms"
	TrailLane    LaneKind = "changes"
	MetricLane   LaneKind = "metric"
	LogLane      LaneKind = "logs"
	TraceLane    LaneKind = "traces"
	CoverageLane LaneKind = "coverage"
)

// LaneKinds are all kinds, in the order in which a board has them as a rule.
var LaneKinds = []LaneKind{AlarmLane, TrailLane, MetricLane, LogLane, TraceLane, CoverageLane}

// Lane is one row of a board: what it shows and how high it stands.
type Lane struct {
	Kind LaneKind
	// Readings are what a metric lane draws, of one metric at one period; the first names the lane.
	Readings []Reading
	// More are series of other metrics in a metric lane, wherever they are measured.
	More []LaneSeries
	// Scope is where a metric is measured, and where Alarms and Resources are.
	Scope Scope
	// Groups are the log groups of a lane of logs; none: all.
	Groups []string
	// Services are those of a lane of traces, one of which takes part in each; none: all do.
	Services []string
	// Alarms are the names of those in a lane of alarms; none: all that matter.
	Alarms []string
	// Resources are what the changes of a lane of changes concern, by their short names; none: anything.
	Resources []string

	Height    float32 // in device-independent pixels; 0: as the room allows
	Collapsed bool    // to one line
	Pinned    bool    // above all that is not
}

// LaneSeries is a reading in the place where it is measured.
type LaneSeries struct {
	Scope   Scope
	Reading Reading
}

// Key identifies what a lane shows, however it looks. Two lanes of a board may not have the same.
func (l Lane) Key() string {
	parts := []string{string(l.Kind)}
	switch {
	case l.Kind == MetricLane && len(l.Readings) > 0:
		parts = append(parts, l.Scope.Place().String(), l.Readings[0].Metric.Key())
	case l.Kind == AlarmLane && len(l.Alarms) > 0:
		parts = append(append(parts, l.Scope.Place().String()), l.Alarms...)
	case l.Kind == TrailLane && len(l.Resources) > 0:
		parts = append(append(parts, l.Scope.Place().String()), l.Resources...)
	case l.Kind == LogLane:
		parts = append(parts, l.Groups...)
	case l.Kind == TraceLane:
		parts = append(parts, l.Services...)
	}
	return strings.Join(parts, "\n")
}

// The bounds of a lane that a person has made higher or lower, in device-independent pixels.
const (
	LeastLaneHeight = 24
	MostLaneHeight  = 600
)

// Board is a set of lanes with the window in which they are looked at. A board without lanes leaves it to the screen
// which to show. Boards are values: each operation returns another board, and leaves the one it is called on as it is.
type Board struct {
	Name   string        // "" until it is saved
	Alarm  string        // name of the alarm that it was proposed from; "": a person arranged it
	Window time.Duration // that ends now; zero: Range
	Range  Range         // not used while Window is set; both zero: the window that is looked at
	Lanes  []Lane        // from the top, pinned ones first
}

// Automatic reports whether the board leaves it to the screen which lanes to show.
func (b Board) Automatic() bool { return len(b.Lanes) == 0 }

// Equal reports whether two boards are the same in all that they say.
func (b Board) Equal(o Board) bool { return reflect.DeepEqual(b, o) }

// Find returns where the lane with a key stands, -1 if there is none.
func (b Board) Find(key string) int {
	return slices.IndexFunc(b.Lanes, func(l Lane) bool { return l.Key() == key })
}

// Add returns the board with a lane at the place i, or at the end if there is no such place. A lane that is there
// already is not doubled.
func (b Board) Add(i int, l Lane) Board {
	if b.Find(l.Key()) >= 0 {
		return b
	}
	if i < 0 || i > len(b.Lanes) {
		i = len(b.Lanes)
	}
	b.Lanes = pinnedFirst(slices.Insert(slices.Clone(b.Lanes), i, l))
	return b
}

// Join returns the board with another series in the metric lane at i, unless the lane draws it already.
func (b Board) Join(i int, s LaneSeries) Board {
	if !b.has(i) || b.Lanes[i].Kind != MetricLane || b.Lanes[i].draws(s) {
		return b
	}
	return b.change(i, func(l *Lane) { l.More = append(slices.Clone(l.More), s) })
}

func (l Lane) draws(s LaneSeries) bool {
	own := l.Scope.Place() == s.Scope.Place() &&
		slices.ContainsFunc(l.Readings, func(r Reading) bool { return r.Key() == s.Reading.Key() })
	return own || slices.ContainsFunc(l.More, func(o LaneSeries) bool {
		return o.Scope.Place() == s.Scope.Place() && o.Reading.Key() == s.Reading.Key()
	})
}

// Remove returns the board without the lane at i.
func (b Board) Remove(i int) Board {
	if b.has(i) {
		b.Lanes = slices.Delete(slices.Clone(b.Lanes), i, i+1)
	}
	return b
}

// Move returns the board with the lane at i moved to the place to, or as near to it as pinned lanes allow.
func (b Board) Move(i, to int) Board {
	if !b.has(i) {
		return b
	}
	moved := b.Lanes[i]
	lanes := slices.Delete(slices.Clone(b.Lanes), i, i+1)
	b.Lanes = pinnedFirst(slices.Insert(lanes, min(max(to, 0), len(lanes)), moved))
	return b
}

// Pin returns the board with the lane at i pinned to the top below others that are, or let go.
func (b Board) Pin(i int, pinned bool) Board {
	return b.change(i, func(l *Lane) { l.Pinned = pinned })
}

// Collapse returns the board with the lane at i shown as one line, or whole.
func (b Board) Collapse(i int, collapsed bool) Board {
	return b.change(i, func(l *Lane) { l.Collapsed = collapsed })
}

// Resize returns the board with the lane at i that high, in device-independent pixels, kept between LeastLaneHeight and
// MostLaneHeight; 0: as the room allows.
func (b Board) Resize(i int, height float32) Board {
	return b.change(i, func(l *Lane) {
		if l.Height = height; height > 0 {
			l.Height = min(max(height, LeastLaneHeight), MostLaneHeight)
		}
	})
}

func (b Board) has(i int) bool { return i >= 0 && i < len(b.Lanes) }

func (b Board) change(i int, f func(*Lane)) Board {
	if b.has(i) {
		b.Lanes = slices.Clone(b.Lanes)
		f(&b.Lanes[i])
		b.Lanes = pinnedFirst(b.Lanes)
	}
	return b
}

// pinnedFirst puts pinned lanes above the others, without changing the order among either.
func pinnedFirst(lanes []Lane) []Lane {
	slices.SortStableFunc(lanes, func(a, b Lane) int {
		switch {
		case a.Pinned == b.Pinned:
			return 0
		case a.Pinned:
			return -1
		}
		return 1
	})
	return lanes
}

// On returns the focus in which the board is looked at: that of its own window if it has one.
func (b Board) On(f Focus) Focus {
	switch {
	case b.Window > 0:
		return f.Last(b.Window)
	case !b.Range.Empty():
		return f.On(b.Range)
	}
	return f
}

// In returns the board with the window of a focus as its own.
func (b Board) In(f Focus) Board {
	b.Window, b.Range = f.Window, f.Range
	if f.Window > 0 {
		b.Range = Range{}
	}
	return b
}
