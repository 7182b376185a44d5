package alarms

import (
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
)

// evaluationPicture is what is drawn of an evaluation, worked out away from the UI goroutine.
type evaluationPicture struct {
	within   app.Range
	period   time.Duration
	points   []app.Point // one more than within shows, so that the line reaches the left edge
	breaches []app.Range
	gaps     []app.Range
	band     app.AlarmBand
	verdict  app.Verdict
	scale    chart.Scale
	rule     *float64
}

// How many periods of an alarm are drawn: at least so many that one sees what was usual, and at most so many, 5 pixels
// each, to show how it went on until now.
const (
	leastPeriods = 24
	mostPeriods  = 60
	leadPeriods  = 8 // before and after what decided
)

// chartWindow is the stretch of time that is drawn of an evaluation. to is where the cached series ends, asOf now.
func chartWindow(v app.Verdict, period time.Duration, to, asOf time.Time) app.Range {
	first, last := spanOf(v)
	around := max((leastPeriods-int(last.Sub(first)/period))/2, leadPeriods)
	r := app.Range{From: first.Add(time.Duration(-around) * period), To: last.Add(time.Duration(around+1) * period)}
	end := to
	if decided := last.Add(period); decided.After(end) {
		end = decided
	}
	if r.To.After(end) || end.Sub(r.From) <= mostPeriods*period {
		r.To = end
	}
	if r.To.After(asOf) {
		r.To = asOf
	}
	if least := r.To.Add(-leastPeriods * period); least.Before(r.From) {
		r.From = least
	}
	return r
}

// spanOf is where the first and the last period of a verdict begin: those that decided, or where none did, those looked
// at.
func spanOf(v app.Verdict) (first, last time.Time) {
	if first, last = v.Span(); first.IsZero() {
		first, last = v.Periods[0].At, v.Periods[len(v.Periods)-1].At
	}
	return first, last
}

// drawn is what is drawn of the evaluation within a range. to is where the cached series ends, unit that of its values.
func (e *evaluation) drawn(within app.Range, to time.Time, unit string) evaluationPicture {
	p := evaluationPicture{within: within, period: e.period(), points: e.points, band: e.band, verdict: e.verdict,
		rule: e.alarm.Threshold}
	breaching := func(at time.Time, breaches bool) {
		if breaches {
			p.breaches = append(p.breaches, app.Range{From: at, To: at.Add(p.period)})
		}
	}
	for _, d := range p.points {
		breaching(d.At, e.alarm.Breaches(d.Value))
	}
	for _, d := range p.band {
		breaching(d.At, d.Breaches(e.alarm))
	}
	p.breaches = app.Union(p.breaches)
	if !e.few {
		known := app.Range{From: within.From, To: to.Add(-app.Metrics.Settles())}
		if end := p.points[len(p.points)-1].At.Add(p.period); end.After(known.To) {
			known.To = end
		}
		for _, g := range chart.Gaps(known.Intersect(within), p.points, p.period) {
			p.gaps = append(p.gaps, app.Subtract(g, e.looked())...)
		}
	}
	p.scale = p.scaled(unit)
	return p
}

// looked are the periods that the verdict looked at: what is missing of them is drawn apart.
func (e *evaluation) looked() []app.Range {
	var all []app.Range
	for _, d := range e.verdict.Periods {
		all = append(all, app.Range{From: d.At, To: d.At.Add(e.period())})
	}
	return all
}
