package app

import (
	"context"
	"iter"
)

// Ask puts one question to a source outside this machine and returns its one answer.
type Ask[Q, A any] func(context.Context, Q) (A, error)

// Source answers a question page by page, in the order in which AWS sends the pages, to the end.
//
// Each page is worth keeping as it comes. After an error the sequence ends; the page beside the error holds what did
// arrive and may be empty. A cancelled context ends it with an error that wraps context.Canceled. Empty pages are
// normal. Errors are *Error with a Kind.
type Source[Q, T any] func(context.Context, Q) iter.Seq2[Page[T], error]

// Page is one part of an answer.
type Page[T any] struct {
	Items []T
	// Covers is the part of the asked range that is complete once this page and all before it are kept. It is empty
	// while the order of the pages does not allow to tell, and the whole range on the last page.
	Covers Range
	// Problems are parts of the answer that AWS says it could not give, in AWS's words, and fields of it that cannot
	// be read (Unreadable); the items are still good.
	Problems []Problem
}

// Problem is a part of an answer that AWS left out.
type Problem struct {
	Kind     Kind
	Resource string // what it concerns: a Reading's key, a trace id; empty for the whole page
	Message  string
}

// AlarmType is what the tagging API calls alarms of all types.
const AlarmType = "cloudwatch:alarm"

// The questions. A zero field asks for everything.
type (
	// MetricsQuestion asks which metrics exist (ListMetrics).
	MetricsQuestion struct{ Namespace string }
	// SeriesQuestion asks for datapoints (GetMetricData). At most MaxReadings readings; see BatchReadings.
	SeriesQuestion struct {
		Readings []Reading
		Range    Range // aligned to the period
	}
	// AlarmsQuestion asks for the alarms of all types as they are now (DescribeAlarms).
	AlarmsQuestion struct{}
	// AlarmContributorsQuestion asks for the contributors of an alarm that are in ALARM (DescribeAlarmContributors).
	AlarmContributorsQuestion struct{ Alarm string }
	// MuteRulesQuestion asks which mute rules there are (ListAlarmMuteRules). They come without description, schedule,
	// start and alarms.
	MuteRulesQuestion struct{}
	// MuteRuleQuestion asks for one mute rule with all of it (GetAlarmMuteRule).
	MuteRuleQuestion struct{ Name string }
	// AnomalyDetectorsQuestion asks for the anomaly detectors (DescribeAnomalyDetectors).
	AnomalyDetectorsQuestion struct{}
	// TagsQuestion asks for the tags of the resources of these types, such as AlarmType (GetResources).
	TagsQuestion struct{ Types []string }
	// AlarmHistoryQuestion asks what happened to alarms (DescribeAlarmHistory).
	AlarmHistoryQuestion struct{ Range Range }
	// LogGroupsQuestion asks which log groups exist (DescribeLogGroups).
	LogGroupsQuestion struct{ Prefix string }
	// LogEventsQuestion asks for the events of one log group (FilterLogEvents).
	LogEventsQuestion struct {
		Group string
		Range Range
	}
	// TraceSummariesQuestion asks which traces there are (GetTraceSummaries). Its traces come without spans.
	TraceSummariesQuestion struct{ Range Range }
	// TracesQuestion asks for whole traces (BatchGetTraces). Any number of ids: the source batches them.
	TracesQuestion struct{ IDs []TraceID }
	// ServiceGraphQuestion asks which services called which (GetServiceGraph).
	ServiceGraphQuestion struct{ Range Range }
	// TrailQuestion asks for management events (LookupEvents).
	TrailQuestion struct{ Range Range }
)
