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
	// Unforeseen says that there is a place of which the cache does not know what there is to ask for; its part is
	// missing.
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
func (e *Engine) FollowCost(
	ctx context.Context, scopes []app.Scope, cadence map[app.Signal]time.Duration,
) (FollowCost, error) {
	c := FollowCost{Places: len(scopes), Cap: e.month.cap()}
	for _, signal := range app.Signals {
		every := cadence[signal]
		if every <= 0 {
			continue
		}
		part := FollowPart{Signal: signal, Every: every}
		for _, scope := range scopes {
			n, err := e.planner.roundOf(ctx, scope, signal, every)
			if err != nil {
				return FollowCost{}, err
			}
			part.Cost = app.Total(part.Cost, app.MoneyOf(float64(n.cost)*float64(month)/float64(every)))
			part.Guessed = part.Guessed || n.guessed
			part.Unforeseen = part.Unforeseen || n.unforeseen
		}
		c.Cost = app.Total(c.Cost, part.Cost)
		c.Parts = append(c.Parts, part)
	}
	return c, nil
}

// roundCost is what one round of a signal in a scope costs.
type roundCost struct {
	cost                app.Money
	guessed, unforeseen bool
}

func (p *planner) roundOf(
	ctx context.Context, scope app.Scope, signal app.Signal, every time.Duration,
) (roundCost, error) {
	one := func(o app.Operation, units int) app.Money { return p.price.of(o, scope.Region, units) }
	switch signal {
	case app.Alarms:
		listings := one(app.DescribeAlarms, 1) + one(app.GetResources, 1) + one(app.ListAlarmMuteRules, 1)
		return roundCost{cost: listings + one(app.DescribeAlarmHistory, 1)}, nil
	case app.Metrics:
		return p.metricRound(ctx, scope)
	case app.Logs:
		groups, err := p.cache.LogGroups(ctx, []app.Scope{scope})
		groups = slices.DeleteFunc(groups, func(g app.LogGroup) bool { return !g.Filtered() })
		return roundCost{cost: one(app.DescribeLogGroups, 1) + one(app.FilterLogEvents, len(groups))}, err
	case app.Traces:
		return p.traceRound(ctx, scope, every)
	default:
		return roundCost{cost: one(app.LookupEvents, 1)}, nil
	}
}

// metricRound is what it costs to list alarms and metrics, and to ask for the newest datapoints of each reading.
func (p *planner) metricRound(ctx context.Context, scope app.Scope) (roundCost, error) {
	metrics, err := p.cache.Metrics(ctx, scope)
	if err != nil {
		return roundCost{}, err
	}
	alarms, err := p.cache.Alarms(ctx, app.AlarmQuery{Scopes: []app.Scope{scope}})
	if err != nil {
		return roundCost{}, err
	}
	pages := func(o app.Operation, n, page int) app.Money {
		return p.price.of(o, scope.Region, max(1, (n+page-1)/page))
	}
	now := p.now()
	readings := p.presets.Readings(p.listed.among(scope, metrics, app.Since(now, maxCatchUp), now), alarms)
	return roundCost{
		cost: pages(app.DescribeAlarms, len(alarms), alarmsAPage) +
			pages(app.ListMetrics, len(metrics), metricsAPage) +
			p.price.of(app.GetMetricData, scope.Region, len(readings)),
		unforeseen: len(metrics) == 0,
	}, nil
}

// traceRound guesses from the rate of traces in the newest day that is known: the summaries of all that may still
// change, and the spans of those that are new since the round before.
func (p *planner) traceRound(ctx context.Context, scope app.Scope, every time.Duration) (roundCost, error) {
	within := app.Since(floor(p.now()), maxCatchUp)
	covers, err := coverage(ctx, p.cache, scope, app.Traces, within)
	if err != nil {
		return roundCost{}, err
	}
	rate, err := p.traceRate(ctx, scope, within, covers[""])
	if err != nil || rate == nil {
		return roundCost{unforeseen: rate == nil}, err
	}
	late := app.Traces.Lateness()
	// All that may still change is asked again now and then.
	again := time.Duration(float64(every) * late.Settles.Hours() / late.Again.Hours())
	traces := func(over time.Duration) float64 { return *rate * over.Hours() }
	one := func(o app.Operation) float64 { return float64(p.price.of(o, scope.Region, 1)) }
	cost := traces(every+late.Tail+again)*one(app.GetTraceSummaries) + traces(every)*one(app.BatchGetTraces)
	return roundCost{cost: app.MoneyOf(cost), guessed: true}, nil
}
