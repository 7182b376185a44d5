package alarms

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
)

// readJudged judges the newest periods of a series that is cached up to an instant; nil where it has no datapoint of
// them.
func readJudged(ctx context.Context, r DetailReader, a app.Alarm, reading app.Reading, to time.Time) (*evaluation,
	error) {
	_, n := a.Needed()
	points, err := readPoints(ctx, r, a.Scope, reading,
		app.Since(to, time.Duration(n+mostPeriods)*a.Period+app.Metrics.Settles()))
	if err != nil || len(points) == 0 {
		return nil, err
	}
	return &evaluation{alarm: a, verdict: a.Evaluate(points, judgedAt(points, a.Period, to))}, nil
}

// judgedAt is the end of the newest period that can be judged of a series that is cached up to an instant: that of the
// newest datapoint, as long as a later one may be on its way.
func judgedAt(points []app.Point, period time.Duration, to time.Time) time.Time {
	newest, final := points[len(points)-1].At.Add(period), to.Add(-app.Metrics.Settles())
	if final.Before(newest) {
		return newest
	}
	return newest.Add(final.Sub(newest).Truncate(period)) // on the alarm's own grid
}

// cachedTo returns how far the cache has a series: where its covers end, or where nothing is noted of it, asOf.
func cachedTo(ctx context.Context, r DetailReader, s app.Scope, reading app.Reading, asOf time.Time) (time.Time,
	error) {
	covers, err := r.Coverage(ctx, app.CoverQuery{Scopes: []app.Scope{s}, Signal: app.Metrics, Resource: reading.Key()})
	var to time.Time
	for _, c := range covers {
		end := c.Range.To
		if c.AskedAt.Before(end) {
			end = c.AskedAt
		}
		if c.Answered() && end.After(to) {
			to = end
		}
	}
	if to.IsZero() || to.After(asOf) {
		to = asOf
	}
	return to, err
}
