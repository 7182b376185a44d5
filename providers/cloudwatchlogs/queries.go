package cloudwatchlogs

import (
	"context"
	"iter"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers"
)

// queriesAPage is the most that DescribeQueries and DescribeQueryDefinitions return at once.
const queriesAPage = 1_000

// Queries lists the queries that run or ran lately, of everybody in the account (DescribeQueries).
func (s *Source) Queries(ctx context.Context, q app.QueriesQuestion) iter.Seq2[app.Page[app.InsightsQuery], error] {
	call := func(ctx context.Context, token *string) (page app.Page[app.InsightsQuery], next *string, err error) {
		out, err := s.api.DescribeQueries(ctx, &cloudwatchlogs.DescribeQueriesInput{
			MaxResults: aws.Int32(queriesAPage), NextToken: token, Status: types.QueryStatus(q.Status)})
		if err != nil {
			return page, nil, err
		}
		for _, one := range out.Queries {
			page.Items = append(page.Items, app.InsightsQuery{
				Scope: s.scope, ID: aws.ToString(one.QueryId), Text: aws.ToString(one.QueryString),
				Language: app.QueryLanguage(one.QueryLanguage), Group: aws.ToString(one.LogGroupName),
				Status: string(one.Status), Created: timeOf(one.CreateTime),
				Took:    length(one.QueryDuration),
				Scanned: int64(max(aws.ToFloat64(one.BytesScanned), 0)), By: aws.ToString(one.UserIdentity),
			})
		}
		return page, out.NextToken, nil
	}
	return providers.Pages(ctx, app.DescribeQueries, call)
}

// QueryDefinitions lists the saved queries whose name begins with the prefix (DescribeQueryDefinitions).
func (s *Source) QueryDefinitions(ctx context.Context,
	q app.QueryDefinitionsQuestion) iter.Seq2[app.Page[app.QueryDefinition], error] {
	call := func(ctx context.Context, token *string) (page app.Page[app.QueryDefinition], next *string, err error) {
		in := cloudwatchlogs.DescribeQueryDefinitionsInput{MaxResults: aws.Int32(queriesAPage), NextToken: token}
		if q.Prefix != "" {
			in.QueryDefinitionNamePrefix = aws.String(q.Prefix)
		}
		out, err := s.api.DescribeQueryDefinitions(ctx, &in)
		if err != nil {
			return page, nil, err
		}
		for _, one := range out.QueryDefinitions {
			page.Items = append(page.Items, app.QueryDefinition{
				Scope: s.scope, ID: aws.ToString(one.QueryDefinitionId), Name: aws.ToString(one.Name),
				Text: aws.ToString(one.QueryString), Language: app.QueryLanguage(one.QueryLanguage),
				Groups: one.LogGroupNames, Modified: timeOf(one.LastModified),
			})
		}
		return page, out.NextToken, nil
	}
	return providers.Pages(ctx, app.DescribeQueryDefinitions, call)
}

// length reads a length of time in milliseconds.
func length(ms *int64) time.Duration {
	seconds := float64(aws.ToInt64(ms)) / 1000
	return providers.Seconds(&seconds)
}
