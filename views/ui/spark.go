package ui

import (
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
)

// SparkWidth is how wide a Spark is drawn.
const SparkWidth = 88

const (
	sparkInset = 3   // above and below it in a row
	sparkPad   = 1.5 // between its edge and the greatest value
)

// Spark is a chart small enough for a cell: a line, and the threshold that it is held against. NewSpark reduces the points, so
// that drawing one takes microseconds.
type Spark struct {
	within    app.Range
	strokes   [][]app.Point
	bad       []app.Range
	threshold *float64
	scale     Scale
}

// NewSpark returns the chart of a series over a range, with its breaches of an alarm's threshold shaded; nil without points.
func NewSpark(a app.Alarm, points []app.Point, period time.Duration, within app.Range) *Spark {
	if len(points) == 0 {
		return nil
	}
	s := &Spark{within: within, threshold: a.Threshold, bad: a.Breached(points, period)}
	axis := Axis{Range: within, Width: SparkWidth}
	least, greatest := points[0].Value, points[0].Value
	for _, p := range points {
		least, greatest = min(least, p.Value), max(greatest, p.Value)
	}
	s.strokes = axis.strokes(points, max(period, time.Second), 2*SparkWidth, nil) // as fine as a screen at 200 % shows
	if a.Threshold != nil {
		least, greatest = min(least, *a.Threshold), max(greatest, *a.Threshold)
	}
	s.scale = Scale{Min: min(least, 0), Max: greatest}
	if s.scale.Max <= s.scale.Min {
		s.scale.Max = s.scale.Min + 1
	}
	return s
}

// sparkView draws a Spark.
type sparkView struct {
	widget.BaseWidget
	spark  *Spark
	raster *canvas.Raster
}

func newSparkView() *sparkView {
	v := &sparkView{}
	v.raster = canvas.NewRaster(v.draw) // 88 by 18 pixels: small enough for the UI goroutine
	v.ExtendBaseWidget(v)
	return v
}

func (v *sparkView) show(s *Spark) {
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
		Min:   func() fyne.Size { return fyne.NewSize(SparkWidth, 1) },
	}
}

func (v *sparkView) draw(w, h int) image.Image {
	size := v.raster.Size()
	if v.spark == nil || w == 0 || h == 0 || size.Width == 0 {
		return image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	}
	p := NewPicture(Axis{Range: v.spark.within, Width: size.Width}, size.Height, float32(w)/size.Width, NewPalette())
	v.spark.paint(p, size.Height)
	return p.Image()
}

func (s *Spark) paint(p *Picture, height float32) {
	band := Band{Top: sparkPad, Bottom: height - sparkPad}
	for _, r := range s.bad {
		p.Shade(r, Band{Top: 0, Bottom: height}, Ink{ColorAlarm, 60})
	}
	if s.threshold != nil {
		p.Rule(band.Y(s.scale.Part(*s.threshold)), Ink{ColorAlarm, 190})
	}
	p.strokes(s.strokes, s.scale, band, Solid(ColorSeries1))
}
