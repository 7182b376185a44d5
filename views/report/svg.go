package report

import (
	"fmt"
	"html"
	"math"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
)

// drawing is an SVG being drawn: a stretch of time from left to right. Colours are classes, which the page gives their
// values in the dark and in the light.
type drawing struct {
	axis   chart.Axis
	height float32 // of the band that values are drawn in
	zone   *time.Location
	b      strings.Builder
}

// The measures of a picture, in its own pixels.
const (
	pictureWidth = 760
	leftOfBand   = 64 // for the labels of the scale
	belowBand    = 20 // for the labels of the axis
	aboveBand    = 8
	chartHeight  = 150
	stripHeight  = 22
	tickGap      = 90
	columns      = 700 // datapoints are reduced to their extremes in so many columns
)

func newDrawing(within app.Range, height float32, zone *time.Location) *drawing {
	return &drawing{axis: chart.Axis{Range: within, Width: pictureWidth - leftOfBand - 4}, height: height, zone: zone}
}

func (d *drawing) add(format string, args ...any) { fmt.Fprintf(&d.b, format, args...) }

func (d *drawing) x(t time.Time) float32 {
	return leftOfBand + min(max(d.axis.X(t), 0), d.axis.Width)
}

func (d *drawing) y(part float64) float32 { return aboveBand + d.height*float32(1-part) }

func (d *drawing) text(x, y float32, class, words string) {
	d.add(`<text x="%.1f" y="%.1f" class="%s">%s</text>`, x, y, class, html.EscapeString(phrase.VisibleLine(words)))
}

func (d *drawing) rect(from, to time.Time, low, high float64, class string) {
	left, right := d.x(from), d.x(to)
	d.add(`<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" class="%s"/>`, left, d.y(high), max(right-left, 0.8),
		max(d.y(low)-d.y(high), 0), class)
}

func (d *drawing) level(part float64, class string) {
	d.add(`<path d="M%.1f %.1fH%.1f" class="%s"/>`, float32(leftOfBand), d.y(part), leftOfBand+d.axis.Width, class)
}

// ticks draws the axis below the band.
func (d *drawing) ticks() {
	for _, t := range d.axis.Ticks(d.zone, tickGap) {
		x := d.x(t.At)
		d.add(`<path d="M%.1f %.1fV%.1f" class="grid"/>`, x, float32(aboveBand), aboveBand+d.height)
		if x > leftOfBand+16 && x < pictureWidth-16 {
			d.text(x, aboveBand+d.height+14, "tick", t.Label)
		}
	}
}

// done returns the picture. title is what a reader hears who does not see it.
func (d *drawing) done(title string) string {
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %.0f" `+
		`role="img"><title>%s</title>%s</svg>`,
		pictureWidth, aboveBand+d.height+belowBand, html.EscapeString(phrase.VisibleLine(title)), d.b.String())
}

// scale labels the band from its bottom to its top.
func (d *drawing) scale(s chart.Scale, unit string) {
	for _, part := range []float64{0, 0.5, 1} {
		d.level(part, "grid")
		d.text(leftOfBand-8, d.y(part)+4, "value", phrase.Amount(s.Value(part), unit))
	}
}

// series draws datapoints, broken where some are missing, with the threshold of an alarm, if there is one, and what
// breaches it.
func series(x exhibit, unit string, zone *time.Location) string {
	d := newDrawing(x.Range, chartHeight, zone)
	s := scaleOf(x.Series.Points, threshold(x), unit)
	d.ticks()
	d.scale(s, unit)
	period := x.Series.Every()
	for _, gap := range chart.Gaps(x.Range, x.Series.Points, period) {
		d.rect(gap.From, gap.To, 0, 1, "gap")
	}
	if t := threshold(x); t != nil {
		for _, r := range x.Of.Breached(x.Series.Points, period) {
			d.rect(r.From, r.To, 0, 1, "breach")
		}
		d.level(s.Part(*t), "threshold")
		d.text(pictureWidth-8, d.y(s.Part(*t))-4, "rule", phrase.ExactAmount(*t, unit))
	}
	for _, run := range chart.Runs(x.Series.Points, period) {
		d.line(app.Columns(run, x.Range, columns), period, s)
	}
	return d.done("Datapoints of " + x.Title)
}

func (d *drawing) line(points []app.Point, period time.Duration, s chart.Scale) {
	for n, p := range points {
		move := 'L'
		if n == 0 {
			move = 'M'
			d.add(`<path class="line" d="`)
		}
		d.add("%c%.1f %.1f", move, d.x(p.At), d.y(s.Part(p.Value)))
	}
	if n := len(points); n > 0 { // the last stands for its period
		d.add(`H%.1f"/>`, d.x(points[n-1].At.Add(period)))
	}
}

// threshold is what datapoints are compared with; nil where an alarm has none or reads another metric.
func threshold(x exhibit) *float64 {
	if x.Of == nil || x.Of.Threshold == nil || !x.Of.Compares(x.Series.Period) {
		return nil
	}
	return x.Of.Threshold
}

// scaleOf holds all values from zero on, or from the least below it.
func scaleOf(points []app.Point, threshold *float64, unit string) chart.Scale {
	least, most := 0.0, 0.0
	for _, p := range points {
		least, most = math.Min(least, p.Value), math.Max(most, p.Value)
	}
	if threshold != nil {
		least, most = math.Min(least, *threshold), math.Max(most, *threshold)
	}
	s := chart.Scale{Max: chart.NiceIn(most*1.05, unit)}
	if least < 0 {
		s.Min = -chart.NiceIn(-least, unit)
	}
	return s
}

// states draws what states an alarm was in.
func states(x exhibit, zone *time.Location) string {
	d := newDrawing(x.Range, stripHeight, zone)
	d.ticks()
	for _, s := range x.States {
		d.rect(s.Range.From, s.Range.To, 0, 1, stateClass(s.State))
	}
	return d.done("States of the alarm " + x.Alarm)
}

func stateClass(s app.AlarmState) string {
	switch s {
	case app.InAlarm:
		return "alarm"
	case app.OK:
		return "ok"
	case app.InsufficientData:
		return "nodata"
	}
	return "gap"
}

// levelClass gives the bars of a volume the colours of their levels.
var levelClass = [...]string{"plain", "plain", "plain", "warn", "alarm"}

// volume draws how many events a query finds over time, the worst at the bottom.
func volume(x exhibit, zone *time.Location) string {
	most, sums := 0, map[time.Time]int{}
	for _, c := range x.Volume {
		sums[c.At] += c.Count
		most = max(most, sums[c.At])
	}
	d := newDrawing(x.Range, chartHeight/2, zone)
	s := chart.Scale{Max: chart.Nice(float64(most))}
	d.ticks()
	d.scale(s, "Count")
	below := map[time.Time]int{}
	for level := app.LevelError; ; level-- {
		for _, c := range x.Volume {
			if c.Level == level && c.Count > 0 {
				low := below[c.At]
				below[c.At] += c.Count
				d.rect(c.At, c.At.Add(x.Bucket), s.Part(float64(low)), s.Part(float64(below[c.At])), levelClass[level])
			}
		}
		if level == app.LevelNone {
			return d.done("Log events over time")
		}
	}
}

// The measures of a waterfall.
const (
	spanPitch = 16
	mostSpans = 40 // a report is read, not searched
)

// waterfall draws the spans of a trace one below the other.
func waterfall(t app.Trace, within app.Range) string {
	spans := t.Spans[:min(len(t.Spans), mostSpans)]
	d := newDrawing(within, spanPitch*float32(len(spans)), time.UTC)
	d.axis.Width = pictureWidth - labelWidth - leftOfBand
	for n, s := range spans {
		end := s.End
		if end.IsZero() || end.After(within.To) {
			end = within.To
		}
		class := "plain"
		switch {
		case s.Fault:
			class = "alarm"
		case s.Error || s.Throttle:
			class = "warn"
		}
		y := aboveBand + spanPitch*float32(n)
		left, right := d.axis.X(s.Start)+labelWidth, d.axis.X(end)+labelWidth
		d.text(labelWidth-8, y+11, "value", shortened(s.Name))
		d.add(`<rect x="%.1f" y="%.1f" width="%.1f" height="10" class="%s"/>`, left, y+2, max(right-left, 1), class)
		d.text(min(right, pictureWidth-leftOfBand)+4, y+11, "took", phrase.Duration(end.Sub(s.Start)))
	}
	return d.done("Spans of the trace")
}

const (
	labelWidth  = 190 // of the names of spans
	mostOfLabel = 30  // characters that fit there
)

func shortened(name string) string {
	if runes := []rune(name); len(runes) > mostOfLabel {
		return string(runes[:mostOfLabel-1]) + "…"
	}
	return name
}
