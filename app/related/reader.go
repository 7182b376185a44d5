package related

import (
	"context"
	"iter"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Reader is what is asked of the cache to find what belongs to a thing; *cache.DB satisfies it. Every method may take
// its time and is called away from the UI goroutine.
type Reader interface {
	Scopes(context.Context) ([]app.Scope, error)
	Coverage(context.Context, app.CoverQuery) ([]app.Cover, error)
	Alarms(context.Context, app.AlarmQuery) ([]app.Alarm, error)
	AlarmHistory(context.Context, app.AlarmQuery) ([]app.AlarmHistoryItem, error)
	LogGroups(context.Context, []app.Scope) ([]app.LogGroup, error)
	LogVolume(ctx context.Context, q app.LogQuery, bucket time.Duration) ([]app.LogCount, error)
	ServiceGraph(context.Context, app.Scope, app.Range) (app.ServiceGraph, error)
	Latencies(context.Context, app.TraceQuery) ([]app.Latency, error)
	TrailEvents(context.Context, app.TrailQuery) iter.Seq2[app.TrailEvent, error]
}
