package phrase

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

// AlarmUnit returns the unit in which an alarm's metric is told: its own, or the one that presets know.
func AlarmUnit(a app.Alarm, presets app.Presets) string {
	if a.Unit != "" || a.Metric == nil {
		return a.Unit
	}
	known, _ := presets.Of(*a.Metric)
	return known.Unit
}

// AlarmMetric says what an alarm watches: "Latency p99 of checkout", "a rule over 3 alarms".
func AlarmMetric(a app.Alarm) string {
	switch {
	case a.Kind == app.CompositeAlarm:
		if n := len(a.Children()); n > 0 {
			return "a rule over " + Plural(int64(n), "alarm", "alarms")
		}
		return "a rule"
	case a.Kind == app.LogAlarm && a.Log != nil:
		return "a query of " + Plural(int64(len(a.Log.Groups)), "log group", "log groups")
	case a.PromQL != nil:
		return "PromQL"
	case a.Unjudged() == app.UnjudgedKind:
		return "what is not known here"
	case a.Metric == nil:
		return "metric math"
	}
	text := a.Metric.Name
	if s := a.Statistic; strings.HasPrefix(s, "p") || s == "Maximum" || s == "Minimum" {
		text += " " + strings.ToLower(s)
	}
	if of := a.Metric.Resource(); of != "" {
		text += " of " + of
	}
	return text
}

// AlarmSubject is AlarmMetric for where there is little room: by the words that presets have for the metric, and
// without what only narrows its resource: "Iterator age, max of orders".
func AlarmSubject(a app.Alarm, presets app.Presets) string {
	if a.Metric == nil || a.Metric.Name == "" || a.Kind == app.CompositeAlarm {
		return AlarmMetric(a)
	}
	known, _ := presets.Of(*a.Metric)
	text := capital(cmp.Or(known.Short, a.Metric.Name))
	switch s := a.Statistic; {
	case s == "Maximum" || s == "Minimum":
		text += ", " + strings.ToLower(s[:3])
	case strings.HasPrefix(s, "p"):
		text += ", " + s
	}
	if of := resource.Of(*a.Metric).Short; of != "" {
		text += " of " + of
	}
	if owner := a.Metric.OwningAccount; owner != "" {
		text += " in account " + owner
	}
	return text
}

// AlarmRule says when an alarm goes off, as short as it can: "> 3 min, 3 of 3". A composite alarm says its rule.
func AlarmRule(a app.Alarm, presets app.Presets) string {
	if a.Kind == app.CompositeAlarm {
		return a.Rule
	}
	if q := a.PromQL; q != nil {
		return promQLPeriods(*q)
	}
	text := a.Sign()
	if a.Threshold != nil {
		text += " " + ExactAmount(*a.Threshold, AlarmUnit(a, presets))
	}
	if e := a.Evaluation(); e != "" {
		text += ", " + e
	}
	return text
}

// sides are CloudWatch's signs in words, for a sentence.
var sides = map[string]string{">": "above", "≥": "at or above", "<": "below", "≤": "at or below"}

// AlarmCondition says what an alarm compares and when it goes off, as the alarm board, the drawer and the terminal have
// it: "Latency, p99 of shop-api > 2 s, 3 of 5", "Error rate > 5 %, 1 of 1". A composite alarm says its rule in words.
func AlarmCondition(a app.Alarm, presets app.Presets) string {
	if a.Kind != app.CompositeAlarm {
		return strings.TrimSpace(alarmCompares(a, presets) + " " + AlarmRule(a, presets))
	}
	said := a.Rule
	if rule, err := app.ParseAlarmRule(a.Rule); err == nil {
		said = RuleWords(rule)
	}
	if held := Suppressed(a); held != "" { // first: there is not always room for the rule
		said = held + "; " + said
	}
	return said
}

// AlarmState returns the state of an alarm as the CloudWatch console has it.
func AlarmState(s app.AlarmState) string {
	switch s {
	case app.InAlarm:
		return "In alarm"
	case app.OK:
		return "OK"
	case app.InsufficientData:
		return "Insufficient data"
	}
	return "Not known"
}

// capital begins a text with a capital.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// alarmCompares says what an alarm compares with its threshold: its metric, its query, or the label or the text of its
// metric math.
func alarmCompares(a app.Alarm, presets app.Presets) string {
	switch {
	case a.Log != nil:
		return a.Log.Aggregation + " of " + oneLine(a.Log.Text)
	case a.PromQL != nil:
		return oneLine(a.PromQL.Query)
	}
	if a.Metric != nil {
		return AlarmSubject(a, presets)
	}
	for _, q := range a.Queries {
		if q.Compared && q.Label+q.Expression != "" {
			return cmp.Or(capital(q.Label), q.Expression)
		}
	}
	return cmp.Or(a.Expression, AlarmSubject(a, presets))
}

// promQLPeriods says how long a result has to be there or away: "for 3 min, back after 10 min".
func promQLPeriods(q app.PromQL) string {
	var said []string
	if q.Pending > 0 {
		said = append(said, "for "+Duration(q.Pending))
	}
	if q.Recovery > 0 {
		said = append(said, "back after "+Duration(q.Recovery))
	}
	return strings.Join(said, ", ")
}

// oneLine joins the lines of a query.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
