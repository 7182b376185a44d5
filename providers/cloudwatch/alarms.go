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

// Alarms lists the alarms of all types as they are now (DescribeAlarms). A page has its metric alarms before its
// composite ones, and log alarms last. Covers is empty: a listing has no range.
func (s *Source) Alarms(ctx context.Context, _ app.AlarmsQuestion) iter.Seq2[app.Page[app.Alarm], error] {
	call := func(ctx context.Context, token *string) (page app.Page[app.Alarm], next *string, err error) {
		out, err := s.api.DescribeAlarms(ctx, &cloudwatch.DescribeAlarmsInput{
			AlarmTypes: allTypes,
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
		for _, a := range out.LogAlarms {
			page.Items = append(page.Items, s.logAlarm(a))
		}
		return page, out.NextToken, nil
	}
	return providers.Pages(ctx, app.DescribeAlarms, call)
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
		AlarmEvaluation:   metricEvaluation(a),
	}
	if a.MetricName != nil {
		m := metricOf(a.Namespace, a.MetricName, a.Dimensions)
		alarm.Metric = &m
	}
	alarm = withMath(alarm, a.Metrics, a.ThresholdMetricId)
	for i, q := range alarm.Queries { // what AWS names as another account's and is our own is asked as our own
		if q.Reading != nil && q.Reading.OwningAccount == s.scope.Account {
			alarm.Queries[i].Reading.OwningAccount = ""
		}
	}
	return alarm
}

// withMath fills in what an alarm on metric queries watches. The expressions are joined with "; ", the one that is
// compared with the threshold first. An alarm that compares one metric, with a number or with an anomaly detection band
// around it, is an alarm on that metric, whatever is computed beside it.
func withMath(alarm app.Alarm, queries []types.MetricDataQuery, band *string) app.Alarm {
	var expressions []string
	var longest time.Duration // of the readings' periods, by which an expression is evaluated that names none
	for _, q := range queries {
		line := metricQuery(q, aws.ToString(band))
		alarm.Queries = append(alarm.Queries, line)
		switch {
		case line.Reading != nil && line.Compared:
			alarm.Metric, alarm.Statistic, alarm.Period = &line.Reading.Metric, line.Reading.Statistic,
				line.Reading.Period
		case line.Reading != nil:
			longest = max(longest, line.Reading.Period)
		case line.Compared:
			expressions = append([]string{line.Expression}, expressions...)
			alarm.Period = cmp.Or(alarm.Period, seconds(q.Period))
		default:
			expressions = append(expressions, line.Expression)
		}
	}
	alarm.Expression, alarm.Period = strings.Join(expressions, "; "), cmp.Or(alarm.Period, longest)
	return alarm
}

// metricQuery reads one line of an alarm's metric queries. AWS takes a ReturnData that is not there for true
// (CloudWatch API reference, MetricDataQuery); of the two lines that an alarm on a band returns, the other is compared
// with the band.
func metricQuery(q types.MetricDataQuery, band string) app.MetricQuery {
	line := app.MetricQuery{
		ID:         aws.ToString(q.Id),
		Label:      aws.ToString(q.Label),
		Expression: aws.ToString(q.Expression),
		Compared:   (q.ReturnData == nil || *q.ReturnData) && aws.ToString(q.Id) != band,
	}
	if s := q.MetricStat; s != nil && s.Metric != nil {
		m := metricOf(s.Metric.Namespace, s.Metric.MetricName, s.Metric.Dimensions)
		m.OwningAccount = aws.ToString(q.AccountId)
		line.Reading = &app.Reading{Metric: m, Statistic: aws.ToString(s.Stat), Period: seconds(s.Period)}
	}
	return line
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
		Suppression:    suppressionOf(a),
	}
}

func suppressionOf(a types.CompositeAlarm) *app.AlarmSuppression {
	if aws.ToString(a.ActionsSuppressor) == "" && a.ActionsSuppressedBy == "" {
		return nil
	}
	return &app.AlarmSuppression{
		Suppressor: aws.ToString(a.ActionsSuppressor),
		Wait:       seconds(a.ActionsSuppressorWaitPeriod),
		Extension:  seconds(a.ActionsSuppressorExtensionPeriod),
		By:         string(a.ActionsSuppressedBy),
		Reason:     aws.ToString(a.ActionsSuppressedReason),
	}
}

// some is nil for an empty list, which AWS sends for none.
func some(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return list
}

// first returns the first time that is there and can be, in UTC.
func first(times ...*time.Time) time.Time {
	for _, t := range times {
		if at := providers.Instant(t); !at.IsZero() {
			return at
		}
	}
	return time.Time{}
}

func seconds(n *int32) time.Duration { return time.Duration(aws.ToInt32(n)) * time.Second }
