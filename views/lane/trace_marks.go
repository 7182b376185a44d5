package lane

import (
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/ui"
)

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

// failed reports whether the service failed the request; what a client did wrong (4xx) is not the service's failure.
func failed(d app.Latency) bool { return d.Fault }

func (l *Trace) y(d app.Latency, band chart.Band) float32 {
	return band.Y(l.scale.Part(d.Response.Seconds()))
}
