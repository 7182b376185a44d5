package terminal

import (
	"context"
	"iter"
	"time"

	"github.com/nephograph/nephograph/app"
)

// empty is what commands read before the first pull: it holds nothing.
type empty struct{}

func (empty) Scopes(context.Context) ([]app.Scope, error)                   { return nil, nil }
func (empty) Alarms(context.Context, app.AlarmQuery) ([]app.Alarm, error)   { return nil, nil }
func (empty) Metrics(context.Context, app.Scope) ([]app.Metric, error)      { return nil, nil }
func (empty) Series(context.Context, app.SeriesQuery) ([]app.Series, error) { return nil, nil }
func (empty) Coverage(context.Context, app.CoverQuery) ([]app.Cover, error) { return nil, nil }
func (empty) Freshness(context.Context) ([]app.Freshness, error)            { return nil, nil }
func (empty) Spend(context.Context, app.Range) (app.Spend, error)           { return app.Spend{}, nil }

func (empty) AlarmHistory(context.Context, app.AlarmQuery) ([]app.AlarmHistoryItem, error) {
	return nil, nil
}

func (empty) LogGroups(context.Context, []app.Scope) ([]app.LogGroup, error) { return nil, nil }

func (empty) LogEvents(context.Context, app.LogQuery) iter.Seq2[app.LogEvent, error] {
	return none[app.LogEvent]
}

func (empty) SearchLogs(context.Context, app.LogQuery) (app.LogResult, error) {
	return app.LogResult{}, nil
}

func (empty) LogNeighbours(context.Context, app.LogEvent, int, int) (app.LogNeighbours, error) {
	return app.LogNeighbours{}, nil
}

func (empty) LogVolume(context.Context, app.LogQuery, time.Duration) ([]app.LogCount, error) {
	return nil, nil
}

func (empty) Traces(context.Context, app.TraceQuery) iter.Seq2[app.Trace, error] {
	return none[app.Trace]
}

func (empty) TrailEvents(context.Context, app.TrailQuery) iter.Seq2[app.TrailEvent, error] {
	return none[app.TrailEvent]
}

func (empty) Results(context.Context) ([]app.InsightsResult, error) { return nil, nil }

func (empty) Result(context.Context, int64) (app.InsightsResult, error) {
	return app.InsightsResult{}, &app.Error{Kind: app.NotFound, Op: "read a result", Err: errNoResult}
}

func (empty) Requests(context.Context, app.Range, int) ([]app.Request, error) { return nil, nil }

func (empty) SpendByDay(context.Context, app.Range) ([]app.SpendLine, error)   { return nil, nil }
func (empty) SpendByCall(context.Context, app.Range) ([]app.SpendLine, error)  { return nil, nil }
func (empty) SpendByScope(context.Context, app.Range) ([]app.SpendLine, error) { return nil, nil }

func (empty) ServiceGraph(context.Context, app.Scope, app.Range) (app.ServiceGraph, error) {
	return app.ServiceGraph{}, nil
}

func (empty) Latencies(context.Context, app.TraceQuery) ([]app.Latency, error) { return nil, nil }

// none is a sequence without an item.
func none[T any](func(T, error) bool) {}
