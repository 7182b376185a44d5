package cloudwatch

import (
	"context"
	"iter"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"

	"github.com/nephograph/nephograph/app"
)

var scope = app.Scope{Account: "111122223333", Region: "eu-west-1", Profile: "shop"}

// fake answers with functions; one that is nil is not to be called.
type fake struct {
	metrics func(*cloudwatch.ListMetricsInput) (*cloudwatch.ListMetricsOutput, error)
	data    func(*cloudwatch.GetMetricDataInput) (*cloudwatch.GetMetricDataOutput, error)
	alarms  func(*cloudwatch.DescribeAlarmsInput) (*cloudwatch.DescribeAlarmsOutput, error)
	history func(*cloudwatch.DescribeAlarmHistoryInput) (*cloudwatch.DescribeAlarmHistoryOutput, error)

	contributors func(*cloudwatch.DescribeAlarmContributorsInput) (*cloudwatch.DescribeAlarmContributorsOutput, error)
	muteRules    func(*cloudwatch.ListAlarmMuteRulesInput) (*cloudwatch.ListAlarmMuteRulesOutput, error)
	muteRule     func(*cloudwatch.GetAlarmMuteRuleInput) (*cloudwatch.GetAlarmMuteRuleOutput, error)
	detectors    func(*cloudwatch.DescribeAnomalyDetectorsInput) (*cloudwatch.DescribeAnomalyDetectorsOutput, error)
}

func (f fake) ListMetrics(_ context.Context, in *cloudwatch.ListMetricsInput,
	_ ...func(*cloudwatch.Options)) (*cloudwatch.ListMetricsOutput, error) {
	return f.metrics(in)
}

func (f fake) GetMetricData(_ context.Context, in *cloudwatch.GetMetricDataInput,
	_ ...func(*cloudwatch.Options)) (*cloudwatch.GetMetricDataOutput, error) {
	return f.data(in)
}

func (f fake) DescribeAlarms(_ context.Context, in *cloudwatch.DescribeAlarmsInput,
	_ ...func(*cloudwatch.Options)) (*cloudwatch.DescribeAlarmsOutput, error) {
	return f.alarms(in)
}

func (f fake) DescribeAlarmHistory(_ context.Context, in *cloudwatch.DescribeAlarmHistoryInput,
	_ ...func(*cloudwatch.Options)) (*cloudwatch.DescribeAlarmHistoryOutput, error) {
	return f.history(in)
}

func (f fake) DescribeAlarmContributors(_ context.Context, in *cloudwatch.DescribeAlarmContributorsInput,
	_ ...func(*cloudwatch.Options)) (*cloudwatch.DescribeAlarmContributorsOutput, error) {
	return f.contributors(in)
}

func (f fake) ListAlarmMuteRules(_ context.Context, in *cloudwatch.ListAlarmMuteRulesInput,
	_ ...func(*cloudwatch.Options)) (*cloudwatch.ListAlarmMuteRulesOutput, error) {
	return f.muteRules(in)
}

func (f fake) GetAlarmMuteRule(_ context.Context, in *cloudwatch.GetAlarmMuteRuleInput,
	_ ...func(*cloudwatch.Options)) (*cloudwatch.GetAlarmMuteRuleOutput, error) {
	return f.muteRule(in)
}

func (f fake) DescribeAnomalyDetectors(_ context.Context, in *cloudwatch.DescribeAnomalyDetectorsInput,
	_ ...func(*cloudwatch.Options)) (*cloudwatch.DescribeAnomalyDetectorsOutput, error) {
	return f.detectors(in)
}

// all reads a sequence to the end.
func all[T any](t *testing.T, seq iter.Seq2[app.Page[T], error]) []app.Page[T] {
	t.Helper()
	var pages []app.Page[T]
	for page, err := range seq {
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, page)
	}
	return pages
}
