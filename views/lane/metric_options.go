package lane

import (
	"math"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
)

// Pick returns the series whose line is the nearest at that instant, the first one where none has a datapoint.
func (l *Metric) Pick(axis chart.Axis, height float32, at fyne.Position) app.Item {
	if len(l.lines) == 0 {
		return nil
	}
	all := l.all()
	best, distance := 0, math.Inf(1)
	for i, s := range all {
		if v, ok := s.value(axis.Time(at.X)); ok {
			if d := math.Abs(float64(bandOf(height).Y(l.scaled(s).Part(v)) - at.Y)); d < distance {
				best, distance = i, d
			}
		}
	}
	if math.IsInf(distance, 1) && (l.denied() || l.blanks.DeniedAt(axis.Time(at.X)) != nil) {
		return nil // what was denied is opened instead
	}
	return all[best].item
}

// PickName returns the series that is nearest to a place beside the picture.
func (l *Metric) PickName(axis chart.Axis, height float32, at fyne.Position) app.Item {
	return l.Pick(axis, height, at)
}

// Dated returns a series of the lane with the instant, and whether the lane shows it as a rate.
func (l *Metric) Dated(item app.Item, at time.Time) app.Item {
	s, ok := item.(app.Series)
	if !ok {
		return item
	}
	rate := slices.ContainsFunc(
		l.all(), func(o line) bool { return app.SameItem(o.item, s) && o.drawn.Unit != o.cached.Unit },
	)
	return app.SeriesAt{Series: s, At: at, PerSecond: rate}
}

// Blanks are the stretches of which no datapoints are known.
func (l *Metric) Blanks() Blanks { return l.blanks }

// Steps are the changes to ALARM.
func (l *Metric) Steps() []Place {
	if len(l.lines) == 0 {
		return nil
	}
	var all []Place
	for _, b := range l.breaches {
		all = append(all, Place{Item: l.lines[0].item, At: b.From})
	}
	return all
}

// Compare says the values at each of two instants.
func (l *Metric) Compare(from, at time.Time, _ time.Duration) string {
	return differences(l.amounts(from), l.amounts(at))
}

func (l *Metric) amounts(at time.Time) []amount {
	var all []amount
	keys := l.keys() // none for one series, which needs no word
	for i, s := range l.all() {
		a := amount{unit: l.unit}
		if s.ownScale {
			a.unit = s.unit
		}
		if len(keys) > 0 {
			a.word = keys[i].Word
		}
		var ok bool
		if a.value, ok = s.value(at); ok {
			all = append(all, a)
		}
	}
	return all
}
