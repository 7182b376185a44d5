package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/phrase"
)

// Readout is a value beside the crosshair, on a raised ground so that it can be read above a chart.
type Readout struct {
	widget.BaseWidget
	box  *canvas.Rectangle
	line *canvas.Text
	text string
}

// NewReadout returns a readout of that text.
func NewReadout(text string) *Readout {
	r := &Readout{box: canvas.NewRectangle(color.Transparent), line: canvas.NewText("", nil),
		text: phrase.VisibleLine(text)}
	r.box.CornerRadius = 4
	r.ExtendBaseWidget(r)
	r.paint()
	return r
}

// Set changes the text; move and resize the readout to its MinSize afterwards.
func (r *Readout) Set(text string) {
	text = phrase.VisibleLine(text)
	if text != r.text {
		r.text = text
		r.Refresh()
	}
}

// CreateRenderer draws the readout.
func (r *Readout) CreateRenderer() fyne.WidgetRenderer {
	return &Face{
		Widget: r, Parts: []fyne.CanvasObject{r.box, r.line}, Paint: r.paint, Place: r.place,
		Min: func() fyne.Size { return fyne.NewSize(Small.Width(r.text)+12, 18) },
	}
}

func (r *Readout) paint() {
	Small.Apply(r.line)
	r.line.Text = r.text
	r.box.FillColor, r.box.StrokeColor, r.box.StrokeWidth = Fade(Color(ColorRaised), 235), Color(ColorLine), 1
}

func (r *Readout) place(s fyne.Size) {
	r.box.Resize(s)
	size := r.line.MinSize()
	r.line.Resize(size)
	r.line.Move(fyne.NewPos(6, (s.Height-size.Height)/2))
}
