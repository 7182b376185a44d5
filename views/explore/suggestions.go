package explore

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/ui"
)

// Measures of the list of suggestions.
const (
	suggestionRow   = 26
	suggestionWidth = 420
	suggestionInset = 10
	suggestionAir   = 4 // above and below the rows
	suggestionRows  = 8 // that are shown at once
)

// suggestion is a line of the list: what is offered and, beside it, what that is.
type suggestion struct{ text, note string }

// suggestions is the list below a query bar. It never has the keyboard: the bar moves its cursor.
type suggestions struct {
	widget.BaseWidget
	choose func(row int)

	rows    []suggestion
	hint    string // below the rows
	cursor  int    // -1: at none
	hovered int
	over    bool // the pointer is over the list
	face    *ui.Face
}

func newSuggestions(choose func(row int)) *suggestions {
	l := &suggestions{choose: choose, cursor: -1, hovered: -1}
	l.ExtendBaseWidget(l)
	l.Hide()
	return l
}

// show shows rows with the cursor at none; without rows it hides the list.
func (l *suggestions) show(rows []suggestion, hint string) {
	l.rows, l.hint, l.cursor, l.hovered = rows, hint, -1, -1
	ui.SetShown(l, len(rows) > 0)
	l.over = l.over && len(rows) > 0
	l.Resize(l.MinSize())
	l.Refresh()
}

// move moves the cursor; before the first row it is at none.
func (l *suggestions) move(by int) {
	l.cursor = min(max(l.cursor+by, -1), len(l.rows)-1)
	l.Refresh()
}

// first is the row at the top.
func (l *suggestions) first() int { return max(0, l.cursor-suggestionRows+1) }

// CreateRenderer draws the list.
func (l *suggestions) CreateRenderer() fyne.WidgetRenderer {
	l.face = &ui.Face{Widget: l, Min: func() fyne.Size {
		rows := min(len(l.rows), suggestionRows) + 1
		return fyne.NewSize(suggestionWidth, float32(rows)*suggestionRow+2*suggestionAir)
	}}
	l.face.Place = func(size fyne.Size) { l.face.Parts = l.draw(size) }
	return l.face
}

func (l *suggestions) draw(size fyne.Size) []fyne.CanvasObject {
	box := canvas.NewRectangle(ui.Color(ui.ColorRaised))
	box.StrokeColor, box.StrokeWidth, box.CornerRadius = ui.Color(ui.ColorLine), 1, 6
	box.Resize(size)
	parts := []fyne.CanvasObject{box}
	text := func(said string, style ui.Style, y, from, to float32, align fyne.TextAlign) {
		t := canvas.NewText(style.Fit(said, to-from), color.Transparent)
		style.Apply(t)
		t.Alignment = align
		t.Move(fyne.NewPos(from, y+(suggestionRow-t.MinSize().Height)/2))
		t.Resize(fyne.NewSize(to-from, t.MinSize().Height))
		parts = append(parts, t)
	}
	right, y := size.Width-suggestionInset, float32(suggestionAir)
	for row := l.first(); row < min(l.first()+suggestionRows, len(l.rows)); row++ {
		if row == l.cursor || row == l.hovered {
			ground := canvas.NewRectangle(ui.Fade(ui.Color(ui.ColorAccent), 40))
			ground.CornerRadius = 3
			ground.Move(fyne.NewPos(suggestionAir, y))
			ground.Resize(fyne.NewSize(size.Width-2*suggestionAir, suggestionRow))
			parts = append(parts, ground)
		}
		one := l.rows[row]
		wide := ui.Note.Width(one.note)
		text(one.text, ui.Code, y, suggestionInset, right-wide-8, fyne.TextAlignLeading)
		text(one.note, ui.Note, y, right-wide, right, fyne.TextAlignTrailing)
		y += suggestionRow
	}
	text(l.hint, ui.Note, y, suggestionInset, right, fyne.TextAlignLeading)
	return parts
}

// rowAt returns the row at a height, -1 for none.
func (l *suggestions) rowAt(y float32) int {
	row := l.first() + int((y-suggestionAir)/suggestionRow)
	if y < suggestionAir || row >= min(l.first()+suggestionRows, len(l.rows)) {
		return -1
	}
	return row
}

// Tapped chooses the row under the pointer.
func (l *suggestions) Tapped(e *fyne.PointEvent) {
	if row := l.rowAt(e.Position.Y); row >= 0 {
		l.choose(row)
	}
}

// MouseIn follows the pointer.
func (l *suggestions) MouseIn(e *desktop.MouseEvent) { l.over = true; l.hover(l.rowAt(e.Position.Y)) }

// MouseMoved follows the pointer.
func (l *suggestions) MouseMoved(e *desktop.MouseEvent) { l.hover(l.rowAt(e.Position.Y)) }

// MouseOut lets all be as before.
func (l *suggestions) MouseOut() { l.over = false; l.hover(-1) }

func (l *suggestions) hover(row int) {
	if row != l.hovered {
		l.hovered = row
		l.Refresh()
	}
}
