package ui

import (
	"image/color"
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
)

// StateStrip shows the states of an alarm over a long time as a row of cells. Each is filled in proportion to the time
// that the alarm spent in each state, in alarm at the bottom and never too little to be seen: a short alarm in a long
// month is not missed, and one that flaps does not look like one that lasts. What is not known is hatched.
type StateStrip struct {
	widget.BaseWidget
	spans []app.StateSpan
}

// The measures of a StateStrip.
const (
	stripCell   = 5 // width of a cell with the gap after it; a month in the drawer is some sixty cells
	stripHeight = 12
	stripLeast  = 2 // of a cell's height for a state that occurred in it
)

// NewStateStrip returns a strip of consecutive spans, 12 pixels high.
func NewStateStrip(spans []app.StateSpan) *StateStrip {
	s := &StateStrip{spans: spans}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer draws the cells.
func (s *StateStrip) CreateRenderer() fyne.WidgetRenderer {
	f := &Face{Widget: s, Min: func() fyne.Size { return fyne.NewSize(stripCell, stripHeight) }}
	f.Place = func(size fyne.Size) { f.Parts = s.draw(size) }
	return f
}

// draw makes as many cells as fit.
func (s *StateStrip) draw(size fyne.Size) (parts []fyne.CanvasObject) {
	for i, c := range sharesOf(s.spans, int(size.Width/stripCell)) {
		x, top := float32(i)*stripCell, float32(stripHeight)
		for _, l := range c.layers() {
			top -= l.height
			box := canvas.NewRectangle(stripColor(l.state))
			box.Resize(fyne.NewSize(stripCell-1, l.height))
			box.Move(fyne.NewPos(x, top))
			parts = append(parts, box)
		}
		if top == stripHeight {
			slash := canvas.NewLine(Fade(Color(ColorFaint), 130))
			slash.Position1, slash.Position2 = fyne.NewPos(x, stripHeight), fyne.NewPos(x+stripCell-1, 0)
			parts = append(parts, slash)
		}
	}
	return parts
}

// stripColor is muted where all is well: what is wrong shall stand out.
func stripColor(state app.AlarmState) color.Color {
	_, name, _ := OfState(state)
	if state == app.InAlarm {
		return Color(name)
	}
	return Fade(Color(name), 90)
}

// shares are how much of a time an alarm spent in each state; of what is not known as well.
type shares map[app.AlarmState]float64

// sharesOf cuts consecutive spans into n stretches of equal length.
func sharesOf(spans []app.StateSpan, n int) []shares {
	cells := make([]shares, max(n, 0))
	for i := range cells {
		cells[i] = shares{}
	}
	if len(spans) == 0 || n <= 0 {
		return cells
	}
	from, to := spans[0].Range.From, spans[len(spans)-1].Range.To
	length := to.Sub(from) / time.Duration(n)
	for _, span := range spans {
		last := min(int((span.Range.To.Sub(from)-1)/length), n-1) // half open: To itself is the next span's
		for i := int(span.Range.From.Sub(from) / length); i <= last; i++ {
			part := app.Since(from.Add(time.Duration(i+1)*length), length).Intersect(span.Range)
			cells[i][span.State] += float64(part.Length()) / float64(length)
		}
	}
	return cells
}

// layer is what a cell is filled with, in whole pixels.
type layer struct {
	state  app.AlarmState
	height float32
}

// layers are those of a cell from the bottom up.
func (s shares) layers() (all []layer) {
	left := float32(stripHeight)
	for _, state := range []app.AlarmState{app.InAlarm, app.InsufficientData, app.OK} {
		height := max(float32(math.Round(s[state]*stripHeight)), stripLeast)
		if s[app.NotKnown] == 0 && state == app.OK { // what rounding left is its
			height = left
		}
		if height = min(height, left); s[state] > 0 && height > 0 {
			all, left = append(all, layer{state, height}), left-height
		}
	}
	return all
}
