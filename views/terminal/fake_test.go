package terminal

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/cachetest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// noon is the instant at which all tests happen.
var noon = time.Date(2026, 5, 3, 12, 0, 0, 0, time.UTC)

var (
	prod = app.Scope{Account: "111122223333", Region: "eu-west-1", Profile: "shop-prod"}
	data = app.Scope{Account: "444455556666", Region: "us-east-1", Profile: "shop-data"}
)

// shelf is what the cache of a test holds. Each command line opens a real cache on it.
type shelf struct {
	alarms   []app.Alarm
	history  []app.AlarmHistoryItem
	series   []app.Series
	groups   []app.LogGroup
	events   []app.LogEvent
	traces   []app.Trace
	trail    []app.TrailEvent
	covers   []app.Cover
	requests []app.Request

	damage error // what Check finds, and every read ends with

	cache *cachetest.Cache // that was opened last

	// What run asked last.
	logQuery   app.LogQuery
	traceQuery app.TraceQuery
	trailQuery app.TrailQuery
}

// open opens a cache that holds what is on the shelf.
func (s *shelf) open(t testing.TB) *cachetest.Cache {
	t.Helper()
	s.cache = cachetest.New(t, cachetest.Contents{Scopes: []app.Scope{prod, data}, Alarms: s.alarms,
		History: s.history, Series: s.series, LogGroups: s.groups, LogEvents: s.events, Traces: s.traces,
		Trail: s.trail, Covers: s.covers, Requests: s.requests})
	s.cache.Fail(s.damage)
	return s.cache
}

// store opens a cache as a command gets it.
func (s *shelf) store(t testing.TB) *Store { return &Store{Cache: checked{s.open(t), s.damage}} }

// closed reports whether the cache that was opened last is closed.
func (s *shelf) closed(t testing.TB) bool {
	_, err := s.cache.DB.Scopes(t.Context())
	return err != nil
}

// checked is a cache of which Check says what a test wants.
type checked struct {
	*cachetest.Cache
	damage error
}

func (c checked) Check(ctx context.Context) error {
	if c.damage != nil {
		return c.damage
	}
	return c.Cache.Check(ctx)
}

// lastOf returns the last query of a type that a cache was asked, the zero value if there was none.
func lastOf[Q any](c *cachetest.Cache) (last Q) {
	if all := cachetest.Queries[Q](c); len(all) > 0 {
		last = all[len(all)-1]
	}
	return last
}

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
			{Scope: prod, Name: "checkout-trial", ARN: "arn:5", Kind: app.MetricAlarm, State: app.InAlarm,
				Since: noon.Add(-50 * time.Hour), Gone: noon.Add(-10 * time.Hour),
				Expression: "100 * errors / calls", Comparison: "GreaterThanThreshold", Threshold: &threshold,
				EvaluationPeriods: 1, Period: time.Minute},
			{Scope: prod, Name: "orders-throttled", ARN: "arn:4", Kind: app.MetricAlarm, State: app.OK,
				Since: noon.Add(-9 * time.Hour)},
			{Scope: data, Name: "etl-late", ARN: "arn:3", Kind: app.MetricAlarm, State: app.InsufficientData,
				Since: noon.Add(-26 * time.Hour)},
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
	s.requests = []app.Request{
		{At: noon.Add(-time.Minute), Scope: prod, Service: "monitoring", Operation: "GetMetricData",
			Outcome: app.Answered, Took: 120 * time.Millisecond, Units: 124, Cost: 1_240_000},
		{At: noon.Add(-2 * time.Minute), Scope: prod, Service: "cloudtrail", Operation: "LookupEvents",
			Outcome: app.Refused, Code: "ThrottlingException", Took: 8 * time.Millisecond},
		{At: noon.Add(-3 * time.Minute), Scope: prod, Service: "sts", Operation: "GetCallerIdentity",
			Outcome: app.Answered, Took: 30 * time.Millisecond, Units: 1},
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
	for i := range s.alarms {
		s.alarms[i].Seen = noon
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
	r := runWith(t, t.Context(), depsOf(t, s), args...)
	if s.cache != nil {
		s.logQuery, s.traceQuery = lastOf[app.LogQuery](s.cache), lastOf[app.TraceQuery](s.cache)
		s.trailQuery = lastOf[app.TrailQuery](s.cache)
	}
	return r
}

func runWith(t *testing.T, ctx context.Context, d Deps, args ...string) ran {
	t.Helper()
	var out, errs bytes.Buffer
	code := Run(ctx, args, Streams{strings.NewReader(""), &out, &errs}, d)
	return ran{code, out.String(), errs.String()}
}

// depsOf returns the surroundings of a command line, with a cache that holds what is on the shelf.
func depsOf(t testing.TB, s *shelf) Deps {
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
		OpenCache:   func(context.Context, string) (*Store, error) { return s.store(t), nil },
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
