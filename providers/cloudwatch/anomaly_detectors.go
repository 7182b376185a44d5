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

// detectorsAPage is the most that DescribeAnomalyDetectors returns at once.
const detectorsAPage = 100

// AnomalyDetectors lists the anomaly detectors on metrics and on metric math (DescribeAnomalyDetectors).
func (s *Source) AnomalyDetectors(
	ctx context.Context, _ app.AnomalyDetectorsQuestion,
) iter.Seq2[app.Page[app.AnomalyDetector], error] {
	call := func(ctx context.Context, token *string) (page app.Page[app.AnomalyDetector], next *string, err error) {
		out, err := s.api.DescribeAnomalyDetectors(ctx, &cloudwatch.DescribeAnomalyDetectorsInput{
			AnomalyDetectorTypes: types.AnomalyDetectorType("").Values(), // if empty, those of one metric only
			MaxResults:           aws.Int32(detectorsAPage),
			NextToken:            token,
		})
		if err != nil {
			return page, nil, err
		}
		for _, d := range out.AnomalyDetectors {
			page.Items = append(page.Items, s.anomalyDetector(d))
		}
		return page, out.NextToken, nil
	}
	return providers.Pages(ctx, app.DescribeAnomalyDetectors, call)
}

func (s *Source) anomalyDetector(d types.AnomalyDetector) app.AnomalyDetector {
	detector := app.AnomalyDetector{ID: aws.ToString(d.AnomalyDetectorId), State: app.DetectorState(d.StateValue)}
	switch one, math := d.SingleMetricAnomalyDetector, d.MetricMathAnomalyDetector; {
	case one != nil:
		m := metricOf(one.Namespace, one.MetricName, one.Dimensions)
		if owner := aws.ToString(one.AccountId); owner != s.scope.Account {
			m.OwningAccount = owner
		}
		detector.Metric, detector.Statistic = &m, aws.ToString(one.Stat)
	case math != nil:
		detector.Expression = withMath(app.Alarm{}, math.MetricDataQueries, nil).Expression
	}
	if c := d.MetricCharacteristics; c != nil {
		detector.Spikes = aws.ToBool(c.PeriodicSpikes)
	}
	if c := d.Configuration; c != nil {
		detector.Zone, detector.Adapts = aws.ToString(c.MetricTimezone), string(c.AdaptationSpeed)
		detector.Outliers = string(c.OutlierFilteringStrength)
		for _, r := range c.ExcludedTimeRanges {
			detector.Excluded = append(detector.Excluded, app.Range{From: first(r.StartTime), To: first(r.EndTime)})
		}
	}
	return detector
}
