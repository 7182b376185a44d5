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
	Answers AnswerLimit // beyond which it is not AWS that answers
}

// AnswerLimit is what no real answer of an operation reaches. An endpoint that goes beyond is answering without an end,
// whatever it is, and would fill memory or be asked for ever.
type AnswerLimit struct {
	Bytes int64 // of the body of one page as it is read, decompressed
	Pages int   // of one question
}

// BillingUnit is what AWS counts for the price of an operation, as the price sheets write it.
type BillingUnit string

// The billing units.
const (
	Free       BillingUnit = ""
	PerRequest BillingUnit = "request"
	PerMetric  BillingUnit = "metric" // each that a request asks for, whatever its range
	PerTrace   BillingUnit = "trace"  // each that an answer has
	PerByte    BillingUnit = "byte"   // each that a query has scanned
)

// Name returns the operation's name in its API: GetMetricData.
func (o Operation) Name() string {
	_, name, _ := strings.Cut(o.Action, ":")
	return name
}

// NeedsPermission reports whether an IAM policy has to allow the operation. AWS answers GetCallerIdentity to everybody
// who has credentials, even where a policy denies it.
func (o Operation) NeedsPermission() bool { return o != GetCallerIdentity }

// How large pages are: several times the largest that AWS's documented limits allow, for characters that JSON escapes.
const (
	smallPage = 8 << 20
	largePage = 32 << 20
	// 10,000 rows of Logs Insights, each with a message of up to 1 MB; most are some hundred bytes
	resultsPage = 128 << 20
	tracesPage  = 64 << 20 // X-Ray documents no size; a trace of 10,000 spans of OpenTelemetry is some 10 MB
)

// SmallAnswer is the limit of every answer that is no page of the operations below: errors, and what the SDK asks for
// credentials, all of them some kilobytes.
const SmallAnswer int64 = 1 << 20

// The operations. What each page and question holds at most is from the API reference and the service's quotas:
//
//   - DescribeAlarms: 100 alarms a page, each with a rule of 10,240 characters or at most 500 metric queries; accounts
//     have some ten thousand alarms.
//   - DescribeAlarmHistory: 100 items a page, each with 4,095 characters; kept 30 days.
//   - DescribeAlarmContributors: at most 500 contributors of an alarm. ListAlarmMuteRules: 100 summaries a page.
//     GetAlarmMuteRule: one rule with at most 100 names. DescribeAnomalyDetectors: 100 detectors a page.
//   - GetResources: 100 resources a page with 50 tags each of 128 and 256 characters.
//   - ListMetrics: 500 metrics a page, of 30 dimensions of 255 and 1,024 characters.
//   - GetMetricData: 100,800 datapoints a page, in which a whole question fits.
//   - DescribeLogGroups: 50 groups a page; an account has at most a million, in 20,000 pages.
//   - FilterLogEvents: 10,000 events or 1 MB a page, each event with the names of its stream and an id; a group that
//     takes in a terabyte a day has 250,000 pages in six hours, which is what a pull asks at once.
//   - GetQueryResults: 10,000 rows a page, in ten pages; until they are there it is asked again, for an hour at most.
//   - DescribeQueries: what ran in the last days, 1,000 a page; DescribeQueryDefinitions: 1,000 a page, of at most
//     10,000
//     characters.
//   - GetTraceSummaries: X-Ray takes in some thousand traces a second and pages by some hundreds.
//   - BatchGetTraces: five traces. GetServiceGraph: one graph.
//   - LookupEvents: 50 events a page of at most 256 KB each, JSON within JSON; two pages a second for a day are
//     170,000.
var (
	GetCallerIdentity = Operation{"sts", "sts:GetCallerIdentity", "", Free,
		"whose credentials these are", AnswerLimit{SmallAnswer, 1}}
	DescribeAlarms = Operation{"monitoring", "cloudwatch:DescribeAlarms", Alarms, PerRequest,
		"alarms of all types and their state", AnswerLimit{largePage, 10_000}}
	DescribeAlarmHistory = Operation{"monitoring", "cloudwatch:DescribeAlarmHistory", Alarms, PerRequest,
		"when alarms changed state", AnswerLimit{smallPage, 50_000}}
	DescribeAlarmContributors = Operation{"monitoring", "cloudwatch:DescribeAlarmContributors", Alarms, PerRequest,
		"which of many an alarm is about", AnswerLimit{smallPage, 1_000}}
	ListAlarmMuteRules = Operation{"monitoring", "cloudwatch:ListAlarmMuteRules", Alarms, PerRequest,
		"which rules mute alarms", AnswerLimit{smallPage, 1_000}}
	GetAlarmMuteRule = Operation{"monitoring", "cloudwatch:GetAlarmMuteRule", Alarms, PerRequest,
		"which alarms a rule mutes, and when", AnswerLimit{SmallAnswer, 1}}
	DescribeAnomalyDetectors = Operation{"monitoring", "cloudwatch:DescribeAnomalyDetectors", Alarms, PerRequest,
		"how far the models of bands are trained", AnswerLimit{largePage, 1_000}}
	GetResources = Operation{"tagging", "tag:GetResources", Alarms, Free,
		"the tags of alarms", AnswerLimit{smallPage, 10_000}}
	ListMetrics = Operation{"monitoring", "cloudwatch:ListMetrics", Metrics, PerRequest,
		"which metrics exist", AnswerLimit{largePage, 20_000}}
	GetMetricData = Operation{"monitoring", "cloudwatch:GetMetricData", Metrics, PerMetric,
		"datapoints", AnswerLimit{largePage, 1_000}}
	DescribeLogGroups = Operation{"logs", "logs:DescribeLogGroups", Logs, Free,
		"which log groups exist", AnswerLimit{smallPage, 50_000}}
	FilterLogEvents = Operation{"logs", "logs:FilterLogEvents", Logs, Free,
		"log events", AnswerLimit{largePage, 500_000}}
	StartQuery = Operation{"logs", "logs:StartQuery", Logs, Free,
		"queries of Logs Insights", AnswerLimit{SmallAnswer, 1}}
	GetQueryResults = Operation{"logs", "logs:GetQueryResults", Logs, PerByte,
		"results of Logs Insights", AnswerLimit{resultsPage, 20_000}}
	StopQuery = Operation{"logs", "logs:StopQuery", Logs, Free,
		"stops a query of Logs Insights that runs", AnswerLimit{SmallAnswer, 1}}
	DescribeQueries = Operation{"logs", "logs:DescribeQueries", Logs, Free,
		"which queries ran lately", AnswerLimit{smallPage, 1_000}}
	DescribeQueryDefinitions = Operation{"logs", "logs:DescribeQueryDefinitions", Logs, Free,
		"which queries are saved", AnswerLimit{largePage, 1_000}}
	GetTraceSummaries = Operation{"xray", "xray:GetTraceSummaries", Traces, PerTrace,
		"which traces there are", AnswerLimit{tracesPage, 100_000}}
	BatchGetTraces = Operation{"xray", "xray:BatchGetTraces", Traces, PerTrace,
		"the segments of a trace", AnswerLimit{tracesPage, 1_000}}
	GetServiceGraph = Operation{"xray", "xray:GetServiceGraph", Traces, Free,
		"which services call which", AnswerLimit{tracesPage, 1_000}}
	LookupEvents = Operation{"cloudtrail", "cloudtrail:LookupEvents", Trail, Free,
		"who changed what", AnswerLimit{largePage, 200_000}}
)

// Operations lists every operation that the console calls, in the order in which it checks and pulls them. All of them
// only read, and none can be limited to the resources of one application without losing part of the picture, so that
// they are allowed on all resources. TestOperations holds that each has all that it needs.
var Operations = []Operation{
	GetCallerIdentity,
	DescribeAlarms, DescribeAlarmHistory, DescribeAlarmContributors, ListAlarmMuteRules, GetAlarmMuteRule,
	DescribeAnomalyDetectors, GetResources,
	ListMetrics, GetMetricData,
	DescribeLogGroups, FilterLogEvents,
	StartQuery, GetQueryResults, StopQuery, DescribeQueries, DescribeQueryDefinitions,
	GetTraceSummaries, BatchGetTraces, GetServiceGraph,
	LookupEvents,
}

// AnswerBytes returns how many bytes an answer may have: that of an operation by its service and name, and SmallAnswer
// of one that is not among Operations, or where the answer is an error.
func AnswerBytes(service, name string, failed bool) int64 {
	for _, o := range Operations {
		if o.Service == service && o.Name() == name && !failed {
			return o.Answers.Bytes
		}
	}
	return SmallAnswer
}
