package app

import "strings"

// Operation is an operation of an AWS API that the console calls. What is known of it by other names is found by
// Service and Name: its price (assets/prices), its quota (assets/quotas) and its requests in the ledger.
type Operation struct {
	// Service is the name under which AWS signs requests, as in Request.Service. IAM has another one for CloudWatch and
	// the tagging API.
	Service string
	Action  string      // as IAM and the Op of an Error have it: cloudwatch:GetMetricData
	Signal  Signal      // that it is asked for, whose Lateness says when an answer is final; empty for no signal
	Billed  BillingUnit // what AWS charges for
	Purpose string      // what it tells, as a phrase: "which metrics exist"
}

// BillingUnit is what AWS counts for the price of an operation, as the price sheets write it.
type BillingUnit string

// The billing units.
const (
	Free       BillingUnit = ""
	PerRequest BillingUnit = "request"
	PerMetric  BillingUnit = "metric" // each that a request asks for, whatever its range
	PerTrace   BillingUnit = "trace"  // each that an answer has
)

// Name returns the operation's name in its API: GetMetricData.
func (o Operation) Name() string {
	_, name, _ := strings.Cut(o.Action, ":")
	return name
}

// NeedsPermission reports whether an IAM policy has to allow the operation. AWS answers GetCallerIdentity to everybody
// who has credentials, even where a policy denies it.
func (o Operation) NeedsPermission() bool { return o != GetCallerIdentity }

// The operations.
var (
	GetCallerIdentity = Operation{"sts", "sts:GetCallerIdentity", "", Free,
		"whose credentials these are"}
	DescribeAlarms = Operation{"monitoring", "cloudwatch:DescribeAlarms", Alarms, PerRequest,
		"alarms of both types and their state"}
	DescribeAlarmHistory = Operation{"monitoring", "cloudwatch:DescribeAlarmHistory", Alarms, PerRequest,
		"when alarms changed state"}
	GetResources = Operation{"tagging", "tag:GetResources", Alarms, Free,
		"the tags of alarms"}
	ListMetrics = Operation{"monitoring", "cloudwatch:ListMetrics", Metrics, PerRequest,
		"which metrics exist"}
	GetMetricData = Operation{"monitoring", "cloudwatch:GetMetricData", Metrics, PerMetric,
		"datapoints"}
	DescribeLogGroups = Operation{"logs", "logs:DescribeLogGroups", Logs, Free,
		"which log groups exist"}
	FilterLogEvents = Operation{"logs", "logs:FilterLogEvents", Logs, Free,
		"log events"}
	GetTraceSummaries = Operation{"xray", "xray:GetTraceSummaries", Traces, PerTrace,
		"which traces there are"}
	BatchGetTraces = Operation{"xray", "xray:BatchGetTraces", Traces, PerTrace,
		"the segments of a trace"}
	GetServiceGraph = Operation{"xray", "xray:GetServiceGraph", Traces, Free,
		"which services call which"}
	LookupEvents = Operation{"cloudtrail", "cloudtrail:LookupEvents", Trail, Free,
		"who changed what"}
)

// Operations lists every operation that the console calls, in the order in which it checks and pulls them. All of them
// only read, and none can be limited to the resources of one application without losing part of the picture, so that
// they are allowed on all resources. TestOperations holds that each has all that it needs.
var Operations = []Operation{
	GetCallerIdentity,
	DescribeAlarms, DescribeAlarmHistory, GetResources,
	ListMetrics, GetMetricData,
	DescribeLogGroups, FilterLogEvents,
	GetTraceSummaries, BatchGetTraces, GetServiceGraph,
	LookupEvents,
}
