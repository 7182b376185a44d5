package pull

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
)

// logPiece is the longest stretch of a log group asked at once. FilterLogEvents answers oldest first, so without cuts
// the newest hours would come last; each cut costs a request, even where there is nothing.
const logPiece = 6 * time.Hour

// logSteps asks for the events of every group that the cache knows, the newest hours of all groups first.
func (e *Engine) logSteps(ctx context.Context, from Sources, within app.Range, _ time.Time) ([]Step, error) {
	if from.LogEvents == nil {
		return nil, nil
	}
	groups, err := e.cache.LogGroups(ctx, []app.Scope{from.Scope})
	if err != nil {
		return nil, err
	}
	covers, err := e.coverage(ctx, from.Scope, app.Logs, within)
	if err != nil {
		return nil, err
	}
	var steps []Step
	for _, g := range groups {
		for _, r := range lacking(within, covers[g.Name]) {
			for _, piece := range pieces(r, logPiece) {
				s := e.step(from.Scope, app.Logs, filterEvents)
				s.Resource, s.Range = g.Name, piece
				s.take = stretch(s, from.LogEvents, app.LogEventsQuestion{Group: g.Name, Range: piece}, e.cache.KeepLogEvents)
				steps = append(steps, s)
			}
		}
	}
	return newestFirst(steps), nil
}
