package pull

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
)

// logPiece is the longest range of a log group asked at once. FilterLogEvents answers newest first, but a token leads
// on in one group only: cuts let the newest hours of all groups come before the older ones of any. Each cut costs a
// request, even where there is nothing.
const logPiece = 6 * time.Hour

// logSteps asks for the events of every group that the cache knows and FilterLogEvents reads, the newest hours of all
// groups first.
func (p *planner) logSteps(ctx context.Context, from Sources, w Want, now time.Time) ([]Step, error) {
	if from.LogEvents == nil {
		return nil, nil
	}
	groups, err := p.cache.LogGroups(ctx, []app.Scope{from.Scope})
	if err != nil {
		return nil, err
	}
	within := w.within(now)
	covers, err := coverage(ctx, p.cache, from.Scope, app.Logs, within)
	if err != nil {
		return nil, err
	}
	var steps []Step
	for _, g := range groups {
		if !g.Filtered() {
			continue // AWS would refuse it, each time
		}
		due := w.due(within, covers[g.Name], now)
		for _, r := range due {
			for _, piece := range pieces(r, logPiece) {
				s := p.step(from.Scope, app.FilterLogEvents)
				s.Resource, s.Range, s.planned = g.Name, piece, due
				q := app.LogEventsQuestion{Group: g.Name, Range: piece}
				s.take = takeRange(s, from.LogEvents, q, p.cache.KeepLogEvents)
				steps = append(steps, s)
			}
		}
	}
	return newestFirst(steps), nil
}
