package app

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// AlarmEvaluation is how CloudWatch evaluates an alarm, beside what Alarm says of its metric and threshold. Most alarms
// have none of it. (CloudWatch API reference, MetricAlarm and LogAlarm.)
type AlarmEvaluation struct {
	// Problem is why CloudWatch cannot evaluate the alarm as it should; "" where it can. The state may be out of date.
	Problem EvaluationProblem `json:"evaluation_state,omitempty"`
	Log     *LogAlarmQuery    `json:"log_query,omitempty"` // of a log alarm
	PromQL  *PromQL           `json:"promql,omitempty"`    // of a metric alarm on PromQL
	// WallClock aligns the evaluated periods to the clock; nil: they slide.
	WallClock *WallClock `json:"wall_clock,omitempty"`
	WarmUp    *WarmUp    `json:"warm_up,omitempty"`
	// Interval is how often it is evaluated; 0 where AWS does not say.
	Interval time.Duration `json:"evaluation_interval_ns,omitempty"`
	// Opaque says that the alarm evaluates something of which this version of the SDK tells nothing.
	Opaque bool `json:"opaque,omitempty"`
	// Contributors are those in ALARM when AWS was last asked; nil where it was not.
	Contributors []AlarmContributor `json:"contributors,omitempty"`
}

// EvaluationProblem is an EvaluationState, in CloudWatch's words.
type EvaluationProblem string

// The evaluation states.
const (
	// not all data could be had: there is more than the quota
	PartialData       EvaluationProblem = "PARTIAL_DATA"
	EvaluationFailure EvaluationProblem = "EVALUATION_FAILURE" // trouble at CloudWatch, which passes
	EvaluationError   EvaluationProblem = "EVALUATION_ERROR"   // the alarm is set up wrongly; its reason says how
)

// LogAlarmQuery is the scheduled query of CloudWatch Logs that a log alarm evaluates.
type LogAlarmQuery struct {
	Text        string   `json:"query"`
	Aggregation string   `json:"aggregation"` // makes one number of its results, or one a contributor: count(*) by host
	Groups      []string `json:"log_groups"`  // names or ARNs
	Schedule    string   `json:"schedule"`    // rate(5 minutes)
	// Each run looks at the time from Begin before it to End before it.
	Begin time.Duration `json:"begin_ns"`
	End   time.Duration `json:"end_ns,omitempty"`
}

// PromQL is a query whose every result is a contributor that is in ALARM once it has been there for the pending
// period, and OK once it has been away for the recovery period.
type PromQL struct {
	Query    string        `json:"query"`
	Pending  time.Duration `json:"pending_ns,omitempty"`
	Recovery time.Duration `json:"recovery_ns,omitempty"`
}

// WallClock aligns periods to the boundaries of the clock in a time zone: the hour, midnight, the week.
type WallClock struct {
	Zone string `json:"zone,omitempty"` // Europe/Berlin, +05:30, UTC+05:30; "": UTC
}

// WarmUp delays the evaluation of an alarm that was made or changed.
type WarmUp struct {
	Length time.Duration `json:"length_ns"`
	Whole  bool          `json:"whole,omitempty"` // even where there are enough datapoints before its end
}

// AlarmContributor is one of the time series or groups that an alarm evaluates each by itself
// (DescribeAlarmContributors).
type AlarmContributor struct {
	ID         string            `json:"id"`
	Attributes map[string]string `json:"attributes"` // what tells it apart, such as dimensions: QueueName, orders
	Reason     string            `json:"reason,omitempty"`
	Since      time.Time         `json:"since,omitzero"` // in its state
}

// Name returns what tells a contributor apart, in the order of the attributes' names: "orders", "eu-west-1a, web-3". Of
// one without attributes it is the id.
func (c AlarmContributor) Name() string {
	var values []string
	for _, key := range slices.Sorted(maps.Keys(c.Attributes)) {
		values = append(values, c.Attributes[key])
	}
	return cmp.Or(strings.Join(values, ", "), c.ID)
}

// HasContributors reports whether CloudWatch evaluates the alarm for each of several contributors: PromQL, a query of
// Metrics Insights with GROUP BY, or a log alarm whose aggregation has "by". (CloudWatch user guide, "Create an alarm
// based on a multi time series Metrics Insights query".)
func (a Alarm) HasContributors() bool {
	switch {
	case a.PromQL != nil:
		return true
	case a.Log != nil:
		return slices.Contains(strings.Fields(Fold(a.Log.Aggregation)), "by")
	}
	return slices.ContainsFunc(a.Queries, func(q MetricQuery) bool {
		text := strings.Join(strings.Fields(Fold(q.Expression)), " ")
		return q.Compared && strings.HasPrefix(text, "select ") && strings.Contains(text, " group by ")
	})
}

// WarmUpEnds returns when the warm-up that follows its last change ends at the latest; false where it has none.
func (a Alarm) WarmUpEnds() (time.Time, bool) {
	if a.WarmUp == nil || a.Configured.IsZero() {
		return time.Time{}, false
	}
	return a.Configured.Add(a.WarmUp.Length), true
}

// Unjudged is why this program does not judge an alarm by the datapoints that it has.
type Unjudged uint8

// The reasons, of which the first that holds is told.
const (
	Judged            Unjudged = iota // it does
	UnjudgedKind                      // it is of a kind that is not known here
	UnjudgedLog                       // the results of its query are not cached
	UnjudgedPromQL                    // PromQL is not computed here
	UnjudgedEach                      // it is judged for each contributor
	UnjudgedWallClock                 // its periods do not begin where cached datapoints do
)

// Unjudged returns why the alarm cannot be judged here as CloudWatch does it. What AWS noted in its reason holds all
// the same. Composite alarms, metric math and bands are Judged as far as their own parts allow.
func (a Alarm) Unjudged() Unjudged {
	switch {
	case a.Kind != MetricAlarm && a.Kind != CompositeAlarm && a.Kind != LogAlarm, a.Opaque:
		return UnjudgedKind
	case a.Kind == LogAlarm:
		return UnjudgedLog
	case a.PromQL != nil:
		return UnjudgedPromQL
	case a.HasContributors():
		return UnjudgedEach
	case a.WallClock != nil && !a.WallClock.onGrid(a.Period):
		return UnjudgedWallClock
	}
	return Judged
}

// onGrid reports whether periods that are aligned to the clock begin where CloudWatch's datapoints of UTC do. A week's
// do not: which day it begins with, no document says.
func (w WallClock) onGrid(period time.Duration) bool {
	if period <= time.Minute {
		return true
	}
	if period > 24*time.Hour {
		return false
	}
	offsets, ok := w.offsets()
	for _, o := range offsets {
		ok = ok && o%period == 0
	}
	return ok
}

// offsets returns how far the zone is from UTC, in winter and in summer; false for a zone that is not known here.
func (w WallClock) offsets() ([]time.Duration, bool) {
	name := strings.TrimPrefix(w.Zone, "UTC")
	if name == "" {
		return nil, true
	}
	if t, err := time.Parse("-07:00", name); err == nil {
		_, seconds := t.Zone()
		return []time.Duration{time.Duration(seconds) * time.Second}, true
	}
	zone, err := time.LoadLocation(w.Zone)
	if err != nil {
		return nil, false
	}
	var all []time.Duration
	for _, month := range []time.Month{time.January, time.July} {
		_, seconds := time.Date(2026, month, 1, 0, 0, 0, 0, zone).Zone()
		all = append(all, time.Duration(seconds)*time.Second)
	}
	return all, true
}
