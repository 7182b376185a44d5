package pull

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
)

// alarmHistorySteps asks what happened to alarms; their states come with the listing.
func (p *planner) alarmHistorySteps(ctx context.Context, from Sources, w Want, now time.Time) ([]Step, error) {
	if from.AlarmHistory == nil {
		return nil, nil
	}
	within := w.within(now)
	covers, err := coverage(ctx, p.cache, from.Scope, app.Alarms, within)
	if err != nil {
		return nil, err
	}
	var steps []Step
	due := w.due(within, covers[""], now)
	for _, r := range due {
		s := p.step(from.Scope, app.DescribeAlarmHistory)
		s.Range, s.planned = r, due
		s.take = takeRange(s, from.AlarmHistory, app.AlarmHistoryQuestion{Range: r}, p.cache.KeepAlarmHistory)
		steps = append(steps, s)
	}
	return steps, nil
}
