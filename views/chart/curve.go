package chart

import (
	"math"

	"github.com/wcharczuk/go-chart/v2/drawing"
)

// curveSteps is of how many straight pieces a curve or a whole circle is made.
const curveSteps = 48

// Curve draws an S from one place to another that lies right or left of it, level at both ends; dashed or not.
func (p *Picture) Curve(x0, y0, x1, y1, width float32, dashed bool, ink Ink) {
	p.pen.stroke, p.pen.width = drawing.Color(p.Colors.Color(ink)), float64(width*p.Scale)
	at := func(i int) (float32, float32) {
		t := float32(i) / curveSteps
		s := t * t * (3 - 2*t)
		return (x0 + (x1-x0)*t) * p.Scale, (y0 + (y1-y0)*s) * p.Scale
	}
	for i := 0; i < curveSteps; i++ {
		if dashed && i%3 == 2 {
			continue
		}
		if !dashed && i > 0 {
			p.pen.lineTo(at(i + 1))
			continue
		}
		p.pen.moveTo(at(i))
		p.pen.lineTo(at(i + 1))
	}
	p.pen.Stroke()
}

// Arc draws a part of a circle around a place, clockwise from its top: from and share are parts of the whole circle.
func (p *Picture) Arc(x, y, radius, from, share, width float32, ink Ink) {
	if share <= 0 {
		return
	}
	p.pen.stroke, p.pen.width = drawing.Color(p.Colors.Color(ink)), float64(width*p.Scale)
	n := max(int(math.Ceil(float64(share*curveSteps))), 2)
	for i := range n + 1 {
		angle := 2*math.Pi*float64(from+share*float32(i)/float32(n)) - math.Pi/2
		cx, cy := (x+radius*float32(math.Cos(angle)))*p.Scale, (y+radius*float32(math.Sin(angle)))*p.Scale
		if i == 0 {
			p.pen.moveTo(cx, cy)
		} else {
			p.pen.lineTo(cx, cy)
		}
	}
	p.pen.Stroke()
}

// Together draws curves and arcs of one ink and width in one pass over the picture, which a pass for each would take
// long.
func (p *Picture) Together(draw func()) {
	p.pen.hold()
	defer p.pen.release()
	draw()
}
