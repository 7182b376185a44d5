package pull

import (
	"context"
	"slices"

	"github.com/nephograph/nephograph/app"
)

// What a page of each listing holds at most, by which a known number of items tells the number of requests.
const (
	metricsAPage = 500
	alarmsAPage  = 100
	tagsAPage    = 100
	groupsAPage  = 50
)

// listings returns the steps that find out what there is to ask about. Metrics need the alarms too, because an alarm
// may read its metric in a way of its own. Its errors are the cache's.
func (p *planner) listings(ctx context.Context, from Sources, w Want) ([]Step, error) {
	var steps []Step
	add := func(o app.Operation, known, page int, take func(context.Context, *scopeRun) error) {
		s := p.step(from.Scope, o)
		s.Requests = max(1, (known+page-1)/page)
		s.Cost, s.take = s.Cost*app.Money(s.Requests), take
		steps = append(steps, s)
	}
	if from.Alarms != nil && (w.Wants(app.Alarms) || w.Wants(app.Metrics)) {
		known, err := p.cache.Alarms(ctx, app.AlarmQuery{Scopes: []app.Scope{from.Scope}})
		if err != nil {
			return nil, err
		}
		add(app.DescribeAlarms, len(known), alarmsAPage, p.listAlarms)
		if from.Tags != nil && w.Wants(app.Alarms) && !p.skips(from.Scope, w, app.GetResources) {
			add(app.GetResources, withTags(known), tagsAPage, p.listTags) // after the alarms, which stand in order
		}
	}
	if from.Metrics != nil && w.Wants(app.Metrics) {
		known, err := p.cache.Metrics(ctx, from.Scope)
		if err != nil {
			return nil, err
		}
		add(app.ListMetrics, len(known), metricsAPage, p.listMetrics)
	}
	if from.LogGroups != nil && w.Wants(app.Logs) {
		known, err := p.cache.LogGroups(ctx, []app.Scope{from.Scope})
		if err != nil {
			return nil, err
		}
		add(app.DescribeLogGroups, len(known), groupsAPage, p.listLogGroups)
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
// one must not be taken for the whole. Of a listing without an end it keeps what came, and counts none as gone.
func (p *planner) listAlarms(ctx context.Context, r *scopeRun) error {
	at := floor(p.now())
	var all []app.Alarm
	err := list(ctx, r, app.DescribeAlarms, r.from.Alarms, app.AlarmsQuestion{},
		func(_ context.Context, alarms []app.Alarm) (int, error) {
			all = append(all, alarms...)
			return 0, nil
		})
	endless := app.KindOf(err) == app.Endless
	if err != nil && !endless {
		return err
	}
	if endless {
		known, failed := p.cache.Alarms(context.WithoutCancel(ctx), app.AlarmQuery{Scopes: []app.Scope{r.from.Scope}})
		if failed != nil {
			return cacheError{failed}
		}
		all = withKnown(all, known)
	}
	n, failed := p.cache.KeepAlarms(context.WithoutCancel(ctx), r.from.Scope, all, at)
	if failed != nil {
		return cacheError{failed}
	}
	r.kept(app.Alarms, n, app.Range{}, nil)
	return err
}

// withKnown returns the alarms of a listing, each once, and those known ones that it does not name.
func withKnown(listed, known []app.Alarm) (all []app.Alarm) {
	named := map[string]bool{}
	for _, a := range slices.Concat(listed, known) {
		if !named[a.Name] {
			named[a.Name] = true
			all = append(all, a)
		}
	}
	return all
}

func (p *planner) listMetrics(ctx context.Context, r *scopeRun) error {
	asked := floor(p.now())
	var all []app.Metric
	err := list(ctx, r, app.ListMetrics, r.from.Metrics, app.MetricsQuestion{},
		func(ctx context.Context, metrics []app.Metric) (int, error) {
			all = append(all, metrics...)
			return p.cache.KeepMetrics(ctx, r.from.Scope, metrics)
		})
	if err == nil {
		p.listed.set(r.from.Scope, all)
	}
	return keepDenial(ctx, r, r.unlisted(app.Metrics), asked, err, p.cache.KeepSeries)
}

func (p *planner) listLogGroups(ctx context.Context, r *scopeRun) error {
	asked := floor(p.now())
	err := list(ctx, r, app.DescribeLogGroups, r.from.LogGroups, app.LogGroupsQuestion{},
		func(ctx context.Context, groups []app.LogGroup) (int, error) {
			return p.cache.KeepLogGroups(ctx, r.from.Scope, groups)
		})
	return keepDenial(ctx, r, r.unlisted(app.Logs), asked, err, p.cache.KeepLogEvents)
}

// unlisted is what a denied listing keeps from being asked: the wanted range of the signal, of nothing that has a name.
func (r *scopeRun) unlisted(signal app.Signal) Step {
	s := Step{Scope: r.from.Scope, Signal: signal}
	if within := r.want.within(r.until); !within.Empty() {
		s.planned = []app.Range{within}
	}
	return s
}

// list keeps a listing page by page.
func list[Q, T any](ctx context.Context, r *scopeRun, o app.Operation, source app.Source[Q, T], q Q,
	keep func(context.Context, []T) (int, error),
) error {
	a := request[T]{operation: o, units: 1, more: func(app.Page[T]) bool { return true }}
	return ask(ctx, r, a, source, q, func(ctx context.Context, page app.Page[T]) error {
		if len(page.Items) == 0 {
			return nil
		}
		n, err := keep(ctx, page.Items)
		if err != nil {
			return cacheError{err}
		}
		if n > 0 { // no new item: a log group is not an event, nor a metric a datapoint
			r.tracker.kept(Changed{Scope: r.from.Scope, Signal: o.Signal}, nil)
		}
		return nil
	})
}
