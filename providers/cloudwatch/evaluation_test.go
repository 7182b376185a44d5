package cloudwatch

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
)

// The SDK's answer has a list for each type of alarm. A newer SDK that knows another type fails here until it is read.
func TestEveryAlarmTypeIsRead(t *testing.T) {
	read := map[types.AlarmType]bool{types.AlarmTypeMetricAlarm: true, types.AlarmTypeCompositeAlarm: true,
		types.AlarmTypeLogAlarm: true}
	for _, kind := range allTypes {
		if !read[kind] {
			t.Errorf("%s is asked for and not read", kind)
		}
	}
}

func TestHowAlarmsAreEvaluated(t *testing.T) {
	name := aws.String("a")
	for what, c := range map[string]struct {
		in   types.MetricAlarm
		want app.AlarmEvaluation
	}{
		"a metric": {types.MetricAlarm{MetricName: name}, app.AlarmEvaluation{}},
		"PromQL": {types.MetricAlarm{EvaluationInterval: aws.Int32(30),
			EvaluationCriteria: &types.EvaluationCriteriaMemberPromQLCriteria{
				Value: types.AlarmPromQLCriteria{Query: aws.String("up == 0"), PendingPeriod: aws.Int32(180),
					RecoveryPeriod: aws.Int32(600)}}},
			app.AlarmEvaluation{Interval: 30 * time.Second,
				PromQL: &app.PromQL{Query: "up == 0", Pending: 3 * time.Minute, Recovery: 10 * time.Minute}}},
		"a criterion of tomorrow": {types.MetricAlarm{}, app.AlarmEvaluation{Opaque: true}},
		"the clock": {types.MetricAlarm{MetricName: name, EvaluationState: types.EvaluationStatePartialData,
			EvaluationWindow: &types.EvaluationWindowMemberWallClockWindow{
				Value: types.WallClockWindow{Timezone: aws.String("+05:30")}}},
			app.AlarmEvaluation{Problem: app.PartialData, WallClock: &app.WallClock{Zone: "+05:30"}}},
		"a sliding window": {types.MetricAlarm{MetricName: name,
			EvaluationWindow: &types.EvaluationWindowMemberSlidingWindow{}},
			app.AlarmEvaluation{}},
		"a warm-up": {types.MetricAlarm{MetricName: name, WarmUpConfiguration: &types.WarmUpConfiguration{
			WarmUpPeriodDurationInMinutes: aws.Int32(90), OnlyStartEvaluatingAfterWarmUpPeriodEnds: aws.Bool(true)}},
			app.AlarmEvaluation{WarmUp: &app.WarmUp{Length: 90 * time.Minute, Whole: true}}},
	} {
		if d := cmp.Diff(c.want, New(nil, scope).metricAlarm(c.in).AlarmEvaluation); d != "" {
			t.Errorf("%s: %s", what, d)
		}
	}
}

func TestLogAlarms(t *testing.T) {
	got := New(nil, scope).logAlarm(types.LogAlarm{AlarmName: aws.String("timeouts"), StateValue: types.StateValueAlarm,
		QueryResultsToEvaluate: aws.Int32(3), QueryResultsToAlarm: aws.Int32(2), Threshold: aws.Float64(20),
		ComparisonOperator: types.ComparisonOperatorGreaterThanThreshold,
		EvaluationState:    types.EvaluationStatePartialData,
		ScheduledQueryConfiguration: &types.ScheduledQueryConfiguration{
			QueryString:           aws.String("filter @message like /timeout/"),
			AggregationExpression: aws.String("count(*) by host"), LogGroupIdentifiers: []string{"g"},
			ScheduleConfiguration: &types.ScheduleConfiguration{ScheduleExpression: aws.String("rate(5 minutes)"),
				StartTimeOffset: aws.Int64(360), EndTimeOffset: aws.Int64(60)}}})
	threshold := 20.0
	want := app.Alarm{Scope: scope, Name: "timeouts", Kind: app.LogAlarm, State: app.InAlarm, EvaluationPeriods: 3,
		DatapointsToAlarm: 2, Threshold: &threshold, Comparison: "GreaterThanThreshold",
		AlarmEvaluation: app.AlarmEvaluation{
			Problem: app.PartialData, Log: &app.LogAlarmQuery{Text: "filter @message like /timeout/",
				Aggregation: "count(*) by host",
				Groups:      []string{"g"}, Schedule: "rate(5 minutes)", Begin: 6 * time.Minute, End: time.Minute}}}
	if d := cmp.Diff(want, got); d != "" || !got.HasContributors() {
		t.Error(d)
	}
}

func TestHistoryOfAContributor(t *testing.T) {
	got := New(nil, scope).historyItem(types.AlarmHistoryItem{AlarmName: aws.String("a"), Timestamp: aws.Time(noon),
		HistoryItemType: types.HistoryItemTypeAlarmContributorStateUpdate, AlarmContributorId: aws.String("c1"),
		AlarmContributorAttributes: map[string]string{"QueueName": "orders"},
		HistoryData:                aws.String(`{"oldState":{"stateValue":"OK"},"newState":{"stateValue":"ALARM"}}`)})
	if got.Contributor != "c1" || got.Attributes["QueueName"] != "orders" || got.From != app.OK ||
		got.To != app.InAlarm {
		t.Errorf("%+v", got)
	}
	if app.Flaps(app.Since(noon.Add(time.Hour), 2*time.Hour), []app.AlarmHistoryItem{got}) != 0 {
		t.Error("a contributor's turn is counted as the alarm's")
	}
}

func TestAnomalyDetectors(t *testing.T) {
	api := fake{detectors: func(in *cloudwatch.DescribeAnomalyDetectorsInput) (
		*cloudwatch.DescribeAnomalyDetectorsOutput, error) {
		if len(in.AnomalyDetectorTypes) != 2 {
			t.Errorf("asked for %v", in.AnomalyDetectorTypes)
		}
		return &cloudwatch.DescribeAnomalyDetectorsOutput{AnomalyDetectors: []types.AnomalyDetector{
			{AnomalyDetectorId: aws.String("d1"), StateValue: types.AnomalyDetectorStateValueTrained,
				SingleMetricAnomalyDetector: &types.SingleMetricAnomalyDetector{AccountId: aws.String(scope.Account),
					Namespace: aws.String("Shop"), MetricName: aws.String("Calls"), Stat: aws.String("Sum")},
				Configuration: &types.AnomalyDetectorConfiguration{ExcludedTimeRanges: []types.Range{
					{StartTime: aws.Time(noon), EndTime: aws.Time(noon.Add(time.Hour))}}}},
			{AnomalyDetectorId: aws.String("d2"), MetricMathAnomalyDetector: &types.MetricMathAnomalyDetector{
				MetricDataQueries: []types.MetricDataQuery{{Id: aws.String("e1"), Expression: aws.String("a/b")}}}},
		}}, nil
	}}
	metric := app.NewMetric("Shop", "Calls")
	want := []app.AnomalyDetector{{ID: "d1", State: app.DetectorTrained, Metric: &metric, Statistic: "Sum",
		Excluded: []app.Range{{From: noon, To: noon.Add(time.Hour)}}}, {ID: "d2", Expression: "a/b"}}
	got := all(t, New(api, scope).AnomalyDetectors(t.Context(), app.AnomalyDetectorsQuestion{}))
	if d := cmp.Diff(want, got[0].Items); d != "" {
		t.Error(d)
	}
	band := app.Alarm{Metric: &metric, Statistic: "Sum", Comparison: "LessThanLowerOrGreaterThanUpperThreshold"}
	if !want[0].Of(band) || want[1].Of(band) || want[0].Of(app.Alarm{Metric: &metric, Statistic: "Sum"}) {
		t.Error("the band's detector is another")
	}
}
