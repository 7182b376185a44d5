package timeline

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/ui"
)

// The measures of a lane's handle.
const (
	handleSize = 18
	handleLeft = nameRight - handleSize + 4
	handleDot  = 1.25 // radius
	handleStep = 4    // between dots
)

// handle opens the menu of a lane: three dots that show up beside the name that the pointer is over.
type handle struct {
	lane int // -1: none
	*fyne.Container
}

func newHandle() handle {
	h := handle{-1, container.NewWithoutLayout(canvas.NewRectangle(color.Transparent))}
	for range 3 {
		h.Add(canvas.NewCircle(color.Transparent))
	}
	h.Hide()
	return h
}

// showHandle puts the handle beside the name that lies at a place, or takes it away.
func (f *field) showHandle(at fyne.Position) {
	h := &f.handle
	h.lane = -1
	if at.X >= 0 && at.X < ui.LabelColWidth {
		h.lane = f.rowAt(at.Y)
	}
	ui.SetShown(h.Container, h.lane >= 0)
	if h.lane < 0 {
		return
	}
	ground := h.Objects[0].(*canvas.Rectangle)
	ground.FillColor, ground.CornerRadius = ui.Color(ui.ColorRaised), 4
	if f.onHandle(at) {
		ground.FillColor = ui.Mix(ui.Color(ui.ColorRaised), ui.Color(ui.ColorText), 0.12)
	}
	ground.Resize(fyne.NewSquareSize(handleSize))
	for i, o := range h.Objects[1:] {
		o.(*canvas.Circle).FillColor = ui.Color(ui.ColorText)
		o.Resize(fyne.NewSquareSize(2 * handleDot))
		o.Move(fyne.NewPos(handleSize/2+handleStep*float32(i-1)-handleDot, handleSize/2-handleDot))
	}
	h.Resize(fyne.NewSquareSize(handleSize))
	h.Move(fyne.NewPos(handleLeft, f.handleTop()))
	h.Refresh()
}

// handleTop is where the handle stands: below the end of the scale, or beside the name of a lane that is one line.
func (f *field) handleTop() float32 {
	middle := float32(howMiddle)
	if f.scene.rows[f.handle.lane].height < howMiddle+handleSize/2 {
		middle = lane.NameMiddle
	}
	return f.top(f.handle.lane) + middle - handleSize/2
}

// onHandle reports whether the handle lies at a place.
func (f *field) onHandle(at fyne.Position) bool {
	if f.handle.lane < 0 {
		return false
	}
	y := f.handleTop()
	return at.X >= handleLeft && at.X < handleLeft+handleSize && at.Y >= y && at.Y < y+handleSize
}

var _ fyne.SecondaryTappable = (*field)(nil)

// TappedSecondary opens the menu of the lane that lies there.
func (f *field) TappedSecondary(e *fyne.PointEvent) {
	f.view.openMenu(f.rowAt(e.Position.Y), e.Position)
}

// openMenu shows what can be done with a lane.
func (v *View) openMenu(row int, at fyne.Position) {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(v.field)
	if row < 0 || c == nil {
		return
	}
	v.choose(row)
	widget.ShowPopUpMenuAtPosition(
		fyne.NewMenu("", v.laneMenu()...), c, driver.AbsolutePositionForObject(v.field).Add(at),
	)
}

// laneMenu is what can be done with the lane that keys go to, each with its key.
func (v *View) laneMenu() []*fyne.MenuItem {
	b := v.field.scene.board.Lanes[v.row]
	pin, collapse := "Pin to the top", "Collapse to one line"
	if b.Pinned {
		pin = "Let go from the top"
	}
	if b.Collapsed {
		collapse = "Open"
	}
	item := func(says, key string, do func()) *fyne.MenuItem { return fyne.NewMenuItem(says+"   "+key, do) }
	items := []*fyne.MenuItem{
		item(pin, "P", v.pinLane),
		item(collapse, "C", v.collapseLane),
		fyne.NewMenuItemSeparator(),
		item("Move up", "{", func() { v.moveLane(-1) }),
		item("Move down", "}", func() { v.moveLane(1) }),
		item("Higher", ">", func() { v.resizeLane(resizeStep) }),
		item("Lower", "<", func() { v.resizeLane(-resizeStep) }),
		fyne.NewMenuItemSeparator(),
		item("Add a lane below …", "A", v.showAdd),
		item("Remove", "x", v.removeLane),
	}
	if _, _, shown := v.pointed(); shown {
		items = append(items, fyne.NewMenuItemSeparator(), item("What explains this instant?", "e", v.explainInstant))
	}
	if v.edits.CanUndo() {
		items = append(items, item("Undo the last change", "u", v.undo))
	}
	return items
}
