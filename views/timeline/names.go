package timeline

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// put adds a text to the label column, its middle at y, and cuts it to the width.
func (f *field) put(text string, style ui.Style, x, y, width float32) {
	if text == "" {
		return
	}
	t := newText(style.Fit(text, width), style)
	t.Move(fyne.NewPos(x, y-t.MinSize().Height/2))
	f.names.Add(t)
}

// putRight is put, aligned to the right; it returns where the text begins.
func (f *field) putRight(text string, style ui.Style, y float32) float32 {
	if text == "" {
		return nameRight
	}
	x := nameRight - style.Width(text)
	f.put(text, style, x, y, nameRight)
	return x
}

// nameLane fills the label column beside a lane, and draws the line below it.
func (f *field) nameLane(l lane, top, height float32) {
	h := l.head()
	left := f.putRight(h.aside, h.asideStyle, top+nameMiddle)
	left = min(left, f.putRight(h.top, ui.Note, top+nameMiddle))
	f.putRight(h.bottom, ui.Note, top+height-9)
	f.put(fitName(h.of, h.name, left-nameLeft-6), ui.Head, nameLeft, top+nameMiddle, left-nameLeft-6)
	f.put(h.measures, ui.Note, nameLeft, top+howMiddle, ui.LabelColWidth-nameLeft)
	for _, r := range h.rows {
		f.nameRow(r, top)
	}
	line := canvas.NewRectangle(ui.Color(ui.ColorLine))
	line.Move(fyne.NewPos(0, top+height-1))
	line.Resize(fyne.NewSize(f.Size().Width, 1))
	f.names.Add(line)
}

// pinWidth is that of the bar that tells a pinned lane.
const pinWidth = 3

// pin draws a bar beside the name of a lane that is pinned to the top.
func (f *field) pin(top, height float32) {
	bar := canvas.NewRectangle(ui.Color(ui.ColorAccent))
	bar.Move(fyne.NewPos(0, top+4))
	bar.Resize(fyne.NewSize(pinWidth, height-9))
	f.names.Add(bar)
}

// leastOf is what is left of a long resource's name before the words of its metric are cut too.
const leastOf = 64

// fitName joins whose metric it is and which, and cuts the first where both are too wide.
func fitName(of, name string, width float32) string {
	if of == "" {
		return name
	}
	return ui.Head.Fit(of, max(width-ui.Head.Width(" "+name), leastOf)) + " " + name
}

func (f *field) nameRow(r headRow, top float32) {
	style := ui.Note
	if r.item == nil {
		style = ui.Note.In(ui.ColorFaint)
	} else if app.SameItem(r.item, f.view.session.Selected.Now()) {
		style = ui.Strong
	}
	aside := ui.Note
	aside.Size = 11
	left := f.putRight(r.aside, aside, top+r.middle)
	x := nameLeft + float32(r.depth)*childStep
	f.put(r.name, style, x, top+r.middle, left-x-6)
}
