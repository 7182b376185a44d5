package providers

import "github.com/nephograph/nephograph/app"

// The prices of US East (N. Virginia); other Regions may differ. X-Ray's were read in a copy of
// https://aws.amazon.com/xray/pricing/ on 2026-11-20. CloudWatch's were taken over on that day from notes on
// https://aws.amazon.com/cloudwatch/pricing/, without a look at the page: whoever touches this table looks there first.
//
// What the free tier covers is not taken off, because it is shared with everybody who uses the account: a million
// CloudWatch API requests a month (but never GetMetricData), and a million traces retrieved or scanned. So within the
// free tier the bill is smaller than what the ledger says.
const (
	perMetric  = app.Dollar / 100 / 1_000   // GetMetricData: $0.01 per 1,000 metrics requested
	perRequest = app.Dollar / 100 / 1_000   // other CloudWatch API: $0.01 per 1,000 requests
	perTrace   = app.Dollar / 2 / 1_000_000 // X-Ray: $0.50 per million traces retrieved or scanned
	free       = app.Money(0)               // not billed by the call
)

// prices has what one unit of each operation costs, and so what a unit is. What it does not name is free:
// FilterLogEvents and DescribeLogGroups (Insights and Live Tail are billed, these are not), LookupEvents (the event
// history is free), GetCallerIdentity. The X-Ray price list does not say that a service graph scans traces.
var prices = map[string]app.Money{
	"monitoring:GetMetricData":        perMetric,  // a unit is a metric query
	"monitoring:ListMetrics":          perRequest, // a unit is a request
	"monitoring:DescribeAlarms":       perRequest,
	"monitoring:DescribeAlarmHistory": perRequest,
	"xray:BatchGetTraces":             perTrace, // a unit is a trace retrieved
	"xray:GetTraceSummaries":          perTrace, // a unit is a trace scanned
	"xray:GetServiceGraph":            free,
	"logs:FilterLogEvents":            free,
	"logs:DescribeLogGroups":          free,
	"cloudtrail:LookupEvents":         free,
	"sts:GetCallerIdentity":           free,
}

// Price returns what so many units of an operation cost beyond the free tier. The service is named as in the ledger: monitoring,
// logs, xray, cloudtrail, sts.
func Price(service, operation string, units int) app.Money {
	return prices[service+":"+operation] * app.Money(units)
}
