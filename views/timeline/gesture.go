package timeline

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
)

const (
	notch      = 25  // what Fyne scrolls for a notch of the wheel on Linux and Windows
	notchZoom  = 0.8 // what a notch leaves of the window
	leastBrush = 4   // least width of a brushed window in pixels; less is a click by an unsteady hand
)

// turned returns the factor by which a turn of the wheel changes the window's length.
func turned(scroll float32) float64 { return math.Pow(notchZoom, float64(scroll/notch)) }

// panned returns the range after its picture was pushed dx pixels to the right.
func panned(axis chart.Axis, dx float32) app.Range { return axis.Range.Shift(-axis.Wide(dx)) }

// brushed returns the range between two places, in any order; false if they are too close to mean one.
func brushed(axis chart.Axis, a, b float32) (app.Range, bool) {
	a, b = max(min(a, b), 0), min(max(a, b), axis.Width)
	return app.Range{From: axis.Time(a), To: axis.Time(b)}, b-a >= leastBrush
}

// drag is what a pressed button does.
type drag uint8

const (
	noDrag drag = iota
	dragBrush
	dragPan
	dragLane // a lane to another place
	dragEdge // its lower edge
)

// dragOf returns what dragging with a button does.
func dragOf(e *desktop.MouseEvent) drag {
	switch {
	case e.Button == desktop.MouseButtonTertiary,
		e.Button == desktop.MouseButtonPrimary && e.Modifier&fyne.KeyModifierShift != 0:
		return dragPan
	case e.Button == desktop.MouseButtonPrimary:
		return dragBrush
	}
	return noDrag
}

// press is a button that is held down.
type press struct {
	drag   drag
	lane   string // key of the one that is dragged; "": none
	from   fyne.Position
	moved  bool
	before app.Range // of the axis when it was pressed
}

// MouseDown begins a click, a brush or a pan.
func (f *field) MouseDown(e *desktop.MouseEvent) {
	f.press = press{drag: dragOf(e), from: e.Position, before: f.view.axis.Range}
	if e.Position.X < plotLeft && f.press.drag == dragBrush {
		f.press.drag, f.press.lane = f.dragFrom(e.Position)
	}
}

// gesturing reports whether a button is held down, so that the axis follows the pointer only.
func (f *field) gesturing() bool { return f.press.drag != noDrag }

// cancelGesture ends a gesture without any effect.
func (f *field) cancelGesture() {
	f.press = press{moved: f.press.moved}
	f.hideBrush()
	f.dropLine.Hide()
}

// MouseUp ends a press that was no drag; a drag is ended by DragEnd, which follows. A click gives its row the keys at
// once. It opens something only when it cannot be the first half of a double click, since a drawer that opens would
// move what the second half is meant for: see Tapped. Names have no double click and open at once.
func (f *field) MouseUp(e *desktop.MouseEvent) {
	if f.press.moved {
		return
	}
	f.cancelGesture()
	if e.Button == desktop.MouseButtonPrimary {
		f.clicked = e.Position
		f.view.choose(f.rowAt(e.Position.Y))
		if e.Position.X < plotLeft {
			f.view.click(e.Position)
		}
	}
	f.view.Tick()
}

// Tapped opens what was clicked. The driver calls it once no second click has come in time.
func (f *field) Tapped(e *fyne.PointEvent) {
	if e.Position.X >= plotLeft {
		f.view.click(e.Position)
	}
}

// Dragged draws the brush or moves the picture.
func (f *field) Dragged(e *fyne.DragEvent) {
	f.press.moved = true
	switch f.press.drag {
	case dragBrush:
		f.showBrush(f.press.from.X-plotLeft, e.Position.X-plotLeft)
		f.view.crossUnder(e.Position.X - plotLeft)
	case dragPan:
		before := chart.Axis{Range: f.press.before, Width: f.view.axis.Width}
		f.view.under = e.Position.X - plotLeft
		f.view.crossed = f.view.under >= 0
		f.view.preview(panned(before, e.Position.X-f.press.from.X))
	case dragLane, dragEdge:
		f.showDrop(e.Position.Y)
	}
	f.last = e.Position
}

// DragEnd looks at what was brushed, or stays where the picture was moved to.
func (f *field) DragEnd() {
	was := f.press
	if was.drag == dragLane || was.drag == dragEdge {
		f.drop(f.last.Y)
	}
	f.cancelGesture()
	switch r, wide := brushed(f.view.axis, was.from.X-plotLeft, f.last.X-plotLeft); {
	case was.drag == dragBrush && wide:
		f.view.look(r)
	case was.drag == dragPan && !f.view.axis.Range.Equal(was.before):
		f.view.look(f.view.axis.Range)
	default:
		f.view.Tick()
	}
}

// Scrolled zooms at the pointer; sideways it moves the window; over the names it scrolls the lanes.
func (f *field) Scrolled(e *fyne.ScrollEvent) {
	x := e.Position.X - plotLeft
	switch {
	case x < 0:
		f.view.scroll.Scrolled(e)
	case math.Abs(float64(e.Scrolled.DX)) > math.Abs(float64(e.Scrolled.DY)):
		f.view.move(panned(f.view.axis, e.Scrolled.DX))
	default:
		f.view.move(zoomed(f.view.axis.Range, f.view.axis.Time(x), turned(e.Scrolled.DY), f.view.session.Now()))
	}
}

// twiceReach is how far apart the clicks of a double click may be, in pixels: the driver only looks at the time between
// them.
const twiceReach = 12

// DoubleTapped zooms out. Of two fast clicks at different places it opens what the second one hit.
func (f *field) DoubleTapped(e *fyne.PointEvent) {
	if d := e.Position.Subtract(f.clicked); d.X*d.X+d.Y*d.Y > twiceReach*twiceReach {
		f.Tapped(&fyne.PointEvent{Position: f.clicked})
		return
	}
	if x := e.Position.X - plotLeft; x >= 0 {
		if r := zoomed(f.view.axis.Range, f.view.axis.Time(x), 2, f.view.session.Now()); !r.Equal(f.view.axis.Range) {
			f.view.look(r)
		}
	}
}

// MouseIn shows the crosshair.
func (f *field) MouseIn(e *desktop.MouseEvent) { f.MouseMoved(e) }

// MouseMoved moves the crosshair.
func (f *field) MouseMoved(e *desktop.MouseEvent) {
	f.last = e.Position
	if f.gesturing() && e.Button == 0 { // the button was released without the driver saying so
		f.cancelGesture()
		f.view.Tick()
	}
	if x := e.Position.X - plotLeft; x >= 0 && x <= f.view.axis.Width {
		f.view.crossUnder(x)
	} else {
		f.view.uncross()
	}
	f.hover(f.last)
	f.showHandle(f.last)
	f.emphasize(f.seriesAt(f.last))
}

// MouseOut takes the crosshair away.
func (f *field) MouseOut() {
	f.view.uncross()
	f.highlight(nil)
	f.showHandle(fyne.NewPos(-1, 0))
	f.emphasize(emphasis{})
}

// Cursor is a cross over the pictures.
func (f *field) Cursor() desktop.Cursor {
	if f.last.X >= plotLeft {
		return desktop.CrosshairCursor
	}
	if f.overEdge(f.last) >= 0 {
		return desktop.VResizeCursor
	}
	return desktop.DefaultCursor
}
