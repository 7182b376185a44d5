package drawer

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// ChartFrame is what a small chart stands in: the ends of its scale left of the picture, those of its window below it.
type ChartFrame struct {
	Picture            *canvas.Raster
	height             float32 // of the picture
	lowY               float32 // where the words of the scale's lower end stand
	top, low, from, to *ui.Text
}

const (
	ChartAxis = 16 // below the picture, for the times
	ChartLine = 14 // of words
)

// ChartNote is the style of the words in a chart's frame.
var ChartNote = ui.Style{Color: ui.ColorQuiet, Size: 11}

// NewChartFrame returns the frame of a picture that draw draws: some 300 by 90 pixels, small enough for the UI
// goroutine.
func NewChartFrame(draw func(w, h int) image.Image, height, lowY float32, within app.Range, scale chart.Scale,
	unit string, k PageContext) ChartFrame {
	text := func(says string) *ui.Text { return ui.NewText(says, ChartNote) }
	f := ChartFrame{
		Picture: canvas.NewRaster(draw), height: height, lowY: lowY,
		top: text(phrase.Amount(scale.Max, unit)), low: text("0"), // zero needs no unit
		from: text(k.Moment(within.From)), to: text(k.Moment(within.To)).Right(),
	}
	if scale.Min != 0 {
		f.low.Set(phrase.Amount(scale.Min, unit))
	}
	return f
}

// Parts are the objects of the frame.
func (f ChartFrame) Parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{f.Picture, f.top, f.low, f.from, f.to}
}

// Min is the least size of a chart with its frame.
func (f ChartFrame) Min() fyne.Size { return fyne.NewSize(200, f.height+ChartAxis) }

// Place gives each part its place and returns where the picture begins.
func (f ChartFrame) Place(s fyne.Size) (left float32) {
	left = max(ChartNote.Width(f.top.Now()), ChartNote.Width(f.low.Now())) + 8
	f.Picture.Resize(fyne.NewSize(s.Width-left, f.height))
	f.Picture.Move(fyne.NewPos(left, 0))
	put := func(t *ui.Text, x, y, width float32) {
		t.Resize(fyne.NewSize(width, ChartLine))
		t.Move(fyne.NewPos(x, y))
	}
	put(f.top, 0, 0, left)
	put(f.low, 0, f.lowY, left)
	put(f.from, left, f.height+2, (s.Width-left)/2)
	put(f.to, left+(s.Width-left)/2, f.height+2, (s.Width-left)/2)
	return left
}
