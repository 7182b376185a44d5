package alarms

import (
	"context"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

// board is what was read about the alarms.
type board struct {
	loaded    bool // read at least once
	asked     bool // AWS was asked for alarms at least once
	rows      []*Row
	unwatched []app.Unwatched // resources that have datapoints in the last day that was pulled, and no alarm
	tags      []string        // keys of the alarms' tags
	at        time.Time       // when it was read
	askedAt   time.Time       // when AWS was last asked for alarms, in any scope
	metricsTo time.Time       // up to when metrics were pulled
	flapsTo   time.Time       // up to when the alarms' history is known
	outdated  []lastAnswer    // scopes whose alarms are older than that, the oldest first
	problem   error           // of the last read, if that failed
}

// readBoard reads the alarms of a focus, how often each went off, and which resources no alarm watches. How often is
// counted over the day before end, which is the end of the window, or before AWS was last asked if that was earlier.
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
	b.rows = rowsOf(found, history, within, f.Resource, presets, now)
	b.tags = tagKeys(found)
	if b.asked {
		b.unwatched, err = b.readUnwatched(ctx, r, f, found)
	}
	return b, err
}

// readTimes reads up to when the parts of the board are known.
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

// askedAtOf returns when AWS was last asked for the alarms of a scope.
func (b board) askedAtOf(s app.Scope) time.Time {
	if i := slices.IndexFunc(b.outdated, func(a lastAnswer) bool { return a.scope == s.Place() }); i >= 0 {
		return b.outdated[i].at
	}
	return b.askedAt
}

// readUnwatched returns the resources that no alarm watches, of those that had datapoints in the day before their scope
// was last pulled.
func (b board) readUnwatched(ctx context.Context, r Reader, f app.Focus, alarms []app.Alarm) ([]app.Unwatched, error) {
	scopes := f.Scopes
	if len(scopes) == 0 {
		var err error
		if scopes, err = r.Scopes(ctx); err != nil {
			return nil, err
		}
	}
	var unwatched []app.Unwatched
	for _, s := range scopes {
		metrics, err := r.MetricsSince(ctx, s, earlier(b.metricsTo, b.askedAtOf(s)).Add(-day))
		if err != nil {
			return nil, err
		}
		unwatched = append(unwatched, app.FindUnwatched(s, metrics, alarms)...)
	}
	if f.Resource == "" {
		return unwatched, nil
	}
	of := resource.Read(f.Resource)
	return slices.DeleteFunc(unwatched, func(u app.Unwatched) bool { return !of.Same(resource.Read(u.Resource)) }), nil
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
