package pull

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
)

// historySteps asks what happened to alarms; their states come with the listing.
func (e *Engine) historySteps(ctx context.Context, from Sources, within app.Range, _ time.Time) ([]Step, error) {
	if from.AlarmHistory == nil {
		return nil, nil
	}
	covers, err := e.coverage(ctx, from.Scope, app.Alarms, within)
	if err != nil {
		return nil, err
	}
	var steps []Step
	for _, r := range lacking(within, covers[""]) {
		s := e.step(from.Scope, app.Alarms, describeHistory)
		s.Range = r
		s.take = stretch(s, from.AlarmHistory, app.AlarmHistoryQuestion{Range: r}, e.cache.KeepAlarmHistory)
		steps = append(steps, s)
	}
	return steps, nil
}
