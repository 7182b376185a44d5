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
		if !slices.Equal(in.AlarmTypes, allTypes) {
			t.Errorf("asked for %v", in.AlarmTypes)
		}
		return &cloudwatch.DescribeAlarmsOutput{
			CompositeAlarms: []types.CompositeAlarm{{AlarmName: aws.String("shop-down"),
				AlarmRule: aws.String(`ALARM("a") OR ALARM("b")`), StateValue: types.StateValueAlarm}},
			MetricAlarms: []types.MetricAlarm{{
				AlarmName: aws.String("checkout-slow"), AlarmArn: aws.String("arn"),
				AlarmDescription: aws.String("slow"),
				StateValue:       types.StateValueOk, StateReason: aws.String("fine"),
				StateReasonData:                    aws.String("{}"),
				StateUpdatedTimestamp:              aws.Time(noon.Add(time.Hour)),
				StateTransitionedTimestamp:         aws.Time(noon.In(time.FixedZone("x", 3600))),
				AlarmConfigurationUpdatedTimestamp: aws.Time(noon), ActionsEnabled: aws.Bool(true),
				AlarmActions: []string{"sns"}, OKActions: []string{},
				Namespace: aws.String("Shop"), MetricName: aws.String("Latency"),
				Dimensions:        []types.Dimension{{Name: aws.String("Stage"), Value: aws.String("prod")}},
				ExtendedStatistic: aws.String("p99"), Period: aws.Int32(60), Unit: types.StandardUnitSeconds,
				ComparisonOperator: types.ComparisonOperatorGreaterThanThreshold, Threshold: aws.Float64(0),
				EvaluationPeriods: aws.Int32(5), DatapointsToAlarm: aws.Int32(3),
				TreatMissingData: aws.String("missing"),
			}},
		}, nil
	}}
	metric := app.NewMetric("Shop", "Latency", app.Dimension{Name: "Stage", Value: "prod"})
	want := []app.Page[app.Alarm]{{Items: []app.Alarm{
		{
			Scope: scope, Name: "checkout-slow", ARN: "arn", Kind: app.MetricAlarm, Description: "slow", State: app.OK,
			Reason: "fine", ReasonData: "{}",
			Since: noon, Configured: noon, ActionsEnabled: true, AlarmActions: []string{"sns"}, Metric: &metric,
			Statistic: "p99", Period: time.Minute,
			Unit: "Seconds", Comparison: "GreaterThanThreshold", Threshold: aws.Float64(0), EvaluationPeriods: 5,
			DatapointsToAlarm: 3, TreatMissing: "missing",
		},
		{Scope: scope, Name: "shop-down", Kind: app.CompositeAlarm, State: app.InAlarm,
			Rule: `ALARM("a") OR ALARM("b")`},
	}}}
	if d := cmp.Diff(want, all(t, New(api, scope).Alarms(t.Context(), app.AlarmsQuestion{}))); d != "" {
		t.Error(d)
	}
}

func TestAlarmsOnMetricQueries(t *testing.T) {
	reading := func(name string) *app.Reading {
		m := app.NewMetric("Shop", name, app.Dimension{Name: "Stage", Value: "prod"},
			app.Dimension{Name: "Api", Value: "shop"})
		return &app.Reading{Metric: m, Statistic: "Sum", Period: 5 * time.Minute}
	}
	metric := func(id, name string, returned *bool) types.MetricDataQuery {
		return types.MetricDataQuery{Id: aws.String(id), ReturnData: returned,
			MetricStat: &types.MetricStat{Period: aws.Int32(300), Stat: aws.String("Sum"),
				Metric: &types.Metric{Namespace: aws.String("Shop"), MetricName: aws.String(name),
					Dimensions: []types.Dimension{
						{Name: aws.String("Stage"), Value: aws.String("prod")},
						{Name: aws.String("Api"), Value: aws.String("shop")}}}}}
	}
	expression := func(id, text string, returned *bool, period *int32) types.MetricDataQuery {
		return types.MetricDataQuery{Id: aws.String(id), Label: aws.String("the " + id), Expression: aws.String(text),
			ReturnData: returned, Period: period}
	}
	yes, no, minute := aws.Bool(true), aws.Bool(false), aws.Int32(60)
	tests := []struct {
		name       string
		queries    []types.MetricDataQuery
		band       *string
		want       []app.MetricQuery
		expression string
		metric     string
		period     time.Duration
	}{
		{"a quotient", []types.MetricDataQuery{metric("m1", "Errors", no), metric("m2", "Calls", no),
			expression("e1", "m1/m2", yes, nil)}, nil,
			[]app.MetricQuery{{ID: "m1", Reading: reading("Errors")}, {ID: "m2", Reading: reading("Calls")},
				{ID: "e1", Label: "the e1", Expression: "m1/m2", Compared: true}},
			"m1/m2", "", 5 * time.Minute},
		{"steps", []types.MetricDataQuery{expression("e1", "m1+1", no, minute), expression("e2", "e1*2", yes, minute)},
			nil,
			[]app.MetricQuery{{ID: "e1", Label: "the e1", Expression: "m1+1"},
				{ID: "e2", Label: "the e2", Expression: "e1*2", Compared: true}},
			"e1*2; m1+1", "", time.Minute},
		{"a query of Metrics Insights, as the default is to return it",
			[]types.MetricDataQuery{expression("q1", "SELECT MAX(Errors) FROM Shop", nil, minute)}, nil,
			[]app.MetricQuery{{ID: "q1", Label: "the q1", Expression: "SELECT MAX(Errors) FROM Shop", Compared: true}},
			"SELECT MAX(Errors) FROM Shop", "", time.Minute},
		{"one metric, the long way", []types.MetricDataQuery{metric("m1", "Errors", nil)}, nil,
			[]app.MetricQuery{{ID: "m1", Reading: reading("Errors"), Compared: true}},
			"", "Errors", 5 * time.Minute},
		{"a rate that is computed and a sum that is compared",
			[]types.MetricDataQuery{metric("ir", "IncomingRecords", yes), expression("e1", "ir/60", no, minute)}, nil,
			[]app.MetricQuery{{ID: "ir", Reading: reading("IncomingRecords"), Compared: true},
				{ID: "e1", Label: "the e1", Expression: "ir/60"}},
			"ir/60", "IncomingRecords", 5 * time.Minute},
		{"an anomaly detection band", []types.MetricDataQuery{metric("m1", "Errors", yes),
			expression("ad1", "ANOMALY_DETECTION_BAND(m1, 2)", yes, minute)}, aws.String("ad1"),
			[]app.MetricQuery{{ID: "m1", Reading: reading("Errors"), Compared: true},
				{ID: "ad1", Label: "the ad1", Expression: "ANOMALY_DETECTION_BAND(m1, 2)"}},
			"ANOMALY_DETECTION_BAND(m1, 2)", "Errors", 5 * time.Minute},
		{"a band around a quotient", []types.MetricDataQuery{expression("ad1", "ANOMALY_DETECTION_BAND(e1, 2)", nil,
			nil), metric("m1", "Errors", no), expression("e1", "m1/60", nil, nil)}, aws.String("ad1"),
			[]app.MetricQuery{{ID: "ad1", Label: "the ad1", Expression: "ANOMALY_DETECTION_BAND(e1, 2)"},
				{ID: "m1", Reading: reading("Errors")},
				{ID: "e1", Label: "the e1", Expression: "m1/60", Compared: true}},
			"m1/60; ANOMALY_DETECTION_BAND(e1, 2)", "", 5 * time.Minute},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := New(nil, scope).metricAlarm(types.MetricAlarm{Metrics: test.queries, ThresholdMetricId: test.band})
			if d := cmp.Diff(test.want, got.Queries); d != "" {
				t.Error(d)
			}
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
