package lane

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// TraceData is what a lane of traces is made of.
type TraceData struct {
	Window
	Latencies []app.Latency
	Service   string // that is looked at; "": all
}

// Trace shows each trace as a dot at its response time, on a logarithmic scale.
type Trace struct {
	dots  []app.Latency // oldest first
	scale chart.Scale   // seconds
	of    string        // the service looked at, if one is

	past       app.Range // the part of the window that is not ahead of now
	blanks     Blanks
	axis       chart.Axis
	steps      []sample // by which the lines are drawn and read
	lines      []percentileLine
	emphasized int // which of them stands out, from 1; 0: none
}

// NewTrace returns a lane of traces.
func NewTrace(d TraceData) *Trace {
	l := &Trace{dots: slices.Clone(d.Latencies), of: d.Service, past: d.Past(), blanks: d.blanks(app.Traces)}
	slices.SortFunc(l.dots, func(a, b app.Latency) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	l.scale = latencyScale(l.dots)
	l.axis, l.steps = d.Axis, l.samples(d.Axis)
	l.lines = l.percentiles(d.Axis)
	return l
}

// Head counts the traces, and names the percentiles where they are drawn.
func (l *Trace) Head() Head {
	h := Head{Name: phrase.SignalTitle(app.Traces),
		Measures: l.blanks.nothing(l.past, "none were sampled", "none are cached")}
	if len(l.dots) > 0 {
		h.Measures = phrase.Count(int64(len(l.dots))) + " sampled"
		if l.of != "" {
			h.Measures = resource.Short(l.of) + " · " + h.Measures
		}
		h.Keys = l.keys()
		h.Top, h.Bottom = phrase.Amount(l.scale.Max, "Seconds"), phrase.Amount(l.scale.Min, "Seconds")
	}
	return h
}

// Height is that of a logarithmic scale on which dots can be told apart.
func (l *Trace) Height() (least, best float32) { return 56, 86 }

// Paint draws the traces as dots, or as density where they are too many, and the percentiles as lines.
func (l *Trace) Paint(p *chart.Picture) {
	band := bandOf(p.Height)
	l.blanks.paint(p, band)
	var of [faulty + 1][]app.Latency
	var beyond []app.Latency
	for _, d := range l.dots {
		if l.beyond(d.Response) != 0 {
			beyond = append(beyond, d)
		} else {
			of[kindOf(d)] = append(of[kindOf(d)], d)
		}
	}
	most := crowd(p.Axis, band)
	for kind, dots := range of { // failed ones above all others
		if kind := traceKind(kind); kind == fine && len(dots) > most || kind != fine && len(dots) > most/markRoom {
			l.paintDensity(p, band, dots, kind)
		} else {
			for _, d := range dots {
				l.mark(p, band, d)
			}
		}
	}
	for i, line := range l.lines {
		if l.emphasized > 0 && i != l.emphasized-1 {
			line.ink.Alpha = faintInk
		}
		p.Steps(line.points, line.period, l.blanks.ranges(), chart.Scale{Max: 1}, band, line.ink)
		for _, b := range line.beyond {
			middle := p.Axis.X(b.At.Add(line.period / 2))
			p.Polygon(middle, band.Y(b.Value), beyondLine, 3, math.Pi*(0.5-b.Value), false, line.ink)
		}
	}
	for _, d := range beyond {
		up := -math.Pi / 2 * float64(l.beyond(d.Response))
		p.Polygon(p.Axis.X(d.At), l.y(d, band), beyondRadius, 3, up, true, traceInks[kindOf(d)])
	}
}

// paintDensity draws how many traces lie in each cell of a grid, where single marks would be one blot. A single failed
// trace must still be seen.
func (l *Trace) paintDensity(p *chart.Picture, band chart.Band, dots []app.Latency, kind traceKind) {
	cells, most := density(dots, p.Axis, func(d app.Latency) float32 { return l.y(d, band) })
	ink := traceInks[kind]
	for at, n := range cells {
		x, y := float32(at.column)*cellSize, float32(at.row)*cellSize
		r := app.Range{From: p.Axis.Time(x), To: p.Axis.Time(x + cellSize)}
		if ink.Alpha = shade(n, most); kind != fine {
			ink.Alpha = max(ink.Alpha, faintestFailed)
		}
		p.Shade(r, chart.Band{Top: y, Bottom: y + cellSize}, ink)
	}
}

// Notes name the percentiles at the right end of their lines, the 99th above the other.
func (l *Trace) Notes(height float32) []Note {
	notes := l.blanks.notes(height / 2)
	band := bandOf(height)
	top := band.Top
	for _, line := range l.lines {
		last := len(line.points) - 1
		if last < 0 {
			continue
		}
		style := ui.Style{Color: line.ink.Name, Size: WordSize}
		n := Note{At: line.points[last].At.Add(line.period), Text: line.word, Style: style, Loose: true, Backed: true}
		if n.At.After(l.axis.Range.To) {
			n.At = l.axis.Range.To
		}
		n.Inset = -style.Width(n.Text) - 4
		y := band.Y(line.points[last].Value)
		if n.Middle = y - 9; n.Middle < top+3 { // or below its line, and off the word above
			n.Middle = max(y+9, top+WordSize)
		}
		top = n.Middle + WordSize - 3
		notes = append(notes, n)
	}
	return notes
}

// around returns the traces at most reach before or after an instant.
func (l *Trace) around(at time.Time, reach time.Duration) []app.Latency {
	after := func(t time.Time) int {
		i, _ := slices.BinarySearchFunc(l.dots, t, func(d app.Latency, t time.Time) int { return d.At.Compare(t) })
		return i
	}
	return l.dots[after(at.Add(-reach)):after(at.Add(reach))]
}
