package ui

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/chart"
)

const sparkInset = 3 // above and below a chart in a row

// sparkInks are the colours of small charts.
var sparkInks = chart.SparkInks{
	Line: chart.Solid(ColorSeries1), Threshold: chart.Ink{Name: ColorAlarm, Alpha: 190},
	Breach: chart.Ink{Name: ColorAlarm, Alpha: 60},
}

// sparkView draws a chart.Spark.
type sparkView struct {
	widget.BaseWidget
	spark  *chart.Spark
	raster *canvas.Raster
}

func newSparkView() *sparkView {
	v := &sparkView{}
	v.raster = canvas.NewRaster(v.draw) // 88 by 18 pixels: small enough for the UI goroutine
	v.ExtendBaseWidget(v)
	return v
}

func (v *sparkView) show(s *chart.Spark) {
	if v.spark != s {
		v.spark = s
		v.Refresh()
	}
}

// CreateRenderer draws the chart.
func (v *sparkView) CreateRenderer() fyne.WidgetRenderer {
	return &Face{
		Widget: v, Parts: []fyne.CanvasObject{v.raster},
		Place: func(s fyne.Size) { v.raster.Resize(s) },
		Min:   func() fyne.Size { return fyne.NewSize(chart.SparkWidth, 1) },
	}
}

func (v *sparkView) draw(w, h int) image.Image {
	size := v.raster.Size()
	if v.spark == nil || w == 0 || h == 0 || size.Width == 0 {
		return image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	}
	p := chart.NewPicture(chart.Axis{Range: v.spark.Within, Width: size.Width}, size.Height, float32(w)/size.Width,
		NewPalette())
	v.spark.Paint(p, sparkInks)
	return p.Image()
}
