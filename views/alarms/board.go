package alarms

import (
	"context"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// board is what was read of the alarms.
type board struct {
	loaded    bool // read at least once
	asked     bool // AWS was asked for alarms at least once
	rows      []*Row
	unwatched []app.Unwatched // resources that have datapoints in the last day that was pulled, and no alarm
	tags      []string        // keys of the alarms' tags
	at        time.Time       // when it was read
	askedAt   time.Time       // when AWS was last asked for alarms, in any place
	metricsTo time.Time       // up to when there may be datapoints
	flapsTo   time.Time       // up to when it is known how often alarms went off
	outdated  []lastAnswer    // places that did not answer then, the oldest first
	problem   error           // of the last reading, if that failed
}

// readBoard reads the alarms of a focus, how often each went off in the day before end, where its window ends, or before AWS was
// last asked if that was earlier, and what none watches.
func readBoard(ctx context.Context, r Reader, f app.Focus, end, now time.Time, presets app.Presets) (board, error) {
	b := board{loaded: true, at: now}
	found, err := r.Alarms(ctx, app.AlarmQuery{Scopes: f.Scopes, Gone: true})
	if err != nil {
		return b, err
	}
	if err := b.readTimes(ctx, r, f, end, now); err != nil {
		return b, err
	}
	within := app.Since(b.flapsTo, day)
	history, err := r.AlarmHistory(ctx, app.AlarmQuery{Scopes: f.Scopes, Range: within, State: app.InAlarm})
	if err != nil {
		return b, err
	}
	b.rows = rowsOf(found, history, within, f.Resource, presets)
	b.tags = tagKeys(found)
	if b.asked {
		b.unwatched, err = b.readUnwatched(ctx, r, f, found)
	}
	return b, err
}

// readTimes reads of when the parts of the board are.
func (b *board) readTimes(ctx context.Context, r Reader, f app.Focus, end, now time.Time) (err error) {
	fresh, err := r.Freshness(ctx)
	if err != nil {
		return err
	}
	b.flapsTo, b.metricsTo = end, now
	for _, f := range fresh {
		switch {
		case f.Signal == app.Alarms && !f.AskedAt.IsZero():
			b.asked, b.askedAt = true, f.AskedAt
			b.flapsTo = earlier(b.flapsTo, b.askedAt)
		case f.Signal == app.Metrics && !f.KnownTo.IsZero():
			b.metricsTo = earlier(b.metricsTo, f.KnownTo)
		}
	}
	b.outdated, err = readOutdated(ctx, r, f, now)
	return err
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// askedAtOf is when AWS was last asked for the alarms of a place.
func (b board) askedAtOf(place app.Scope) time.Time {
	if i := slices.IndexFunc(b.outdated, func(h lastAnswer) bool { return h.scope == place.Place() }); i >= 0 {
		return b.outdated[i].at
	}
	return b.askedAt
}

// readUnwatched reads what no alarm watches of the resources that had datapoints in the day before a place was last pulled. A place
// that was never asked for its alarms may have one.
func (b board) readUnwatched(ctx context.Context, r Reader, f app.Focus, alarms []app.Alarm) ([]app.Unwatched, error) {
	places := f.Scopes
	if len(places) == 0 {
		var err error
		if places, err = r.Scopes(ctx); err != nil {
			return nil, err
		}
	}
	var blind []app.Unwatched
	for _, place := range places {
		metrics, err := r.MetricsSince(ctx, place, earlier(b.metricsTo, b.askedAtOf(place)).Add(-day))
		if err != nil {
			return nil, err
		}
		blind = append(blind, app.FindUnwatched(place, metrics, alarms)...)
	}
	return slices.DeleteFunc(blind, func(u app.Unwatched) bool { return f.Resource != "" && u.Resource != f.Resource }), nil
}

// tagKeys returns the keys of the tags of all alarms, sorted.
func tagKeys(alarms []app.Alarm) []string {
	var keys []string
	for _, a := range alarms {
		for key := range a.Tags {
			if !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	slices.Sort(keys)
	return keys
}
