// Package pull decides what to ask AWS, in which order and at what price, and keeps every page that it gets.
//
// It knows neither AWS nor SQL: it is given functions that ask (Sources) and something that keeps (Cache). A cancelled,
// crashed or signed-out pull loses at most the pages in flight, and the next one continues where it stopped, because
// what is asked follows from the cache alone.
//
// # What there is to ask: plans
//
// A Want names scopes, a range and signals. A Plan is the list of Steps that this takes, made from the cache's
// coverage: the ranges that nobody has asked for, and the newest ones, which AWS may still change
// (app.Signal.Lateness). A Step is one question with all pages of its answer; a page is one answer of AWS. Listings
// (metrics, alarms, tags, log groups) come first, because what they find is what the other steps ask about. Within a
// signal the newest range comes first.
//
//	want.go sources.go place.go        what is wanted, and whom to ask
//	plan.go planner.go                 the plan, and who makes it
//	listing.go tags.go                 the listings
//	alarm.go log.go trail.go           the steps of a signal
//	metric.go gap.go listed_metrics.go
//	trace.go service_graph.go partial_trace.go
//
// # How it is asked: runs
//
// Engine.Run takes every scope that is wanted through the same phases in a scopeRun of its own: reach the place, claim
// the scope, take the listings, plan the rest, take its steps. Scopes run beside each other, and in a scope the signals
// do, with one or two steps of each at a time (workers). So one scope that fails or is slow stops no other.
//
// At most twelve scopes of an engine are at work at once, because each holds pages in memory: a scope has a workSlot,
// lends it to another while it waits in vain for AWS, and takes it back with the next answer. Two runs over the same
// scope, in this process or another, take turns (Cache.ClaimScope), and the second asks only for what the first has
// left.
//
//	run.go scope_run.go scope_failure.go work_slot.go
//
// # What is kept when
//
// Each page is kept as soon as it is there, in one transaction with the covers of the range that is complete with it,
// even when the run has been cancelled meanwhile: AWS has billed it. There are two exceptions. Alarms and tags are kept
// when their listing is complete, because what a complete listing does not name is gone; and the summaries of traces
// are kept together with their spans. A range whose answer was denied is kept as denied, so that screens can say so.
// How each signal ended is kept when its scope ends (app.Attempt). Secrets are masked on the way, where Masked wraps
// the cache. When a run has ended, the cache forgets what the settings no longer keep.
//
//	cache.go ask.go page_range.go trace_pull.go mask.go prune.go
//
// # What it may cost: budgets
//
// The price of a request is held before it is made and settled when it is answered, in the budget of its run (Want.Cap)
// and in the engine's monthBudget, which adds up what all runs of the engine have in flight and what the ledger says of
// the calendar month. So requests that are made at the same time cannot pass a cap together. Before a scope takes the
// steps of its plan, the allowance of the run picks those that the caps have room for, the newest first.
//
//	budget.go month_budget.go allowance.go
//
// # What is told
//
// Progress is told after each page and each change of a scope's state, and a Report is what became of a run. A Follower
// runs again and again, each signal of a scope at its own cadence.
//
//	progress.go report.go status.go follow.go follow_place.go follow_cost.go
package pull

import (
	"context"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/nephograph/nephograph/app"
)

// Price says what so many units of a call cost in a Region; app.PriceList.Price is one. app.Operation.Billed says what
// a unit is; where calls are free it is a request. Services are named as in app.Operation.
type Price func(service, operation, region string, units int) app.Money

// of returns the price of units of an operation.
func (p Price) of(o app.Operation, region string, units int) app.Money {
	return p(o.Service, o.Name(), region, units)
}

// Config is what an Engine is made of. The fields up to Now are required.
type Config struct {
	Cache   Cache
	Presets app.Presets // how metrics are read
	Price   Price
	Now     func() time.Time
	// MonthCap returns the most that the paid calls of a calendar month, UTC, may cost, by the cache's ledger and in
	// list prices: zero lets none through, and a negative cap is none. It is asked for before each paid call, so that a
	// new cap holds at once. Nil: no cap.
	MonthCap func() app.Money
	// NotKept returns the ranges of a signal in a scope that are not asked for, because the cache would forget them
	// again. Nil: none.
	NotKept func(context.Context, app.Scope, app.Signal) ([]app.Range, error)
	// Prune lets the cache forget what the settings no longer keep. A run ends with it: at most every ten minutes, one
	// at a time, and for a minute at most. What goes wrong with it is left to those who read or pull next: they meet it
	// too, and have somebody to tell. Nil: nothing is forgotten.
	Prune func(context.Context) error
	// KeepResult keeps an answer of Logs Insights and returns its id. Nil: none is kept.
	KeepResult func(context.Context, app.InsightsResult) (int64, error)
}

// Engine makes plans and runs them. Several runs at once are allowed: over one scope they take turns, so that the
// second asks only for what the first has left, and all of them together keep no more scopes at work than memory has
// room for.
type Engine struct {
	cache   scopeCache
	now     func() time.Time
	price   Price
	planner *planner
	month   *monthBudget
	slots   *semaphore.Weighted // one for each scope at work
	pruner  *pruner

	keepResult func(context.Context, app.InsightsResult) (int64, error)
}

// New returns an engine.
func New(c Config) *Engine {
	if c.MonthCap == nil {
		c.MonthCap = func() app.Money { return -1 }
	}
	if c.NotKept == nil {
		c.NotKept = func(context.Context, app.Scope, app.Signal) ([]app.Range, error) { return nil, nil }
	}
	if c.KeepResult == nil {
		c.KeepResult = func(context.Context, app.InsightsResult) (int64, error) { return 0, nil }
	}
	return &Engine{
		cache: c.Cache, now: c.Now, price: c.Price,
		planner: &planner{
			cache: c.Cache, presets: c.Presets, price: c.Price, now: c.Now, notKept: c.NotKept,
			listed: &listedMetrics{}, partial: &partialAsked{}, denials: &denials{},
		},
		month:  &monthBudget{cap: c.MonthCap, ledger: c.Cache, now: c.Now},
		slots:  semaphore.NewWeighted(scopesAtOnce),
		pruner: &pruner{prune: c.Prune},

		keepResult: c.KeepResult,
	}
}
