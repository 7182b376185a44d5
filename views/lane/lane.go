package lane

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/ui"
)

// Lane is one signal over an axis of time. It is a value, made once for some data, and answers for any axis. It is
// made, and paints, away from the UI goroutine; texts are measured on that, so Head and Notes are called there. What
// only some lanes can do is in options.go.
type Lane interface {
	// Head is what stands in the label column.
	Head() Head
	// Height is the least and the best height, in device-independent pixels.
	Height() (least, best float32)
	// Paint draws the lane into a picture of the whole lane's height.
	Paint(*chart.Picture)
	// Notes are the words above the picture.
	Notes(height float32) []Note
	// Readout says what the lane shows at an instant, "" for nothing; what is no further off than near counts.
	Readout(at time.Time, near time.Duration) string
	// Pick returns what lies at a place of the picture, nil for nothing.
	Pick(axis chart.Axis, height float32, at fyne.Position) app.Item
}

// Head is the text of a lane in the label column.
type Head struct {
	Of, Name    string // whose it is, which is cut where both do not fit; and what it is
	Measures    string // how it is read, or how much there is
	Aside       string // at the right of the name
	AsideStyle  ui.Style
	Top, Bottom string // the ends of the lane's scale
	Rows        []HeadRow
	Keys        []HeadKey // of several series
}

// HeadRow is one of several rows of a lane, each with a name.
type HeadRow struct {
	Name, Aside string
	Depth       int
	Middle      float32 // of its height in the lane
	Item        app.Item
}

// Note is a text above a lane's picture. It moves with its instant, and stays in sight as long as Until does.
type Note struct {
	At, Until time.Time // zero: from the left edge, to the end
	Inset     float32   // pixels to the right of At
	Middle    float32   // of its height in the lane
	Text      string
	Style     ui.Style
	Backed    bool    // with a background, since it may lie on a line
	Loose     bool    // shown although it does not fit between At and Until
	Edge      float32 // the least distance of At from both ends of the axis
	Cut       bool    // at the end of the axis, or left out where next to nothing would remain
	// Room is the width of a text with those beside it, which keep off the right edge together and leave the axis
	// together; 0: it may be cut off.
	Room float32
}

// Place returns where the text begins, but for Inset, and where it has to end.
func (n Note) Place(axis chart.Axis) (left, right float32) {
	left, right = 0, axis.Width
	if !n.At.IsZero() {
		left = Inside(axis, axis.X(n.At), n.Edge)
	}
	if !n.Until.IsZero() {
		left, right = max(left, 0), min(axis.X(n.Until), axis.Width)
	}
	if over := left + leadInset + n.Room - axis.Width; n.Room > 0 && over > 0 && left <= axis.Width {
		left = max(left-over, -leadInset)
	}
	return left, right
}

// NameMiddle is the middle of a lane's name in its height.
const NameMiddle = 14

// lanePadding is the space above and below what a lane draws.
const lanePadding = 6

// bandOf returns the part of a lane of that height in which values are drawn.
func bandOf(height float32) chart.Band {
	return chart.Band{Top: lanePadding, Bottom: height - lanePadding}
}

// reach is how far beside a mark a click still hits it, in pixels.
const reach = 8

// nearest returns the index of the place that is nearest to at, -1 if none of n is within reach.
func nearest(n int, at fyne.Position, place func(int) fyne.Position) int {
	best, distance := -1, float32(reach*reach)
	for i := range n {
		p := place(i)
		dx, dy := p.X-at.X, p.Y-at.Y
		if d := dx*dx + dy*dy; d <= distance {
			best, distance = i, d
		}
	}
	return best
}

// HeadKey names one of several series of a lane, in its colour.
type HeadKey struct {
	Word string
	Top  string // what a scale of its own reaches to; "": it has the lane's
	Ink  fyne.ThemeColorName
}

// openStep is the distance of the heights that Topmost tries.
const openStep = 4

// Uppermost is Topmost for a lane of its best height.
func Uppermost(l Lane, axis chart.Axis, x float32) app.Item {
	_, best := l.Height()
	return Topmost(l, axis, best, x)
}

// Topmost returns the uppermost thing of a lane at x, nil for nothing.
func Topmost(l Lane, axis chart.Axis, height, x float32) app.Item {
	for y := float32(0); y < height; y += openStep {
		if item := l.Pick(axis, height, fyne.NewPos(x, y)); item != nil {
			return item
		}
	}
	return nil
}
