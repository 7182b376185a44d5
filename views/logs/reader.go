package logs

import (
	"context"
	"iter"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
)

// Reader is what the screen and the details of logs ask of the cache; *cache.DB satisfies it.
type Reader interface {
	related.Reader
	LogEvents(context.Context, app.LogQuery) iter.Seq2[app.LogEvent, error]
	LogNeighbours(ctx context.Context, of app.LogEvent, before, after int) (app.LogNeighbours, error)
	LogPage(ctx context.Context, q app.LogQuery, skip int) (app.LogResult, error)
	LogRecords(ctx context.Context, of []app.LogEvent) ([]app.LogRecord, error)
	LogTotals(context.Context, app.LogQuery) ([]app.LogTotal, error)
	SearchLogs(context.Context, app.LogQuery) (app.LogResult, error)
	Series(context.Context, app.SeriesQuery) ([]app.Series, error)
	Traces(context.Context, app.TraceQuery) iter.Seq2[app.Trace, error]
}
