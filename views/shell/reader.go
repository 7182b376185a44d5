package shell

import (
	"context"
	"iter"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Reader is what the frame and the drawer read from the cache; *cache.DB satisfies it. Every method may take its time
// and is called away from the UI goroutine.
type Reader interface {
	Scopes(context.Context) ([]app.Scope, error)
	Freshness(context.Context) ([]app.Freshness, error)
	Spend(context.Context, app.Range) (app.Spend, error)
	Size() (int64, error)
	Attempts(context.Context) ([]app.Attempt, error)
	Coverage(context.Context, app.CoverQuery) ([]app.Cover, error)
	Alarms(context.Context, app.AlarmQuery) ([]app.Alarm, error)
	AlarmHistory(context.Context, app.AlarmQuery) ([]app.AlarmHistoryItem, error)
	Metrics(context.Context, app.Scope) ([]app.Metric, error)
	Series(context.Context, app.SeriesQuery) ([]app.Series, error)
	LogGroups(context.Context, []app.Scope) ([]app.LogGroup, error)
	ServiceGraph(context.Context, app.Scope, app.Range) (app.ServiceGraph, error)
	SearchLogs(context.Context, app.LogQuery) (app.LogResult, error)
	LogEvents(context.Context, app.LogQuery) iter.Seq2[app.LogEvent, error]
	LogNeighbours(ctx context.Context, of app.LogEvent, before, after int) (app.LogNeighbours, error)
	LogPage(ctx context.Context, q app.LogQuery, skip int) (app.LogResult, error)
	LogRecords(ctx context.Context, of []app.LogEvent) ([]app.LogRecord, error)
	LogTotals(context.Context, app.LogQuery) ([]app.LogTotal, error)
	LogVolume(ctx context.Context, q app.LogQuery, bucket time.Duration) ([]app.LogCount, error)
	Traces(context.Context, app.TraceQuery) iter.Seq2[app.Trace, error]
	Latencies(context.Context, app.TraceQuery) ([]app.Latency, error)
	TrailEvents(context.Context, app.TrailQuery) iter.Seq2[app.TrailEvent, error]
}
