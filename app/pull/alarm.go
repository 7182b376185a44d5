package pull

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
)

// historySteps asks what happened to alarms; their states come with the listing.
func (e *Engine) historySteps(ctx context.Context, from Sources, w Want, now time.Time) ([]Step, error) {
	if from.AlarmHistory == nil {
		return nil, nil
	}
	within := w.within(now)
	covers, err := e.coverage(ctx, from.Scope, app.Alarms, within)
	if err != nil {
		return nil, err
	}
	var steps []Step
	lack := w.lacking(within, covers[""], now)
	for _, r := range lack {
		s := e.step(from.Scope, app.Alarms, describeHistory)
		s.Range, s.whole = r, lack
		s.take = stretch(s, from.AlarmHistory, app.AlarmHistoryQuestion{Range: r}, e.cache.KeepAlarmHistory)
		steps = append(steps, s)
	}
	return steps, nil
}
