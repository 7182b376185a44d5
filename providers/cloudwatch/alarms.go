package cloudwatch

import (
	"cmp"
	"context"
	"iter"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers"
)

// alarmsAPage is the most that DescribeAlarms and DescribeAlarmHistory return at once.
const alarmsAPage = 100

// Alarms lists the alarms of both types as they are now (DescribeAlarms). A page has its metric alarms before its
// composite ones. Covers is empty: a listing has no range.
func (s *Source) Alarms(ctx context.Context, _ app.AlarmsQuestion) iter.Seq2[app.Page[app.Alarm], error] {
	call := func(ctx context.Context, token *string) (page app.Page[app.Alarm], next *string, err error) {
		out, err := s.api.DescribeAlarms(ctx, &cloudwatch.DescribeAlarmsInput{
			AlarmTypes: bothTypes,
			MaxRecords: aws.Int32(alarmsAPage),
			NextToken:  token,
		})
		if err != nil {
			return page, nil, err
		}
		for _, a := range out.MetricAlarms {
			page.Items = append(page.Items, s.metricAlarm(a))
		}
		for _, a := range out.CompositeAlarms {
			page.Items = append(page.Items, s.compositeAlarm(a))
		}
		return page, out.NextToken, nil
	}
	return providers.Pages(ctx, "cloudwatch:DescribeAlarms", call)
}

func (s *Source) metricAlarm(a types.MetricAlarm) app.Alarm {
	alarm := app.Alarm{
		Scope:             s.scope,
		Name:              aws.ToString(a.AlarmName),
		ARN:               aws.ToString(a.AlarmArn),
		Kind:              app.MetricAlarm,
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
		Statistic:         cmp.Or(string(a.Statistic), aws.ToString(a.ExtendedStatistic)),
		Period:            seconds(a.Period),
		Unit:              string(a.Unit),
		Comparison:        string(a.ComparisonOperator),
		Threshold:         a.Threshold,
		EvaluationPeriods: int(aws.ToInt32(a.EvaluationPeriods)),
		DatapointsToAlarm: int(aws.ToInt32(a.DatapointsToAlarm)),
		TreatMissing:      aws.ToString(a.TreatMissingData),
	}
	if a.MetricName != nil {
		m := metricOf(a.Namespace, a.MetricName, a.Dimensions)
		alarm.Metric = &m
	}
	return withMath(alarm, a.Metrics, a.ThresholdMetricId)
}

// withMath fills in what an alarm on metric queries watches. The expressions are joined with "; ", the one that is
// compared with the threshold first. An alarm that compares one metric, with a number or with an anomaly detection band
// around it, is an alarm on that metric.
func withMath(alarm app.Alarm, queries []types.MetricDataQuery, band *string) app.Alarm {
	var expressions []string
	var stats []*types.MetricStat
	for _, q := range queries {
		switch {
		case q.Expression != nil && aws.ToBool(q.ReturnData):
			expressions = append([]string{*q.Expression}, expressions...)
			alarm.Period = cmp.Or(alarm.Period, seconds(q.Period))
		case q.Expression != nil:
			expressions = append(expressions, *q.Expression)
		case q.MetricStat != nil:
			stats = append(stats, q.MetricStat)
		}
	}
	alarm.Expression = strings.Join(expressions, "; ")
	if alarm.Metric == nil && len(stats) == 1 && stats[0].Metric != nil && (len(expressions) == 0 || band != nil) {
		m := metricOf(stats[0].Metric.Namespace, stats[0].Metric.MetricName, stats[0].Metric.Dimensions)
		alarm.Metric, alarm.Statistic, alarm.Period = &m, aws.ToString(stats[0].Stat), seconds(stats[0].Period)
	}
	return alarm
}

func (s *Source) compositeAlarm(a types.CompositeAlarm) app.Alarm {
	return app.Alarm{
		Scope:          s.scope,
		Name:           aws.ToString(a.AlarmName),
		ARN:            aws.ToString(a.AlarmArn),
		Kind:           app.CompositeAlarm,
		Description:    aws.ToString(a.AlarmDescription),
		State:          app.AlarmState(a.StateValue),
		Reason:         aws.ToString(a.StateReason),
		ReasonData:     aws.ToString(a.StateReasonData),
		Since:          first(a.StateTransitionedTimestamp, a.StateUpdatedTimestamp),
		Configured:     first(a.AlarmConfigurationUpdatedTimestamp),
		ActionsEnabled: aws.ToBool(a.ActionsEnabled),
		AlarmActions:   some(a.AlarmActions),
		OKActions:      some(a.OKActions),
		NoDataActions:  some(a.InsufficientDataActions),
		Rule:           aws.ToString(a.AlarmRule),
	}
}

// some is nil for an empty list, which AWS sends for none.
func some(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return list
}

// first returns the first time that is there, in UTC.
func first(times ...*time.Time) time.Time {
	for _, t := range times {
		if t != nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

func seconds(n *int32) time.Duration { return time.Duration(aws.ToInt32(n)) * time.Second }
