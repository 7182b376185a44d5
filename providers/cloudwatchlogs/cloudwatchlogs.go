// Package cloudwatchlogs asks CloudWatch Logs for log groups and their events, and Logs Insights for the answers to
// queries. The methods of Source are app.Source functions, but for StopQuery.
package cloudwatchlogs

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers"
)

// API is what the package needs of *cloudwatchlogs.Client.
type API interface {
	DescribeLogGroups(context.Context, *cloudwatchlogs.DescribeLogGroupsInput,
		...func(*cloudwatchlogs.Options)) (*cloudwatchlogs.DescribeLogGroupsOutput, error)
	FilterLogEvents(context.Context, *cloudwatchlogs.FilterLogEventsInput,
		...func(*cloudwatchlogs.Options)) (*cloudwatchlogs.FilterLogEventsOutput, error)
	StartQuery(context.Context, *cloudwatchlogs.StartQueryInput,
		...func(*cloudwatchlogs.Options)) (*cloudwatchlogs.StartQueryOutput, error)
	GetQueryResults(context.Context, *cloudwatchlogs.GetQueryResultsInput,
		...func(*cloudwatchlogs.Options)) (*cloudwatchlogs.GetQueryResultsOutput, error)
	StopQuery(context.Context, *cloudwatchlogs.StopQueryInput,
		...func(*cloudwatchlogs.Options)) (*cloudwatchlogs.StopQueryOutput, error)
	DescribeQueries(context.Context, *cloudwatchlogs.DescribeQueriesInput,
		...func(*cloudwatchlogs.Options)) (*cloudwatchlogs.DescribeQueriesOutput, error)
	DescribeQueryDefinitions(context.Context, *cloudwatchlogs.DescribeQueryDefinitionsInput,
		...func(*cloudwatchlogs.Options)) (*cloudwatchlogs.DescribeQueryDefinitionsOutput, error)
}

// Source asks CloudWatch Logs in one scope.
type Source struct {
	api   API
	scope app.Scope
	pause func(context.Context, time.Duration) error // between two looks at a query
}

// New returns a source on api, such as cloudwatchlogs.NewFromConfig, whose items belong to scope.
func New(api API, scope app.Scope) *Source { return &Source{api, scope, pause} }

// timeOf reads the service's times, milliseconds since 1970; nil and what cannot be are the zero time.
func timeOf(ms *int64) time.Time {
	if ms == nil {
		return time.Time{}
	}
	at := time.UnixMilli(aws.ToInt64(ms))
	return providers.Instant(&at)
}

// pause returns when d has passed, or with ctx's error.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
