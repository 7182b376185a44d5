package timeline

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/ui"
)

// emptyState says why there is nothing to see, and what to do about it.
type emptyState struct {
	widget.BaseWidget
	what, remedy string
	lines        [2]*canvas.Text
}

func newEmptyState() *emptyState {
	e := &emptyState{lines: [2]*canvas.Text{canvas.NewText("", color.Transparent), canvas.NewText("", color.Transparent)}}
	e.ExtendBaseWidget(e)
	return e
}

// CreateRenderer draws the two lines.
func (e *emptyState) CreateRenderer() fyne.WidgetRenderer {
	return &ui.Face{
		Widget: e, Parts: []fyne.CanvasObject{e.lines[0], e.lines[1]}, Place: e.place,
		Min: func() fyne.Size { return fyne.NewSize(0, 0) },
	}
}

// show says the two sentences; both empty: there is something to see.
func (e *emptyState) show(what, remedy string) {
	setShown(e, what != "")
	if what != e.what || remedy != e.remedy {
		e.what, e.remedy = what, remedy
		e.Refresh()
	}
}

// place puts the sentences in the middle, a little above the half: where lanes may be, they are at the top.
func (e *emptyState) place(size fyne.Size) {
	y := size.Height * 0.45
	for i, style := range []ui.Style{ui.Head, ui.Note} {
		style.Apply(e.lines[i])
		e.lines[i].Text = style.Fit([]string{e.what, e.remedy}[i], size.Width-2*nameLeft)
		min := e.lines[i].MinSize()
		e.lines[i].Resize(min)
		e.lines[i].Move(fyne.NewPos((size.Width-min.Width)/2, y))
		y += min.Height + 6
	}
}
