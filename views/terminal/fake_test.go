package terminal

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
)

var update = flag.Bool("update", false, "write the golden files anew")

// noon is the instant at which all tests happen.
var noon = time.Date(2026, 5, 3, 12, 0, 0, 0, time.UTC)

var (
	prod = app.Scope{Account: "111122223333", Region: "eu-west-1", Profile: "shop-prod"}
	data = app.Scope{Account: "444455556666", Region: "us-east-1", Profile: "shop-data"}
)

// shelf is a cache of a few items, filtered by scope and range as the real one does. Other conditions of a query are
// the cache's business; the last query is kept, so that tests see what was asked.
type shelf struct {
	alarms  []app.Alarm
	history []app.AlarmHistoryItem
	series  []app.Series
	groups  []app.LogGroup
	events  []app.LogEvent
	traces  []app.Trace
	trail   []app.TrailEvent
	results []app.InsightsResult
	covers  []app.Cover
	spend   app.Spend

	days, calls, places []app.SpendLine

	requests []app.Request // newest first
	damage   error

	logQuery   app.LogQuery
	traceQuery app.TraceQuery
	trailQuery app.TrailQuery
	closed     bool
}

func held[T any](items []T, scopes []app.Scope, within app.Range, scope func(T) app.Scope, at func(T) time.Time) []T {
	var left []T
	for _, item := range items {
		in := scopes == nil || slices.ContainsFunc(scopes,
			func(s app.Scope) bool { return s.Place() == scope(item).Place() })
		if in && (within.Empty() || within.Contains(at(item))) {
			left = append(left, item)
		}
	}
	return left
}

func sequence[T any](items []T, limit int, newest bool) iter.Seq2[T, error] {
	items = slices.Clone(items)
	if newest {
		slices.Reverse(items)
	}
	return func(yield func(T, error) bool) {
		for _, item := range first(items, limit) {
			if !yield(item, nil) {
				return
			}
		}
	}
}

func never[T any](T) time.Time { return time.Time{} }

func (s *shelf) Scopes(context.Context) ([]app.Scope, error) { return []app.Scope{prod, data}, nil }

func (s *shelf) Alarms(_ context.Context, q app.AlarmQuery) ([]app.Alarm, error) {
	all := held(s.alarms, q.Scopes, app.Range{}, func(a app.Alarm) app.Scope { return a.Scope }, never)
	return slices.DeleteFunc(all, func(a app.Alarm) bool { return !q.Gone && !a.Gone.IsZero() }), s.damage
}

func (s *shelf) AlarmHistory(_ context.Context, q app.AlarmQuery) ([]app.AlarmHistoryItem, error) {
	return held(s.history, q.Scopes, q.Range, func(h app.AlarmHistoryItem) app.Scope { return h.Scope },
		func(h app.AlarmHistoryItem) time.Time { return h.At }), s.damage
}

func (s *shelf) Metrics(_ context.Context, scope app.Scope) ([]app.Metric, error) {
	var metrics []app.Metric
	for _, one := range s.series {
		if one.Scope == scope {
			metrics = append(metrics, one.Metric)
		}
	}
	return metrics, nil
}

func (s *shelf) Series(_ context.Context, q app.SeriesQuery) ([]app.Series, error) {
	all := held(s.series, q.Scopes, app.Range{}, func(s app.Series) app.Scope { return s.Scope }, never)
	return slices.DeleteFunc(all, func(s app.Series) bool { return len(s.Points) == 0 }), nil
}

func (s *shelf) LogGroups(_ context.Context, scopes []app.Scope) ([]app.LogGroup, error) {
	return held(s.groups, scopes, app.Range{}, func(g app.LogGroup) app.Scope { return g.Scope }, never), nil
}

func (s *shelf) LogEvents(_ context.Context, q app.LogQuery) iter.Seq2[app.LogEvent, error] {
	s.logQuery = q
	return sequence(held(s.events, q.Scopes, q.Range, func(e app.LogEvent) app.Scope { return e.Scope },
		func(e app.LogEvent) time.Time { return e.At }), q.Limit, q.Newest)
}

// LogNeighbours takes the events in the order of the slice.
func (s *shelf) LogNeighbours(_ context.Context, of app.LogEvent, before, after int) (n app.LogNeighbours, err error) {
	stream := slices.DeleteFunc(slices.Clone(s.events), func(e app.LogEvent) bool {
		return e.Group != of.Group || e.Stream != of.Stream
	})
	at := slices.IndexFunc(stream, func(e app.LogEvent) bool { return e.ID == of.ID })
	n.Before, n.After = stream[max(at-before, 0):at], stream[at+1:min(at+1+after, len(stream))]
	return n, s.damage
}

func (s *shelf) SearchLogs(ctx context.Context, q app.LogQuery) (r app.LogResult, err error) {
	all := q
	all.Limit = 0
	for e, err := range s.LogEvents(ctx, all) {
		if err != nil {
			return r, err
		}
		if r.Total++; r.Total <= q.Limit {
			r.Events = append(r.Events, e)
		}
	}
	s.logQuery = q
	return r, nil
}

func (s *shelf) LogVolume(_ context.Context, q app.LogQuery, _ time.Duration) ([]app.LogCount, error) {
	n := 0
	for _, e := range s.events {
		if slices.Contains(q.Groups, e.Group) && q.Range.Contains(e.At) {
			n++
		}
	}
	return []app.LogCount{{At: q.Range.From, Level: app.LevelError, Count: n}}, nil
}

func (s *shelf) Traces(_ context.Context, q app.TraceQuery) iter.Seq2[app.Trace, error] {
	s.traceQuery = q
	left := held(s.traces, q.Scopes, q.Range, func(t app.Trace) app.Scope { return t.Scope },
		func(t app.Trace) time.Time { return t.Start })
	return sequence(slices.DeleteFunc(left, func(t app.Trace) bool { return q.ID != "" && t.ID != q.ID }), q.Limit,
		q.Newest)
}

func (s *shelf) TrailEvents(_ context.Context, q app.TrailQuery) iter.Seq2[app.TrailEvent, error] {
	s.trailQuery = q
	return sequence(held(s.trail, q.Scopes, q.Range, func(e app.TrailEvent) app.Scope { return e.Scope },
		func(e app.TrailEvent) time.Time { return e.At }), q.Limit, q.Newest)
}

func (s *shelf) ServiceGraph(context.Context, app.Scope, app.Range) (app.ServiceGraph, error) {
	return app.ServiceGraph{}, nil
}

func (s *shelf) Latencies(context.Context, app.TraceQuery) ([]app.Latency, error) { return nil, nil }

func (s *shelf) Coverage(_ context.Context, q app.CoverQuery) ([]app.Cover, error) {
	return slices.DeleteFunc(slices.Clone(s.covers), func(c app.Cover) bool {
		return c.Signal != q.Signal || !slices.Contains(q.Scopes, c.Scope)
	}), nil
}

func (s *shelf) Freshness(context.Context) ([]app.Freshness, error) {
	return []app.Freshness{{Signal: app.Logs, AskedAt: noon, KnownTo: noon}, {Signal: app.Traces}}, nil
}

func (s *shelf) Requests(_ context.Context, within app.Range, limit int) ([]app.Request, error) {
	return first(held(s.requests, nil, within, func(r app.Request) app.Scope { return r.Scope },
		func(r app.Request) time.Time { return r.At }), limit), nil
}

func (s *shelf) SpendByDay(_ context.Context, within app.Range) ([]app.SpendLine, error) {
	return slices.DeleteFunc(slices.Clone(s.days), func(l app.SpendLine) bool { return !within.Contains(l.Day) }), nil
}

func (s *shelf) SpendByCall(context.Context, app.Range) ([]app.SpendLine, error) { return s.calls, nil }

func (s *shelf) SpendByScope(context.Context, app.Range) ([]app.SpendLine, error) {
	return s.places, nil
}

func (s *shelf) Spend(context.Context, app.Range) (app.Spend, error) { return s.spend, nil }
func (s *shelf) Flush(context.Context) error                         { return nil }
func (s *shelf) Check(context.Context) error                         { return s.damage }
func (s *shelf) Close() error                                        { s.closed = true; return nil }

// filled returns a shelf with something of everything.
func filled() *shelf {
	threshold := 2.0
	latency := app.NewMetric("AWS/Lambda", "Duration", app.Dimension{Name: "FunctionName", Value: "checkout"})
	whole := app.Since(noon, 24*time.Hour)
	s := &shelf{
		alarms: []app.Alarm{
			{Scope: prod, Name: "checkout-down", ARN: "arn:1", Kind: app.CompositeAlarm, State: app.InAlarm,
				Since: noon.Add(-30 * time.Minute), Rule: `ALARM("checkout-slow") AND ALARM("orders-throttled")`},
			{Scope: prod, Name: "checkout-slow", ARN: "arn:2", Kind: app.MetricAlarm, State: app.InAlarm,
				Since:  noon.Add(-40 * time.Minute),
				Metric: &latency, Statistic: "p99", Period: time.Minute, Unit: "Seconds",
				Comparison: "GreaterThanThreshold", Threshold: &threshold, EvaluationPeriods: 5, DatapointsToAlarm: 3},
			{Scope: data, Name: "etl-late", ARN: "arn:3", Kind: app.MetricAlarm, State: app.InsufficientData,
				Since: noon.Add(-26 * time.Hour)},
			{Scope: prod, Name: "orders-throttled", ARN: "arn:4", Kind: app.MetricAlarm, State: app.OK,
				Since: noon.Add(-9 * time.Hour)},
			{Scope: prod, Name: "checkout-trial", ARN: "arn:5", Kind: app.MetricAlarm, State: app.InAlarm,
				Since: noon.Add(-50 * time.Hour), Gone: noon.Add(-10 * time.Hour),
				Expression: "100 * errors / calls", Comparison: "GreaterThanThreshold", Threshold: &threshold,
				EvaluationPeriods: 1, Period: time.Minute},
		},
		series: []app.Series{
			{Scope: prod, Reading: app.Reading{Metric: latency, Statistic: "p99", Period: time.Minute},
				Unit: "Milliseconds",
				Points: []app.Point{{At: noon.Add(-23 * time.Hour), Value: 120},
					{At: noon.Add(-2 * time.Hour), Value: 180.5}, {At: noon.Add(-10 * time.Minute), Value: 2400}}},
			{Scope: data, Reading: app.Reading{Metric: app.NewMetric("AWS/SQS", "NumberOfMessagesSent"),
				Statistic: "Sum", Period: time.Minute}, Points: []app.Point{}},
		},
		groups: []app.LogGroup{
			{Scope: prod, Name: "/aws/lambda/checkout", ARN: "arn:g", Stored: 12_300_000, Created: noon, Retention: 30},
			{Scope: data, Name: "/ecs/etl", ARN: "arn:h", Created: noon},
		},
		traces: []app.Trace{{Scope: prod, ID: "1-6817aa00-0123456789abcdef01234567", Start: noon.Add(-5 * time.Minute),
			Duration: 2500 * time.Millisecond,
			Response: 2400 * time.Millisecond, Entry: "shop-api", Method: "POST",
			URL: "https://shop.example/checkout?a=1&b=2", Status: 502, Fault: true, Revision: 3,
			Spans: spans(noon.Add(-5 * time.Minute))}},
		trail: []app.TrailEvent{
			{Scope: prod, ID: "e1", At: noon.Add(-47 * time.Minute), Name: "UpdateTable",
				Source:    "dynamodb.amazonaws.com",
				Principal: app.Principal{Type: "AssumedRole", User: "deploy", Session: "release-41"},
				Resources: []app.TrailResource{
					{Type: "AWS::DynamoDB::Table", Name: "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"}},
				Raw: json.RawMessage(`{"a":"<b>"}`)},
			{Scope: data, ID: "e2", At: noon.Add(-20 * time.Minute), Name: "GetObject", Source: "s3.amazonaws.com",
				ReadOnly: true, ErrorCode: "AccessDenied", Principal: app.Principal{Type: "IAMUser", User: "ops"},
				Raw: json.RawMessage(`{}`)},
		},
	}
	s.spend = app.Spend{Requests: 3, Throttled: 1, Cost: 1_240_000}
	s.requests = []app.Request{
		{At: noon.Add(-time.Minute), Scope: prod, Service: "monitoring", Operation: "GetMetricData",
			Outcome: app.Answered, Took: 120 * time.Millisecond, Units: 124, Cost: 1_240_000},
		{At: noon.Add(-2 * time.Minute), Scope: prod, Service: "cloudtrail", Operation: "LookupEvents",
			Outcome: app.Refused, Code: "ThrottlingException", Took: 8 * time.Millisecond},
	}
	for i, a := range []string{"checkout-slow", "checkout-slow", "checkout-slow", "checkout-down"} {
		s.history = append(s.history, app.AlarmHistoryItem{Scope: prod, Alarm: a,
			At: noon.Add(time.Duration(i-4) * time.Hour), Kind: app.StateUpdate,
			Summary: "Alarm updated from OK to ALARM", From: app.OK, To: app.InAlarm})
	}
	for i, message := range []string{"START RequestId: 8f3c", "{\"level\":\"warn\",\"msg\":\"retry <1> & wait\"}",
		"Traceback (most recent call last):\n\tFile \"app.py\"\nTimeoutError\x1b[31m", "plain 終わり"} {
		s.events = append(s.events, app.LogEvent{Scope: prod, Group: "/aws/lambda/checkout", Stream: "s",
			ID: string(rune('a' + i)),
			At: noon.Add(time.Duration(i-10) * time.Minute), Ingested: noon, Message: message,
			LogFacts: app.LogFacts{Level: app.Level([]int{0, 3, 4, 0}[i])}})
	}
	for _, signal := range app.Signals {
		s.covers = append(s.covers, app.Cover{Scope: prod, Signal: signal, Range: whole, AskedAt: noon},
			app.Cover{Scope: data, Signal: signal, Range: app.Since(noon, 6*time.Hour), AskedAt: noon})
	}
	return s
}

func spans(start time.Time) []app.Span {
	at := func(ms int) time.Time { return start.Add(time.Duration(ms) * time.Millisecond) }
	return []app.Span{
		{ID: "a", Kind: app.Segment, Name: "shop-api", Service: "shop-api", Origin: "AWS::ApiGateway::Stage",
			Start: at(0), End: at(2400), Fault: true, SpanDetail: app.SpanDetail{HTTP: &app.HTTP{Status: 502}}},
		{ID: "b", Parent: "a", Kind: app.Segment, Name: "checkout", Service: "checkout",
			Origin: "AWS::Lambda::Function", Start: at(10), End: at(2390), Fault: true,
			SpanDetail: app.SpanDetail{Exceptions: []app.Exception{
				{Type: "TimeoutError", Message: "no answer from orders"}}}},
		{ID: "c", Parent: "b", Kind: app.Subsegment, Name: "orders", Service: "checkout", Start: at(40),
			Throttle: true},
		{ID: "d", Parent: "gone", Kind: app.Subsegment, Name: "lost", Service: "checkout", Start: at(50), End: at(51)},
	}
}

// ran is what one command line did.
type ran struct {
	code     int
	out, err string
}

// run runs a command line on a shelf, in Berlin.
func run(t *testing.T, s *shelf, args ...string) ran {
	t.Helper()
	return runWith(t, t.Context(), depsOf(s), args...)
}

func runWith(t *testing.T, ctx context.Context, d Deps, args ...string) ran {
	t.Helper()
	var out, errs bytes.Buffer
	code := Run(ctx, args, Streams{strings.NewReader(""), &out, &errs}, d)
	return ran{code, out.String(), errs.String()}
}

func depsOf(s *shelf) Deps {
	return Deps{
		Build: Build{Version: "v1.2.3", Commit: "abcdef0", Go: "go1.26"},
		Now:   func() time.Time { return noon }, Zone: berlin, Env: func(string) string { return "" },
		Presets: app.Presets{
			{Namespace: "AWS/Lambda", Title: "Lambda",
				Metrics: []app.MetricPreset{{Name: "Duration", Statistic: "p99", Unit: "Milliseconds"}}},
			{Namespace: "AWS/SQS", Title: "SQS",
				Metrics: []app.MetricPreset{{Name: "NumberOfMessagesSent", Statistic: "Sum", Unit: "Count"}}},
		},
		CacheExists: func(string) (bool, error) { return true, nil },
		OpenCache:   func(context.Context, string) (*Store, error) { return &Store{Cache: s}, nil },
	}
}

// golden compares what a command printed with a file in testdata.
func golden(t *testing.T, name string, r ran) {
	t.Helper()
	got := r.out
	if r.err != "" {
		got += "--- stderr\n" + r.err
	}
	file := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", file, diff)
	}
}

func (s *shelf) Results(context.Context) ([]app.InsightsResult, error) { return s.results, s.damage }

func (s *shelf) Result(_ context.Context, id int64) (app.InsightsResult, error) {
	for _, r := range s.results {
		if r.ID == id {
			return r, nil
		}
	}
	return empty{}.Result(context.Background(), id)
}
