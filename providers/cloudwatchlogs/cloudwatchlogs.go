// Package cloudwatchlogs asks CloudWatch Logs for log groups and their events. The methods of Source are app.Source
// functions.
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
}

// Source asks CloudWatch Logs in one scope.
type Source struct {
	api   API
	scope app.Scope
}

// New returns a source on api, such as cloudwatchlogs.NewFromConfig, whose items belong to scope.
func New(api API, scope app.Scope) *Source { return &Source{api, scope} }

// timeOf reads the service's times, milliseconds since 1970; nil and what cannot be are the zero time.
func timeOf(ms *int64) time.Time {
	if ms == nil {
		return time.Time{}
	}
	at := time.UnixMilli(aws.ToInt64(ms))
	return providers.Instant(&at)
}
