package pull

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
)

// logPiece is the longest stretch of a log group asked at once. FilterLogEvents answers oldest first, so without cuts
// the newest hours would come last; each cut costs a request, even where there is nothing.
const logPiece = 6 * time.Hour

// logSteps asks for the events of every group that the cache knows and FilterLogEvents reads, the newest hours of all
// groups first.
func (e *Engine) logSteps(ctx context.Context, from Sources, w Want, now time.Time) ([]Step, error) {
	if from.LogEvents == nil {
		return nil, nil
	}
	groups, err := e.cache.LogGroups(ctx, []app.Scope{from.Scope})
	if err != nil {
		return nil, err
	}
	within := w.within(now)
	covers, err := e.coverage(ctx, from.Scope, app.Logs, within)
	if err != nil {
		return nil, err
	}
	var steps []Step
	for _, g := range groups {
		if !g.Filtered() {
			continue // AWS would refuse it, each time
		}
		lack := w.lacking(within, covers[g.Name], now)
		for _, r := range lack {
			for _, piece := range pieces(r, logPiece) {
				s := e.step(from.Scope, app.Logs, filterEvents)
				s.Resource, s.Range, s.whole = g.Name, piece, lack
				s.take = stretch(s, from.LogEvents, app.LogEventsQuestion{Group: g.Name, Range: piece}, e.cache.KeepLogEvents)
				steps = append(steps, s)
			}
		}
	}
	return newestFirst(steps), nil
}
