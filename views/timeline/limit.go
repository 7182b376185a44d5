package timeline

import (
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// limit is how much there may be of a metric, over time. The zero limit says nothing.
type limit struct {
	steps  []step
	absent []app.Range // where there is none
	word   string      // what that means
}

// step is a stretch over which a limit stays the same.
type step struct {
	app.Range
	value float64
}

// limitHold is how long a datapoint of a limit holds where no other follows: DynamoDB publishes what is provisioned only
// every five minutes (developer guide, "DynamoDB metrics and dimensions").
const limitHold = 5 * time.Minute

// newLimit makes the limit of a metric of which datapoints are known over some stretches. absent is what it means that
// the limit has none there; "": nothing.
func newLimit(points []app.Point, known []app.Range, absent string) limit {
	l := limit{word: absent}
	var have []app.Range
	for i, p := range points {
		s := step{app.Range{From: p.At, To: p.At.Add(limitHold)}, p.Value}
		if i+1 < len(points) && points[i+1].At.Before(s.To) {
			s.To = points[i+1].At
		}
		have = append(have, s.Range)
		for _, k := range app.Union(known) {
			if part := s.Intersect(k); !part.Empty() {
				l.add(step{part, s.value})
			}
		}
	}
	if absent == "" {
		return l
	}
	for _, k := range app.Union(known) {
		l.absent = append(l.absent, app.Subtract(k, have)...)
	}
	return l
}

// add appends a step, or prolongs the last one of the same height.
func (l *limit) add(s step) {
	if last := len(l.steps) - 1; last >= 0 && l.steps[last].value == s.value && l.steps[last].To.Equal(s.From) {
		l.steps[last].To = s.To
		return
	}
	l.steps = append(l.steps, s)
}

// absentY is where a lane says that there is no limit: at its top, for nothing is above it.
func absentY(band ui.Band) float32 { return band.Top }

// readout says what the limit is at an instant, to be put after a value; "" where it is not known.
func (l limit) readout(at time.Time, unit string) string {
	for _, s := range l.steps {
		if s.Contains(at) {
			return " of " + ui.Amount(s.value, unit)
		}
	}
	for _, r := range l.absent {
		if r.Contains(at) {
			return ", " + l.word
		}
	}
	return ""
}
