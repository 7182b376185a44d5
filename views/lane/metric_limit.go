package lane

import (
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
)

// limit is how much of a metric is allowed, over time. The zero limit says nothing.
type limit struct {
	steps  []app.LimitStep
	absent []app.Range // where there is none
	word   string      // what that means
}

// newLimit makes the limit of a metric whose datapoints are known over some stretches. absent is what it means that
// there is no limit in one of them, as "on demand"; "": nothing.
func newLimit(points []app.Point, known []app.Range, absent string) limit {
	l := limit{word: absent, steps: app.LimitSteps(points, known)}
	if absent == "" {
		return l
	}
	var have []app.Range
	for _, s := range l.steps {
		have = append(have, s.Range)
	}
	for _, k := range app.Union(known) {
		l.absent = append(l.absent, app.Subtract(k, have)...)
	}
	return l
}

// absentY is the height at which a lane says that there is no limit: its top.
func absentY(band chart.Band) float32 { return band.Top }

// readout says what the limit is at an instant, to be put after a value; "" where it is not known.
func (l limit) readout(at time.Time, unit string) string {
	for _, s := range l.steps {
		if s.Contains(at) {
			return " of " + phrase.Amount(s.Value, unit)
		}
	}
	for _, r := range l.absent {
		if r.Contains(at) {
			return ", " + l.word
		}
	}
	return ""
}
