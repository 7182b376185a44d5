package cachetest

import (
	"context"
	"iter"
	"reflect"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Read is a read that was asked of the cache.
type Read struct {
	Method string // of cache.DB, such as "Series"
	Args   []any  // without the context
}

// Fail lets every read fail with an error from now on; none for nil. It takes the place of what was to fail before.
func (c *Cache) Fail(err error) { c.FailIf(func(Read) error { return err }) }

// FailOn lets the reads of one method fail, and no others.
func (c *Cache) FailOn(method string, err error) {
	c.t.Helper()
	if !reflect.ValueOf(c).MethodByName(method).IsValid() {
		c.t.Fatalf("a cache has no method %s", method)
	}
	c.FailIf(func(r Read) error {
		if r.Method == method {
			return err
		}
		return nil
	})
}

// FailIf lets each read fail for which failure returns an error, and no others. It is called on the reader's goroutine.
func (c *Cache) FailIf(failure func(Read) error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fail = failure
}

// Asked returns what was read, those that failed too, in the order in which it was asked for.
func (c *Cache) Asked() []Read {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.read)
}

// AskedFor counts the reads of a method.
func (c *Cache) AskedFor(method string) int {
	n := 0
	for _, r := range c.Asked() {
		if r.Method == method {
			n++
		}
	}
	return n
}

// Queries returns the queries of a type that were asked, such as app.SeriesQuery, in their order.
func Queries[Q any](c *Cache) []Q {
	var found []Q
	for _, r := range c.Asked() {
		for _, arg := range r.Args {
			if q, ok := arg.(Q); ok {
				found = append(found, q)
			}
		}
	}
	return found
}

// QueriesOf returns the queries of a type that one method was asked, such as those of "LogVolume".
func QueriesOf[Q any](c *Cache, method string) []Q {
	var found []Q
	for _, r := range c.Asked() {
		if r.Method != method || len(r.Args) == 0 {
			continue
		}
		if q, ok := r.Args[0].(Q); ok {
			found = append(found, q)
		}
	}
	return found
}

// ask notes a read and returns the error that it is to fail with.
func (c *Cache) ask(method string, args ...any) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	r := Read{method, args}
	c.read = append(c.read, r)
	if c.fail == nil {
		return nil
	}
	return c.fail(r)
}

func one[T any](failure error, read func() (T, error)) (T, error) {
	if failure != nil {
		var none T
		return none, failure
	}
	return read()
}

func each[T any](failure error, read iter.Seq2[T, error]) iter.Seq2[T, error] {
	if failure != nil {
		return func(yield func(T, error) bool) {
			var none T
			yield(none, failure)
		}
	}
	return read
}

// Scopes is that of cache.DB, like all that follow.
func (c *Cache) Scopes(ctx context.Context) ([]app.Scope, error) {
	return one(c.ask("Scopes"), func() ([]app.Scope, error) { return c.DB.Scopes(ctx) })
}

// Identities is that of cache.DB.
func (c *Cache) Identities(ctx context.Context) ([]app.Identity, error) {
	return one(c.ask("Identities"), func() ([]app.Identity, error) { return c.DB.Identities(ctx) })
}

// Attempts is that of cache.DB.
func (c *Cache) Attempts(ctx context.Context) ([]app.Attempt, error) {
	return one(c.ask("Attempts"), func() ([]app.Attempt, error) { return c.DB.Attempts(ctx) })
}

// Freshness is that of cache.DB.
func (c *Cache) Freshness(ctx context.Context) ([]app.Freshness, error) {
	return one(c.ask("Freshness"), func() ([]app.Freshness, error) { return c.DB.Freshness(ctx) })
}

// Coverage is that of cache.DB.
func (c *Cache) Coverage(ctx context.Context, q app.CoverQuery) ([]app.Cover, error) {
	return one(c.ask("Coverage", q), func() ([]app.Cover, error) { return c.DB.Coverage(ctx, q) })
}

// Size is that of cache.DB.
func (c *Cache) Size() (int64, error) { return one(c.ask("Size"), c.DB.Size) }

// Spend is that of cache.DB.
func (c *Cache) Spend(ctx context.Context, within app.Range) (app.Spend, error) {
	return one(c.ask("Spend", within), func() (app.Spend, error) { return c.DB.Spend(ctx, within) })
}

// SpendByDay is that of cache.DB.
func (c *Cache) SpendByDay(ctx context.Context, within app.Range) ([]app.SpendLine, error) {
	return one(c.ask("SpendByDay", within), func() ([]app.SpendLine, error) { return c.DB.SpendByDay(ctx, within) })
}

// SpendByCall is that of cache.DB.
func (c *Cache) SpendByCall(ctx context.Context, within app.Range) ([]app.SpendLine, error) {
	return one(c.ask("SpendByCall", within), func() ([]app.SpendLine, error) { return c.DB.SpendByCall(ctx, within) })
}

// SpendByScope is that of cache.DB.
func (c *Cache) SpendByScope(ctx context.Context, within app.Range) ([]app.SpendLine, error) {
	return one(c.ask("SpendByScope", within), func() ([]app.SpendLine, error) { return c.DB.SpendByScope(ctx, within) })
}

// Requests is that of cache.DB.
func (c *Cache) Requests(ctx context.Context, within app.Range, limit int) ([]app.Request, error) {
	return one(c.ask("Requests", within, limit), func() ([]app.Request, error) {
		return c.DB.Requests(ctx, within, limit)
	})
}

// Alarms is that of cache.DB.
func (c *Cache) Alarms(ctx context.Context, q app.AlarmQuery) ([]app.Alarm, error) {
	return one(c.ask("Alarms", q), func() ([]app.Alarm, error) { return c.DB.Alarms(ctx, q) })
}

// AlarmHistory is that of cache.DB.
func (c *Cache) AlarmHistory(ctx context.Context, q app.AlarmQuery) ([]app.AlarmHistoryItem, error) {
	return one(c.ask("AlarmHistory", q), func() ([]app.AlarmHistoryItem, error) { return c.DB.AlarmHistory(ctx, q) })
}

// Metrics is that of cache.DB.
func (c *Cache) Metrics(ctx context.Context, s app.Scope) ([]app.Metric, error) {
	return one(c.ask("Metrics", s), func() ([]app.Metric, error) { return c.DB.Metrics(ctx, s) })
}

// MetricsSince is that of cache.DB.
func (c *Cache) MetricsSince(ctx context.Context, s app.Scope, since time.Time) ([]app.Metric, error) {
	return one(c.ask("MetricsSince", s, since),
		func() ([]app.Metric, error) { return c.DB.MetricsSince(ctx, s, since) })
}

// Series is that of cache.DB.
func (c *Cache) Series(ctx context.Context, q app.SeriesQuery) ([]app.Series, error) {
	return one(c.ask("Series", q), func() ([]app.Series, error) { return c.DB.Series(ctx, q) })
}

// LogGroups is that of cache.DB.
func (c *Cache) LogGroups(ctx context.Context, scopes []app.Scope) ([]app.LogGroup, error) {
	return one(c.ask("LogGroups", scopes), func() ([]app.LogGroup, error) { return c.DB.LogGroups(ctx, scopes) })
}

// LogEvents is that of cache.DB.
func (c *Cache) LogEvents(ctx context.Context, q app.LogQuery) iter.Seq2[app.LogEvent, error] {
	return each(c.ask("LogEvents", q), c.DB.LogEvents(ctx, q))
}

// SearchLogs is that of cache.DB.
func (c *Cache) SearchLogs(ctx context.Context, q app.LogQuery) (app.LogResult, error) {
	return one(c.ask("SearchLogs", q), func() (app.LogResult, error) { return c.DB.SearchLogs(ctx, q) })
}

// LogNeighbours is that of cache.DB.
func (c *Cache) LogNeighbours(ctx context.Context, of app.LogEvent, before, after int) (app.LogNeighbours, error) {
	return one(c.ask("LogNeighbours", of), func() (app.LogNeighbours, error) {
		return c.DB.LogNeighbours(ctx, of, before, after)
	})
}

// LogPage is that of cache.DB.
func (c *Cache) LogPage(ctx context.Context, q app.LogQuery, skip int) (app.LogResult, error) {
	return one(c.ask("LogPage", q), func() (app.LogResult, error) { return c.DB.LogPage(ctx, q, skip) })
}

// LogRecords is that of cache.DB.
func (c *Cache) LogRecords(ctx context.Context, of []app.LogEvent) ([]app.LogRecord, error) {
	return one(c.ask("LogRecords", of), func() ([]app.LogRecord, error) { return c.DB.LogRecords(ctx, of) })
}

// LogTotals is that of cache.DB.
func (c *Cache) LogTotals(ctx context.Context, q app.LogQuery) ([]app.LogTotal, error) {
	return one(c.ask("LogTotals", q), func() ([]app.LogTotal, error) { return c.DB.LogTotals(ctx, q) })
}

// LogVolume is that of cache.DB.
func (c *Cache) LogVolume(ctx context.Context, q app.LogQuery, width time.Duration) ([]app.LogCount, error) {
	return one(c.ask("LogVolume", q, width), func() ([]app.LogCount, error) { return c.DB.LogVolume(ctx, q, width) })
}

// Traces is that of cache.DB.
func (c *Cache) Traces(ctx context.Context, q app.TraceQuery) iter.Seq2[app.Trace, error] {
	return each(c.ask("Traces", q), c.DB.Traces(ctx, q))
}

// PartialTraces is that of cache.DB.
func (c *Cache) PartialTraces(ctx context.Context, s app.Scope, since time.Time) ([]app.TraceID, error) {
	return one(c.ask("PartialTraces", s, since), func() ([]app.TraceID, error) {
		return c.DB.PartialTraces(ctx, s, since)
	})
}

// Latencies is that of cache.DB.
func (c *Cache) Latencies(ctx context.Context, q app.TraceQuery) ([]app.Latency, error) {
	return one(c.ask("Latencies", q), func() ([]app.Latency, error) { return c.DB.Latencies(ctx, q) })
}

// ServiceGraph is that of cache.DB.
func (c *Cache) ServiceGraph(ctx context.Context, s app.Scope, within app.Range) (app.ServiceGraph, error) {
	return one(c.ask("ServiceGraph", s, within), func() (app.ServiceGraph, error) {
		return c.DB.ServiceGraph(ctx, s, within)
	})
}

// TrailEvents is that of cache.DB.
func (c *Cache) TrailEvents(ctx context.Context, q app.TrailQuery) iter.Seq2[app.TrailEvent, error] {
	return each(c.ask("TrailEvents", q), c.DB.TrailEvents(ctx, q))
}

// MuteRules is that of cache.DB.
func (c *Cache) MuteRules(ctx context.Context, s app.Scope) ([]app.MuteRule, error) {
	return one(c.ask("MuteRules", s), func() ([]app.MuteRule, error) { return c.DB.MuteRules(ctx, s) })
}

// Results is that of cache.DB.
func (c *Cache) Results(ctx context.Context) ([]app.InsightsResult, error) {
	return one(c.ask("Results"), func() ([]app.InsightsResult, error) { return c.DB.Results(ctx) })
}

// Result is that of cache.DB.
func (c *Cache) Result(ctx context.Context, id int64) (app.InsightsResult, error) {
	return one(c.ask("Result", id), func() (app.InsightsResult, error) { return c.DB.Result(ctx, id) })
}
