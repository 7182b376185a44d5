package shell

import (
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// alarmChart draws the metric of an alarm over the window that is looked at: its datapoints, the threshold with its
// rule, and shades where datapoints breach it.
type alarmChart struct {
	widget.BaseWidget
	series app.Series
	within app.Range
	alarm  app.Alarm
	scale  ui.Scale

	raster         *canvas.Raster
	rule, top, low *ui.Text
	from, to       *ui.Text
}

const (
	chartHeight = 84 // of the picture
	chartAxis   = 18 // below it, for the times
	chartMargin = 4  // within the picture, above and below the values
)

var chartNote = ui.Style{Color: ui.ColorQuiet, Size: 11}

func newAlarmChart(a app.Alarm, s app.Series, within app.Range, unit string, k desk) *alarmChart {
	c := &alarmChart{series: s, within: within, alarm: a, scale: chartScale(a, s)}
	c.raster = canvas.NewRaster(c.draw) // some 300 by 80 pixels: small enough for the UI goroutine
	text := func(says string) *ui.Text { return ui.NewText(says, chartNote) }
	c.rule = ui.NewText("", chartNote.In(ui.ColorAlarm))
	if a.Threshold != nil {
		c.rule.Set(ui.AlarmRule(a, k.presets))
	}
	c.top, c.low = text(ui.Amount(c.scale.Max, unit)), text("0") // zero needs no unit
	if c.scale.Min < 0 {
		c.low.Set(ui.Amount(c.scale.Min, unit))
	}
	c.from, c.to = text(k.moment(within.From)), text(k.moment(within.To)).Right()
	c.ExtendBaseWidget(c)
	return c
}

// chartScale holds all datapoints, the threshold and zero, so that a small change does not look like a great one.
func chartScale(a app.Alarm, s app.Series) ui.Scale {
	least, _, greatest, ok := extent(s.Points)
	if !ok {
		least, greatest = 0, 0
	}
	if a.Threshold != nil {
		least, greatest = min(least, *a.Threshold), max(greatest, *a.Threshold)
	}
	return ui.Scale{Min: min(least, 0), Max: ui.Nice(greatest * 1.1)}
}

// breaches are the stretches whose datapoints lie on the alarm's side of its threshold, in order.
func breaches(a app.Alarm, s app.Series) []app.Range {
	var found []app.Range
	for _, p := range s.Points {
		if a.Breaches(p.Value) {
			found = append(found, app.Range{From: p.At, To: p.At.Add(s.Period)})
		}
	}
	return app.Union(found)
}

func (c *alarmChart) draw(w, h int) image.Image {
	size := c.raster.Size()
	if w == 0 || h == 0 || size.Width == 0 {
		return image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	}
	p := ui.NewPicture(ui.Axis{Range: c.within, Width: size.Width}, size.Height, float32(w)/size.Width, ui.NewPalette())
	band := ui.Band{Top: chartMargin, Bottom: size.Height - chartMargin}
	for _, r := range breaches(c.alarm, c.series) {
		p.Shade(r, ui.Band{Top: 0, Bottom: size.Height}, ui.Ink{Name: ui.ColorAlarm, Alpha: 34})
	}
	if c.alarm.Threshold != nil {
		p.Rule(band.Y(c.scale.Part(*c.alarm.Threshold)), ui.Ink{Name: ui.ColorAlarm, Alpha: 190})
	}
	p.Line(c.series.Points, max(c.series.Period, time.Second), c.scale, band, ui.Solid(ui.ColorSeries1))
	return p.Image()
}

// CreateRenderer draws the chart.
func (c *alarmChart) CreateRenderer() fyne.WidgetRenderer {
	return &ui.Face{
		Widget: c, Parts: []fyne.CanvasObject{c.raster, c.top, c.low, c.rule, c.from, c.to}, Place: c.place,
		Min: func() fyne.Size { return fyne.NewSize(200, chartHeight+chartAxis) },
	}
}

// place puts the scale's ends left of the picture and the rule's words above its line, or below where there is no room.
func (c *alarmChart) place(s fyne.Size) {
	const line = 14
	left := max(chartNote.Width(c.top.Now()), chartNote.Width(c.low.Now())) + 8
	c.raster.Resize(fyne.NewSize(s.Width-left, chartHeight))
	c.raster.Move(fyne.NewPos(left, 0))
	put := func(t *ui.Text, x, y, width float32) {
		t.Resize(fyne.NewSize(width, line))
		t.Move(fyne.NewPos(x, y))
	}
	put(c.top, 0, 0, left)
	put(c.low, 0, chartHeight-line, left)
	put(c.from, left, chartHeight+2, (s.Width-left)/2)
	put(c.to, left+(s.Width-left)/2, chartHeight+2, (s.Width-left)/2)
	if c.alarm.Threshold == nil {
		return
	}
	band := ui.Band{Top: chartMargin, Bottom: chartHeight - chartMargin}
	y := band.Y(c.scale.Part(*c.alarm.Threshold)) - line - 1
	if y < 0 {
		y += line + 2
	}
	put(c.rule, left+6, y, s.Width-left-6)
}
