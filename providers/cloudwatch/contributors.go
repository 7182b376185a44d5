package cloudwatch

import (
	"context"
	"iter"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers"
)

// AlarmContributors lists the contributors of an alarm that are in ALARM (DescribeAlarmContributors).
func (s *Source) AlarmContributors(
	ctx context.Context, q app.AlarmContributorsQuestion,
) iter.Seq2[app.Page[app.AlarmContributor], error] {
	call := func(ctx context.Context, token *string) (page app.Page[app.AlarmContributor], next *string, err error) {
		out, err := s.api.DescribeAlarmContributors(ctx, &cloudwatch.DescribeAlarmContributorsInput{
			AlarmName: aws.String(q.Alarm),
			NextToken: token,
		})
		if err != nil {
			return page, nil, err
		}
		for _, c := range out.AlarmContributors {
			page.Items = append(page.Items, app.AlarmContributor{
				ID:         aws.ToString(c.ContributorId),
				Attributes: attributes(c.ContributorAttributes),
				Reason:     aws.ToString(c.StateReason),
				Since:      first(c.StateTransitionedTimestamp),
			})
		}
		return page, out.NextToken, nil
	}
	return providers.Pages(ctx, app.DescribeAlarmContributors, call)
}
