package pull

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/mask"
)

// Masked returns a cache that keeps what it is given in another, with its secrets masked. What is read comes from the
// other as it is.
func Masked(cache Cache, m mask.Mask) Cache { return masked{cache, m} }

type masked struct {
	Cache
	mask mask.Mask
}

// KeepAlarms keeps alarms, masked.
func (m masked) KeepAlarms(ctx context.Context, scope app.Scope, alarms []app.Alarm, at time.Time) (int, error) {
	return m.Cache.KeepAlarms(ctx, scope, each(alarms, m.mask.Alarm), at)
}

// KeepTags keeps tags, masked.
func (m masked) KeepTags(ctx context.Context, scope app.Scope, tagged []app.Tagged) (int, error) {
	return m.Cache.KeepTags(ctx, scope, each(tagged, m.mask.Tagged))
}

// KeepAlarmHistory keeps what happened to alarms, masked.
func (m masked) KeepAlarmHistory(ctx context.Context, items []app.AlarmHistoryItem, covers ...app.Cover) (int, error) {
	return m.Cache.KeepAlarmHistory(ctx, each(items, m.mask.AlarmHistoryItem), covers...)
}

// KeepContributors keeps contributors, masked.
func (m masked) KeepContributors(
	ctx context.Context, scope app.Scope, alarm string, all []app.AlarmContributor,
) (int, error) {
	return m.Cache.KeepContributors(ctx, scope, alarm, each(all, m.mask.AlarmContributor))
}

// KeepMuteRules keeps mute rules, masked.
func (m masked) KeepMuteRules(ctx context.Context, scope app.Scope, rules []app.MuteRule, at time.Time) (int, error) {
	return m.Cache.KeepMuteRules(ctx, scope, each(rules, m.mask.MuteRule), at)
}

// KeepLogEvents keeps log events, masked.
func (m masked) KeepLogEvents(ctx context.Context, events []app.LogEvent, covers ...app.Cover) (int, error) {
	return m.Cache.KeepLogEvents(ctx, each(events, m.mask.LogEvent), covers...)
}

// KeepTraces keeps traces, masked.
func (m masked) KeepTraces(ctx context.Context, traces []app.Trace, covers ...app.Cover) (int, error) {
	return m.Cache.KeepTraces(ctx, each(traces, m.mask.Trace), covers...)
}

// KeepTrail keeps CloudTrail events, masked.
func (m masked) KeepTrail(ctx context.Context, events []app.TrailEvent, covers ...app.Cover) (int, error) {
	return m.Cache.KeepTrail(ctx, each(events, m.mask.TrailEvent), covers...)
}

// each returns masked copies: the page still belongs to whoever asked for it.
func each[T any](items []T, mask func(T) T) []T {
	copies := make([]T, len(items))
	for i, item := range items {
		copies[i] = mask(item)
	}
	return copies
}
