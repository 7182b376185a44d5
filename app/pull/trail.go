package pull

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
)

// trailSteps asks who called what. A range is never cut: LookupEvents answers newest first as it is, at two requests a
// second, and each page is kept with the part that it completes.
func (e *Engine) trailSteps(ctx context.Context, from Sources, w Want, now time.Time) ([]Step, error) {
	if from.Trail == nil {
		return nil, nil
	}
	within := w.within(now)
	covers, err := e.coverage(ctx, from.Scope, app.Trail, within)
	if err != nil {
		return nil, err
	}
	var steps []Step
	lack := w.lacking(within, covers[""], now)
	for _, r := range lack {
		s := e.step(from.Scope, app.Trail, lookupEvents)
		s.Range, s.whole = r, lack
		s.take = stretch(s, from.Trail, app.TrailQuestion{Range: r}, e.cache.KeepTrail)
		steps = append(steps, s)
	}
	return steps, nil
}
