package timeline

import (
	"cmp"
	"math"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// traceLane shows each trace as a dot at its response time, on a logarithmic scale.
type traceLane struct {
	dots    []app.Latency // oldest first
	scale   ui.Scale      // seconds
	of      string        // the service looked at, if one is
	stepped bool          // percentiles are drawn
	strong  int           // which of them stands out, from 1; 0: none
}

func newTraceLane(e evidence) *traceLane {
	l := &traceLane{dots: slices.Clone(e.latencies), of: e.resource}
	slices.SortFunc(l.dots, func(a, b app.Latency) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	l.scale = latencyScale(l.dots)
	l.stepped = percentileStep(len(l.dots), e.axis) > 0
	return l
}

// rareTrace is the share of traces at either end that may lie beyond the scale, on whose edge they are drawn: one of a
// thousand shall not flatten all others.
const rareTrace = 0.001

// latencyEnds are the ends of the scale that are easy to read.
var latencyEnds = []time.Duration{
	100 * time.Microsecond, time.Millisecond, 10 * time.Millisecond, 100 * time.Millisecond,
	time.Second, 10 * time.Second, time.Minute, 10 * time.Minute, time.Hour, 24 * time.Hour,
}

// latencyScale returns a scale that holds the response times, at least 10 ms to 1 s: a window of few traces shall not look
// as if they differed widely.
func latencyScale(dots []app.Latency) ui.Scale {
	low, high := 10*time.Millisecond, time.Second
	var times []time.Duration
	for _, d := range dots {
		if d.Response > 0 { // zero is a trace that has not answered yet
			times = append(times, d.Response)
		}
	}
	if slices.Sort(times); len(times) > 0 {
		low, high = min(low, percentile(times, rareTrace)), max(high, percentile(times, 1-rareTrace))
	}
	s := ui.Scale{Min: latencyEnds[0].Seconds(), Max: latencyEnds[len(latencyEnds)-1].Seconds(), Log: true}
	for _, end := range latencyEnds {
		if end <= low {
			s.Min = end.Seconds()
		}
		if end >= high {
			s.Max = end.Seconds()
			break
		}
	}
	return s
}

func (l *traceLane) head() head {
	h := head{name: "Traces", measures: "none are cached"}
	if len(l.dots) > 0 {
		h.measures = ui.Count(int64(len(l.dots))) + " sampled"
		if l.of != "" {
			h.measures = l.of + " · " + h.measures
		}
		h.keys = l.keys()
		h.top, h.bottom = ui.Amount(l.scale.Max, "Seconds"), ui.Amount(l.scale.Min, "Seconds")
	}
	return h
}

func (l *traceLane) height() (least, best float32) { return 56, 86 }

// The marks of a trace: one that failed is larger, not only redder, and one that was throttled has another shape.
const (
	dotRadius      = 1.4
	faultRadius    = 2.1
	throttleRadius = 3
)

func (l *traceLane) paint(p *ui.Picture) {
	band := bandOf(p.Height)
	if len(l.dots) > crowd(p.Axis, band) {
		l.paintDensity(p, band)
	} else {
		for _, d := range l.dots {
			if !failed(d) && !d.Throttle {
				p.Dot(d.At, l.y(d, band), dotRadius, ui.Ink{Name: ui.ColorSeries1, Alpha: 150})
			}
		}
	}
	for _, d := range l.dots { // above all others
		switch {
		case failed(d):
			p.Dot(d.At, l.y(d, band), faultRadius, ui.Solid(ui.ColorAlarm))
		case d.Throttle:
			p.Polygon(p.Axis.X(d.At), l.y(d, band), throttleRadius, 4, 0, true, ui.Solid(ui.ColorWarning))
		}
	}
	for i, line := range l.percentiles(p.Axis) {
		if l.strong > 0 && i != l.strong-1 {
			line.ink.Alpha = faintInk
		}
		p.Line(line.points, line.period, ui.Scale{Max: 1}, band, line.ink)
	}
}

// paintDensity draws how many traces lie in each cell of a grid: single dots would be one blot.
func (l *traceLane) paintDensity(p *ui.Picture, band ui.Band) {
	cells, most := density(l.dots, p.Axis, func(d app.Latency) float32 { return l.y(d, band) })
	for at, n := range cells {
		x, y := float32(at.column)*cellSize, float32(at.row)*cellSize
		r := app.Range{From: p.Axis.Time(x), To: p.Axis.Time(x + cellSize)}
		p.Shade(r, ui.Band{Top: y, Bottom: y + cellSize}, ui.Ink{Name: ui.ColorSeries1, Alpha: shade(n, most)})
	}
}

// failed reports whether the service failed the request; what a client did wrong (4xx) is no failure of ours.
func failed(d app.Latency) bool { return d.Fault }

func (l *traceLane) y(d app.Latency, band ui.Band) float32 {
	return band.Y(l.scale.Part(d.Response.Seconds()))
}

func (l *traceLane) notes(float32) []note { return nil }

// readout says how slow the slowest hundredth around an instant was, and how many failed.
func (l *traceLane) readout(at time.Time, reach time.Duration) string {
	near := l.around(at, reach)
	if len(near) == 0 {
		return "no traces"
	}
	faults, throttles := 0, 0
	times := make([]time.Duration, len(near))
	for i, d := range near {
		times[i] = d.Response
		if failed(d) {
			faults++
		} else if d.Throttle {
			throttles++
		}
	}
	slices.Sort(times)
	said := "p99 " + ui.Amount(percentile(times, 0.99).Seconds(), "Seconds")
	part := func(n int, what string) {
		if n > 0 {
			said += " · " + ui.Number(100*float64(n)/float64(len(near))) + " % " + what
		}
	}
	part(faults, "faults")
	part(throttles, "throttled")
	return said
}

// percentile returns the nearest-rank percentile of sorted times, of which there is at least one.
func percentile(sorted []time.Duration, part float64) time.Duration {
	return sorted[max(int(math.Ceil(part*float64(len(sorted))))-1, 0)]
}

// around returns the traces at most reach before or after an instant.
func (l *traceLane) around(at time.Time, reach time.Duration) []app.Latency {
	after := func(t time.Time) int {
		i, _ := slices.BinarySearchFunc(l.dots, t, func(d app.Latency, t time.Time) int { return d.At.Compare(t) })
		return i
	}
	return l.dots[after(at.Add(-reach)):after(at.Add(reach))]
}

func (l *traceLane) pick(axis ui.Axis, height float32, at fyne.Position) ui.Item {
	near := l.around(axis.Time(at.X), axis.Wide(reach))
	band := bandOf(height)
	if i := nearest(len(near), at, func(i int) fyne.Position {
		return fyne.NewPos(axis.X(near[i].At), l.y(near[i], band))
	}); i >= 0 {
		return near[i]
	}
	return nil
}
