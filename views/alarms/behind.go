package alarms

import (
	"context"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

// heard is when AWS last answered for the alarms of a place.
type heard struct {
	place app.Scope
	at    time.Time
}

// remembered is how far back it is looked for when a place was last heard of.
const remembered = 30 * day

// readBehind returns the places of a focus that were not heard of when others were, the oldest first: what the board shows of
// them is older than the rest.
func readBehind(ctx context.Context, r Reader, f app.Focus, now time.Time) ([]heard, error) {
	covers, err := r.Coverage(ctx, app.CoverQuery{Scopes: f.Scopes, Signal: app.Alarms, Range: app.Since(now, remembered)})
	if err != nil {
		return nil, err
	}
	var all []heard
	newest := time.Time{}
	for _, c := range covers {
		if !c.Answered() || c.AskedAt.After(now) {
			continue
		}
		if c.AskedAt.After(newest) {
			newest = c.AskedAt
		}
		i := slices.IndexFunc(all, func(h heard) bool { return h.place == c.Scope.Place() })
		if i < 0 {
			i, all = len(all), append(all, heard{place: c.Scope.Place()})
		}
		if c.AskedAt.After(all[i].at) {
			all[i].at = c.AskedAt
		}
	}
	all = slices.DeleteFunc(all, func(h heard) bool { return newest.Sub(h.at) <= phrase.Late })
	slices.SortFunc(all, func(a, b heard) int { return a.at.Compare(b.at) })
	return all, nil
}
