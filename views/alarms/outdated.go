package alarms

import (
	"context"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

// lastAnswer says when AWS last answered for the alarms of a scope.
type lastAnswer struct {
	scope app.Scope
	at    time.Time
}

// answerLookback is how far back readOutdated looks for the last answer of a scope.
const answerLookback = 30 * day

// readOutdated returns the scopes of a focus for which AWS did not answer when it did for others, the oldest first:
// their alarms on the board are older than the rest.
func readOutdated(ctx context.Context, r Reader, f app.Focus, now time.Time) ([]lastAnswer, error) {
	q := app.CoverQuery{Scopes: f.Scopes, Signal: app.Alarms, Range: app.Since(now, answerLookback)}
	covers, err := r.Coverage(ctx, q)
	if err != nil {
		return nil, err
	}
	var all []lastAnswer
	newest := time.Time{}
	for _, c := range covers {
		if !c.Answered() || c.AskedAt.After(now) {
			continue
		}
		if c.AskedAt.After(newest) {
			newest = c.AskedAt
		}
		i := slices.IndexFunc(all, func(a lastAnswer) bool { return a.scope == c.Scope.Place() })
		if i < 0 {
			i, all = len(all), append(all, lastAnswer{scope: c.Scope.Place()})
		}
		if c.AskedAt.After(all[i].at) {
			all[i].at = c.AskedAt
		}
	}
	all = slices.DeleteFunc(all, func(a lastAnswer) bool { return newest.Sub(a.at) <= phrase.Late })
	slices.SortFunc(all, func(a, b lastAnswer) int { return a.at.Compare(b.at) })
	return all, nil
}
