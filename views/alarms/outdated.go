package alarms

import (
	"context"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

// lastAnswer is when AWS last answered for the alarms of a place.
type lastAnswer struct {
	scope app.Scope
	at    time.Time
}

// answerLookback is how far back it is looked for when a place was last heard of.
const answerLookback = 30 * day

// readOutdated returns the places of a focus that were not heard of when others were, the oldest first: what the board shows of
// them is older than the rest.
func readOutdated(ctx context.Context, r Reader, f app.Focus, now time.Time) ([]lastAnswer, error) {
	covers, err := r.Coverage(ctx, app.CoverQuery{Scopes: f.Scopes, Signal: app.Alarms, Range: app.Since(now, answerLookback)})
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
		i := slices.IndexFunc(all, func(h lastAnswer) bool { return h.scope == c.Scope.Place() })
		if i < 0 {
			i, all = len(all), append(all, lastAnswer{scope: c.Scope.Place()})
		}
		if c.AskedAt.After(all[i].at) {
			all[i].at = c.AskedAt
		}
	}
	all = slices.DeleteFunc(all, func(h lastAnswer) bool { return newest.Sub(h.at) <= phrase.Late })
	slices.SortFunc(all, func(a, b lastAnswer) int { return a.at.Compare(b.at) })
	return all, nil
}
