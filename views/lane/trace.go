package lane

import (
	"cmp"
	"math"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
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

// rareTrace is the share of traces at either end that may lie beyond the scale and are marked on its edge, so that one
// of two hundred does not flatten all others.
const rareTrace = 0.005

// Where that makes the scale farApart times shorter, up to one of fifty traces may lie beyond either end: the few jobs
// of minutes among requests of a second.
const (
	fewTraces = 0.02
	farApart  = 10
)

// latencyRoom is by how many times the scale reaches beyond the traces on it.
const latencyRoom = 1.15

// latencyEnds are the ends of the scale that are easy to read.
var latencyEnds = []time.Duration{
	100 * time.Microsecond, 200 * time.Microsecond, 500 * time.Microsecond,
	time.Millisecond, 2 * time.Millisecond, 5 * time.Millisecond, 10 * time.Millisecond, 20 * time.Millisecond,
	50 * time.Millisecond, 100 * time.Millisecond, 200 * time.Millisecond, 500 * time.Millisecond,
	time.Second, 2 * time.Second, 5 * time.Second, 10 * time.Second, 20 * time.Second,
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 30 * time.Minute,
	time.Hour, 3 * time.Hour, 12 * time.Hour, 24 * time.Hour,
}

// leastSpan is how many times its bottom the top of the scale is at least, so that traces that differ little do not
// look as if they differed much.
const leastSpan = 10

// latencyScale returns a scale of all response times but the rare ones; without any, 10 ms to 1 s.
func latencyScale(dots []app.Latency) chart.Scale {
	var times []time.Duration
	for _, d := range dots {
		if d.Response > 0 { // zero is a trace that has not answered yet
			times = append(times, d.Response)
		}
	}
	low, high := 10*time.Millisecond, time.Second
	if slices.Sort(times); len(times) > 0 {
		low, high = percentile(times, rareTrace), percentile(times, 1-rareTrace)
		if most := percentile(times, 1-fewTraces); most*farApart < high {
			high = most
		}
		if most := percentile(times, fewTraces); most > low*farApart {
			low = most
		}
		low, high = time.Duration(float64(low)/latencyRoom), time.Duration(float64(high)*latencyRoom)
	}
	last := len(latencyEnds) - 1
	to, _ := slices.BinarySearch(latencyEnds, high)
	to = min(to, last)
	from, found := slices.BinarySearch(latencyEnds, low)
	if !found {
		from = max(from-1, 0)
	}
	for latencyEnds[to] < leastSpan*latencyEnds[from] { // at the top first: what is slow is what matters
		if to < last && (from == 0 || latencyEnds[to]*latencyEnds[from] < low*high) {
			to++
		} else {
			from--
		}
	}
	return chart.Scale{Min: latencyEnds[from].Seconds(), Max: latencyEnds[to].Seconds(), Log: true}
}

// Head counts the traces, and names the percentiles where they are drawn.
func (l *Trace) Head() Head {
	h := Head{Name: "Traces", Measures: l.blanks.nothing(l.past, "none were sampled", "none are cached")}
	if len(l.dots) > 0 {
		h.Measures = phrase.Count(int64(len(l.dots))) + " sampled"
		if l.of != "" {
			h.Measures = l.of + " · " + h.Measures
		}
		h.Keys = l.keys()
		h.Top, h.Bottom = phrase.Amount(l.scale.Max, "Seconds"), phrase.Amount(l.scale.Min, "Seconds")
	}
	return h
}

// Height is that of a logarithmic scale on which dots can be told apart.
func (l *Trace) Height() (least, best float32) { return 56, 86 }

// The marks of a trace: one that failed is larger, not only redder, and one that was throttled has another shape.
// Beyond the scale it is a triangle on the edge that points there; that of a percentile is hollow, and its line has a
// gap.
const (
	dotRadius      = 1.4
	faultRadius    = 2.1
	throttleRadius = 2.6
	beyondRadius   = 3
	beyondLine     = 4.5 // of a percentile
)

// traceKind is how a trace ended.
type traceKind uint8

const (
	fine traceKind = iota
	throttled
	faulty
)

func kindOf(d app.Latency) traceKind {
	switch {
	case failed(d):
		return faulty
	case d.Throttle:
		return throttled
	}
	return fine
}

// traceInks are those of single marks.
var traceInks = [...]chart.Ink{
	fine:      {Name: ui.ColorSeries1, Alpha: 150},
	throttled: chart.Solid(ui.ColorWarning),
	faulty:    chart.Solid(ui.ColorAlarm),
}

// markRoom is how many times as much room as a dot the mark of a failed trace takes.
const markRoom = 4

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

// beyond returns on which side of the scale a response time lies: 1 above it, -1 below, 0 on it, as is a trace that has
// not answered yet.
func (l *Trace) beyond(d time.Duration) int {
	switch at := d.Seconds(); {
	case at > l.scale.Max:
		return 1
	case at > 0 && at < l.scale.Min:
		return -1
	}
	return 0
}

func (l *Trace) mark(p *chart.Picture, band chart.Band, d app.Latency) {
	switch kind := kindOf(d); kind {
	case throttled:
		p.Polygon(p.Axis.X(d.At), l.y(d, band), throttleRadius, 4, 0, true, traceInks[kind])
	case faulty:
		p.Dot(d.At, l.y(d, band), faultRadius, traceInks[kind])
	default:
		p.Dot(d.At, l.y(d, band), dotRadius, traceInks[kind])
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

// failed reports whether the service failed the request; what a client did wrong (4xx) is not the service's failure.
func failed(d app.Latency) bool { return d.Fault }

func (l *Trace) y(d app.Latency, band chart.Band) float32 {
	return band.Y(l.scale.Part(d.Response.Seconds()))
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

// percentile returns the nearest-rank percentile of sorted times, of which there is at least one.
func percentile(sorted []time.Duration, part float64) time.Duration {
	return sorted[max(int(math.Ceil(part*float64(len(sorted))))-1, 0)]
}

// around returns the traces at most reach before or after an instant.
func (l *Trace) around(at time.Time, reach time.Duration) []app.Latency {
	after := func(t time.Time) int {
		i, _ := slices.BinarySearchFunc(l.dots, t, func(d app.Latency, t time.Time) int { return d.At.Compare(t) })
		return i
	}
	return l.dots[after(at.Add(-reach)):after(at.Add(reach))]
}

// Pick returns the trace whose dot is nearest to a place.
func (l *Trace) Pick(axis chart.Axis, height float32, at fyne.Position) app.Item {
	near := l.around(axis.Time(at.X), axis.Wide(reach))
	band := bandOf(height)
	if i := nearest(len(near), at, func(i int) fyne.Position {
		return fyne.NewPos(axis.X(near[i].At), l.y(near[i], band))
	}); i >= 0 {
		return near[i]
	}
	return nil
}

// Blanks are the stretches of which no traces are known.
func (l *Trace) Blanks() Blanks { return l.blanks }

// Steps are the traces that failed.
func (l *Trace) Steps() []Place {
	var all []Place
	for _, d := range l.dots {
		if failed(d) {
			all = append(all, Place{Item: d, At: d.At})
		}
	}
	return all
}

// Find returns the circle around the dot of a trace.
func (l *Trace) Find(item app.Item, height float32) (Spot, bool) {
	var id app.TraceID
	switch item := item.(type) {
	case app.Latency:
		id = item.ID
	case app.Trace:
		id = item.ID
	}
	i := slices.IndexFunc(l.dots, func(d app.Latency) bool { return d.ID == id })
	if i < 0 || id == "" {
		return Spot{}, false
	}
	y := l.y(l.dots[i], bandOf(height))
	return Spot{Within: app.Range{From: l.dots[i].At}, Top: y - dotRing, Bottom: y + dotRing}, true
}

// Compare says how slow the slowest hundredth was at each of two instants.
func (l *Trace) Compare(from, at time.Time, near time.Duration) string {
	return differences(l.amounts(from, near), l.amounts(at, near))
}

func (l *Trace) amounts(at time.Time, near time.Duration) []amount {
	s := l.at(at, near)
	if len(s.times) < fewest {
		return nil
	}
	return []amount{{"p99", s.slowest().Seconds(), "Seconds"}}
}
