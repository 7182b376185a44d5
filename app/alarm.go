package app

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// AlarmState is the state of an alarm in CloudWatch's words.
type AlarmState string

// The states. NotKnown is ours: the cache does not reach that far back.
const (
	OK               AlarmState = "OK"
	InAlarm          AlarmState = "ALARM"
	InsufficientData AlarmState = "INSUFFICIENT_DATA"
	NotKnown         AlarmState = ""
)

// AlarmKind tells the types of alarm apart, in DescribeAlarms' words. An alarm may be of a kind that is not known here.
type AlarmKind string

// The types of alarm.
const (
	MetricAlarm    AlarmKind = "MetricAlarm"
	CompositeAlarm AlarmKind = "CompositeAlarm"
	LogAlarm       AlarmKind = "LogAlarm"
)

// Alarm is a CloudWatch alarm as it was last seen. Name identifies it within its scope.
type Alarm struct {
	Scope
	Name        string     `json:"name"`
	ARN         string     `json:"arn"`
	Kind        AlarmKind  `json:"kind"`
	Description string     `json:"description,omitempty"`
	State       AlarmState `json:"state"`
	Reason      string     `json:"reason,omitempty"`
	ReasonData  string     `json:"reason_data,omitempty"` // JSON, as AWS gave it
	Since       time.Time  `json:"since"`                 // of the state (StateTransitionedTimestamp)
	// when AWS last listed the alarms of its place: the state is known up to then
	Seen       time.Time `json:"-"`
	Configured time.Time `json:"configured"` // last change of its configuration

	ActionsEnabled bool     `json:"actions_enabled"`
	AlarmActions   []string `json:"alarm_actions,omitempty"`
	OKActions      []string `json:"ok_actions,omitempty"`
	NoDataActions  []string `json:"insufficient_data_actions,omitempty"`

	// Of a metric alarm. Metric is nil for an alarm on metric math, whose expressions stand in Expression and whose
	// lines are Queries, and for one on PromQL. A log alarm has the fields from Comparison to TreatMissing too: what it
	// counts in evaluation periods is results of its query.
	Metric            *Metric       `json:"metric,omitempty"`
	Expression        string        `json:"expression,omitempty"`
	Queries           []MetricQuery `json:"queries,omitempty"`
	Statistic         string        `json:"statistic,omitempty"`
	Period            time.Duration `json:"period_ns,omitempty"`
	Unit              string        `json:"unit,omitempty"`
	Comparison        string        `json:"comparison,omitempty"` // GreaterThanThreshold, ...
	Threshold         *float64      `json:"threshold,omitempty"`  // nil for anomaly detection
	EvaluationPeriods int           `json:"evaluation_periods,omitempty"`
	DatapointsToAlarm int           `json:"datapoints_to_alarm,omitempty"`
	TreatMissing      string        `json:"treat_missing,omitempty"` // missing, ignore, breaching, notBreaching

	AlarmEvaluation

	// Of a composite alarm.
	Rule string `json:"rule,omitempty"`
	// Suppression is how another alarm holds its actions back; nil where none may.
	Suppression *AlarmSuppression `json:"suppression,omitempty"`

	// Tags are those of the alarm itself; nil where AWS has not told them.
	Tags map[string]string `json:"tags,omitempty"`
	// Mutes are the mute rules that name the alarm, as they were when they were last listed.
	Mutes []Mute `json:"mutes,omitempty"`
	// Detector is the anomaly detector of the band with which the alarm compares; nil where AWS has not told one.
	Detector *AnomalyDetector `json:"anomaly_detector,omitempty"`
	// Gone is when a complete listing first did not name it: somebody deleted it. Zero while AWS lists it.
	Gone time.Time `json:"gone,omitzero"`
}

// AlarmSuppression is how an alarm may hold back the actions of a composite alarm (CloudWatch user guide, "Composite
// alarm action suppression").
type AlarmSuppression struct {
	Suppressor string        `json:"suppressor"`             // name or ARN of the alarm that does
	Wait       time.Duration `json:"wait_ns,omitempty"`      // for which actions wait for the suppressor to go off
	Extension  time.Duration `json:"extension_ns,omitempty"` // for which they are held back after it has ended
	// WaitPeriod, ExtensionPeriod or Alarm; "": by nothing now
	By     string `json:"suppressed_by,omitempty"`
	Reason string `json:"suppressed_reason,omitempty"`
}

// Suppressor returns the name of the alarm that may hold back the actions of this one, "" if none may.
func (a Alarm) Suppressor() string {
	if a.Suppression == nil {
		return ""
	}
	name := a.Suppression.Suppressor
	if _, after, ok := strings.Cut(name, ":alarm:"); ok {
		return after
	}
	return name
}

// Suppressed reports whether the actions of the alarm are held back now: it may be in alarm and have told nobody.
func (a Alarm) Suppressed() bool { return a.Suppression != nil && a.Suppression.By != "" }

// MetricQuery is one line of what an alarm on metric math or on a band evaluates (DescribeAlarms, Metrics): a reading,
// or an expression over other lines.
type MetricQuery struct {
	ID         string   `json:"id"`
	Label      string   `json:"label,omitempty"`
	Expression string   `json:"expression,omitempty"`
	Reading    *Reading `json:"reading,omitempty"` // nil for an expression
	// with the threshold; the others are what it is made of, or the band
	Compared bool `json:"compared,omitempty"`
}

// Reading returns how the alarm reads its metric; false for composite and metric-math alarms.
func (a Alarm) Reading() (Reading, bool) {
	if a.Metric == nil || a.Statistic == "" || a.Period <= 0 {
		return Reading{}, false
	}
	return Reading{*a.Metric, a.Statistic, a.Period}, true
}

// Readings returns every reading that the alarm evaluates: its own, or those of its metric queries.
func (a Alarm) Readings() []Reading {
	if r, ok := a.Reading(); ok {
		return []Reading{r}
	}
	var all []Reading
	for _, q := range a.Queries {
		if q.Reading != nil {
			all = append(all, *q.Reading)
		}
	}
	return all
}

// BeforeAlarm is how far ahead of an alarm its cause is looked for.
const BeforeAlarm = 2 * time.Hour

// Around returns the window in which to look at an alarm: from BeforeAlarm before it changed to the end of what there
// is to see, at most a day, and no less than to where it changed.
func (a Alarm) Around(end time.Time) Range {
	to := a.Since.Add(24*time.Hour - BeforeAlarm)
	if end.Before(to) {
		to = latest(end, a.Since)
	}
	return Range{From: a.Since.Add(-BeforeAlarm), To: to}
}

// comparisons are CloudWatch's ComparisonOperator values with the sign a person writes.
var comparisons = map[string]string{
	"GreaterThanThreshold":                     ">",
	"GreaterThanOrEqualToThreshold":            "≥",
	"LessThanThreshold":                        "<",
	"LessThanOrEqualToThreshold":               "≤",
	"GreaterThanUpperThreshold":                "above the band",
	"LessThanLowerThreshold":                   "below the band",
	"LessThanLowerOrGreaterThanUpperThreshold": "outside the band",
}

// Sign returns the comparison as a person writes it: > or ≤.
func (a Alarm) Sign() string { return cmp.Or(comparisons[a.Comparison], a.Comparison) }

// Breaches reports whether a value lies on the alarm's side of its threshold.
func (a Alarm) Breaches(value float64) bool {
	if a.Threshold == nil {
		return false
	}
	switch a.Comparison {
	case "GreaterThanThreshold":
		return value > *a.Threshold
	case "GreaterThanOrEqualToThreshold":
		return value >= *a.Threshold
	case "LessThanThreshold":
		return value < *a.Threshold
	case "LessThanOrEqualToThreshold":
		return value <= *a.Threshold
	}
	return false
}

// Compares reports whether the threshold can be held against datapoints of a period: what is counted over a longer
// period than the alarm's is more.
func (a Alarm) Compares(period time.Duration) bool {
	return period <= a.Period || a.Statistic != "Sum" && a.Statistic != "SampleCount"
}

// Breached returns the stretches whose datapoints, oldest first and each over a period, lie on the alarm's side of its
// threshold, in order.
func (a Alarm) Breached(points []Point, period time.Duration) []Range {
	var found []Range
	for _, p := range points {
		switch last := len(found) - 1; {
		case !a.Breaches(p.Value):
		case last >= 0 && !found[last].To.Before(p.At):
			found[last].To = p.At.Add(period)
		default:
			found = append(found, Range{p.At, p.At.Add(period)})
		}
	}
	return found
}

// Evaluation says "3 of 5" datapoints, or "" for a composite alarm.
func (a Alarm) Evaluation() string {
	if a.EvaluationPeriods == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d", cmp.Or(a.DatapointsToAlarm, a.EvaluationPeriods), a.EvaluationPeriods)
}

// CompareAlarms orders by scope, then name.
func CompareAlarms(a, b Alarm) int {
	return cmp.Or(CompareScopes(a.Scope, b.Scope), cmp.Compare(a.Name, b.Name))
}

// HistoryKind is the type of an alarm history item, in DescribeAlarmHistory's words.
type HistoryKind string

// The types of history item that the console reads; others are kept as they come. What happens to a contributor
// changes nothing in the state of its alarm: each such change has a StateUpdate of its own.
const (
	StateUpdate            HistoryKind = "StateUpdate"
	ConfigurationUpdate    HistoryKind = "ConfigurationUpdate"
	ActionTaken            HistoryKind = "Action"
	ContributorStateUpdate HistoryKind = "AlarmContributorStateUpdate"
	ContributorAction      HistoryKind = "AlarmContributorAction"
)

// AlarmHistoryItem is something that happened to an alarm or to one of its contributors. AWS gives it no id: scope,
// alarm, time, kind, summary and contributor together identify it.
type AlarmHistoryItem struct {
	Scope
	Alarm   string      `json:"alarm"`
	At      time.Time   `json:"at"` // milliseconds
	Kind    HistoryKind `json:"kind"`
	Summary string      `json:"summary"`
	Data    string      `json:"data,omitempty"` // HistoryData: JSON, as AWS gave it
	// Of a state update, read from Data; NotKnown where Data does not say.
	From AlarmState `json:"from,omitempty"`
	To   AlarmState `json:"to,omitempty"`
	// Of what happened to a contributor: its id, and what tells it apart.
	Contributor string            `json:"contributor,omitempty"`
	Attributes  map[string]string `json:"contributor_attributes,omitempty"`
}

// CompareHistory orders by time, then scope, alarm, kind, summary and contributor.
func CompareHistory(a, b AlarmHistoryItem) int {
	return cmp.Or(a.At.Compare(b.At), CompareScopes(a.Scope, b.Scope), cmp.Compare(a.Alarm, b.Alarm),
		cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Summary, b.Summary), cmp.Compare(a.Contributor, b.Contributor))
}

// StateSpan is a stretch of time that an alarm spent in one state.
type StateSpan struct {
	Range Range
	State AlarmState
}

// GoneBy reports whether the alarm had been deleted at an instant.
func (a Alarm) GoneBy(t time.Time) bool { return !a.Gone.IsZero() && !a.Gone.After(t) }

// StateSpans returns the states of one alarm over within, consecutive and without holes. history is its state updates,
// oldest first, and may reach beyond within; known says which part of the time the history is complete for. Outside it,
// and before the first update tells, the state is NotKnown, except from alarm.Since until alarm.Seen, when it is
// alarm.State: it may have turned since. Once the alarm is gone it has none.
func StateSpans(within Range, alarm Alarm, history []AlarmHistoryItem, known []Range) []StateSpan {
	var turns []StateSpan // a state that holds from Range.From until the next turn
	if i := slices.IndexFunc(history, isStateUpdate); i >= 0 {
		turns = append(turns, StateSpan{Range{From: time.Time{}}, history[i].From})
	}
	for _, h := range history {
		if isStateUpdate(h) {
			turns = append(turns, StateSpan{Range{From: h.At}, h.To})
		}
	}
	// What DescribeAlarms said holds from then on, and before it if nothing else ever happened.
	switch {
	case len(turns) == 0:
		turns = append(turns, StateSpan{Range{From: alarm.Since}, alarm.State})
	case alarm.Since.After(turns[len(turns)-1].Range.From):
		turns = append(turns, StateSpan{Range{From: alarm.Since}, alarm.State})
	}
	lived := within
	if !alarm.Gone.IsZero() {
		lived = within.Intersect(Range{within.From, alarm.Gone})
	}
	var spans []StateSpan
	for i, t := range turns {
		t.Range.To = within.To
		if i+1 < len(turns) {
			t.Range.To = turns[i+1].Range.From
		}
		for _, part := range knownParts(t, Range{alarm.Since, alarm.Seen}, known) {
			if part.Range = part.Range.Intersect(lived); !part.Range.Empty() {
				spans = append(spans, part)
			}
		}
	}
	return fillSpans(within, spans)
}

func isStateUpdate(h AlarmHistoryItem) bool { return h.Kind == StateUpdate }

// knownParts cuts a span to what the history is complete for; the state that was listed needs no history.
func knownParts(s StateSpan, listed Range, known []Range) []StateSpan {
	var parts []StateSpan
	for _, k := range Union(append(slices.Clone(known), listed)) {
		if r := k.Intersect(s.Range); !r.Empty() {
			parts = append(parts, StateSpan{r, s.State})
		}
	}
	return parts
}

// fillSpans puts NotKnown where no span is, and joins neighbours of one state.
func fillSpans(within Range, spans []StateSpan) []StateSpan {
	ranges := make([]Range, len(spans))
	for i, s := range spans {
		ranges[i] = s.Range
	}
	for _, hole := range Subtract(within, ranges) {
		spans = append(spans, StateSpan{hole, NotKnown})
	}
	slices.SortFunc(spans, func(a, b StateSpan) int { return a.Range.From.Compare(b.Range.From) })
	var joined []StateSpan
	for _, s := range spans {
		if last := len(joined) - 1; last >= 0 && joined[last].State == s.State {
			joined[last].Range.To = s.Range.To
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

// Flaps counts how often an alarm went into ALARM within a range.
func Flaps(within Range, history []AlarmHistoryItem) int {
	n := 0
	for _, h := range history {
		if isStateUpdate(h) && h.To == InAlarm && within.Contains(h.At) {
			n++
		}
	}
	return n
}

// Flapping is how often an alarm has to go off in a window to be called flapping: once in twelve hours or more
// often, and at least three times.
func Flapping(within Range, history []AlarmHistoryItem) bool {
	return flaps(Flaps(within, history), within.Length())
}

func flaps(times int, over time.Duration) bool { return times >= max(3, int(over/(12*time.Hour))) }
