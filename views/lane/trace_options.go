package lane

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
)

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
