package cloudwatch

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers"
)

// metricEvaluation reads how a metric alarm is evaluated. One that has neither a metric nor queries nor PromQL
// evaluates something that this SDK does not know: a union of which it lacks the member is nil.
func metricEvaluation(a types.MetricAlarm) app.AlarmEvaluation {
	e := app.AlarmEvaluation{
		Problem:  app.EvaluationProblem(a.EvaluationState),
		WarmUp:   warmUp(a.WarmUpConfiguration),
		Interval: seconds(a.EvaluationInterval),
	}
	switch criteria := a.EvaluationCriteria.(type) {
	case *types.EvaluationCriteriaMemberPromQLCriteria:
		e.PromQL = &app.PromQL{
			Query:    aws.ToString(criteria.Value.Query),
			Pending:  seconds(criteria.Value.PendingPeriod),
			Recovery: seconds(criteria.Value.RecoveryPeriod),
		}
	default:
		e.Opaque = a.MetricName == nil && len(a.Metrics) == 0
	}
	if window, ok := a.EvaluationWindow.(*types.EvaluationWindowMemberWallClockWindow); ok {
		e.WallClock = &app.WallClock{Zone: aws.ToString(window.Value.Timezone)}
	}
	return e
}

func warmUp(w *types.WarmUpConfiguration) *app.WarmUp {
	if w == nil {
		return nil
	}
	return &app.WarmUp{
		Length: time.Duration(aws.ToInt32(w.WarmUpPeriodDurationInMinutes)) * time.Minute,
		Whole:  aws.ToBool(w.OnlyStartEvaluatingAfterWarmUpPeriodEnds),
	}
}

func (s *Source) logAlarm(a types.LogAlarm) app.Alarm {
	return app.Alarm{
		Scope:             s.scope,
		Name:              aws.ToString(a.AlarmName),
		ARN:               aws.ToString(a.AlarmArn),
		Kind:              app.LogAlarm,
		Description:       aws.ToString(a.AlarmDescription),
		State:             app.AlarmState(a.StateValue),
		Reason:            aws.ToString(a.StateReason),
		ReasonData:        aws.ToString(a.StateReasonData),
		Since:             first(a.StateTransitionedTimestamp, a.StateUpdatedTimestamp),
		Configured:        first(a.AlarmConfigurationUpdatedTimestamp),
		ActionsEnabled:    aws.ToBool(a.ActionsEnabled),
		AlarmActions:      some(a.AlarmActions),
		OKActions:         some(a.OKActions),
		NoDataActions:     some(a.InsufficientDataActions),
		Comparison:        string(a.ComparisonOperator),
		Threshold:         a.Threshold,
		EvaluationPeriods: int(aws.ToInt32(a.QueryResultsToEvaluate)),
		DatapointsToAlarm: int(aws.ToInt32(a.QueryResultsToAlarm)),
		TreatMissing:      aws.ToString(a.TreatMissingData),
		AlarmEvaluation: app.AlarmEvaluation{
			Problem: app.EvaluationProblem(a.EvaluationState),
			Log:     logQuery(a.ScheduledQueryConfiguration),
			WarmUp:  warmUp(a.WarmUpConfiguration),
		},
	}
}

func logQuery(c *types.ScheduledQueryConfiguration) *app.LogAlarmQuery {
	if c == nil {
		return nil
	}
	q := &app.LogAlarmQuery{
		Text:        aws.ToString(c.QueryString),
		Aggregation: aws.ToString(c.AggregationExpression),
		Groups:      some(c.LogGroupIdentifiers),
	}
	if at := c.ScheduleConfiguration; at != nil {
		q.Schedule = aws.ToString(at.ScheduleExpression)
		q.Begin, q.End = longSeconds(at.StartTimeOffset), longSeconds(at.EndTimeOffset)
	}
	return q
}

// longSeconds returns a length of time in seconds; one that no Duration holds is the longest.
func longSeconds(n *int64) time.Duration {
	length := float64(aws.ToInt64(n))
	return providers.Seconds(&length)
}

// attributes is nil for an empty map, which AWS sends for none.
func attributes(all map[string]string) map[string]string {
	if len(all) == 0 {
		return nil
	}
	return all
}
