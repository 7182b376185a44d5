package simulator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/aws-sdk-go-v2/service/xray"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers/simulator/world"
)

// anchor is the end of the hand-made world, and the simulated now of most tests.
var anchor = time.Date(2025, 3, 14, 15, 0, 0, 0, time.UTC)

// The two accounts of the hand-made world; the second has next to nothing.
var (
	shop = app.Scope{Account: "111122223333", Region: "eu-west-1", Profile: "shop-prod"}
	data = app.Scope{Account: "444455556666", Region: "us-east-1", Profile: "shop-data"}
)

// How much there is in the hand-made shop: enough that every listing takes several pages.
const (
	manyMetrics = 620
	manyAlarms  = 130
	manyTagged  = manyAlarms - 1 // all but one, which was never tagged
	manyHistory = 260
	manyGroups  = 60
	manyEvents  = 25_000
	fatEvents   = 40 // of 100 kB
	manyTraces  = 450
	bigSpans    = 6_000
	manyTrail   = 130
)

// handMade is the one hand-made world that tests share; they only read it.
var handMade = sync.OnceValue(makeByHand)

// makeByHand returns a world whose every item can be told from its number.
func makeByHand() *world.World {
	p := &world.Place{Scope: shop, Events: map[string][]app.LogEvent{}}
	within := app.Range{From: anchor.Add(-6 * time.Hour), To: anchor}
	addMetrics(p, within)
	addAlarms(p)
	addLogs(p, within)
	addTraces(p)
	addTrail(p)
	poor := &world.Place{Scope: data, Groups: []app.LogGroup{{Scope: data, Name: "/only/one",
		ARN: groupARN(data, "/only/one"), Created: within.From}}}
	return &world.World{Seed: 7, Scale: 1, Range: within, Places: []*world.Place{p, poor}}
}

func addMetrics(p *world.Place, within app.Range) {
	for i := range manyMetrics {
		m := world.Recorded{Metric: app.NewMetric("AWS/Lambda", "Errors",
			app.Dimension{Name: "FunctionName", Value: fmt.Sprintf("f%03d", i)}), Unit: "Count"}
		for at := within.From; at.Before(within.To); at = at.Add(time.Minute) {
			if at.Minute() == 13 { // a gap every hour
				continue
			}
			v := float64(at.Minute())
			m.Samples = append(m.Samples, world.Sample{At: at, Count: 2, Values: []float64{v, v + 1}})
		}
		if i == 1 {
			m.Samples = m.Samples[:60] // this one has been silent for five hours
		}
		p.Metrics = append(p.Metrics, m)
	}
}

func addAlarms(p *world.Place) {
	threshold := 5.0
	for i := range manyAlarms {
		m := p.Metrics[i].Metric
		a := app.Alarm{
			Scope: shop, Name: fmt.Sprintf("alarm-%03d", i), Kind: app.MetricAlarm, State: app.OK,
			Reason:         "Threshold Crossed",
			Since:          anchor.Add(-time.Duration(i) * time.Minute).Add(123 * time.Millisecond),
			Configured:     anchor.Add(-5 * time.Hour),
			ActionsEnabled: true, AlarmActions: []string{"arn:aws:sns:eu-west-1:111122223333:page"},
			Metric: &m, Statistic: "Sum", Period: time.Minute, Comparison: "GreaterThanThreshold",
			Threshold:         &threshold,
			EvaluationPeriods: 3, DatapointsToAlarm: 2, TreatMissing: "notBreaching",
		}
		a.ARN = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:" + a.Name
		a.Tags = map[string]string{"team": fmt.Sprint("team-", i%5), "stage": "prod & <test>"}
		switch i {
		case 1:
			a.State, a.Tags = app.InAlarm, map[string]string{}
		case 2:
			a.Statistic, a.Tags = "p99.9", nil
		case 3:
			a.Metric, a.Statistic, a.Expression = nil, "", "errors / invocations"
			a.Queries = []app.MetricQuery{{ID: "e1", Label: "error rate", Expression: a.Expression, Compared: true},
				{ID: "errors", Reading: &app.Reading{Metric: p.Metrics[0].Metric, Statistic: "Sum",
					Period: time.Minute}},
				{ID: "invocations", Reading: &app.Reading{Metric: p.Metrics[1].Metric, Statistic: "p99",
					Period: time.Minute}}}
		case 4:
			a.Kind, a.Metric, a.Threshold, a.Rule = app.CompositeAlarm, nil, nil,
				`ALARM("alarm-001") AND NOT OK("alarm-002")`
		}
		p.Alarms = append(p.Alarms, a)
	}
	for i := range manyHistory {
		p.History = append(p.History, app.AlarmHistoryItem{
			Scope: shop, Alarm: fmt.Sprintf("alarm-%03d", i%5),
			At:   anchor.Add(time.Duration(i-manyHistory) * time.Minute).Add(7 * time.Millisecond),
			Kind: []app.HistoryKind{app.StateUpdate, app.ActionTaken}[i%2], Summary: fmt.Sprintf("item %d", i),
			Data: `{"version":"1.0"}`,
		})
	}
}

func groupARN(s app.Scope, name string) string {
	return fmt.Sprintf("arn:aws:logs:%s:%s:log-group:%s", s.Region, s.Account, name)
}

func addLogs(p *world.Place, within app.Range) {
	for i := range manyGroups {
		name := fmt.Sprintf("/aws/lambda/f%03d", i)
		p.Groups = append(p.Groups, app.LogGroup{Scope: shop, Name: name, ARN: groupARN(shop, name),
			Retention: i % 2 * 30, Stored: int64(i), Created: within.From, Class: "STANDARD"})
	}
	many, fat := p.Groups[0].Name, p.Groups[1].Name
	for i := range manyEvents {
		at := within.From.Add(time.Duration(i) * 800 * time.Millisecond)
		message := fmt.Sprintf("INFO request %d <ok>", i)
		if i%1000 == 0 {
			message = fmt.Sprintf("ERROR request %d failed: time out", i)
		}
		p.Events[many] = append(p.Events[many], app.LogEvent{
			Scope: shop, Group: many, Stream: fmt.Sprintf("stream-%d", i%4), ID: fmt.Sprintf("%032d", i), At: at,
			Ingested: at.Add(2 * time.Second), Message: message,
		})
	}
	for i := range fatEvents {
		at := within.From.Add(time.Duration(i) * time.Minute)
		p.Events[fat] = append(p.Events[fat], app.LogEvent{
			Scope: shop, Group: fat, Stream: "fat", ID: fmt.Sprintf("fat-%d", i), At: at, Ingested: at,
			Message: strings.Repeat("x", 100_000),
		})
	}
}

func traceID(at time.Time, n int) app.TraceID {
	return app.TraceID(fmt.Sprintf("1-%08x-%024x", at.Unix(), n))
}

func addTraces(p *world.Place) {
	for i := range manyTraces {
		start := anchor.Add(time.Duration(i-manyTraces) * 30 * time.Second).Add(5 * time.Millisecond)
		t := app.Trace{
			Scope: shop, ID: traceID(start, i), Start: start, Duration: 250 * time.Millisecond,
			Response: 200 * time.Millisecond, Entry: "checkout",
			Method: "POST", URL: "https://shop.example/checkout?a=1&b=<2>", Status: 200, Revision: 3, Fault: i%10 == 0,
		}
		t.Spans = checkoutSpans(i, start)
		p.Traces = append(p.Traces, t)
	}
	p.Traces[0].Spans = append(p.Traces[0].Spans, wideSpans(p.Traces[0])...)
	p.Traces[0].Limited = true
}

// checkoutSpans are a segment, a call out of it, and the segment of what was called.
func checkoutSpans(i int, start time.Time) []app.Span {
	id := func(n int) string { return fmt.Sprintf("%016x", i*10+n) }
	end := start.Add(250 * time.Millisecond)
	return []app.Span{
		{ID: id(1), Kind: app.Segment, Name: "checkout", Service: "checkout", Origin: "AWS::Lambda::Function",
			Start: start, End: end, User: "ada",
			SpanDetail: app.SpanDetail{
				HTTP: &app.HTTP{Method: "POST", URL: "https://shop.example/checkout?a=1&b=<2>", Status: 200,
					ClientIP: "192.0.2.1"},
				Annotations: map[string]any{"tenant": "acme", "items": 3.0, "gift": true},
				Metadata:    json.RawMessage(`{"debug":{"note":"<b>"}}`),
			}},
		{ID: id(2), Parent: id(1), Kind: app.Subsegment, Name: "DynamoDB", Service: "checkout", Namespace: "aws",
			Resource: "orders",
			Start:    start.Add(10 * time.Millisecond), End: end, Throttle: true, Error: true,
			SpanDetail: app.SpanDetail{
				AWS: json.RawMessage(`{"operation":"PutItem","resource_names":["orders"]}`),
				Exceptions: []app.Exception{{ID: id(9), Type: "ThrottlingException", Message: "slow down", Remote: true,
					Skipped: 2, Stack: []app.Frame{{Path: "a.py", Line: 3, Label: "put"}}}},
			}},
		{ID: id(3), Parent: id(2), Kind: app.Segment, Name: "orders", Service: "orders", Origin: "AWS::DynamoDB::Table",
			Resource: "arn:aws:dynamodb:eu-west-1:111122223333:table/orders",
			Start:    start.Add(20 * time.Millisecond), End: end},
	}
}

// wideSpans are more subsegments than one document, or one page, can hold.
func wideSpans(t app.Trace) []app.Span {
	spans := make([]app.Span, bigSpans)
	for i := range spans {
		parent := t.Spans[0].ID
		if i%3 > 0 {
			parent = spans[i-1].ID
		}
		spans[i] = app.Span{
			ID: fmt.Sprintf("f%015x", i), Parent: parent, Kind: app.Subsegment, Name: fmt.Sprintf("step %d", i),
			Service: "checkout", Start: t.Start, End: t.Start.Add(time.Millisecond),
			SpanDetail: app.SpanDetail{Metadata: json.RawMessage(`{"default":{"padding":"` + strings.Repeat("p", 200) +
				`"}}`)},
		}
	}
	return spans
}

func addTrail(p *world.Place) {
	for i := range manyTrail {
		e := app.TrailEvent{
			Scope: shop, ID: fmt.Sprintf("event-%03d", i), At: anchor.Add(time.Duration(i-manyTrail) * time.Minute),
			Name:   []string{"UpdateTable", "DescribeTable"}[i%2],
			Source: "dynamodb.amazonaws.com", ReadOnly: i%2 == 1,
			Principal: app.Principal{Type: "AssumedRole", User: "deploy", Session: "ci", AccessKey: "ASIA1"},
			Resources: []app.TrailResource{{Type: "AWS::DynamoDB::Table", Name: "orders"}},
		}
		e.Raw = json.RawMessage(fmt.Sprintf(`{"eventID":%q,"userAgent":"<ci>"}`, e.ID))
		p.Trail = append(p.Trail, e)
	}
}

// bench is a simulator and the SDK's own clients of it.
type bench struct {
	server *Server
	url    string
}

// open serves the hand-made world at the anchor, with faults.
func open(t testing.TB, f Faults) bench {
	t.Helper()
	return serve(t, handMade(), Options{Faults: f, Clock: func() time.Time { return anchor }})
}

func serve(t testing.TB, w *world.World, o Options) bench {
	t.Helper()
	s := New(w, o)
	web := httptest.NewServer(s)
	t.Cleanup(web.Close)
	return bench{s, web.URL}
}

// config is the SDK's configuration for a place. One attempt only: a retry would hide what a test looks for.
func (b bench) config(scope app.Scope) aws.Config {
	return aws.Config{
		Region: scope.Region, BaseEndpoint: aws.String(b.url), HTTPClient: wholeRequests{},
		Credentials: credentials.NewStaticCredentialsProvider("AKIA"+scope.Account, "simulated", ""),
		Retryer:     func() aws.Retryer { return aws.NopRetryer{} },
	}
}

// wholeRequests sends each request's body from memory. The SDK closes a body once it has the answer's first byte; a
// server as near as this one answers before net/http has looked for the end of the body, which then fails and takes the
// connection down under the answer (smithy-go's safeReadCloser returns io.EOF from WriteTo after Close).
type wholeRequests struct{}

func (wholeRequests) Do(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	return http.DefaultClient.Do(r)
}

func (b bench) metrics() *cloudwatch.Client  { return cloudwatch.NewFromConfig(b.config(shop)) }
func (b bench) logs() *cloudwatchlogs.Client { return cloudwatchlogs.NewFromConfig(b.config(shop)) }
func (b bench) traces() *xray.Client         { return xray.NewFromConfig(b.config(shop)) }
func (b bench) trail() *cloudtrail.Client    { return cloudtrail.NewFromConfig(b.config(shop)) }
func (b bench) tagging() *resourcegroupstaggingapi.Client {
	return resourcegroupstaggingapi.NewFromConfig(b.config(shop))
}
func (b bench) who() *sts.Client { return sts.NewFromConfig(b.config(shop)) }

// must fails the test on an error.
func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
