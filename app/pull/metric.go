package pull

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// metricSteps asks for the datapoints of every metric that the cache knows, as presets and alarms read them. Readings
// that have the same gap and the same period share requests.
func (p *planner) metricSteps(ctx context.Context, from Sources, w Want, now time.Time) ([]Step, error) {
	if from.Series == nil {
		return nil, nil
	}
	scope, within := from.Scope, w.within(now)
	metrics, err := p.cache.Metrics(ctx, scope)
	if err != nil {
		return nil, err
	}
	alarms, err := p.cache.Alarms(ctx, app.AlarmQuery{Scopes: []app.Scope{scope}})
	if err != nil {
		return nil, err
	}
	readings := p.presets.Readings(p.listed.among(scope, metrics, within, now), alarms)
	widest := within
	for _, r := range readings {
		for _, era := range r.Eras(within, now) {
			widest = app.Union([]app.Range{widest, era.Range.Align(grid(era.Period))})[0]
		}
	}
	covers, err := coverage(ctx, p.cache, scope, app.Metrics, widest)
	if err != nil {
		return nil, err
	}
	var steps []Step
	for _, g := range w.gaps(readings, covers, floor(now)) {
		for _, batch := range metricBatches(g.readings, g.at) {
			steps = append(steps, p.metricStep(from, batch, g.at))
		}
	}
	return steps, nil
}

// metricBatches cuts readings of a range into what one request takes: of one period each, since a request asks for
// whole periods, and of one account each, since one that may not be read refuses the request. So a step is one page of
// its source, and is priced once, as the ledger prices the request.
func metricBatches(readings []app.Reading, at app.Range) (all [][]app.Reading) {
	type group struct {
		account string
		period  time.Duration
	}
	groups := map[group][]app.Reading{}
	for _, r := range readings {
		g := group{r.OwningAccount, r.Period}
		groups[g] = append(groups[g], r)
	}
	byAccount := func(a, b group) int {
		return cmp.Or(cmp.Compare(a.account, b.account), cmp.Compare(a.period, b.period))
	}
	for _, g := range slices.SortedFunc(maps.Keys(groups), byAccount) {
		all = append(all, app.BatchReadings(groups[g], at.Align(g.period).Length())...)
	}
	return all
}

func (p *planner) metricStep(from Sources, readings []app.Reading, at app.Range) Step {
	s := p.step(from.Scope, app.GetMetricData)
	s.Resource, s.Range = fmt.Sprintf("%d series", len(readings)), at
	if account := readings[0].OwningAccount; account != "" {
		s.Resource += " of " + account // what is refused there is asked elsewhere
	}
	s.Cost = p.price.of(app.GetMetricData, s.Region, len(readings))
	s.Known = true
	s.take = func(ctx context.Context, r *scopeRun) error {
		b := metricBatch{
			cache: p.cache, presets: p.presets, step: s, readings: readings, asked: floor(p.now()),
			complete: map[string]bool{}, refused: map[string]bool{},
		}
		return b.take(ctx, r)
	}
	return s
}

// metricBatch is one question for datapoints. Each of its readings has a cover of its own.
type metricBatch struct {
	cache    metricCache
	presets  app.Presets
	step     Step
	readings []app.Reading
	asked    time.Time
	answered int             // how many readings the pages had
	complete map[string]bool // by key
	refused  map[string]bool // by key
}

func (b *metricBatch) take(ctx context.Context, r *scopeRun) error {
	a := request[app.Series]{
		operation: app.GetMetricData, units: len(b.readings),
		counted: b.billed,
		more:    func(app.Page[app.Series]) bool { return b.answered < len(b.readings) },
	}
	err := ask(ctx, r, a, r.from.Series, app.SeriesQuestion{Readings: b.readings, Range: b.step.Range},
		func(ctx context.Context, page app.Page[app.Series]) error {
			for _, problem := range page.Problems {
				b.refused[problem.Resource] = problem.Kind == app.Denied
			}
			return b.keep(ctx, r, page.Items)
		})
	denied := app.KindOf(err) == app.Denied
	if err != nil && !denied && app.KindOf(err) != app.Endless {
		return err
	}
	return errors.Join(err, b.close(context.WithoutCancel(ctx), r, denied))
}

// billed returns how many readings the request of a page was for, which are billed whether they have datapoints or not.
func (b *metricBatch) billed(page app.Page[app.Series]) int {
	return cmp.Or(len(page.Items), len(b.readings)-b.answered)
}

// keep keeps a page, with covers for the readings that are complete with it.
func (b *metricBatch) keep(ctx context.Context, r *scopeRun, series []app.Series) error {
	b.answered += len(series)
	var covers []app.Cover
	for i, s := range series {
		if known, ok := b.presets.Of(s.Metric); ok && s.Unit == "" {
			series[i].Unit = known.Unit
		}
		if s.Complete {
			b.complete[s.Reading.Key()] = true
			covers = append(covers, b.cover(s.Reading.Key()))
		}
	}
	return b.write(ctx, r, series, covers)
}

// close marks the readings that the answer left incomplete, as one without an end does, and those that were denied: all
// of them, or by themselves.
func (b *metricBatch) close(ctx context.Context, r *scopeRun, denied bool) error {
	var covers []app.Cover
	for _, reading := range b.readings {
		if key := reading.Key(); !b.complete[key] {
			c := b.cover(key)
			c.Denied = denied || b.refused[key]
			c.Truncated = !c.Denied
			covers = append(covers, c)
		}
	}
	return b.write(ctx, r, nil, covers)
}

func (b *metricBatch) cover(key string) app.Cover {
	return app.Cover{Scope: b.step.Scope, Signal: app.Metrics, Resource: key, Range: b.step.Range, AskedAt: b.asked}
}

func (b *metricBatch) write(ctx context.Context, r *scopeRun, series []app.Series, covers []app.Cover) error {
	if len(series) == 0 && len(covers) == 0 {
		return nil
	}
	n, err := b.cache.KeepSeries(ctx, series, covers...)
	if err != nil {
		return cacheError{err}
	}
	r.kept(app.Metrics, n, b.step.Range, covers)
	return nil
}
