package cloudwatch

import (
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
)

func TestAlarms(t *testing.T) {
	api := fake{alarms: func(in *cloudwatch.DescribeAlarmsInput) (*cloudwatch.DescribeAlarmsOutput, error) {
		if !slices.Equal(in.AlarmTypes, bothTypes) {
			t.Errorf("asked for %v", in.AlarmTypes)
		}
		return &cloudwatch.DescribeAlarmsOutput{
			CompositeAlarms: []types.CompositeAlarm{{AlarmName: aws.String("shop-down"), AlarmRule: aws.String(`ALARM("a") OR ALARM("b")`), StateValue: types.StateValueAlarm}},
			MetricAlarms: []types.MetricAlarm{{
				AlarmName: aws.String("checkout-slow"), AlarmArn: aws.String("arn"), AlarmDescription: aws.String("slow"),
				StateValue: types.StateValueOk, StateReason: aws.String("fine"), StateReasonData: aws.String("{}"),
				StateUpdatedTimestamp: aws.Time(noon.Add(time.Hour)), StateTransitionedTimestamp: aws.Time(noon.In(time.FixedZone("x", 3600))),
				AlarmConfigurationUpdatedTimestamp: aws.Time(noon), ActionsEnabled: aws.Bool(true),
				AlarmActions: []string{"sns"}, OKActions: []string{},
				Namespace: aws.String("Shop"), MetricName: aws.String("Latency"), Dimensions: []types.Dimension{{Name: aws.String("Stage"), Value: aws.String("prod")}},
				ExtendedStatistic: aws.String("p99"), Period: aws.Int32(60), Unit: types.StandardUnitSeconds,
				ComparisonOperator: types.ComparisonOperatorGreaterThanThreshold, Threshold: aws.Float64(0),
				EvaluationPeriods: aws.Int32(5), DatapointsToAlarm: aws.Int32(3), TreatMissingData: aws.String("missing"),
			}},
		}, nil
	}}
	metric := app.NewMetric("Shop", "Latency", app.Dimension{Name: "Stage", Value: "prod"})
	want := []app.Page[app.Alarm]{{Items: []app.Alarm{
		{
			Scope: scope, Name: "checkout-slow", ARN: "arn", Kind: app.MetricAlarm, Description: "slow", State: app.OK, Reason: "fine", ReasonData: "{}",
			Since: noon, Configured: noon, ActionsEnabled: true, AlarmActions: []string{"sns"}, Metric: &metric, Statistic: "p99", Period: time.Minute,
			Unit: "Seconds", Comparison: "GreaterThanThreshold", Threshold: aws.Float64(0), EvaluationPeriods: 5, DatapointsToAlarm: 3, TreatMissing: "missing",
		},
		{Scope: scope, Name: "shop-down", Kind: app.CompositeAlarm, State: app.InAlarm, Rule: `ALARM("a") OR ALARM("b")`},
	}}}
	if d := cmp.Diff(want, all(t, New(api, scope).Alarms(t.Context(), app.AlarmsQuestion{}))); d != "" {
		t.Error(d)
	}
}

func TestAlarmsOnMetricQueries(t *testing.T) {
	stat := func(name string) *types.MetricStat {
		return &types.MetricStat{Metric: &types.Metric{Namespace: aws.String("Shop"), MetricName: aws.String(name)}, Period: aws.Int32(300), Stat: aws.String("Sum")}
	}
	expression := func(id, text string, returned bool) types.MetricDataQuery {
		return types.MetricDataQuery{Id: aws.String(id), Expression: aws.String(text), ReturnData: aws.Bool(returned), Period: aws.Int32(60)}
	}
	tests := []struct {
		name       string
		queries    []types.MetricDataQuery
		band       *string
		expression string
		metric     string
		period     time.Duration
	}{
		{"a quotient", []types.MetricDataQuery{{Id: aws.String("m1"), MetricStat: stat("Errors")}, {Id: aws.String("m2"), MetricStat: stat("Calls")}, expression("e1", "m1/m2", true)}, nil, "m1/m2", "", time.Minute},
		{"steps", []types.MetricDataQuery{expression("e1", "m1+1", false), expression("e2", "e1*2", true)}, nil, "e1*2; m1+1", "", time.Minute},
		{"one metric, the long way", []types.MetricDataQuery{{Id: aws.String("m1"), MetricStat: stat("Errors"), ReturnData: aws.Bool(true)}}, nil, "", "Errors", 5 * time.Minute},
		{"an anomaly detection band", []types.MetricDataQuery{{Id: aws.String("m1"), MetricStat: stat("Errors"), ReturnData: aws.Bool(true)}, expression("ad1", "ANOMALY_DETECTION_BAND(m1, 2)", true)}, aws.String("ad1"), "ANOMALY_DETECTION_BAND(m1, 2)", "Errors", 5 * time.Minute},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := New(nil, scope).metricAlarm(types.MetricAlarm{Metrics: test.queries, ThresholdMetricId: test.band})
			name := ""
			if got.Metric != nil {
				name = got.Metric.Name
			}
			if got.Expression != test.expression || name != test.metric || got.Period != test.period {
				t.Errorf("expression %q on %q every %v", got.Expression, name, got.Period)
			}
			if _, ok := got.Reading(); ok != (test.metric != "") {
				t.Errorf("has a reading: %v", ok)
			}
		})
	}
}
