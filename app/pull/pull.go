// Package pull decides what to ask AWS, in which order and at what price, and keeps every page that it gets.
//
// It knows neither AWS nor SQL: it is given functions that ask (Sources) and something that keeps (Cache). What is asked
// is what the cache's coverage lacks, and the tail that AWS may still change (app.Signal.Settles); newest first, page by
// page, each page kept with its coverage in one transaction. So a cancelled, crashed or signed-out pull loses at most
// the pages in flight, and the next one goes on where it stopped.
package pull

import (
	"context"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Sources are the questions that can be put to one scope. A nil source is not asked.
type Sources struct {
	Scope          app.Scope
	Who            app.Identity // the caller there, as AWS says
	Metrics        app.Source[app.MetricsQuestion, app.Metric]
	Series         app.Source[app.SeriesQuestion, app.Series]
	Alarms         app.Source[app.AlarmsQuestion, app.Alarm]
	Tags           app.Source[app.TagsQuestion, app.Tagged]
	AlarmHistory   app.Source[app.AlarmHistoryQuestion, app.AlarmHistoryItem]
	LogGroups      app.Source[app.LogGroupsQuestion, app.LogGroup]
	LogEvents      app.Source[app.LogEventsQuestion, app.LogEvent]
	TraceSummaries app.Source[app.TraceSummariesQuestion, app.Trace]
	Traces         app.Source[app.TracesQuestion, app.Trace]
	ServiceGraph   app.Source[app.ServiceGraphQuestion, app.ServiceGraph]
	Trail          app.Source[app.TrailQuestion, app.TrailEvent]
}

// Cache is what a pull keeps its pages in and reads its coverage from. Each Keep is one transaction, of items and covers
// together, and returns how many items are new or changed: keeping a page twice changes nothing. All methods are called
// from several goroutines.
type Cache interface {
	KeepMetrics(context.Context, app.Scope, []app.Metric) (int, error)
	KeepSeries(context.Context, []app.Series, ...app.Cover) (int, error)
	// KeepAlarms takes the complete listing of a scope, as it was at the instant. Alarms whose Tags are nil keep those that
	// are known.
	KeepAlarms(ctx context.Context, scope app.Scope, alarms []app.Alarm, at time.Time) (int, error)
	// KeepTags takes all that AWS says of the tags of a scope's alarms: an alarm that it does not name has none.
	KeepTags(context.Context, app.Scope, []app.Tagged) (int, error)
	KeepAlarmHistory(context.Context, []app.AlarmHistoryItem, ...app.Cover) (int, error)
	KeepLogGroups(context.Context, app.Scope, []app.LogGroup) (int, error)
	KeepLogEvents(context.Context, []app.LogEvent, ...app.Cover) (int, error)
	KeepTraces(context.Context, []app.Trace, ...app.Cover) (int, error)
	KeepServiceGraph(context.Context, app.ServiceGraph) (int, error)
	KeepTrail(context.Context, []app.TrailEvent, ...app.Cover) (int, error)
	// KeepAttempts takes how the newest pull of each signal ended.
	KeepAttempts(context.Context, []app.Attempt) error

	Metrics(context.Context, app.Scope) ([]app.Metric, error)
	Alarms(context.Context, app.AlarmQuery) ([]app.Alarm, error)
	LogGroups(context.Context, []app.Scope) ([]app.LogGroup, error)
	// TraceRevisions returns the revisions of the traces that start in the range and are complete, with their spans.
	TraceRevisions(context.Context, app.Scope, app.Range) (map[app.TraceID]int, error)
	// PartialTraces returns the traces since then that are not complete.
	PartialTraces(ctx context.Context, scope app.Scope, since time.Time) ([]app.TraceID, error)
	ServiceGraph(context.Context, app.Scope, app.Range) (app.ServiceGraph, error)
	Coverage(context.Context, app.CoverQuery) ([]app.Cover, error)

	// Spent returns what the requests of whole days, UTC, did cost, by all who use the cache, up to the last that was
	// answered.
	Spent(context.Context, app.Range) (app.Money, error)
	// ClaimScope waits until nobody else pulls the scope into the cache, in this process or another; busy is called once
	// if there is something to wait for. Its error is ctx's, or says that no claims can be made here.
	ClaimScope(ctx context.Context, scope app.Scope, busy func()) (release func() error, err error)
}

// Price says what so many units of a call cost in a Region; app.PriceList.Price is one. A unit is a metric of
// GetMetricData, a trace of BatchGetTraces and GetTraceSummaries, and a request of every other call. Services are named
// as in app.Request.
type Price func(service, operation, region string, units int) app.Money

// Engine makes plans and runs them. Several may run at once: runs over one scope take turns, so that the second asks only
// for what the first has left, and all of them together keep no more scopes at work than memory has room for.
type Engine struct {
	cache   Cache
	presets app.Presets
	price   Price
	now     func() time.Time
	slots   slots
	again   *restless
	month   *purse
	listed  *listed
	untold  *untold
	gone    func(context.Context, app.Scope, app.Signal) ([]app.Range, error)
	after   *forgetting
}

// New returns an engine that keeps in cache, reads metrics as presets say, and takes its prices and its time from the
// two functions.
func New(cache Cache, presets app.Presets, price Price, now func() time.Time) *Engine {
	none := func() app.Money { return -1 }
	kept := func(context.Context, app.Scope, app.Signal) ([]app.Range, error) { return nil, nil }
	return &Engine{cache, presets, price, now, make(slots, scopesAtOnce), &restless{}, &purse{cap: none, ledger: cache.Spent, now: now}, &listed{}, &untold{}, kept, &forgetting{}}
}

// Capped sets the most that the paid calls of a calendar month, UTC, may cost, by the cache's ledger and in list prices:
// zero lets none through, and a negative cap is none. It is asked for before each paid call, so that a new cap holds at
// once. Call it before the engine is used; it returns the engine.
func (e *Engine) Capped(month func() app.Money) *Engine {
	e.month.cap = month
	return e
}

// Without sets what is not asked for, because the cache would forget it again: of each signal in each scope. Call it
// before the engine is used; it returns the engine.
func (e *Engine) Without(gone func(context.Context, app.Scope, app.Signal) ([]app.Range, error)) *Engine {
	e.gone = gone
	return e
}

// Want is what a pull is for.
type Want struct {
	Sources []Sources // of the scopes that are reached already
	Places  []*Place  // and of those that are to be reached first
	Range   app.Range
	Signals []app.Signal // none means all five
	// Cap is the most that the pull may cost, in list prices; zero means none but the month's (Engine.Capped). If a plan
	// would pass either, its newest steps are taken as far as the cap reaches, and all that cost nothing. Nothing is asked
	// that would pass a cap on the way, with one exception: a page of trace summaries is priced by the traces on it, which
	// are known when it is there.
	Cap app.Money
	// Spare leaves a resource alone whose last question was denied less than so long ago: what is asked by the clock need
	// not knock each minute. Zero, for a person who waits, asks again.
	Spare time.Duration
}

// places returns all scopes that are wanted.
func (w Want) places() []*Place {
	var all []*Place
	for _, from := range w.Sources {
		all = append(all, At(from))
	}
	return append(all, w.Places...)
}

// reached returns the sources of the places that are reached by now.
func (w Want) reached() []Sources {
	all := slices.Clone(w.Sources)
	for _, p := range w.Places {
		if from, ok := p.Reached(); ok {
			all = append(all, from)
		}
	}
	return all
}

// Wants reports whether a signal is wanted.
func (w Want) Wants(s app.Signal) bool { return len(w.Signals) == 0 || slices.Contains(w.Signals, s) }

// within returns the wanted range up to now, in whole milliseconds, which is the finest that AWS stamps items with.
func (w Want) within(now time.Time) app.Range {
	r := app.Range{From: floor(w.Range.From), To: floor(w.Range.To.Add(time.Millisecond - 1))}
	if now = floor(now); r.To.After(now) {
		r.To = now
	}
	return r
}

// floor also drops the clock's monotonic reading, which would make equal times differ.
func floor(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }
