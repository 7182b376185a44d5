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
// that lack the same range, and have the same period, share requests.
func (e *Engine) metricSteps(ctx context.Context, from Sources, w Want, now time.Time) ([]Step, error) {
	if from.Series == nil {
		return nil, nil
	}
	scope, within := from.Scope, w.within(now)
	metrics, err := e.cache.Metrics(ctx, scope)
	if err != nil {
		return nil, err
	}
	alarms, err := e.cache.Alarms(ctx, app.AlarmQuery{Scopes: []app.Scope{scope}})
	if err != nil {
		return nil, err
	}
	readings := e.presets.Readings(e.listed.among(scope, metrics, within, now), alarms)
	widest := within
	for _, r := range readings {
		for _, era := range r.Eras(within, now) {
			widest = app.Union([]app.Range{widest, era.Range.Align(grid(era.Period))})[0]
		}
	}
	covers, err := e.coverage(ctx, scope, app.Metrics, widest)
	if err != nil {
		return nil, err
	}
	var steps []Step
	for _, l := range w.lacks(readings, covers, floor(now)) {
		for _, batch := range batches(l.readings, l.at) {
			steps = append(steps, e.metricStep(from, batch, l.at))
		}
	}
	return steps, nil
}

// batches cuts readings of a range into what one request takes: of one period each, since a request asks for whole
// periods, and of one account each, since one that may not be read refuses the request. So a step is one page of its
// source, and is priced once, as the ledger prices the request.
func batches(readings []app.Reading, at app.Range) (all [][]app.Reading) {
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

func (e *Engine) metricStep(from Sources, readings []app.Reading, at app.Range) Step {
	s := e.step(from.Scope, app.Metrics, getMetricData)
	s.Resource, s.Range = fmt.Sprintf("%d series", len(readings)), at
	if account := readings[0].OwningAccount; account != "" {
		s.Resource += " of " + account // what is refused there is asked elsewhere
	}
	s.Cost = e.price(s.Service, s.Operation, s.Region, len(readings))
	s.Known = true
	s.take = func(ctx context.Context, v *visit) error {
		b := batch{step: s, readings: readings, asked: floor(e.now()), complete: map[string]bool{}, refused: map[string]bool{}}
		return b.take(ctx, v)
	}
	return s
}

// batch is one question for datapoints. Each of its readings has a cover of its own.
type batch struct {
	step     Step
	readings []app.Reading
	asked    time.Time
	answered int             // how many readings the pages had
	complete map[string]bool // by key
	refused  map[string]bool // by key
}

func (b *batch) take(ctx context.Context, v *visit) error {
	a := asking[app.Series]{
		call: getMetricData, signal: app.Metrics, units: len(b.readings),
		counted: b.billed,
		more:    func(app.Page[app.Series]) bool { return b.answered < len(b.readings) },
	}
	err := ask(ctx, v, a, v.from.Series, app.SeriesQuestion{Readings: b.readings, Range: b.step.Range},
		func(ctx context.Context, page app.Page[app.Series]) error {
			for _, p := range page.Problems {
				b.refused[p.Resource] = p.Kind == app.Denied
			}
			return b.keep(ctx, v, page.Items)
		})
	denied := app.KindOf(err) == app.Denied
	if err != nil && !denied {
		return err
	}
	return errors.Join(err, b.close(context.WithoutCancel(ctx), v, denied))
}

// billed returns how many readings the request of a page was for, which are billed whether they have datapoints or not.
func (b *batch) billed(page app.Page[app.Series]) int {
	return cmp.Or(len(page.Items), len(b.readings)-b.answered)
}

// keep keeps a page, with covers for the readings that are complete with it.
func (b *batch) keep(ctx context.Context, v *visit, series []app.Series) error {
	b.answered += len(series)
	var covers []app.Cover
	for i, s := range series {
		if known, ok := v.run.engine.presets.Of(s.Metric); ok && s.Unit == "" {
			series[i].Unit = known.Unit
		}
		if s.Complete {
			b.complete[s.Reading.Key()] = true
			covers = append(covers, b.cover(s.Reading.Key()))
		}
	}
	return b.write(ctx, v, series, covers)
}

// close marks the readings that the answer left incomplete, and those that were denied: all of them, or by themselves.
func (b *batch) close(ctx context.Context, v *visit, denied bool) error {
	var covers []app.Cover
	for _, r := range b.readings {
		if !b.complete[r.Key()] {
			c := b.cover(r.Key())
			c.Denied = denied || b.refused[r.Key()]
			c.Truncated = !c.Denied
			covers = append(covers, c)
		}
	}
	return b.write(ctx, v, nil, covers)
}

func (b *batch) cover(key string) app.Cover {
	return app.Cover{Scope: b.step.Scope, Signal: app.Metrics, Resource: key, Range: b.step.Range, AskedAt: b.asked}
}

func (b *batch) write(ctx context.Context, v *visit, series []app.Series, covers []app.Cover) error {
	if len(series) == 0 && len(covers) == 0 {
		return nil
	}
	n, err := v.run.engine.cache.KeepSeries(ctx, series, covers...)
	if err != nil {
		return notKept{err}
	}
	v.kept(app.Metrics, n, b.step.Range, covers)
	return nil
}
