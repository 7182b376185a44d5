package pull

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// planner makes steps of what the cache lacks, and remembers what the cache has no place for: which metrics still
// exist, when traces in progress were asked again, and what is denied beside alarms.
type planner struct {
	cache   Cache
	presets app.Presets
	price   Price
	now     func() time.Time
	notKept func(context.Context, app.Scope, app.Signal) ([]app.Range, error)
	listed  *listedMetrics
	partial *partialAsked
	denials *denials
}

// questions returns the steps of a signal in a scope, listings apart, newest first. Its errors are the cache's.
func (p *planner) questions(
	ctx context.Context, from Sources, w Want, signal app.Signal, now time.Time,
) ([]Step, error) {
	if !w.Wants(signal) || w.within(now).Empty() {
		return nil, nil
	}
	stepsOf := map[app.Signal]func(context.Context, Sources, Want, time.Time) ([]Step, error){
		app.Alarms:  p.alarmHistorySteps,
		app.Metrics: p.metricSteps,
		app.Logs:    p.logSteps,
		app.Traces:  p.traceSteps,
		app.Trail:   p.trailSteps,
	}[signal]
	notKept, err := p.notKept(ctx, from.Scope, signal)
	var steps []Step
	if signal == app.Alarms && err == nil {
		steps, err = p.besideAlarms(ctx, from, w)
	}
	for _, part := range slices.Backward(app.Subtract(w.Range, notKept)) {
		if err == nil {
			var some []Step
			w.Range = part
			some, err = stepsOf(ctx, from, w, now)
			steps = append(steps, some...)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("plan %s in %s: %w", signal, from.Scope, err)
	}
	return steps, nil
}

// step returns a step of one request, or more if the answer has more pages.
func (p *planner) step(scope app.Scope, o app.Operation) Step {
	return Step{
		Scope: scope, Signal: o.Signal, Service: o.Service, Operation: o.Name(), operation: o,
		Requests: 1, Cost: p.price.of(o, scope.Region, 1),
	}
}

// newestFirst orders steps by the end of their range, then by resource.
func newestFirst(steps []Step) []Step {
	slices.SortStableFunc(steps, func(a, b Step) int {
		return cmp.Or(b.Range.To.Compare(a.Range.To), cmp.Compare(a.Resource, b.Resource))
	})
	return steps
}

// coverage returns the covers of a signal in a scope by resource.
func coverage(
	ctx context.Context, cache coverCache, scope app.Scope, signal app.Signal, within app.Range,
) (map[string][]app.Cover, error) {
	covers, err := cache.Coverage(ctx, app.CoverQuery{Scopes: []app.Scope{scope}, Signal: signal, Range: within})
	if err != nil {
		return nil, err
	}
	byResource := map[string][]app.Cover{}
	for _, c := range covers {
		byResource[c.Resource] = append(byResource[c.Resource], c)
	}
	return byResource, nil
}

// pieces cuts a range that is longer than d, newest first. A shorter one, such as the tail that is asked again, stays
// in one, whatever cut it crosses.
func pieces(r app.Range, d time.Duration) []app.Range {
	if r.Length() <= d {
		return []app.Range{r}
	}
	return r.Split(d)
}

// untilNow returns r without what is after now.
func untilNow(r app.Range, now time.Time) app.Range {
	if r.To.After(now) {
		r.To = now
	}
	return r
}
