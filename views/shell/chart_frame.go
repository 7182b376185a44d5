package shell

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// chartFrame is what a small chart stands in: the ends of its scale left of the picture, those of its window below it.
type chartFrame struct {
	picture            *canvas.Raster
	height             float32 // of the picture
	lowY               float32 // where the words of the scale's lower end stand
	top, low, from, to *ui.Text
}

const (
	chartAxis = 16 // below the picture, for the times
	chartLine = 14 // of words
)

var chartNote = ui.Style{Color: ui.ColorQuiet, Size: 11}

// newChartFrame returns the frame of a picture that draw draws: some 300 by 90 pixels, small enough for the UI goroutine.
func newChartFrame(draw func(w, h int) image.Image, height, lowY float32, within app.Range, scale chart.Scale, unit string, k desk) chartFrame {
	text := func(says string) *ui.Text { return ui.NewText(says, chartNote) }
	f := chartFrame{
		picture: canvas.NewRaster(draw), height: height, lowY: lowY,
		top: text(phrase.Amount(scale.Max, unit)), low: text("0"), // zero needs no unit
		from: text(k.moment(within.From)), to: text(k.moment(within.To)).Right(),
	}
	if scale.Min != 0 {
		f.low.Set(phrase.Amount(scale.Min, unit))
	}
	return f
}

func (f chartFrame) parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{f.picture, f.top, f.low, f.from, f.to}
}

func (f chartFrame) min() fyne.Size { return fyne.NewSize(200, f.height+chartAxis) }

// place gives each part its place and returns where the picture begins.
func (f chartFrame) place(s fyne.Size) (left float32) {
	left = max(chartNote.Width(f.top.Now()), chartNote.Width(f.low.Now())) + 8
	f.picture.Resize(fyne.NewSize(s.Width-left, f.height))
	f.picture.Move(fyne.NewPos(left, 0))
	put := func(t *ui.Text, x, y, width float32) {
		t.Resize(fyne.NewSize(width, chartLine))
		t.Move(fyne.NewPos(x, y))
	}
	put(f.top, 0, 0, left)
	put(f.low, 0, f.lowY, left)
	put(f.from, left, f.height+2, (s.Width-left)/2)
	put(f.to, left+(s.Width-left)/2, f.height+2, (s.Width-left)/2)
	return left
}
