package overview

import (
	"context"
	"iter"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Reader is what the screen reads from the cache; *cache.DB satisfies it.
type Reader interface {
	Scopes(context.Context) ([]app.Scope, error)
	Freshness(context.Context) ([]app.Freshness, error)
	Coverage(context.Context, app.CoverQuery) ([]app.Cover, error)
	Alarms(context.Context, app.AlarmQuery) ([]app.Alarm, error)
	AlarmHistory(context.Context, app.AlarmQuery) ([]app.AlarmHistoryItem, error)
	MetricsSince(context.Context, app.Scope, time.Time) ([]app.Metric, error)
	TrailEvents(context.Context, app.TrailQuery) iter.Seq2[app.TrailEvent, error]
	Traces(context.Context, app.TraceQuery) iter.Seq2[app.Trace, error]
	ServiceGraph(context.Context, app.Scope, app.Range) (app.ServiceGraph, error)
	LogGroups(context.Context, []app.Scope) ([]app.LogGroup, error)
	LogTotals(context.Context, app.LogQuery) ([]app.LogTotal, error)
	LogVolume(ctx context.Context, q app.LogQuery, bucket time.Duration) ([]app.LogCount, error)
}

// question is what a section is read for.
type question struct {
	focus   app.Focus
	within  app.Range // the window, as far as it is not ahead of now
	now     time.Time
	zone    *time.Location
	presets app.Presets
	places  []app.Scope // that are looked at; only set where a section needs them
}

// placesOf returns the places that are looked at: those of the focus, or all that the cache knows.
func placesOf(ctx context.Context, r Reader, f app.Focus) ([]app.Scope, error) {
	if len(f.Scopes) > 0 {
		return f.Scopes, nil
	}
	return r.Scopes(ctx)
}

// since is the window and all that came after it, from which the states within it are known.
func (q question) since() app.Range {
	r := q.within
	if q.now.After(r.To) {
		r.To = q.now
	}
	return r
}
