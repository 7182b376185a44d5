package shell

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// vitals are what the frame shows of the cache: how fresh it is, what it cost, how big it is, what is in alarm.
type vitals struct {
	known     bool // read at least once
	scopes    []app.Scope
	freshness map[app.Signal]app.Freshness
	knownTo   time.Time          // how far the best known signal is; zero: none is
	spend     app.Spend          // this month, in UTC
	size      int64              // of the file, in bytes
	inAlarm   int                // in the scopes of the focus
	last      []pull.ScopeStatus // how the newest pull of each place ended
}

// readVitals reads what it can: one part that fails does not take the others away.
func readVitals(ctx context.Context, r Reader, scopes []app.Scope, month app.Range) (vitals, error) {
	v := vitals{known: true, freshness: map[app.Signal]app.Freshness{}}
	var problems [6]error
	v.scopes, problems[0] = r.Scopes(ctx)
	fresh, err := r.Freshness(ctx)
	for _, f := range fresh {
		v.freshness[f.Signal] = f
	}
	v.knownTo, problems[1] = app.KnownTo(fresh), err
	v.spend, problems[2] = r.Spend(ctx, month)
	v.size, problems[3] = r.Size()
	alarms, err := r.Alarms(ctx, app.AlarmQuery{Scopes: scopes, State: app.InAlarm})
	v.inAlarm, problems[4] = len(alarms), err
	attempts, err := r.Attempts(ctx)
	v.last, problems[5] = pull.LastStates(attempts), err
	return v, errors.Join(problems[:]...)
}

// accounts and regions of scopes, each once, in order.
func accounts(scopes []app.Scope) []string {
	return distinct(scopes, func(s app.Scope) string { return s.Account })
}
func regions(scopes []app.Scope) []string {
	return distinct(scopes, func(s app.Scope) string { return s.Region })
}

func distinct(scopes []app.Scope, of func(app.Scope) string) []string {
	var names []string
	for _, s := range scopes {
		names = append(names, of(s))
	}
	slices.Sort(names)
	return slices.Compact(names)
}
