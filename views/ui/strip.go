package ui

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
)

// stripCell is the width of a cell of a StateStrip with the gap after it; a month in the drawer is some sixty cells.
const stripCell = 5

// StateStrip shows the states of an alarm over a long time as a row of cells. A cell has the gravest state that
// occurred in it, so that a short alarm in a long month is still seen; where nothing is known it is empty.
type StateStrip struct {
	widget.BaseWidget
	spans  []app.StateSpan
	height float32
	cells  []fyne.CanvasObject
}

// NewStateStrip returns a strip of consecutive spans, 12 pixels high.
func NewStateStrip(spans []app.StateSpan) *StateStrip {
	s := &StateStrip{spans: spans, height: 12}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer draws the cells.
func (s *StateStrip) CreateRenderer() fyne.WidgetRenderer {
	f := &Face{Widget: s, Min: func() fyne.Size { return fyne.NewSize(stripCell, s.height) }}
	f.Place = func(size fyne.Size) { f.Parts = s.place(size) }
	return f
}

// place makes as many cells as fit and paints each.
func (s *StateStrip) place(size fyne.Size) []fyne.CanvasObject {
	n := int(size.Width / stripCell)
	for len(s.cells) < n {
		s.cells = append(s.cells, canvas.NewRectangle(color.Transparent))
	}
	for i, state := range Gravest(s.spans, n) {
		box := s.cells[i].(*canvas.Rectangle)
		box.FillColor = stripColor(state)
		box.Resize(fyne.NewSize(stripCell-1, s.height))
		box.Move(fyne.NewPos(float32(i)*stripCell, 0))
	}
	return s.cells[:n]
}

// stripColor is muted where all is well: what is wrong shall stand out.
func stripColor(state app.AlarmState) color.Color {
	_, name, _ := OfState(state)
	switch state {
	case app.InAlarm:
		return Color(name)
	case app.NotKnown:
		return Fade(Color(ColorLine), 130)
	}
	return Fade(Color(name), 90)
}

// grave orders states: what a person must not miss is greater.
var grave = map[app.AlarmState]int{app.InAlarm: 3, app.InsufficientData: 2, app.OK: 1, app.NotKnown: 0}

// Gravest cuts consecutive spans into n cells of equal length and returns the gravest state in each.
func Gravest(spans []app.StateSpan, n int) []app.AlarmState {
	if len(spans) == 0 || n <= 0 {
		return make([]app.AlarmState, max(n, 0))
	}
	from := spans[0].Range.From
	length := spans[len(spans)-1].Range.To.Sub(from)
	cells := make([]app.AlarmState, n)
	for _, span := range spans {
		first := cellAt(span.Range.From.Sub(from), length, n)
		last := cellAt(span.Range.To.Sub(from)-1, length, n) // half open: To itself is the next span's
		for i := first; i <= last; i++ {
			if grave[span.State] > grave[cells[i]] {
				cells[i] = span.State
			}
		}
	}
	return cells
}

func cellAt(d, length time.Duration, n int) int {
	return min(max(int(float64(d)/float64(length)*float64(n)), 0), n-1)
}
