package pull

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Plan is what a pull will ask, in the order in which it asks within each scope and signal.
type Plan struct {
	Range    app.Range `json:"range"` // what was wanted, up to now
	Steps    []Step    `json:"steps"`
	Requests int       `json:"requests"`
	Cost     app.Money `json:"cost_nano_usd"`
	// Known says that requests and cost are exact; otherwise they are the least.
	Known bool `json:"known"`
	// Guessed says that some of it is neither: the traces to come were guessed from those of the hours that are known.
	Guessed bool `json:"guessed"`
	// Unforeseen says that there are traces to ask for of whose number the cache tells nothing: requests and cost have
	// the first page of their summaries, and none of themselves.
	Unforeseen bool `json:"unforeseen"`
}

// Step is one question of a plan, with all the pages of its answer.
type Step struct {
	app.Scope
	Signal    app.Signal `json:"signal"`
	Service   string     `json:"service"`            // as in app.Request: monitoring
	Operation string     `json:"operation"`          // GetMetricData
	Resource  string     `json:"resource,omitempty"` // a log group's name; "20 series"
	Range     app.Range  `json:"range,omitzero"`     // empty for a listing
	Requests  int        `json:"requests"`
	Cost      app.Money  `json:"cost_nano_usd"`

	// As in Plan.
	Known      bool `json:"known"`
	Guessed    bool `json:"guessed"`
	Unforeseen bool `json:"unforeseen"`

	take  func(context.Context, *visit) error
	whole []app.Range // all that the plan asks of the same resource by the same operation
}

// call is an operation of AWS, as the ledger and the price list name it.
type call struct{ service, operation string }

// action returns the call as IAM names it, which is what an app.Error's Op holds.
func (c call) action() string {
	switch c.service {
	case "monitoring":
		return "cloudwatch:" + c.operation
	case "tagging":
		return "tag:" + c.operation
	}
	return c.service + ":" + c.operation
}

// The calls, by the file of their signal.
var (
	listMetrics     = call{"monitoring", "ListMetrics"}
	getMetricData   = call{"monitoring", "GetMetricData"}
	describeAlarms  = call{"monitoring", "DescribeAlarms"}
	describeHistory = call{"monitoring", "DescribeAlarmHistory"}
	getResources    = call{"tagging", "GetResources"}
	describeGroups  = call{"logs", "DescribeLogGroups"}
	filterEvents    = call{"logs", "FilterLogEvents"}
	getSummaries    = call{"xray", "GetTraceSummaries"}
	getTraces       = call{"xray", "BatchGetTraces"}
	getGraph        = call{"xray", "GetServiceGraph"}
	lookupEvents    = call{"cloudtrail", "LookupEvents"}
)

// Plan says what Run would ask at this instant, from the cache alone: no request is made. What the listings will bring
// to light, such as a new log group, is not in it, nor are places that nobody has reached yet; call Discover first for a
// plan that is as good as can be.
// Its errors are the cache's.
func (e *Engine) Plan(ctx context.Context, w Want) (Plan, error) {
	now := e.now()
	var steps []Step
	for _, from := range w.reached() {
		listed, err := e.listings(ctx, from, w)
		if err != nil {
			return Plan{}, err
		}
		steps = append(steps, listed...)
		for _, signal := range app.Signals {
			questions, err := e.questions(ctx, from, w, signal, now)
			if err != nil {
				return Plan{}, err
			}
			steps = append(steps, questions...)
		}
	}
	return planOf(w.within(now), steps), nil
}

func planOf(within app.Range, steps []Step) Plan {
	p := Plan{Range: within, Steps: steps, Known: true}
	for _, s := range steps {
		p.Requests += s.Requests
		p.Cost += s.Cost
		p.Known = p.Known && s.Known
		p.Guessed = p.Guessed || s.Guessed
		p.Unforeseen = p.Unforeseen || s.Unforeseen
	}
	return p
}

// questions returns the steps of a signal in a scope, listings apart, newest first.
func (e *Engine) questions(ctx context.Context, from Sources, w Want, signal app.Signal, now time.Time) ([]Step, error) {
	if !w.Wants(signal) || w.within(now).Empty() {
		return nil, nil
	}
	ask := map[app.Signal]func(context.Context, Sources, Want, time.Time) ([]Step, error){
		app.Alarms:  e.historySteps,
		app.Metrics: e.metricSteps,
		app.Logs:    e.logSteps,
		app.Traces:  e.traceSteps,
		app.Trail:   e.trailSteps,
	}[signal]
	gone, err := e.gone(ctx, from.Scope, signal)
	var steps []Step
	for _, part := range slices.Backward(app.Subtract(w.Range, gone)) {
		if err == nil {
			var some []Step
			w.Range = part
			some, err = ask(ctx, from, w, now)
			steps = append(steps, some...)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("plan %s in %s: %w", signal, from.Scope, err)
	}
	return steps, nil
}

// newestFirst orders steps by the end of their range, then by resource.
func newestFirst(steps []Step) []Step {
	slices.SortStableFunc(steps, func(a, b Step) int {
		return cmp.Or(b.Range.To.Compare(a.Range.To), cmp.Compare(a.Resource, b.Resource))
	})
	return steps
}

// step returns a step of one request, or more if the answer has more pages.
func (e *Engine) step(scope app.Scope, signal app.Signal, c call) Step {
	return Step{
		Scope: scope, Signal: signal, Service: c.service, Operation: c.operation,
		Requests: 1, Cost: e.price(c.service, c.operation, scope.Region, 1),
	}
}

// coverage returns the covers of a signal in a scope by resource.
func (e *Engine) coverage(ctx context.Context, scope app.Scope, signal app.Signal, within app.Range) (map[string][]app.Cover, error) {
	covers, err := e.cache.Coverage(ctx, app.CoverQuery{Scopes: []app.Scope{scope}, Signal: signal, Range: within})
	if err != nil {
		return nil, err
	}
	byResource := map[string][]app.Cover{}
	for _, c := range covers {
		byResource[c.Resource] = append(byResource[c.Resource], c)
	}
	return byResource, nil
}

// pieces cuts a range that is longer than d, newest first. A shorter one, such as the tail that is asked again, stays in
// one, whatever cut it crosses.
func pieces(r app.Range, d time.Duration) []app.Range {
	if r.Length() <= d {
		return []app.Range{r}
	}
	return r.Split(d)
}

// lacking returns what is due of a resource, newest first.
func (w Want) lacking(within app.Range, covers []app.Cover, now time.Time) []app.Range {
	if w.spares(covers, now) {
		return nil
	}
	ranges := app.Due(within, covers, floor(now))
	slices.Reverse(ranges)
	return ranges
}

// spares reports whether a resource is left alone because it was denied just now.
func (w Want) spares(covers []app.Cover, now time.Time) bool {
	return w.Spare > 0 && app.LastDenied(covers, now.Add(-w.Spare))
}
