package pull

import (
	"context"
	"slices"

	"github.com/nephograph/nephograph/app"
)

// besideAlarms returns the steps that ask for what stands beside the alarms of a scope, once they are listed: mute
// rules; anomaly detectors where an alarm compares with a band; and the contributors of each alarm in ALARM that has
// them. All of it is as it is now and has no range. What goes wrong with it is told, and leaves what was known.
func (p *planner) besideAlarms(ctx context.Context, from Sources, w Want) ([]Step, error) {
	alarms, err := p.cache.Alarms(ctx, app.AlarmQuery{Scopes: []app.Scope{from.Scope}})
	if err != nil {
		return nil, err
	}
	var steps []Step
	add := func(o app.Operation, resource string, take func(context.Context, *scopeRun) error) {
		if p.skips(from.Scope, w, o) {
			return
		}
		s := p.step(from.Scope, o)
		s.Resource, s.take = resource, func(ctx context.Context, r *scopeRun) error {
			err := take(ctx, r)
			p.denials.note(from.Scope, o, err, p.now())
			return err
		}
		steps = append(steps, s)
	}
	if from.MuteRules != nil {
		add(app.ListAlarmMuteRules, "", p.listMuteRules)
	}
	if from.Detectors != nil && slices.ContainsFunc(alarms, app.Alarm.ComparesBand) {
		add(app.DescribeAnomalyDetectors, "", p.listDetectors)
	}
	for _, a := range alarms {
		if from.Contributors != nil && a.State == app.InAlarm && a.HasContributors() {
			add(app.DescribeAlarmContributors, a.Name, p.listContributors(a.Name))
		}
	}
	return steps, nil
}

// skips reports whether an operation is left alone because it was denied not long ago.
func (p *planner) skips(scope app.Scope, w Want, o app.Operation) bool {
	return p.denials.skips(scope, o, w.SkipDenied, p.now())
}

// listContributors keeps the contributors of an alarm when all pages are there.
func (p *planner) listContributors(alarm string) func(context.Context, *scopeRun) error {
	return func(ctx context.Context, r *scopeRun) error {
		all, err := whole(ctx, r, app.DescribeAlarmContributors, r.from.Contributors,
			app.AlarmContributorsQuestion{Alarm: alarm})
		if err != nil {
			return err
		}
		return keepBeside(ctx, r, func(ctx context.Context) (int, error) {
			return p.cache.KeepContributors(ctx, r.from.Scope, alarm, all)
		})
	}
}

func (p *planner) listDetectors(ctx context.Context, r *scopeRun) error {
	at := floor(p.now())
	all, err := whole(ctx, r, app.DescribeAnomalyDetectors, r.from.Detectors, app.AnomalyDetectorsQuestion{})
	if err != nil {
		return err
	}
	return keepBeside(ctx, r, func(ctx context.Context) (int, error) {
		return p.cache.KeepAnomalyDetectors(ctx, r.from.Scope, all, at)
	})
}

// listMuteRules keeps the mute rules. What a summary lacks is asked for only where the rule is new or has changed, for
// it takes a request a rule. A rule that was deleted meanwhile is left out.
func (p *planner) listMuteRules(ctx context.Context, r *scopeRun) error {
	at := floor(p.now())
	listed, err := whole(ctx, r, app.ListAlarmMuteRules, r.from.MuteRules, app.MuteRulesQuestion{})
	if err != nil {
		return err
	}
	known, err := p.cache.MuteRules(ctx, r.from.Scope)
	if err != nil {
		return cacheError{err}
	}
	var rules []app.MuteRule
	for _, rule := range listed {
		rule, err := p.muteRule(ctx, r, rule, known)
		switch {
		case app.KindOf(err) == app.NotFound:
			continue
		case err != nil:
			return err
		}
		rules = append(rules, rule)
	}
	return keepBeside(ctx, r, func(ctx context.Context) (int, error) {
		return p.cache.KeepMuteRules(ctx, r.from.Scope, rules, at)
	})
}

// muteRule returns the whole of a rule that was listed.
func (p *planner) muteRule(
	ctx context.Context, r *scopeRun, listed app.MuteRule, known []app.MuteRule,
) (app.MuteRule, error) {
	for _, k := range known {
		if k.Name == listed.Name && k.Updated.Equal(listed.Updated) && !k.Updated.IsZero() {
			k.Status = listed.Status
			return k, nil
		}
	}
	if r.from.MuteRule == nil {
		return listed, nil
	}
	found, err := whole(ctx, r, app.GetAlarmMuteRule, r.from.MuteRule, app.MuteRuleQuestion{Name: listed.Name})
	if err != nil || len(found) == 0 {
		return listed, err
	}
	return found[0], nil
}

// whole returns the items of all pages.
func whole[Q, T any](
	ctx context.Context, r *scopeRun, o app.Operation, source app.Source[Q, T], q Q,
) (all []T, err error) {
	err = list(ctx, r, o, source, q, func(_ context.Context, items []T) (int, error) {
		all = append(all, items...)
		return 0, nil
	})
	return all, err
}

// keepBeside keeps what stands beside alarms, and tells those who show them. It is no new item: the alarms were
// counted.
func keepBeside(ctx context.Context, r *scopeRun, keep func(context.Context) (int, error)) error {
	n, err := keep(context.WithoutCancel(ctx))
	if err != nil {
		return cacheError{err}
	}
	if n > 0 {
		r.tracker.kept(Changed{Scope: r.from.Scope, Signal: app.Alarms}, nil)
	}
	return nil
}
