package pull

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
)

// trailSteps asks who called what. A range is never cut: LookupEvents answers newest first as it is, at two requests a
// second, and each page is kept with the part that it completes.
func (p *planner) trailSteps(ctx context.Context, from Sources, w Want, now time.Time) ([]Step, error) {
	if from.Trail == nil {
		return nil, nil
	}
	within := w.within(now)
	covers, err := coverage(ctx, p.cache, from.Scope, app.Trail, within)
	if err != nil {
		return nil, err
	}
	var steps []Step
	due := w.due(within, covers[""], now)
	for _, r := range due {
		s := p.step(from.Scope, app.LookupEvents)
		s.Range, s.planned = r, due
		s.take = takeRange(s, from.Trail, app.TrailQuestion{Range: r}, p.cache.KeepTrail)
		steps = append(steps, s)
	}
	return steps, nil
}
