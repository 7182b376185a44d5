package pull

import (
	"context"

	"github.com/nephograph/nephograph/app"
)

// What a page of each listing holds at most, by which a known number of items tells the number of requests.
const (
	metricsAPage = 500
	alarmsAPage  = 100
	tagsAPage    = 100
	groupsAPage  = 50
)

// listings returns the steps that find out what there is to ask about. Metrics need the alarms too, because an alarm may
// read its metric in a way of its own.
func (e *Engine) listings(ctx context.Context, from Sources, w Want) ([]Step, error) {
	var steps []Step
	add := func(signal app.Signal, c call, known, page int, take func(context.Context, *visit) error) {
		s := e.step(from.Scope, signal, c)
		s.Requests = max(1, (known+page-1)/page)
		s.Cost, s.take = s.Cost*app.Money(s.Requests), take
		steps = append(steps, s)
	}
	if from.Alarms != nil && (w.Wants(app.Alarms) || w.Wants(app.Metrics)) {
		known, err := e.cache.Alarms(ctx, app.AlarmQuery{Scopes: []app.Scope{from.Scope}})
		if err != nil {
			return nil, err
		}
		add(app.Alarms, describeAlarms, len(known), alarmsAPage, listAlarms)
		if from.Tags != nil && w.Wants(app.Alarms) && !e.untold.spares(from.Scope, w.Spare, e.now()) {
			add(app.Alarms, getResources, withTags(known), tagsAPage, listTags) // after the alarms, which stand in order
		}
	}
	if from.Metrics != nil && w.Wants(app.Metrics) {
		known, err := e.cache.Metrics(ctx, from.Scope)
		if err != nil {
			return nil, err
		}
		add(app.Metrics, listMetrics, len(known), metricsAPage, listAllMetrics)
	}
	if from.LogGroups != nil && w.Wants(app.Logs) {
		known, err := e.cache.LogGroups(ctx, []app.Scope{from.Scope})
		if err != nil {
			return nil, err
		}
		add(app.Logs, describeGroups, len(known), groupsAPage, listLogGroups)
	}
	return steps, nil
}

// withTags returns how many of the alarms have tags, as far as that is known.
func withTags(alarms []app.Alarm) (n int) {
	for _, a := range alarms {
		if len(a.Tags) > 0 {
			n++
		}
	}
	return n
}

// listAlarms keeps the alarms when all of their pages are there: what is not in a complete listing is gone, so half of
// one must not be taken for the whole.
func listAlarms(ctx context.Context, v *visit) error {
	at := floor(v.run.engine.now())
	var all []app.Alarm
	err := list(ctx, v, describeAlarms, app.Alarms, v.from.Alarms, app.AlarmsQuestion{},
		func(_ context.Context, alarms []app.Alarm) (int, error) {
			all = append(all, alarms...)
			return 0, nil
		})
	if err != nil {
		return err
	}
	n, err := v.run.engine.cache.KeepAlarms(context.WithoutCancel(ctx), v.from.Scope, all, at)
	if err != nil {
		return notKept{err}
	}
	v.kept(app.Alarms, n, app.Range{}, nil)
	return nil
}

func listAllMetrics(ctx context.Context, v *visit) error {
	asked := floor(v.run.engine.now())
	var all []app.Metric
	err := list(ctx, v, listMetrics, app.Metrics, v.from.Metrics, app.MetricsQuestion{},
		func(ctx context.Context, metrics []app.Metric) (int, error) {
			all = append(all, metrics...)
			return v.run.engine.cache.KeepMetrics(ctx, v.from.Scope, metrics)
		})
	if err == nil {
		v.run.engine.listed.set(v.from.Scope, all)
	}
	return denied(ctx, v, v.unlisted(app.Metrics), asked, err, v.run.engine.cache.KeepSeries)
}

func listLogGroups(ctx context.Context, v *visit) error {
	asked := floor(v.run.engine.now())
	err := list(ctx, v, describeGroups, app.Logs, v.from.LogGroups, app.LogGroupsQuestion{},
		func(ctx context.Context, groups []app.LogGroup) (int, error) {
			return v.run.engine.cache.KeepLogGroups(ctx, v.from.Scope, groups)
		})
	return denied(ctx, v, v.unlisted(app.Logs), asked, err, v.run.engine.cache.KeepLogEvents)
}

// unlisted is what a denied listing keeps from being asked: the wanted range of the signal, of nothing that has a name.
func (v *visit) unlisted(signal app.Signal) Step {
	s := Step{Scope: v.from.Scope, Signal: signal}
	if within := v.run.want.within(v.now); !within.Empty() {
		s.whole = []app.Range{within}
	}
	return s
}

// list keeps a listing page by page.
func list[Q, T any](ctx context.Context, v *visit, c call, signal app.Signal, source app.Source[Q, T], q Q,
	keep func(context.Context, []T) (int, error),
) error {
	a := asking[T]{call: c, signal: signal, units: 1, more: func(app.Page[T]) bool { return true }}
	return ask(ctx, v, a, source, q, func(ctx context.Context, page app.Page[T]) error {
		if len(page.Items) == 0 {
			return nil
		}
		n, err := keep(ctx, page.Items)
		if err != nil {
			return notKept{err}
		}
		if n > 0 { // no new item: a log group is not an event, nor a metric a datapoint
			v.run.tally.kept(Changed{Scope: v.from.Scope, Signal: signal}, nil)
		}
		return nil
	})
}
