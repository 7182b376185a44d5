package timeline

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/lane"
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

// nameRow fills the label column beside a lane, and draws the line below it.
func (f *field) nameRow(r row) {
	h, top := r.head(), r.top
	left := f.putRight(h.Aside, h.AsideStyle, top+lane.NameMiddle)
	left = min(left, f.putRight(h.Top, ui.Note, top+lane.NameMiddle))
	f.putRight(h.Bottom, ui.Note, top+r.height-9)
	f.put(fitName(h.Of, h.Name, left-nameLeft-6), ui.Head, nameLeft, top+lane.NameMiddle, left-nameLeft-6)
	f.put(h.Measures, ui.Note, nameLeft, top+howMiddle, ui.LabelColWidth-nameLeft)
	for _, n := range h.Rows {
		f.nameWithin(n, top)
	}
	line := canvas.NewRectangle(ui.Color(ui.ColorLine))
	line.Move(fyne.NewPos(0, top+r.height-1))
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

// nameWithin names one of several rows of a lane.
func (f *field) nameWithin(r lane.HeadRow, top float32) {
	style := ui.Note
	if r.Item == nil {
		style = ui.Note.In(ui.ColorFaint)
	} else if app.SameItem(r.Item, f.view.session.Selected.Now()) {
		style = ui.Strong
	}
	aside := ui.Note
	aside.Size = 11
	left := f.putRight(r.Aside, aside, top+r.Middle)
	x := nameLeft + float32(r.Depth)*childStep
	f.put(r.Name, style, x, top+r.Middle, left-x-6)
}
