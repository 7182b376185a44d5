package chart

import (
	"time"

	"github.com/nephograph/nephograph/app"
)

// SparkWidth is how wide a Spark is drawn.
const SparkWidth = 88

// Spark is a chart small enough for a cell: a line, and the threshold that it is held against. NewSpark reduces the
// points, so that drawing one takes microseconds.
type Spark struct {
	Within    app.Range
	strokes   [][]app.Point
	bad       []app.Range
	threshold *float64
	scale     Scale
}

// NewSpark returns the chart of a series over a range, with its breaches of an alarm's threshold shaded; nil without
// points.
func NewSpark(a app.Alarm, points []app.Point, period time.Duration, within app.Range) *Spark {
	if len(points) == 0 {
		return nil
	}
	s := &Spark{Within: within, threshold: a.Threshold, bad: a.Breached(points, period)}
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

// SparkInks are the colours of a Spark's parts.
type SparkInks struct{ Line, Threshold, Breach Ink }

// sparkPad lies between a Spark's edge and its greatest value, in pixels.
const sparkPad = 1.5

// Paint draws the chart into a picture of the range that it was made for.
func (s *Spark) Paint(p *Picture, inks SparkInks) {
	band := Band{Top: sparkPad, Bottom: p.Height - sparkPad}
	for _, r := range s.bad {
		p.Shade(r, Band{Top: 0, Bottom: p.Height}, inks.Breach)
	}
	if s.threshold != nil {
		p.Rule(band.Y(s.scale.Part(*s.threshold)), inks.Threshold)
	}
	p.strokes(s.strokes, s.scale, band, inks.Line)
}
