package timeline

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/ui"
)

// lane is one row of the timeline: values, made once from evidence, that answer for any axis. It is made, and paints,
// away from the UI goroutine; texts are measured on it, so head and notes are asked for there.
type lane interface {
	// head is what stands in the label column.
	head() head
	// height is the least and the best height, in device-independent pixels.
	height() (least, best float32)
	// paint draws the lane into a picture of the whole lane's height.
	paint(*chart.Picture)
	// notes are the words above the picture.
	notes(height float32) []note
	// readout says what the lane shows at an instant; reach is how near counts. "" has nothing to say.
	readout(at time.Time, reach time.Duration) string
	// pick returns what lies at a place, nil for nothing.
	pick(axis chart.Axis, height float32, at fyne.Position) app.Item
}

// head is the text of a lane in the label column.
type head struct {
	of, name    string // of is whose, and gives way where both have no room
	measures    string
	aside       string // at the right of the name
	asideStyle  ui.Style
	top, bottom string // what the lane's scale reaches from and to
	rows        []headRow
	keys        []headKey // of several series
}

// headRow is one of several rows of a lane, each with a name.
type headRow struct {
	name, aside string
	depth       int
	middle      float32 // of its height in the lane
	item        app.Item
}

// note is a word above a lane's picture. It moves with its instant, but stays in sight as long as until is.
type note struct {
	at, until time.Time // zero: at the left edge, to the end
	inset     float32   // pixels right of it
	middle    float32   // of its height in the lane
	text      string
	style     ui.Style
	backed    bool    // on a quiet ground, since it may lie on a line
	loose     bool    // shown although there is no room for it until its end
	edge      float32 // how far off both ends of the axis its instant is put at least
	cut       bool    // to where the axis ends, or left out where next to nothing would remain
	room      float32 // what it and its neighbours take: they keep off the right edge together, and go with their instant; 0: it may be cut off
}

// lanePadding is the air above and below what a lane draws.
const lanePadding = 6

// bandOf is the part of a lane of that height in which values are drawn.
func bandOf(height float32) chart.Band {
	return chart.Band{Top: lanePadding, Bottom: height - lanePadding}
}

// lanes makes the rows of the timeline from evidence.
func lanes(e evidence) []lane { return lanesOf(e, boardOf(e)) }

// heights shares the room out: each lane gets its best height, or less where all would not fit, but never less than
// its least. They may then be higher than the room together, and scroll.
func heights(list []lane, room float32) []float32 {
	var least, best float32
	for _, l := range list {
		a, b := l.height()
		least, best = least+a, best+b
	}
	part := float32(1)
	if best > least {
		part = min(max((room-least)/(best-least), 0), 1)
	}
	all := make([]float32, len(list))
	for i, l := range list {
		a, b := l.height()
		all[i] = float32(int(a + part*(b-a)))
	}
	giveWay(list, all, room)
	return all
}

// reach is how many pixels beside a mark still hit it.
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
