package cloudwatch

import (
	"context"
	"iter"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers"
)

// Metrics lists the metrics that had data in the last two weeks (ListMetrics, 500 a page). A new metric takes up to 15
// minutes to appear. Covers is empty: a listing has no range.
func (s *Source) Metrics(ctx context.Context, q app.MetricsQuestion) iter.Seq2[app.Page[app.Metric], error] {
	call := func(ctx context.Context, token *string) (page app.Page[app.Metric], next *string, err error) {
		out, err := s.api.ListMetrics(ctx, &cloudwatch.ListMetricsInput{Namespace: optional(q.Namespace),
			NextToken: token})
		if err != nil {
			return page, nil, err
		}
		for _, m := range out.Metrics {
			page.Items = append(page.Items, metricOf(m.Namespace, m.MetricName, m.Dimensions))
		}
		return page, out.NextToken, nil
	}
	return providers.Pages(ctx, app.ListMetrics, call)
}

func metricOf(namespace, name *string, dimensions []types.Dimension) app.Metric {
	var dims []app.Dimension
	for _, d := range dimensions {
		dims = append(dims, app.Dimension{Name: aws.ToString(d.Name), Value: aws.ToString(d.Value)})
	}
	return app.NewMetric(aws.ToString(namespace), aws.ToString(name), dims...)
}

func dimensionsOf(m app.Metric) []types.Dimension {
	var dims []types.Dimension
	for _, d := range m.Dimensions {
		dims = append(dims, types.Dimension{Name: aws.String(d.Name), Value: aws.String(d.Value)})
	}
	return dims
}
