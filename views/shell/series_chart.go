package shell

import (
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// seriesChart draws a series over a window, as high as a few lines of text, with the thresholds that it is held against.
type seriesChart struct {
	widget.BaseWidget
	series     app.Series
	within     app.Range
	thresholds []float64
	scale      ui.Scale
	frame      chartFrame
}

const (
	seriesHeight = 72 // of the picture
	seriesMargin = 4  // within the picture, above and below the values
)

func newSeriesChart(s app.Series, within app.Range, thresholds []float64, unit string, k desk) *seriesChart {
	c := &seriesChart{series: s, within: within, thresholds: thresholds, scale: seriesScale(s, within, thresholds)}
	c.frame = newChartFrame(c.draw, seriesHeight, seriesHeight-chartLine, within, c.scale, unit, k)
	c.ExtendBaseWidget(c)
	return c
}

// seriesScale holds the datapoints of a window and zero, so that a small change does not look like a great one; and the
// thresholds that are no more than twice as far, so that the line is not pressed flat.
func seriesScale(s app.Series, within app.Range, thresholds []float64) ui.Scale {
	least, _, greatest, ok := extent(seen(s, within))
	if !ok {
		least, greatest = 0, 0
	}
	reach := greatest
	for _, t := range thresholds {
		if t > greatest && t <= 2*reach {
			greatest = t
		}
	}
	return ui.Scale{Min: min(least, 0), Max: ui.Nice(greatest * 1.1)}
}

// seen are the datapoints of a series that a window holds.
func seen(s app.Series, within app.Range) (points []app.Point) {
	for _, p := range s.Points {
		if within.Contains(p.At) {
			points = append(points, p)
		}
	}
	return points
}

func (c *seriesChart) draw(w, h int) image.Image {
	size := c.frame.picture.Size()
	if w == 0 || h == 0 || size.Width == 0 {
		return image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	}
	p := ui.NewPicture(ui.Axis{Range: c.within, Width: size.Width}, size.Height, float32(w)/size.Width, ui.NewPalette())
	band := ui.Band{Top: seriesMargin, Bottom: size.Height - seriesMargin}
	for _, t := range c.thresholds {
		if t >= c.scale.Min && t <= c.scale.Max {
			p.Rule(band.Y(c.scale.Part(t)), ui.Ink{Name: ui.ColorAlarm, Alpha: 190})
		}
	}
	p.Line(c.series.Points, max(c.series.Period, time.Second), c.scale, band, ui.Solid(ui.ColorSeries1))
	return p.Image()
}

// CreateRenderer draws the chart.
func (c *seriesChart) CreateRenderer() fyne.WidgetRenderer {
	return &ui.Face{Widget: c, Parts: c.frame.parts(), Place: func(s fyne.Size) { c.frame.place(s) }, Min: c.frame.min}
}
