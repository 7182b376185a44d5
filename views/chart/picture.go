package chart

import (
	"image"
	"image/color"
	"math"
	"time"

	chart "github.com/wcharczuk/go-chart/v2"
	"github.com/wcharczuk/go-chart/v2/drawing"

	"github.com/nephograph/nephograph/app"
)

// Picture is a stretch of time being drawn: the Axis wide and Height high in device-independent pixels, Scale real
// pixels to each. Its methods may be called on any goroutine, one at a time; heights count from its top. What lies
// outside is cut off.
type Picture struct {
	Axis   Axis
	Height float32
	Scale  float32
	Colors Palette

	on  *image.RGBA
	pen *pen
}

// NewPicture returns an empty, transparent picture.
func NewPicture(axis Axis, height, scale float32, colors Palette) *Picture {
	w, h := int(math.Round(float64(axis.Width*scale))), int(math.Round(float64(height*scale)))
	on := image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	return &Picture{Axis: axis, Height: height, Scale: scale, Colors: colors, on: on, pen: newPen(on)}
}

// Image returns what was drawn.
func (p *Picture) Image() *image.RGBA { return p.on }

// Columns returns how many real pixels wide the picture is.
func (p *Picture) Columns() int { return p.on.Bounds().Dx() }

// Band is a part of a picture's height in which values are drawn.
type Band struct{ Top, Bottom float32 }

// Y returns the height at which the part of a scale lies, 0 at the bottom.
func (b Band) Y(part float64) float32 { return b.Bottom - float32(part)*(b.Bottom-b.Top) }

// Part returns where y lies in the band, 0 at the bottom; it undoes Y.
func (b Band) Part(y float32) float64 {
	if b.Bottom == b.Top {
		return 0
	}
	return float64((b.Bottom - y) / (b.Bottom - b.Top))
}

// lineWidth is the stroke of a series in device-independent pixels, as the design draws it.
const lineWidth = 1.5

// Line draws datapoints of one period, oldest first, broken where a period is missing. The last before a break is drawn
// as long as its period, for which it stands.
func (p *Picture) Line(points []app.Point, period time.Duration, scale Scale, band Band, ink Ink) {
	p.strokes(p.Axis.strokes(points, period, p.Columns(), nil), scale, band, ink)
}

// Steps is Line with each datapoint drawn level for its period where that is some pixels wide: what is drawn is then
// what is in force. Nothing is drawn on into a stretch that is not known.
func (p *Picture) Steps(points []app.Point, period time.Duration, unknown []app.Range, scale Scale, band Band,
	ink Ink) {
	p.strokes(p.Axis.steps(points, period, p.Columns(), unknown), scale, band, ink)
}

// strokes draws lines that are ready to be drawn.
func (p *Picture) strokes(strokes [][]app.Point, scale Scale, band Band, ink Ink) {
	p.pen.hold()
	defer p.pen.release()
	for _, s := range strokes {
		p.line(s, scale, band, ink)
	}
}

func (p *Picture) line(points []app.Point, scale Scale, band Band, ink Ink) {
	if len(points) < 2 || p.Axis.Range.Empty() || !(scale.Max > scale.Min) {
		return
	}
	across := &chart.ContinuousRange{Max: float64(p.Axis.Range.Length()), Domain: p.Columns() * subpixels}
	up := &chart.ContinuousRange{Min: scale.Min, Max: scale.Max, Domain: p.sub(band.Bottom - band.Top)}
	box := chart.Box{Right: across.Domain, Top: p.sub(band.Top), Bottom: p.sub(band.Bottom)}
	style := chart.Style{StrokeColor: drawing.Color(p.Colors.Color(ink)), StrokeWidth: float64(lineWidth * p.Scale)}
	chart.Draw.LineSeries(p.pen, box, across, up, style, polyline{points, p.Axis.Range.From})
}

func (p *Picture) sub(v float32) int { return int(v * p.Scale * subpixels) }

// polyline gives points to go-chart as nanoseconds from an instant.
type polyline struct {
	points []app.Point
	from   time.Time
}

func (l polyline) Len() int { return len(l.points) }
func (l polyline) GetValues(i int) (x, y float64) {
	return float64(l.points[i].At.Sub(l.from)), l.points[i].Value
}

// The pattern of a rule: as long as it is wide, then twice nothing.
const dotLength, dotGap, ruleWidth = 2, 4, 1.5

// Rule draws a dotted line across the whole picture.
func (p *Picture) Rule(y float32, ink Ink) {
	c, top := premultiplied(p.Colors.Color(ink)), p.real(y-ruleWidth/2)
	for x := float32(0); x < p.Axis.Width; x += dotLength + dotGap {
		p.fill(p.real(x), top, p.real(x+dotLength), top+p.real(ruleWidth), c)
	}
}

// The pattern of a dashed line.
const dashLength, dashGap = 6, 4

// Dash draws a dashed line over a stretch of time.
func (p *Picture) Dash(r app.Range, y float32, ink Ink) {
	c, top := premultiplied(p.Colors.Color(ink)), p.real(y-ruleWidth/2)
	from, to := max(p.Axis.X(r.From), 0), min(p.Axis.X(r.To), p.Axis.Width)
	for x := from; x < to; x += dashLength + dashGap {
		p.fill(p.real(x), top, p.real(min(x+dashLength, to)), top+p.real(ruleWidth), c)
	}
}

// Shade fills a stretch of time.
func (p *Picture) Shade(r app.Range, band Band, ink Ink) {
	p.rect(p.Axis.X(r.From), band.Top, p.Axis.X(r.To), band.Bottom, p.Colors.Color(ink))
}

// Bar fills a stretch of time between two parts of a band, less a pixel at its right, which sets it apart from the
// next.
func (p *Picture) Bar(r app.Range, low, high float64, band Band, ink Ink) {
	from, to := p.Axis.X(r.From), p.Axis.X(r.To)
	p.rect(from, band.Y(high), max(to-1, from+1), band.Y(low), p.Colors.Color(ink))
}

// stripRadius is the roundness of a strip's corners.
const stripRadius = 2

// Strip fills a stretch of time with round corners, less a pixel at its right, so that two states stay apart without
// their colours. However short, it is at least two pixels wide: an alarm that went off for a minute is seen in a week.
func (p *Picture) Strip(r app.Range, band Band, ink Ink) {
	from, to := max(p.Axis.X(r.From), -stripRadius), min(p.Axis.X(r.To), p.Axis.Width+stripRadius)
	p.round(from, band.Top, max(to-1, from+2), band.Bottom, p.Colors.Color(ink))
}

// hatchStep is the distance of a hatching's lines.
const hatchStep = 7

// Hatch fills a stretch of time with slanted lines: what is not known, or not yet for sure.
func (p *Picture) Hatch(r app.Range, band Band, ink Ink) { p.hatch(r, band, ink, false) }

// HatchBack is Hatch with lines that slant the other way, for what is not known for another reason.
func (p *Picture) HatchBack(r app.Range, band Band, ink Ink) { p.hatch(r, band, ink, true) }

func (p *Picture) hatch(r app.Range, band Band, ink Ink, back bool) {
	from, to := max(p.Axis.X(r.From), 0), min(p.Axis.X(r.To), p.Axis.Width)
	height := band.Bottom - band.Top
	if to-from < 1 || height <= 0 {
		return
	}
	clip := image.Rect(p.real(from), p.real(band.Top), p.real(to), p.real(band.Bottom)).Intersect(p.on.Bounds())
	c := premultiplied(p.Colors.Color(ink))
	first := clip.Min.X + clip.Min.Y
	if back {
		first = clip.Min.X - clip.Max.Y + 1
	}
	covers := p.hatching(first, clip.Dx()+clip.Dy())
	for y := clip.Min.Y; y < clip.Max.Y; y++ {
		down := y - clip.Min.Y
		if back {
			down = clip.Max.Y - 1 - y
		}
		for x := clip.Min.X; x < clip.Max.X; x++ {
			if cover := covers[x-clip.Min.X+down]; cover > 0 {
				p.blend(x, y, c, cover)
			}
		}
	}
}

// hatching returns how much of a pixel the lines of a hatching cover, by x+y (or x-y) from first on. The lines are
// those on which that is a whole number of steps: they go on from one stretch to the next.
func (p *Picture) hatching(first, n int) []float64 {
	step, wide := float64(hatchStep*p.Scale), float64(p.Scale)
	covers := make([]float64, n)
	for i := range covers {
		off := math.Mod(float64(first+i), step)
		if off < 0 {
			off += step
		}
		covers[i] = min(max(wide/2+0.5-min(off, step-off), 0), 1)
	}
	return covers
}

// Dot fills a circle at an instant.
func (p *Picture) Dot(at time.Time, y, radius float32, ink Ink) {
	p.disc(p.Axis.X(at), y, radius, p.Colors.Color(ink))
}

// Disc fills a circle at x.
func (p *Picture) Disc(x, y, radius float32, ink Ink) { p.disc(x, y, radius, p.Colors.Color(ink)) }

// Ring draws a circle at x.
func (p *Picture) Ring(x, y, radius float32, ink Ink) {
	p.pen.stroke, p.pen.width = drawing.Color(p.Colors.Color(ink)), float64(lineWidth*p.Scale)
	p.pen.circle(float64(radius*p.Scale), float64(x*p.Scale), float64(y*p.Scale))
	p.pen.Stroke()
}

// Polygon draws corners on a circle around x, evenly spread from an angle on, clockwise, in radians from the right; 4
// from 0 is a diamond. It is filled, or an outline only.
func (p *Picture) Polygon(x, y, radius float32, corners int, from float64, filled bool, ink Ink) {
	c := drawing.Color(p.Colors.Color(ink))
	x, y, radius = x*p.Scale, y*p.Scale, radius*p.Scale
	corner := func(i int) (float32, float32) {
		angle := from + 2*math.Pi*float64(i)/float64(corners)
		return x + radius*float32(math.Cos(angle)), y + radius*float32(math.Sin(angle))
	}
	p.pen.moveTo(corner(0))
	for i := 1; i < corners; i++ {
		p.pen.lineTo(corner(i))
	}
	if filled {
		p.pen.fill = c
		p.pen.Fill()
		return
	}
	p.pen.stroke, p.pen.width = c, float64(lineWidth*p.Scale)
	p.pen.Close()
	p.pen.Stroke()
}

func (p *Picture) real(v float32) int { return int(math.Round(float64(v * p.Scale))) }

// rect fills whole pixels, at least one: edges of bars and shades stay sharp.
func (p *Picture) rect(left, top, right, bottom float32, c color.NRGBA) {
	p.fill(p.real(max(left, -1)), p.real(top), p.real(min(right, p.Axis.Width+1)), p.real(bottom), premultiplied(c))
}

func (p *Picture) fill(x0, y0, x1, y1 int, c color.RGBA) {
	r := image.Rect(x0, y0, max(x1, x0+1), max(y1, y0+1)).Intersect(p.on.Bounds())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			p.blend(x, y, c, 1)
		}
	}
}

// round fills a rectangle with corners of stripRadius, row by row.
func (p *Picture) round(left, top, right, bottom float32, c color.NRGBA) {
	x0, y0, x1, y1 := p.real(left), p.real(top), p.real(right), p.real(bottom)
	radius := float64(min(p.real(stripRadius), (x1-x0)/2))
	ink := premultiplied(c)
	for y := y0; y < y1; y++ {
		inset := 0
		if d := radius - (float64(min(y-y0, y1-1-y)) + 0.5); d > 0 {
			inset = int(math.Round(radius - math.Sqrt(radius*radius-d*d)))
		}
		p.fill(x0+inset, y, x1-inset, y+1, ink)
	}
}

func (p *Picture) disc(x, y, radius float32, c color.NRGBA) {
	cx, cy, r := float64(x*p.Scale), float64(y*p.Scale), float64(radius*p.Scale)
	ink := premultiplied(c)
	box := image.Rect(int(cx-r-1), int(cy-r-1), int(cx+r+2), int(cy+r+2)).Intersect(p.on.Bounds())
	for py := box.Min.Y; py < box.Max.Y; py++ {
		for px := box.Min.X; px < box.Max.X; px++ {
			if cover := r + 0.5 - math.Hypot(float64(px)+0.5-cx, float64(py)+0.5-cy); cover > 0 {
				p.blend(px, py, ink, min(cover, 1))
			}
		}
	}
}

func premultiplied(c color.NRGBA) color.RGBA { return color.RGBAModel.Convert(c).(color.RGBA) }

// blend lays c over a pixel that it covers to a part of 0 to 1.
func (p *Picture) blend(x, y int, c color.RGBA, cover float64) {
	i := p.on.PixOffset(x, y)
	pix := p.on.Pix[i : i+4 : i+4]
	part := uint32(cover * 255)
	rest := 255 - uint32(c.A)*part/255
	pix[0] = uint8(uint32(c.R)*part/255 + uint32(pix[0])*rest/255)
	pix[1] = uint8(uint32(c.G)*part/255 + uint32(pix[1])*rest/255)
	pix[2] = uint8(uint32(c.B)*part/255 + uint32(pix[2])*rest/255)
	pix[3] = uint8(uint32(c.A)*part/255 + uint32(pix[3])*rest/255)
}
