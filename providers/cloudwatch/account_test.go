package cloudwatch

import (
	"errors"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"

	"github.com/nephograph/nephograph/app"
)

// An alarm of a monitoring account may watch a metric of another one, which is asked of that account and by itself.
func TestMetricsOfOtherAccounts(t *testing.T) {
	query := func(id, account string) types.MetricDataQuery {
		return types.MetricDataQuery{Id: aws.String(id), AccountId: aws.String(account),
			ReturnData: aws.Bool(id == "m1"), MetricStat: &types.MetricStat{
				Metric: &types.Metric{Namespace: aws.String("Shop"), MetricName: aws.String("Lag")},
				Period: aws.Int32(60),
				Stat:   aws.String("Average")}}
	}
	refused := false
	api := fake{
		alarms: func(*cloudwatch.DescribeAlarmsInput) (*cloudwatch.DescribeAlarmsOutput, error) {
			return &cloudwatch.DescribeAlarmsOutput{MetricAlarms: []types.MetricAlarm{{AlarmName: aws.String("cross"),
				Metrics: []types.MetricDataQuery{query("m1", "444455556666"), query("m2", scope.Account)}}}}, nil
		},
		data: func(in *cloudwatch.GetMetricDataInput) (*cloudwatch.GetMetricDataOutput, error) {
			value, account := 1.0, aws.ToString(in.MetricDataQueries[0].AccountId)
			for _, q := range in.MetricDataQueries {
				if aws.ToString(q.AccountId) != account {
					t.Errorf("%v are asked together", in.MetricDataQueries)
				}
			}
			if account != "" {
				if value = 100; refused {
					return nil, errors.New("ValidationError: the account is not linked")
				}
			}
			return &cloudwatch.GetMetricDataOutput{MetricDataResults: []types.MetricDataResult{{Id: aws.String("m0"),
				StatusCode: types.StatusCodeComplete,
				Timestamps: []time.Time{noon}, Values: []float64{value}}}}, nil
		},
	}
	source := New(api, scope)
	alarm := all(t, source.Alarms(t.Context(), app.AlarmsQuestion{}))[0].Items[0]
	readings := alarm.Readings()
	if len(readings) != 1 || readings[0].OwningAccount != "444455556666" ||
		alarm.Queries[1].Reading.OwningAccount != "" {
		t.Fatalf("%+v", alarm)
	}
	asked := app.SeriesQuestion{Readings: []app.Reading{readings[0], *alarm.Queries[1].Reading},
		Range: app.Range{From: noon, To: noon.Add(time.Minute)}}
	pages := all(t, source.Series(t.Context(), asked))
	if len(pages) != 2 || pages[0].Items[0].Points[0].Value != 1 || pages[1].Items[0].Points[0].Value != 100 ||
		pages[1].Items[0].Key() != readings[0].Key() {
		t.Errorf("%+v", pages)
	}
	refused = true
	var failed error
	for _, err := range source.Series(t.Context(), asked) {
		failed = err
	}
	if app.KindOf(failed) != app.Denied {
		t.Errorf("refused: %v", failed)
	}
}

func TestSuppressionOfACompositeAlarm(t *testing.T) {
	api := fake{alarms: func(*cloudwatch.DescribeAlarmsInput) (*cloudwatch.DescribeAlarmsOutput, error) {
		return &cloudwatch.DescribeAlarmsOutput{CompositeAlarms: []types.CompositeAlarm{{AlarmName: aws.String(
			"checkout"),
			ActionsSuppressor:                aws.String("arn:aws:cloudwatch:eu-west-1:111122223333:alarm:maintenance"),
			ActionsSuppressorWaitPeriod:      aws.Int32(60),
			ActionsSuppressorExtensionPeriod: aws.Int32(120), ActionsSuppressedBy: types.ActionsSuppressedByAlarm,
			ActionsSuppressedReason: aws.String("why")}}}, nil
	}}
	a := all(t, New(api, scope).Alarms(t.Context(), app.AlarmsQuestion{}))[0].Items[0]
	want := app.AlarmSuppression{Suppressor: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:maintenance",
		Wait: time.Minute, Extension: 2 * time.Minute, By: "Alarm", Reason: "why"}
	if a.Suppression == nil || *a.Suppression != want || a.Suppressor() != "maintenance" || !a.Suppressed() {
		t.Errorf("%+v", a.Suppression)
	}
}
