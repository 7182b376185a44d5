package cloudwatchlogs

import (
	"cmp"
	"context"
	"iter"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers"
)

// groupsAPage is the most that DescribeLogGroups returns at once.
const groupsAPage = 50

// LogGroups lists the log groups whose name begins with the prefix (DescribeLogGroups). Covers is empty: a listing has
// no range.
func (s *Source) LogGroups(ctx context.Context, q app.LogGroupsQuestion) iter.Seq2[app.Page[app.LogGroup], error] {
	call := func(ctx context.Context, token *string) (page app.Page[app.LogGroup], next *string, err error) {
		in := cloudwatchlogs.DescribeLogGroupsInput{Limit: aws.Int32(groupsAPage), NextToken: token}
		if q.Prefix != "" {
			in.LogGroupNamePrefix = aws.String(q.Prefix)
		}
		out, err := s.api.DescribeLogGroups(ctx, &in)
		if err != nil {
			return page, nil, err
		}
		for _, g := range out.LogGroups {
			page.Items = append(page.Items, s.group(g))
		}
		return page, out.NextToken, nil
	}
	return providers.Pages(ctx, app.DescribeLogGroups, call)
}

func (s *Source) group(g types.LogGroup) app.LogGroup {
	return app.LogGroup{
		Scope: s.scope,
		Name:  aws.ToString(g.LogGroupName),
		// In the form with ":*" at the end, which IAM policies and the AWS CLI use; every endpoint has it.
		ARN:       cmp.Or(aws.ToString(g.Arn), aws.ToString(g.LogGroupArn)),
		Retention: int(aws.ToInt32(g.RetentionInDays)),
		Stored:    aws.ToInt64(g.StoredBytes),
		Created:   timeOf(g.CreationTime),
		Class:     string(g.LogGroupClass),
	}
}
