package ui

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
)

const barInset = 7 // above and below a bar in a row

// Bar is a picture over a range that fills the cell of a list. Paint is called on the UI goroutine: a bar is some
// hundred pixels wide and ten high.
type Bar struct {
	Within app.Range
	Paint  func(*chart.Picture)
}

// barView draws a Bar.
type barView struct {
	widget.BaseWidget
	bar    *Bar
	raster *canvas.Raster
}

func newBarView() *barView {
	v := &barView{}
	v.raster = canvas.NewRaster(v.draw)
	v.ExtendBaseWidget(v)
	return v
}

func (v *barView) show(b *Bar) {
	if v.bar != b {
		v.bar = b
		v.Refresh()
	}
}

// CreateRenderer draws the bar.
func (v *barView) CreateRenderer() fyne.WidgetRenderer {
	return &Face{
		Widget: v, Parts: []fyne.CanvasObject{v.raster},
		Place: func(s fyne.Size) { v.raster.Resize(s) },
		Min:   func() fyne.Size { return fyne.NewSize(1, 1) },
	}
}

func (v *barView) draw(w, h int) image.Image {
	size := v.raster.Size()
	if v.bar == nil || w == 0 || h == 0 || size.Width == 0 {
		return image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	}
	axis := chart.Axis{Range: v.bar.Within, Width: size.Width}
	p := chart.NewPicture(axis, size.Height, float32(w)/size.Width, NewPalette())
	v.bar.Paint(p)
	return p.Image()
}
