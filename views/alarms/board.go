package alarms

import (
	"context"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// board is what was read of the alarms.
type board struct {
	known   bool // read at least once
	asked   bool // AWS was asked for alarms at least once
	rows    []*Row
	blind   []app.Unwatched // resources that have datapoints in the last day, and no alarm
	tags    []string        // keys of the alarms' tags
	at      time.Time       // when it was read
	told    time.Time       // when AWS was last asked for alarms, in any place
	behind  []heard         // places that did not answer then, the oldest first
	problem error           // of the last reading, if that failed
}

// readBoard reads the alarms of a focus, how often each went off in the day before its window's end, and what none watches.
func readBoard(ctx context.Context, r Reader, f app.Focus, end, now time.Time, presets app.Presets) (board, error) {
	b := board{known: true, at: now}
	found, err := r.Alarms(ctx, app.AlarmQuery{Scopes: f.Scopes, Gone: true})
	if err != nil {
		return b, err
	}
	within := app.Since(end, day)
	history, err := r.AlarmHistory(ctx, app.AlarmQuery{Scopes: f.Scopes, Range: within, State: app.InAlarm})
	if err != nil {
		return b, err
	}
	fresh, err := r.Freshness(ctx)
	if err != nil {
		return b, err
	}
	if i := slices.IndexFunc(fresh, func(f app.Freshness) bool { return f.Signal == app.Alarms && !f.AskedAt.IsZero() }); i >= 0 {
		b.asked, b.told = true, fresh[i].AskedAt
	}
	if b.behind, err = readBehind(ctx, r, f, now); err != nil {
		return b, err
	}
	b.rows = rowsOf(found, history, within, f.Resource, presets)
	b.tags = tagKeys(found)
	if b.asked {
		b.blind, err = readBlind(ctx, r, f, now, found)
	}
	return b, err
}

// readBlind reads what no alarm watches. A place that was never asked for its alarms may have one.
func readBlind(ctx context.Context, r Reader, f app.Focus, now time.Time, alarms []app.Alarm) ([]app.Unwatched, error) {
	places := f.Scopes
	if len(places) == 0 {
		var err error
		if places, err = r.Scopes(ctx); err != nil {
			return nil, err
		}
	}
	var blind []app.Unwatched
	for _, place := range places {
		metrics, err := r.MetricsSince(ctx, place, now.Add(-day))
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
