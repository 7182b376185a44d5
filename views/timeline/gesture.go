package timeline

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

const (
	notch      = 25  // what Fyne scrolls for one notch of a wheel on Linux and Windows
	notchZoom  = 0.8 // what a notch leaves of the window
	leastBrush = 4   // pixels that a brush must be wide: less is a click by an unsteady hand
)

// zoomed returns the range after the wheel turned by scroll over x: what lies under the pointer stays there.
func zoomed(axis ui.Axis, x, scroll float32) app.Range {
	return axis.Range.Zoom(axis.Time(x), math.Pow(notchZoom, float64(scroll/notch)))
}

// panned returns the range after its picture was pushed dx pixels to the right.
func panned(axis ui.Axis, dx float32) app.Range { return axis.Range.Shift(-axis.Wide(dx)) }

// brushed returns the range between two places, in any order; false if they are too close to mean one.
func brushed(axis ui.Axis, a, b float32) (app.Range, bool) {
	a, b = max(min(a, b), 0), min(max(a, b), axis.Width)
	return app.Range{From: axis.Time(a), To: axis.Time(b)}, b-a >= leastBrush
}

// drag is what a pressed button does.
type drag uint8

const (
	noDrag drag = iota
	brush
	pan
	carry   // a lane to another place
	stretch // its lower edge
)

// dragOf returns what dragging with a button does.
func dragOf(e *desktop.MouseEvent) drag {
	switch {
	case e.Button == desktop.MouseButtonTertiary,
		e.Button == desktop.MouseButtonPrimary && e.Modifier&fyne.KeyModifierShift != 0:
		return pan
	case e.Button == desktop.MouseButtonPrimary:
		return brush
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
	if e.Position.X < plotLeft && f.press.drag == brush {
		f.press.drag, f.press.lane = f.grip(e.Position)
	}
}

// MouseUp ends a click; what was dragged is ended by DragEnd, which comes after it.
func (f *field) MouseUp(e *desktop.MouseEvent) {
	if e.Button == desktop.MouseButtonPrimary && !f.press.moved {
		f.view.click(e.Position)
	}
}

// Dragged draws the brush or moves the picture.
func (f *field) Dragged(e *fyne.DragEvent) {
	f.press.moved = true
	switch f.press.drag {
	case brush:
		f.showBrush(f.press.from.X-plotLeft, e.Position.X-plotLeft)
		f.view.cross(f.view.axis.Time(e.Position.X - plotLeft))
	case pan:
		before := ui.Axis{Range: f.press.before, Width: f.view.axis.Width}
		f.view.drift(panned(before, e.Position.X-f.press.from.X))
	case carry, stretch:
		f.showDrop(e.Position.Y)
	}
	f.last = e.Position
}

// DragEnd looks at what was brushed, or stays where the picture was moved to.
func (f *field) DragEnd() {
	f.hideBrush()
	switch f.press.drag {
	case brush:
		if r, ok := brushed(f.view.axis, f.press.from.X-plotLeft, f.last.X-plotLeft); ok {
			f.view.look(r)
		}
	case pan:
		f.view.look(f.view.axis.Range)
	case carry, stretch:
		f.letGo(f.last.Y)
	}
	f.press = press{moved: f.press.moved}
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
		f.view.move(zoomed(f.view.axis, x, e.Scrolled.DY))
	}
}

// DoubleTapped zooms out.
func (f *field) DoubleTapped(e *fyne.PointEvent) {
	if x := e.Position.X - plotLeft; x >= 0 {
		f.view.look(f.view.axis.Range.Zoom(f.view.axis.Time(x), 2))
	}
}

// MouseIn shows the crosshair.
func (f *field) MouseIn(e *desktop.MouseEvent) { f.MouseMoved(e) }

// MouseMoved moves the crosshair.
func (f *field) MouseMoved(e *desktop.MouseEvent) {
	f.last = e.Position
	if x := e.Position.X - plotLeft; x >= 0 && x <= f.view.axis.Width {
		f.view.cross(f.view.axis.Time(x))
	} else {
		f.view.uncross()
	}
	f.hover(f.last)
	f.showHandle(f.last)
	f.stand(f.keyAt(f.last))
}

// MouseOut takes the crosshair away.
func (f *field) MouseOut() {
	f.view.uncross()
	f.light(nil)
	f.showHandle(fyne.NewPos(-1, 0))
	f.stand(stress{})
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
