package pull_test

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/nephograph/nephograph/app"
)

// account is a place that answers questions as the providers do, from memory.
type account struct {
	scope   app.Scope
	metrics []app.Metric
	alarms  []app.Alarm // without tags
	tagged  []app.Tagged
	history []app.AlarmHistoryItem
	groups  []string
	classes map[string]string // of groups, by name; "": not told
	events  map[string][]app.LogEvent
	traces  []app.Trace // with spans
	trail   []app.TrailEvent
	page    pages

	// fault is asked before every request and may fail it, several at once; see is told each question, one at a time.
	fault  func(operation, resource string) error
	see    func(asked)
	seeing sync.Mutex

	mu       sync.Mutex
	requests map[string]int // by operation
	billed   app.Money      // what the ledger would say
}

// asked is a question as it was put.
type asked struct {
	operation string
	resource  string
	at        app.Range
	readings  []app.Reading
	ids       []app.TraceID
}

// show shows a question to who sees them, one at a time.
func (a *account) show(q asked) {
	if a.see == nil {
		return
	}
	a.seeing.Lock()
	defer a.seeing.Unlock()
	a.see(q)
}

func (a *account) request(ctx context.Context, operation, resource string) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("%s: %w", operation, err)
	}
	a.mu.Lock()
	if a.requests == nil {
		a.requests = map[string]int{}
	}
	a.requests[operation]++
	a.mu.Unlock()
	if a.fault == nil {
		return nil
	}
	if err := a.fault(operation, resource); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil { // the fault was a cancel
		return fmt.Errorf("%s: %w", operation, err)
	}
	return nil
}

// bill adds up the price of each request that is answered, as the providers' ledger does.
func (a *account) bill(q asked, items int) {
	service, units := "monitoring", 1
	switch q.operation {
	case "GetMetricData":
		units = len(q.readings)
	case "GetTraceSummaries", "BatchGetTraces":
		service, units = "xray", items
	case "FilterLogEvents", "DescribeLogGroups":
		service = "logs"
	case "GetServiceGraph":
		service = "xray"
	case "LookupEvents":
		service = "cloudtrail"
	case "GetResources":
		service = "tagging"
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.billed += price(service, q.operation, a.scope.Region, units)
}

// total returns how many requests were made, and forgets them.
func (a *account) total() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	n := 0
	for _, c := range a.requests {
		n += c
	}
	a.requests = nil
	return n
}

// shape is how much an account holds.
type shape struct {
	series, alarms, groups, events, traces, trail, history int
	partial                                                int // one trace in so many is in progress
}

// fill makes an account up, its items spread evenly over the range. The second alarm reads its metric by the hour.
func fill(scope app.Scope, over app.Range, n shape, page pages) *account {
	page.tags = cmp.Or(page.tags, 100)
	a := &account{scope: scope, events: map[string][]app.LogEvent{}, page: page}
	at := func(i, n int, unit time.Duration) time.Time {
		return over.From.Add(time.Duration(float64(over.Length()) * (float64(i) + 0.5) / float64(n))).Truncate(unit)
	}
	for i := range n.series {
		a.metrics = append(a.metrics, app.NewMetric("AWS/Lambda", "Errors",
			app.Dimension{Name: "FunctionName", Value: fmt.Sprint("f", i)}))
	}
	for i := range n.alarms {
		alarm := app.Alarm{Scope: scope, Name: fmt.Sprint("alarm", i), ARN: fmt.Sprint("arn:alarm", i),
			Metric: &a.metrics[i%len(a.metrics)], Statistic: "Sum", Period: time.Minute}
		if i == 1 {
			alarm.Period = time.Hour
		}
		a.alarms = append(a.alarms, alarm)
		if i%2 == 0 {
			a.tagged = append(a.tagged, app.Tagged{ARN: alarm.ARN,
				Tags: map[string]string{"team": fmt.Sprint("team", i)}})
		}
	}
	for i := range n.history {
		a.history = append(a.history, app.AlarmHistoryItem{Scope: scope, Alarm: fmt.Sprint("alarm", i%3),
			At: at(i, n.history, time.Millisecond), Kind: app.StateUpdate, Summary: fmt.Sprint(i)})
	}
	for g := range n.groups {
		name := fmt.Sprint("/aws/lambda/f", g)
		a.groups = append(a.groups, name)
		for i := range n.events {
			a.events[name] = append(a.events[name],
				app.LogEvent{Scope: scope, Group: name, ID: fmt.Sprint(i), At: at(i, n.events, time.Millisecond)})
		}
	}
	for i := range n.traces {
		start := at(i, n.traces, time.Millisecond)
		id := app.TraceID(fmt.Sprintf("1-%08x-%024x", start.Unix(), i))
		t := app.Trace{Scope: scope, ID: id, Start: start, URL: "/checkout", Revision: 2,
			Spans: []app.Span{{ID: fmt.Sprint(i)}}}
		t.Partial = n.partial > 0 && i%n.partial == 0
		a.traces = append(a.traces, t)
	}
	for i := range n.trail {
		a.trail = append(a.trail, app.TrailEvent{Scope: scope, ID: fmt.Sprint("event", i),
			At: at(i, n.trail, time.Second), Name: "UpdateTable"})
	}
	return a
}

// clock is a time that a test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.at }

func (c *clock) pass(d time.Duration) { c.mu.Lock(); defer c.mu.Unlock(); c.at = c.at.Add(d) }

// price is the list price of the few calls that cost something, as assets/prices has it, in every Region.
func price(service, operation, _ string, units int) app.Money {
	switch {
	case operation == "GetMetricData", service == "monitoring":
		return app.Money(units) * app.Dollar / 100_000
	case strings.HasSuffix(operation, "Traces"), strings.HasSuffix(operation, "Summaries"):
		return app.Money(units) * 500
	}
	return 0
}

var (
	start = time.Date(2026, 3, 14, 9, 7, 30, 0, time.UTC)
	shop  = app.Scope{Account: "111122223333", Region: "eu-west-1", Profile: "shop-prod"}
	data  = app.Scope{Account: "444455556666", Region: "us-east-1", Profile: "shop-data"}
	known = app.Presets{{Namespace: "AWS/Lambda", Title: "Lambda",
		Metrics: []app.MetricPreset{{Name: "Errors", Statistic: "Sum", Unit: "Count"}}}}
)
