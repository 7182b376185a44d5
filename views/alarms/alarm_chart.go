package alarms

import (
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/ui"
)

// alarmChart draws an evaluation: the metric, the threshold with its rule or the band, shades where datapoints breach
// it, and which datapoints decided: filled where they breach, rings where they do not, hatched slots where they are
// missing.
type alarmChart struct {
	widget.BaseWidget
	picture evaluationPicture
	ink     fyne.ThemeColorName // of the metric
	frame   drawer.ChartFrame
	rule    *ui.Text
	back    *ui.Surface // of the rule's words
}

const (
	chartHeight = 92  // of the picture
	chartTop    = 6   // within the picture, above the values: a mark on the edge is whole
	chartBottom = 8   // below them, for the line under what decided
	ruleBack    = 190 // opacity below the rule's words: a line shows through, but does not disturb
	ruleSlide   = 4   // from one place of theirs that is tried to the next
)

// newAlarmChart returns the chart; rule is what is written at the threshold.
func newAlarmChart(e evaluationPicture, rule, unit string, ink fyne.ThemeColorName, k drawer.PageContext) *alarmChart {
	c := &alarmChart{picture: e, ink: ink}
	c.frame = drawer.NewChartFrame(c.draw, chartHeight, chartHeight-chartBottom-drawer.ChartLine/2, e.within, e.scale,
		unit, k)
	c.rule, c.back = ui.NewText(rule, drawer.ChartNote), ui.NewSurface(ui.ColorSurface)
	c.back.SetColor(ui.ColorSurface, ruleBack)
	if ink != ui.ColorNoData {
		c.rule.SetStyle(drawer.ChartNote.In(ui.ColorAlarm))
	}
	ui.SetShown(c.back, e.rule != nil)
	c.ExtendBaseWidget(c)
	return c
}

// alarmInk is the colour of the threshold and of what breaches it; what is no longer current has none of its own.
func (c *alarmChart) alarmInk() fyne.ThemeColorName {
	if c.ink == ui.ColorNoData {
		return ui.ColorNoData
	}
	return ui.ColorAlarm
}

func chartBand() chart.Band { return chart.Band{Top: chartTop, Bottom: chartHeight - chartBottom} }

func (c *alarmChart) draw(w, h int) image.Image {
	size, e := c.frame.Picture.Size(), c.picture
	if w == 0 || h == 0 || size.Width == 0 {
		return image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	}
	p := chart.NewPicture(chart.Axis{Range: e.within, Width: size.Width}, size.Height, float32(w)/size.Width,
		ui.NewPalette())
	band, alarm := chartBand(), c.alarmInk()
	for _, r := range e.breaches {
		p.Shade(r, chart.Band{Top: 0, Bottom: chartHeight}, chart.Ink{Name: alarm, Alpha: 34})
	}
	for _, d := range e.band {
		r := app.Range{From: d.At, To: d.At.Add(e.period)}
		p.Bar(r, e.scale.Part(max(d.Low, e.scale.Min)), e.scale.Part(min(d.High, e.scale.Max)), band,
			chart.Ink{Name: ui.ColorNoData, Alpha: 70})
	}
	for _, r := range e.gaps {
		p.Hatch(r, band, chart.Ink{Name: ui.ColorNoData, Alpha: 70})
	}
	if e.rule != nil {
		p.Rule(band.Y(e.scale.Part(*e.rule)), chart.Ink{Name: alarm, Alpha: 190})
	}
	p.Line(e.points, e.period, e.scale, band, chart.Solid(c.ink))
	c.mark(p, band)
	return p.Image()
}

// CreateRenderer draws the chart.
func (c *alarmChart) CreateRenderer() fyne.WidgetRenderer {
	return &ui.Face{Widget: c, Parts: append(c.frame.Parts(), c.back, c.rule), Place: c.place, Min: c.frame.Min}
}

// place puts the rule's words at its line.
func (c *alarmChart) place(s fyne.Size) {
	left := c.frame.Place(s)
	if c.picture.rule != nil {
		width := min(drawer.ChartNote.Width(c.rule.Now())+1, s.Width-left)
		x, y := c.freePlace(chart.Axis{Range: c.picture.within, Width: s.Width - left}, width)
		c.rule.Resize(fyne.NewSize(width, drawer.ChartLine))
		c.rule.Move(fyne.NewPos(left+x, y))
		c.back.Resize(fyne.NewSize(width+4, drawer.ChartLine))
		c.back.Move(fyne.NewPos(left+x-2, y))
	}
}

// freePlace is where words at the threshold hide the least: above its line rather than below, at the left rather than
// at the right, and between both where those are taken.
func (c *alarmChart) freePlace(axis chart.Axis, width float32) (x, y float32) {
	band, scale := chartBand(), c.picture.scale
	line := band.Y(scale.Part(*c.picture.rule))
	ends := []float32{4, axis.Width - width - 4}
	var inner []float32
	for at := ends[0] + ruleSlide; at < ends[1]; at += ruleSlide {
		inner = append(inner, at)
	}
	least := float32(math.MaxFloat32)
	for _, lefts := range [][]float32{ends, inner} {
		for _, top := range []float32{line - drawer.ChartLine - 1, line + 2} {
			if top < -2 || top+drawer.ChartLine > chartHeight {
				continue
			}
			for _, at := range lefts {
				if n := c.hidden(axis, at, at+width, top, top+drawer.ChartLine); n < least {
					least, x, y = n, at, top
				}
			}
		}
	}
	return x, y
}

// hiddenPoint is how many pixels of line a datapoint counts for that words hide: its mark says whether it decided.
const hiddenPoint = 40

// hidden returns how much lies in a part of the picture: datapoints, stretches without any, and pixels of the line
// between them.
func (c *alarmChart) hidden(axis chart.Axis, left, right, top, bottom float32) (sum float32) {
	band := chartBand()
	place := func(d app.Point) (x, y float32) { return axis.X(d.At), band.Y(c.picture.scale.Part(d.Value)) }
	for i, d := range c.picture.points {
		x, y := place(d)
		if x > left-2 && x < right+2 && y > top-2 && y < bottom+2 {
			sum += hiddenPoint
		}
		if i > 0 {
			fromX, fromY := place(c.picture.points[i-1])
			if low, high := min(y, fromY), max(y, fromY); low < bottom && high > top {
				sum += max(min(right, x)-max(left, fromX), 0)
			}
		}
	}
	for _, g := range c.picture.gaps {
		if axis.X(g.To) > left && axis.X(g.From) < right {
			sum += hiddenPoint
		}
	}
	return sum
}
