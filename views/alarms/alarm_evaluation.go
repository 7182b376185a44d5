package alarms

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
)

// evaluation is what an alarm makes of its metric at one moment, with the metric's course around it: see alarmChart.
type evaluation struct {
	alarm   app.Alarm // with the threshold of then
	verdict app.Verdict
	noted   bool // by AWS when it turned the alarm; else it was judged here, of what is cached
	points  []app.Point
	few     bool // the points are only those that AWS noted
	band    app.AlarmBand
	picture evaluationPicture
}

// readEvaluation reads the evaluation that put an alarm into its state, or of an alarm that is OK the newest that the
// cache allows for. asOf is now, or when the alarm was deleted. It is nil where neither AWS nor the cache says
// anything.
func readEvaluation(ctx context.Context, r DetailReader, a app.Alarm, history []app.AlarmHistoryItem,
	presets app.Presets, asOf time.Time) (*evaluation, error) {
	var e *evaluation
	if v, then, ok := a.Noted(); ok {
		e = &evaluation{alarm: then, verdict: v, noted: true}
		e.band, _ = app.ParseAlarmBand(a.ReasonData)
	}
	to := asOf // where the cached series ends
	reading, alone := a.Reading()
	var problems [3]error
	if alone {
		to, problems[0] = cachedTo(ctx, r, a.Scope, reading, asOf)
	}
	if alone && a.Threshold != nil && a.Unjudged() == app.Judged && (e == nil || a.State == app.OK) {
		var judged *evaluation
		if judged, problems[1] = readJudged(ctx, r, a, reading, to); judged != nil {
			e = judged
		}
	}
	if e == nil {
		return nil, errors.Join(problems[:]...)
	}
	within := chartWindow(e.verdict, e.period(), to, asOf)
	if alone {
		before := app.Range{From: within.From.Add(-reading.Period), To: within.To} // the line reaches the left edge
		e.points, problems[2] = readPoints(ctx, r, a.Scope, reading, before)
	}
	if len(e.points) == 0 {
		e.few, e.points = true, notedPoints(a, history, within)
	}
	e.picture = e.drawn(within, to, phrase.AlarmUnit(a, presets))
	return e, errors.Join(problems[:]...)
}

// readPoints reads the datapoints that an alarm compares: those of its own period. What AWS keeps of a longer one is
// not what it compared, so that of an evaluation of long ago what AWS noted is shown instead.
func readPoints(ctx context.Context, r DetailReader, s app.Scope, reading app.Reading, within app.Range) ([]app.Point,
	error) {
	found, err := r.Series(ctx, app.SeriesQuery{Scopes: []app.Scope{s}, Range: within, Keys: []string{reading.Key()}})
	if len(found) == 0 {
		return nil, err
	}
	return found[0].Points, err
}

// notedPoints are the datapoints within a range that AWS noted in the reasons of an alarm's turns, oldest first.
func notedPoints(a app.Alarm, history []app.AlarmHistoryItem, within app.Range) []app.Point {
	noted := []app.Alarm{a}
	for _, h := range history {
		turned := a
		_, turned.ReasonData = h.Reason()
		noted = append(noted, turned)
	}
	values := map[time.Time]float64{}
	for _, turned := range noted {
		v, _, _ := turned.Noted()
		for _, p := range v.Periods {
			if p.Value != nil && within.Contains(p.At) {
				values[p.At] = *p.Value
			}
		}
	}
	points := make([]app.Point, 0, len(values))
	for at, value := range values {
		points = append(points, app.Point{At: at, Value: value})
	}
	slices.SortFunc(points, func(p, q app.Point) int { return p.At.Compare(q.At) })
	return points
}

// period is the alarm's, or where that is not known the distance of what AWS noted.
func (e *evaluation) period() time.Duration {
	if e.alarm.Period > 0 {
		return e.alarm.Period
	}
	if p := e.verdict.Periods; len(p) > 1 && p[1].At.After(p[0].At) {
		return p[1].At.Sub(p[0].At)
	}
	return time.Minute
}

// says is what the alarm made of its metric, in words: the verdict with what the picture lacks, and how what was
// missing was taken, "" where nothing was.
func (e *evaluation) says(k drawer.PageContext) (verdict, missing string) {
	when := phrase.Stretch(e.verdict, k.Moment)
	if !e.noted {
		when = ", to " + k.Moment(e.verdict.Periods[len(e.verdict.Periods)-1].At.Add(e.period()))
	}
	verdict = phrase.VerdictSentence(e.alarm, e.verdict, k.Presets, when)
	_, alone := e.alarm.Reading()
	switch {
	case len(e.band) > 0:
		verdict += " The band is known only where AWS noted it."
	case e.few && alone && !e.noted && len(e.points) == 0: // the verdict is that there are none
	case e.few && alone:
		verdict += " The cache has no other datapoints of that time."
	case e.few:
		verdict += " Drawn is what AWS noted; a formula is not cached."
	}
	return verdict, phrase.MissingSentence(e.alarm, e.verdict)
}
