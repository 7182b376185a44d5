package cache

import (
	"context"
	"fmt"
	"iter"

	"github.com/nephograph/nephograph/app"
)

// Readable reads everything, as far as it can, and tells of each signal how many items there are.
func (d *DB) Readable(ctx context.Context) []app.Readable {
	_, alarmsErr := d.Alarms(ctx, app.AlarmQuery{Gone: true})
	history, historyErr := d.AlarmHistory(ctx, app.AlarmQuery{})
	points, pointsErr := d.countPoints(ctx)
	logs, logsErr := readAllOf(d.LogEvents(ctx, app.LogQuery{}))
	traces, tracesErr := readAllOf(d.Traces(ctx, app.TraceQuery{Spans: true}))
	trail, trailErr := readAllOf(d.TrailEvents(ctx, app.TrailQuery{}))
	return []app.Readable{
		{Signal: app.Alarms, Items: len(history), Whole: alarmsErr == nil && historyErr == nil},
		{Signal: app.Metrics, Items: points, Whole: pointsErr == nil},
		{Signal: app.Logs, Items: logs, Whole: logsErr == nil},
		{Signal: app.Traces, Items: traces, Whole: tracesErr == nil},
		{Signal: app.Trail, Items: trail, Whole: trailErr == nil},
	}
}

func readAllOf[T any](items iter.Seq2[T, error]) (n int, err error) {
	for _, err := range items {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// countPoints counts datapoints, those of a scope at once so that not all are in memory.
func (d *DB) countPoints(ctx context.Context) (n int, err error) {
	scopes, err := d.Scopes(ctx)
	for _, s := range scopes {
		series, err := d.Series(ctx, app.SeriesQuery{Scopes: []app.Scope{s}})
		for _, one := range series {
			n += len(one.Points)
		}
		if err != nil {
			return n, err
		}
	}
	return n, err
}

// Sound looks at the structure of every page and returns an app.Error of Kind Damaged that says what is wrong with it,
// or nil. Unlike Check it does not look whether tables and indexes agree.
func (d *DB) Sound(ctx context.Context) error {
	return d.read(ctx, "check the cache", func(r *readTx) error {
		finding, err := r.findings("check_structure")
		if err != nil || finding == "" {
			return err
		}
		return &app.Error{Kind: app.Damaged, Op: "check the cache",
			Err: fmt.Errorf("%s %s: %s", d.path, damaged, finding)}
	})
}
