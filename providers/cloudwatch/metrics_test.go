package cloudwatch

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
)

func TestMetrics(t *testing.T) {
	api := fake{metrics: func(in *cloudwatch.ListMetricsInput) (*cloudwatch.ListMetricsOutput, error) {
		if in.Namespace != nil {
			t.Errorf("asked for the namespace %q", *in.Namespace)
		}
		if in.NextToken == nil {
			return &cloudwatch.ListMetricsOutput{NextToken: aws.String("a"), Metrics: []types.Metric{{
				Namespace: aws.String("AWS/ECS"), MetricName: aws.String("CPUUtilization"),
				Dimensions: []types.Dimension{
					{Name: aws.String("ServiceName"), Value: aws.String("worker")},
					{Name: aws.String("ClusterName"), Value: aws.String("shop")},
				}}}}, nil
		}
		return &cloudwatch.ListMetricsOutput{Metrics: []types.Metric{{Namespace: aws.String("Shop"),
			MetricName: aws.String("Orders")}}}, nil
	}}
	got := all(t, New(api, scope).Metrics(t.Context(), app.MetricsQuestion{}))
	want := []app.Page[app.Metric]{
		{Items: []app.Metric{{Namespace: "AWS/ECS", Name: "CPUUtilization",
			Dimensions: []app.Dimension{{Name: "ClusterName", Value: "shop"},
				{Name: "ServiceName", Value: "worker"}}}}},
		{Items: []app.Metric{{Namespace: "Shop", Name: "Orders"}}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
