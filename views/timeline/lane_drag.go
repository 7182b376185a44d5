package timeline

import (
	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// edgeReach is how near to a lane's lower edge its name is dragged to make it higher or lower.
const edgeReach = 5

// dropThick is the thickness of the line that says where a lane goes.
const dropThick = 2

// overEdge returns the row whose lower edge lies at a place of the label column, -1 for none.
func (f *field) overEdge(at fyne.Position) int {
	if at.X >= plotLeft {
		return -1
	}
	for i := range f.scene.rows {
		r := f.scene.rows[i]
		if d := at.Y - (f.top(i) + r.height); d > -edgeReach && d < edgeReach && !r.collapsed {
			return i
		}
	}
	return -1
}

// dragFrom returns what dragging from a place of the label column does, and the key of the lane that it changes.
func (f *field) dragFrom(at fyne.Position) (drag, string) {
	if i := f.overEdge(at); i >= 0 {
		return dragEdge, f.scene.board.Lanes[i].Key()
	}
	if i := f.rowAt(at.Y); i >= 0 {
		return dragLane, f.scene.board.Lanes[i].Key()
	}
	return noDrag, ""
}

// slotAt returns how many rows lie above a height.
func (f *field) slotAt(y float32) int {
	slot := 0
	for i := range f.scene.rows {
		if !f.under(i, y) && y > f.top(i)+f.scene.rows[i].height/2 {
			slot = i + 1
		}
	}
	return slot
}

// targetOf returns the index of a lane after it is dropped at a height.
func (f *field) targetOf(from int, y float32) int {
	slot := f.slotAt(y)
	if slot > from {
		slot--
	}
	return slot
}

// showDrop draws where the lane that is dragged would be, or end.
func (f *field) showDrop(y float32) {
	i := f.scene.board.Find(f.press.lane)
	if i < 0 {
		return
	}
	if f.press.drag == dragLane {
		if slot := f.slotAt(y); slot < len(f.scene.rows) {
			y = f.top(slot)
		} else {
			y = f.scene.height()
		}
	} else {
		y = f.top(i) + f.draggedHeight(i, y)
	}
	f.dropLine.FillColor = ui.Color(ui.ColorAccent)
	f.dropLine.Move(fyne.NewPos(0, max(y-dropThick, 0)))
	f.dropLine.Resize(fyne.NewSize(f.Size().Width, dropThick))
	f.dropLine.Show()
	f.dropLine.Refresh()
}

// draggedHeight returns the height of a row whose lower edge is dropped at y.
func (f *field) draggedHeight(i int, y float32) float32 {
	return min(max(y-f.top(i), f.scene.rows[i].least()), app.MostLaneHeight)
}

// drop moves or resizes the lane that was dragged.
func (f *field) drop(y float32) {
	f.dropLine.Hide()
	i := f.scene.board.Find(f.press.lane)
	if i < 0 {
		return
	}
	f.view.choose(i)
	switch f.press.drag {
	case dragLane:
		to := f.targetOf(i, y)
		f.view.editChosen(func(b app.Board, i int) app.Board { return b.Move(i, to) })
	case dragEdge:
		height := f.draggedHeight(i, y)
		f.view.editChosen(func(b app.Board, i int) app.Board { return b.Resize(i, height) })
	}
}
