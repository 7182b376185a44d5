package lane

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
)

// What only some lanes can do. Whoever shows a lane asks for it by a type assertion.

// Blanker is a lane of a signal that may not be known for all of the time that is shown.
type Blanker interface {
	// Blanks are the stretches in which the lane shows nothing although something may have happened.
	Blanks() Blanks
}

// NamePicker is a lane whose name, or the names of whose rows, stand for things.
type NamePicker interface {
	// PickName returns what is named at a place left of the picture, nil for nothing.
	PickName(axis chart.Axis, height float32, at fyne.Position) app.Item
}

// Stepper is a lane that keys can go through.
type Stepper interface {
	// Steps are the things that keys go to, in order: rows from the top, or what happened, oldest first. Of bars and
	// dots only those that tell of an error, of metrics the changes to ALARM.
	Steps() []Place
}

// Lister is a lane of single things that each concern resources of their own: rows of alarms, marks of changes.
type Lister interface {
	// Things are the rows or the marks, in order.
	Things() []Place
}

// Finder is a lane that knows where it shows a thing.
type Finder interface {
	// Find returns where a thing lies in a lane of that height, and whether the lane shows it.
	Find(item app.Item, height float32) (Spot, bool)
}

// Comparer is a lane whose readouts of two instants can be compared.
type Comparer interface {
	// Compare says how the readout changed from one instant to another, "" where that cannot be said.
	Compare(from, at time.Time, near time.Duration) string
}

// Emphasizer is a lane of several series, of which one can stand out.
type Emphasizer interface {
	// Emphasize returns the lane with one series drawn strongly and the others faintly.
	Emphasize(series int) Lane
}

// Dater is a lane whose items depend on when they were clicked.
type Dater interface {
	// Dated returns an item of the lane as it was clicked at an instant; the zero time stands for its name.
	Dated(item app.Item, at time.Time) app.Item
}

// Shrinker is a lane of rows that can give room to other lanes.
type Shrinker interface {
	// Shrink returns the height that remains when other lanes lack so much.
	Shrink(height, lack float32) float32
	// Fit returns the lane with as many rows as a height has room for.
	Fit(height float32) Lane
}

// ReadoutPlacer is a lane whose readout does not stand in its middle.
type ReadoutPlacer interface {
	// ReadoutRows are the heights at which the middle of its readout may stand, the best first.
	ReadoutRows() []float32
}

// Crowded is a lane whose marks a readout should not cover: it stands where it covers least, and is shortened where it
// would cover some.
type Crowded interface {
	ReadoutPlacer
	// Obstacles are the places of the marks.
	Obstacles(chart.Axis) []Box
	// Shorter are shorter forms of a readout, the longest first.
	Shorter(said string) []string
}

// Place is a thing of a lane and where it is: in a row, or at an instant.
type Place struct {
	Item   app.Item
	At     time.Time // zero: of a row, which is of no instant
	Middle float32   // of a row or a mark in the lane's height
}

// Spot is what a thing takes of its lane: a stretch of time, or a circle around an instant.
type Spot struct {
	Within      app.Range // without an end: a circle around its start
	Whole       bool      // as wide as the lane
	Edge        float32   // the least distance of a circle's middle from the ends of the axis
	Top, Bottom float32   // in the lane; of a circle too
}

// The distance of a ring from what it is around.
const (
	ringAir  = 2
	markRing = 14 // radius around a change
	dotRing  = 6  // around a trace
)

// Find returns where a thing lies in a lane of that height, or what was denied of it, and whether the lane shows it.
func Find(l Lane, item app.Item, height float32) (Spot, bool) {
	if f, ok := l.(Finder); ok {
		if s, found := f.Find(item, height); found {
			return s, true
		}
	}
	return BlanksOf(l).find(item, height)
}

// Measured is the readout of a lane at an instant, compared with that of the instant from where they can be compared.
// from is zero where there is none.
func Measured(l Lane, from, at time.Time, near time.Duration) string {
	if c, ok := l.(Comparer); ok && !from.IsZero() {
		if compared := c.Compare(from, at, near); compared != "" {
			return compared
		}
	}
	return l.Readout(at, near)
}

// BlanksOf returns the blanks of a lane, none of one that has none.
func BlanksOf(l Lane) Blanks {
	if b, ok := l.(Blanker); ok {
		return b.Blanks()
	}
	return nil
}

var (
	_ interface {
		Lane
		Blanker
		Comparer
		Finder
		Lister
		NamePicker
		ReadoutPlacer
		Shrinker
		Stepper
	} = (*Alarm)(nil)
	_ interface {
		Lane
		Blanker
		Crowded
		Finder
		Lister
		Stepper
	} = (*Trail)(nil)
	_ interface {
		Lane
		Blanker
		Comparer
		Dater
		Emphasizer
		NamePicker
		Stepper
	} = (*Metric)(nil)
	_ interface {
		Lane
		Blanker
		Comparer
		Finder
		Stepper
	} = (*Log)(nil)
	_ interface {
		Lane
		Blanker
		Comparer
		Emphasizer
		Finder
		Stepper
	} = (*Trace)(nil)
	_ Lane = (*Coverage)(nil)
)
