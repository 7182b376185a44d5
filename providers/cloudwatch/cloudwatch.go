// Package cloudwatch asks CloudWatch for metrics, datapoints, alarms and their history. The methods of Source are
// app.Source functions.
package cloudwatch

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"

	"github.com/nephograph/nephograph/app"
)

// API is what the package needs of *cloudwatch.Client.
type API interface {
	ListMetrics(context.Context, *cloudwatch.ListMetricsInput,
		...func(*cloudwatch.Options)) (*cloudwatch.ListMetricsOutput, error)
	GetMetricData(context.Context, *cloudwatch.GetMetricDataInput,
		...func(*cloudwatch.Options)) (*cloudwatch.GetMetricDataOutput, error)
	DescribeAlarms(context.Context, *cloudwatch.DescribeAlarmsInput,
		...func(*cloudwatch.Options)) (*cloudwatch.DescribeAlarmsOutput, error)
	DescribeAlarmHistory(context.Context, *cloudwatch.DescribeAlarmHistoryInput,
		...func(*cloudwatch.Options)) (*cloudwatch.DescribeAlarmHistoryOutput, error)
	DescribeAlarmContributors(context.Context, *cloudwatch.DescribeAlarmContributorsInput,
		...func(*cloudwatch.Options)) (*cloudwatch.DescribeAlarmContributorsOutput, error)
	ListAlarmMuteRules(context.Context, *cloudwatch.ListAlarmMuteRulesInput,
		...func(*cloudwatch.Options)) (*cloudwatch.ListAlarmMuteRulesOutput, error)
	GetAlarmMuteRule(context.Context, *cloudwatch.GetAlarmMuteRuleInput,
		...func(*cloudwatch.Options)) (*cloudwatch.GetAlarmMuteRuleOutput, error)
	DescribeAnomalyDetectors(context.Context, *cloudwatch.DescribeAnomalyDetectorsInput,
		...func(*cloudwatch.Options)) (*cloudwatch.DescribeAnomalyDetectorsOutput, error)
}

// Source asks CloudWatch in one scope.
type Source struct {
	api   API
	scope app.Scope
}

// New returns a source on api, such as cloudwatch.NewFromConfig, whose items belong to scope.
func New(api API, scope app.Scope) *Source { return &Source{api, scope} }

// allTypes are the types of alarm that this SDK knows. They must be named: DescribeAlarms and DescribeAlarmHistory
// give metric alarms only, unless told otherwise. A newer SDK names more, and TestEveryAlarmTypeIsRead fails until
// they are read.
var allTypes = types.AlarmType("").Values()

// optional is nil for "", which AWS would take for a value.
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return aws.String(s)
}
