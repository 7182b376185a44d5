package related

import (
	"context"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

// AlarmsOn returns the alarms that watch a resource.
func AlarmsOn(ctx context.Context, r Reader, scopes []app.Scope, name string) ([]app.Alarm, error) {
	all, err := r.Alarms(ctx, app.AlarmQuery{Scopes: scopes})
	of := resource.Read(name)
	return slices.DeleteFunc(all, func(a app.Alarm) bool { return !of.WatchedBy(a) }), err
}

// WentOff returns the alarms that went off in a range, in the order in which they did.
func WentOff(ctx context.Context, r Reader, scopes []app.Scope, within app.Range) (went []app.Alarm, err error) {
	history, err := r.AlarmHistory(ctx, app.AlarmQuery{Scopes: scopes, Range: within})
	if err != nil {
		return nil, err
	}
	all, err := r.Alarms(ctx, app.AlarmQuery{Scopes: scopes})
	slices.SortFunc(history, app.CompareHistory)
	for _, h := range history {
		if h.Kind != app.StateUpdate || h.To != app.InAlarm {
			continue
		}
		is := func(a app.Alarm) bool { return a.Name == h.Alarm && a.Place() == h.Place() }
		if i := slices.IndexFunc(all, is); i >= 0 && !slices.ContainsFunc(went, is) {
			went = append(went, all[i])
		}
	}
	return went, err
}
