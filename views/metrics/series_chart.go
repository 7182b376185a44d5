package metrics

import (
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/ui"
)

// seriesChart draws a series over a window, as high as a few lines of text, with what it is held against, and a dot
// where it was clicked.
type seriesChart struct {
	widget.BaseWidget
	series app.Series
	within app.Range
	lines  seriesLines
	at     time.Time // that was clicked; zero: none
	scale  chart.Scale
	frame  drawer.ChartFrame
}

// seriesLines are what a series is held against.
type seriesLines struct {
	thresholds []float64
	limit      []app.LimitStep
}

const (
	seriesHeight = 72 // of the picture
	seriesMargin = 4  // within the picture, above and below the values
	clickRadius  = 3  // of the dot where the series was clicked
)

func newSeriesChart(s app.Series, within app.Range, lines seriesLines, at time.Time, unit string,
	k drawer.PageContext) *seriesChart {
	c := &seriesChart{series: s, within: within, lines: lines, at: at, scale: seriesScale(s, within, lines)}
	c.frame = drawer.NewChartFrame(c.draw, seriesHeight, seriesHeight-drawer.ChartLine, within, c.scale, unit, k)
	c.ExtendBaseWidget(c)
	return c
}

// seriesScale holds the datapoints in force in a window and zero, so that a small change does not look like a great
// one; and the thresholds and limits that are no more than twice as far, so that the line is not pressed flat.
func seriesScale(s app.Series, within app.Range, lines seriesLines) chart.Scale {
	points := seen(s, within)
	if p, ok := s.InForce(within.From); ok {
		points = append(points, p)
	}
	least, _, greatest, ok := extent(points)
	if !ok {
		least, greatest = 0, 0
	}
	reach, ends := greatest, lines.thresholds
	for _, l := range lines.limit {
		ends = append(ends[:len(ends):len(ends)], l.Value)
	}
	for _, t := range ends {
		if t > greatest && t <= 2*reach {
			greatest = t
		}
	}
	return chart.Scale{Min: min(least, 0), Max: chart.Nice(greatest * 1.1)}
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
	size := c.frame.Picture.Size()
	if w == 0 || h == 0 || size.Width == 0 {
		return image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	}
	p := chart.NewPicture(chart.Axis{Range: c.within, Width: size.Width}, size.Height, float32(w)/size.Width,
		ui.NewPalette())
	band := chart.Band{Top: seriesMargin, Bottom: size.Height - seriesMargin}
	for _, t := range c.lines.thresholds {
		if t >= c.scale.Min && t <= c.scale.Max {
			p.Rule(band.Y(c.scale.Part(t)), chart.Ink{Name: ui.ColorAlarm, Alpha: 190})
		}
	}
	for _, l := range c.lines.limit {
		if l.Value <= c.scale.Max {
			p.Dash(l.Range, band.Y(c.scale.Part(l.Value)), chart.Solid(ui.ColorWarning))
		}
	}
	p.Steps(c.series.Points, max(c.series.Period, time.Second), nil, c.scale, band, chart.Solid(ui.ColorSeries1))
	if d, ok := c.series.InForce(c.at); ok {
		p.Dot(c.at, band.Y(c.scale.Part(d.Value)), clickRadius, chart.Solid(ui.ColorText))
	}
	return p.Image()
}

// CreateRenderer draws the chart.
func (c *seriesChart) CreateRenderer() fyne.WidgetRenderer {
	return &ui.Face{Widget: c, Parts: c.frame.Parts(), Place: func(s fyne.Size) { c.frame.Place(s) }, Min: c.frame.Min}
}
