package chart

import (
	"errors"
	"image"
	"image/color"
	"image/draw"
	"io"
	"math"
	"slices"

	chart "github.com/wcharczuk/go-chart/v2"
	"github.com/wcharczuk/go-chart/v2/drawing"
	"golang.org/x/image/vector"
)

// subpixels is how many of go-chart's whole-number coordinates make a pixel of the pen's picture: with one, lines would
// climb in steps that can be seen.
const subpixels = 16

// pen is the chart.Renderer that draws go-chart's lines with x/image/vector: 1,440 points that jump up and down take it
// 1.5 ms, go-chart's own renderer 149 ms (BenchmarkPen), and its time grows with the points, not faster. It draws lines
// and filled shapes; text is put above the picture as canvas objects.
type pen struct {
	chart.Renderer // go-chart's own, on a picture of one pixel: answers what a line never asks, fonts and text

	on     *image.RGBA
	raster *vector.Rasterizer

	stroke, fill drawing.Color
	width        float64 // of the stroke, in pixels
	paths        [][]spot
	box          image.Rectangle // what is being drawn touches no more
	held         bool            // strokes gather until release: each costs a pass over the whole picture, 0.3 ms
}

// spot is a place of the picture in pixels.
type spot struct{ x, y float32 }

func newPen(on *image.RGBA) *pen {
	size := on.Bounds().Size()
	text, _ := chart.PNG(1, 1) // fails for a negative size only
	return &pen{Renderer: text, on: on, raster: vector.NewRasterizer(size.X, size.Y)}
}

var _ chart.Renderer = (*pen)(nil)

func (p *pen) MoveTo(x, y int) { p.moveTo(float32(x)/subpixels, float32(y)/subpixels) }
func (p *pen) LineTo(x, y int) { p.lineTo(float32(x)/subpixels, float32(y)/subpixels) }

func (p *pen) moveTo(x, y float32) { p.paths = append(p.paths, []spot{{x, y}}) }

func (p *pen) lineTo(x, y float32) {
	if len(p.paths) == 0 {
		p.moveTo(x, y)
		return
	}
	last := len(p.paths) - 1
	p.paths[last] = append(p.paths[last], spot{x, y})
}

// QuadCurveTo draws a straight line to the end: nothing of ours is curved but circles.
func (p *pen) QuadCurveTo(_, _, x, y int) { p.LineTo(x, y) }

// arcSteps is the corners of a whole circle: at the radii of marks no eye tells it from a round one.
const arcSteps = 24

func (p *pen) ArcTo(cx, cy int, rx, ry, start, delta float64) {
	p.arc(float64(cx)/subpixels, float64(cy)/subpixels, rx, ry, start, delta)
}

func (p *pen) arc(cx, cy, rx, ry, start, delta float64) {
	steps := max(1, int(math.Ceil(math.Abs(delta)/(2*math.Pi)*arcSteps)))
	for i := range steps + 1 {
		sin, cos := math.Sincos(start + delta*float64(i)/float64(steps))
		p.lineTo(float32(cx+rx*cos), float32(cy+ry*sin))
	}
}

func (p *pen) Circle(radius float64, x, y int) {
	p.circle(radius, float64(x)/subpixels, float64(y)/subpixels)
}

func (p *pen) circle(radius, x, y float64) {
	p.paths = append(p.paths, nil)
	p.arc(x, y, radius, radius, 0, 2*math.Pi)
}

// Close draws back to where the path began.
func (p *pen) Close() {
	if last := len(p.paths) - 1; last >= 0 && len(p.paths[last]) > 1 {
		p.paths[last] = append(p.paths[last], p.paths[last][0])
	}
}

// Stroke draws the paths, unless they are held.
func (p *pen) Stroke() {
	if !p.held {
		p.strokePaths()
		p.paths = p.paths[:0]
	}
}

func (p *pen) Fill()       { p.fillPaths(); p.paths = p.paths[:0] }
func (p *pen) FillStroke() { p.fillPaths(); p.strokePaths(); p.paths = p.paths[:0] }

func (p *pen) hold()    { p.held = true }
func (p *pen) release() { p.held = false; p.Stroke() }

func (p *pen) fillPaths() {
	if !p.begin(0) {
		return
	}
	for _, path := range p.paths {
		if len(path) >= 3 {
			p.shape(path...)
		}
	}
	p.ink(p.fill)
}

// strokePaths draws each segment as a rectangle of the stroke's width. All of them turn the same way, so that where
// they overlap the rasterizer adds them up instead of cutting them out of each other.
func (p *pen) strokePaths() {
	half := float32(p.width / 2)
	if !p.begin(2 * half) {
		return
	}
	for _, path := range p.paths {
		path = slices.Compact(path)
		before := float32(0) // by how much the segment reaches over its start
		for i := 1; i < len(path); i++ {
			after := float32(0)
			if i+1 < len(path) {
				after = half * bend(path[i-1], path[i], path[i+1])
			}
			p.segment(path[i-1], path[i], half, before, after)
			before = after
		}
	}
	p.ink(p.stroke)
}

// bend returns how far two segments have to reach over the place where they meet to close the wedge between them, as a
// share of half the stroke's width: nothing where the line goes straight on, as overlapping edges would show as beads.
func bend(a, b, c spot) float32 {
	ux, uy, vx, vy := float64(b.x-a.x), float64(b.y-a.y), float64(c.x-b.x), float64(c.y-b.y)
	cos := (ux*vx + uy*vy) / (math.Hypot(ux, uy) * math.Hypot(vx, vy))
	return float32(min(math.Sqrt(max(1-cos, 0)/max(1+cos, 1e-6)), 1))
}

// segment draws the rectangle from a to b, reaching over them by before and after.
func (p *pen) segment(a, b spot, half, before, after float32) {
	dx, dy := b.x-a.x, b.y-a.y
	length := float32(math.Hypot(float64(dx), float64(dy)))
	dx, dy = dx/length, dy/length
	a = spot{a.x - dx*before, a.y - dy*before}
	b = spot{b.x + dx*after, b.y + dy*after}
	dx, dy = dx*half, dy*half
	p.shape(spot{a.x - dy, a.y + dx}, spot{b.x - dy, b.y + dx}, spot{b.x + dy, b.y - dx}, spot{a.x + dy, a.y - dx})
}

// shape adds a closed shape to what ink will fill.
func (p *pen) shape(corners ...spot) {
	left, top := float32(p.box.Min.X), float32(p.box.Min.Y)
	p.raster.MoveTo(corners[0].x-left, corners[0].y-top)
	for _, c := range corners[1:] {
		p.raster.LineTo(c.x-left, c.y-top)
	}
	p.raster.ClosePath()
}

// begin makes the rasterizer as large as what the paths touch, with so much around them: its time grows with its area.
// It is false where they touch nothing.
func (p *pen) begin(around float32) bool {
	low, high := spot{math.MaxFloat32, math.MaxFloat32}, spot{}
	for _, path := range p.paths {
		for _, s := range path {
			low, high = spot{min(low.x, s.x), min(low.y, s.y)}, spot{max(high.x, s.x), max(high.y, s.y)}
		}
	}
	size := p.on.Bounds().Max
	at := func(v float32, most int) int { return int(min(max(v, 0), float32(most))) }
	p.box = image.Rect(at(low.x-around, size.X), at(low.y-around, size.Y), at(high.x+around+1, size.X),
		at(high.y+around+1, size.Y))
	if p.box.Empty() {
		return false
	}
	p.raster.Reset(p.box.Dx(), p.box.Dy())
	return true
}

func (p *pen) ink(c drawing.Color) {
	p.raster.DrawOp = draw.Over
	p.raster.Draw(p.on, p.box, image.NewUniform(color.NRGBA(c)), image.Point{})
}

func (p *pen) SetStrokeColor(c drawing.Color) { p.stroke = c }
func (p *pen) SetFillColor(c drawing.Color)   { p.fill = c }
func (p *pen) SetStrokeWidth(width float64)   { p.width = width }
func (p *pen) SetStrokeDashArray([]float64)   {}
func (p *pen) ResetStyle()                    { p.stroke, p.fill, p.width = drawing.Color{}, drawing.Color{}, 0 }

// Save hands the picture to a chart.ImageWriter, without a PNG in between.
func (p *pen) Save(w io.Writer) error {
	c, ok := w.(chart.RGBACollector)
	if !ok {
		return errNoCollector
	}
	c.SetRGBA(p.on)
	return nil
}

var errNoCollector = errors.New("a pen draws into a chart.ImageWriter only")
