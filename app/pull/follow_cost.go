package pull

import (
	"context"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// month is what AWS's own calculator reckons with: 730 hours.
const month = 730 * time.Hour

// FollowCost is what following costs in a month, in list prices, as far as the cache tells.
type FollowCost struct {
	Places int
	Cost   app.Money
	Cap    app.Money    // of all paid calls of a month; negative: none
	Parts  []FollowPart // of the signals that are followed, in the order of app.Signals
}

// FollowPart is a signal's part of it.
type FollowPart struct {
	Signal  app.Signal
	Every   time.Duration
	Cost    app.Money
	Guessed bool // from the rate of traces in the newest hours that are known
	// Unforeseen says that there is a place of which the cache does not know what there is to ask for; its part is missing.
	Unforeseen bool
}

// Guessed reports whether some of it is a guess.
func (c FollowCost) Guessed() bool {
	for _, p := range c.Parts {
		if p.Guessed {
			return true
		}
	}
	return false
}

// Unforeseen reports whether the cost is only the least that it can be.
func (c FollowCost) Unforeseen() bool {
	for _, p := range c.Parts {
		if p.Unforeseen {
			return true
		}
	}
	return false
}

// FollowCost projects what following the scopes costs in a month, from the cache alone: no request is made. Its errors
// are the cache's.
func (e *Engine) FollowCost(ctx context.Context, scopes []app.Scope, cadence map[app.Signal]time.Duration) (FollowCost, error) {
	c := FollowCost{Places: len(scopes), Cap: e.month.cap()}
	for _, signal := range app.Signals {
		every := cadence[signal]
		if every <= 0 {
			continue
		}
		part := FollowPart{Signal: signal, Every: every}
		for _, scope := range scopes {
			n, err := e.roundOf(ctx, scope, signal, every)
			if err != nil {
				return FollowCost{}, err
			}
			part.Cost += app.Money(float64(n.cost) * float64(month) / float64(every))
			part.Guessed = part.Guessed || n.guessed
			part.Unforeseen = part.Unforeseen || n.unforeseen
		}
		c.Cost += part.Cost
		c.Parts = append(c.Parts, part)
	}
	return c, nil
}

// roundCost is what one round of a signal in a scope costs.
type roundCost struct {
	cost                app.Money
	guessed, unforeseen bool
}

func (e *Engine) roundOf(ctx context.Context, scope app.Scope, signal app.Signal, every time.Duration) (roundCost, error) {
	one := func(c call, units int) app.Money { return e.price(c.service, c.operation, scope.Region, units) }
	switch signal {
	case app.Alarms:
		return roundCost{cost: one(describeAlarms, 1) + one(getResources, 1) + one(describeHistory, 1)}, nil
	case app.Metrics:
		return e.metricRound(ctx, scope)
	case app.Logs:
		groups, err := e.cache.LogGroups(ctx, []app.Scope{scope})
		groups = slices.DeleteFunc(groups, func(g app.LogGroup) bool { return !g.Filtered() })
		return roundCost{cost: one(describeGroups, 1) + one(filterEvents, len(groups))}, err
	case app.Traces:
		return e.traceRound(ctx, scope, every)
	default:
		return roundCost{cost: one(lookupEvents, 1)}, nil
	}
}

// metricRound is what it costs to list alarms and metrics, and to ask for the newest datapoints of each reading.
func (e *Engine) metricRound(ctx context.Context, scope app.Scope) (roundCost, error) {
	metrics, err := e.cache.Metrics(ctx, scope)
	if err != nil {
		return roundCost{}, err
	}
	alarms, err := e.cache.Alarms(ctx, app.AlarmQuery{Scopes: []app.Scope{scope}})
	if err != nil {
		return roundCost{}, err
	}
	pages := func(c call, n, page int) app.Money {
		return e.price(c.service, c.operation, scope.Region, max(1, (n+page-1)/page))
	}
	now := e.now()
	readings := e.presets.Readings(e.listed.among(scope, metrics, app.Since(now, catchUp), now), alarms)
	return roundCost{
		cost: pages(describeAlarms, len(alarms), alarmsAPage) + pages(listMetrics, len(metrics), metricsAPage) +
			e.price(getMetricData.service, getMetricData.operation, scope.Region, len(readings)),
		unforeseen: len(metrics) == 0,
	}, nil
}

// traceRound guesses from the rate of traces in the newest day that is known: the summaries of all that may still
// change, and the spans of those that are new since the round before.
func (e *Engine) traceRound(ctx context.Context, scope app.Scope, every time.Duration) (roundCost, error) {
	within := app.Since(floor(e.now()), catchUp)
	covers, err := e.coverage(ctx, scope, app.Traces, within)
	if err != nil {
		return roundCost{}, err
	}
	rate, err := e.traceRate(ctx, scope, within, covers[""])
	if err != nil || rate == nil {
		return roundCost{unforeseen: rate == nil}, err
	}
	late := app.Traces.Lateness()
	again := time.Duration(float64(every) * late.Settles.Hours() / late.Again.Hours()) // all that may still change, now and then
	traces := func(over time.Duration) float64 { return *rate * over.Hours() }
	one := func(c call) float64 { return float64(e.price(c.service, c.operation, scope.Region, 1)) }
	return roundCost{
		cost:    app.Money(traces(every+late.Tail+again)*one(getSummaries) + traces(every)*one(getTraces)),
		guessed: true,
	}, nil
}
