package world

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// reason is why an alarm went into a state: what it saw of its metric, or which child turned.
type reason struct {
	at         time.Time
	from, to   app.AlarmState
	seen       []datapoint
	child      string
	childState app.AlarmState
	childAt    time.Time
	said       string // of an alarm with contributors: which of them are in ALARM
}

// moved returns the reason as it would have been at another time, whole minutes away.
func (r reason) moved(by time.Duration) reason {
	by = by.Truncate(time.Minute)
	seen := make([]datapoint, len(r.seen))
	for i, d := range r.seen {
		seen[i] = datapoint{d.at.Add(by), d.value, d.missing}
	}
	r.at, r.childAt, r.seen = r.at.Add(by), r.at.Add(by-time.Second), seen
	return r
}

// comparisons are the words of CloudWatch's state reasons.
var comparisons = map[string]string{
	"GreaterThanThreshold":          "greater than",
	"GreaterThanOrEqualToThreshold": "greater than or equal to",
	"LessThanThreshold":             "less than",
	"LessThanOrEqualToThreshold":    "less than or equal to",
}

// text returns StateReason in CloudWatch's words.
func (r reason) text(a app.Alarm) string {
	switch {
	case r.said != "":
		return r.said
	case a.Kind == app.CompositeAlarm:
		return fmt.Sprintf("%s transitioned to %s at %s", alarmARN(a.Scope, r.child), r.childState,
			r.childAt.Format("Monday 02 January, 2006 15:04:05 UTC"))
	case r.to == app.InsufficientData:
		return fmt.Sprintf("Insufficient Data: %d datapoints were unknown.", len(r.seen))
	}
	decisive, missing := r.decisive(a)
	if len(decisive) == 0 {
		treated := map[string]string{"breaching": "Breaching", "notBreaching": "NonBreaching"}[a.TreatMissing]
		return fmt.Sprintf("Threshold Crossed: no datapoints were received for %d periods and %d missing datapoints "+
			"were treated as [%s].",
			len(r.seen), missing, treated)
	}
	shown := make([]string, len(decisive))
	for i, d := range decisive {
		shown[i] = fmt.Sprintf("%s (%s)", decimal(d.value), d.at.Format("02/01/06 15:04:05"))
	}
	verb, not, noun, least := "was ", "", "datapoint", a.DatapointsToAlarm
	if r.to == app.OK {
		not, least = "not ", a.EvaluationPeriods-a.DatapointsToAlarm+1
	}
	if len(decisive) > 1 {
		verb = "were "
	}
	if least > 1 {
		noun += "s"
	}
	from := r.from
	if from == r.to {
		from = app.InsufficientData
	}
	return fmt.Sprintf("Threshold Crossed: %d out of the last %d datapoints [%s] %s%s%s the threshold (%s) (minimum "+
		"%d %s for %s -> %s transition).",
		len(decisive), len(r.seen), strings.Join(shown, ", "), verb, not, comparisons[a.Comparison],
		decimal(*a.Threshold), least, noun, from, r.to)
}

// decisive returns the datapoints, newest first, that speak for the state, and how many were missing.
func (r reason) decisive(a app.Alarm) (points []datapoint, missing int) {
	for i := len(r.seen) - 1; i >= 0; i-- {
		switch d := r.seen[i]; {
		case d.missing:
			missing++
		case a.Breaches(d.value) == (r.to == app.InAlarm):
			points = append(points, d)
		}
	}
	return points, missing
}

// decimal writes a number as Java does, with at least one decimal.
func decimal(v float64) string {
	s := strconv.FormatFloat(v, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// awsTime is how CloudWatch writes times inside of its JSON.
func awsTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000-0700") }

// The JSON inside of StateReasonData and HistoryData has no schema that AWS publishes; these follow what it sends.
type (
	metricReason struct {
		Version    string           `json:"version"`
		QueryDate  string           `json:"queryDate"`
		StartDate  string           `json:"startDate,omitempty"`
		Statistic  string           `json:"statistic,omitempty"` // of an alarm on one metric
		Period     int              `json:"period"`
		Recent     []float64        `json:"recentDatapoints"`
		Threshold  float64          `json:"threshold"`
		Datapoints []evaluatedPoint `json:"evaluatedDatapoints"`
	}
	evaluatedPoint struct {
		Timestamp string   `json:"timestamp"`
		Value     *float64 `json:"value,omitempty"`
	}
	compositeReason struct {
		Triggering []triggering `json:"triggeringAlarms"`
	}
	triggering struct {
		ARN   string `json:"arn"`
		State struct {
			Value     app.AlarmState `json:"value"`
			Timestamp string         `json:"timestamp"`
		} `json:"state"`
	}
	alarmState struct {
		Value  app.AlarmState  `json:"stateValue"`
		Reason string          `json:"stateReason"`
		Data   json.RawMessage `json:"stateReasonData,omitempty"`
	}
	stateUpdate struct {
		Version string     `json:"version"`
		Old     alarmState `json:"oldState"`
		New     alarmState `json:"newState"`
	}
	actionTaken struct {
		State    string         `json:"actionState"`
		At       int64          `json:"stateUpdateTimestamp"` // ms
		Resource string         `json:"notificationResource"`
		Message  map[string]any `json:"publishedMessage"`
		Error    any            `json:"error"`
	}
	configurationUpdate struct {
		Version string         `json:"version"`
		Type    string         `json:"type"`
		Alarm   map[string]any `json:"updatedAlarm"`
	}
)

// data returns StateReasonData; "" for none.
func (r reason) data(a app.Alarm) string {
	if r.said != "" { // no document says what CloudWatch sends of it
		return ""
	}
	if a.Kind == app.CompositeAlarm {
		t := triggering{ARN: alarmARN(a.Scope, r.child)}
		t.State.Value, t.State.Timestamp = r.childState, awsTime(r.childAt)
		return mustJSON(compositeReason{[]triggering{t}})
	}
	d := metricReason{Version: "1.0", QueryDate: awsTime(r.at), Statistic: a.Statistic,
		Period: int(a.Period / time.Second),
		Recent: []float64{}, Threshold: *a.Threshold, Datapoints: []evaluatedPoint{}}
	for i := len(r.seen) - 1; i >= 0; i-- {
		point := evaluatedPoint{Timestamp: awsTime(r.seen[i].at)}
		if !r.seen[i].missing {
			point.Value = &r.seen[i].value
		}
		d.Datapoints = append(d.Datapoints, point)
	}
	for _, s := range r.seen {
		if !s.missing {
			d.Recent = append(d.Recent, s.value)
		}
	}
	if len(r.seen) > 0 {
		d.StartDate = awsTime(r.seen[0].at)
	}
	return mustJSON(d)
}

// mustJSON writes a value of this package's own making, which cannot fail.
func mustJSON(v any) string {
	text, err := compactJSON(v)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// updated returns the history item of a state update.
func updated(a app.Alarm, before, now turn) app.AlarmHistoryItem {
	state := func(t turn) alarmState {
		return alarmState{t.state, t.reason.text(a), json.RawMessage(t.reason.data(a))}
	}
	return app.AlarmHistoryItem{
		Scope: a.Scope, Alarm: a.Name, At: now.at, Kind: app.StateUpdate, From: before.state, To: now.state,
		Summary: fmt.Sprintf("Alarm updated from %s to %s", before.state, now.state),
		Data:    mustJSON(stateUpdate{"1.0", state(before), state(now)}),
	}
}

// acted returns the history items of the actions that a turn set off.
func acted(a app.Alarm, now turn) []app.AlarmHistoryItem {
	actions := map[app.AlarmState][]string{app.InAlarm: a.AlarmActions, app.OK: a.OKActions,
		app.InsufficientData: a.NoDataActions}[now.state]
	if !a.ActionsEnabled {
		return nil
	}
	var items []app.AlarmHistoryItem
	for i, action := range actions {
		items = append(items, app.AlarmHistoryItem{
			Scope: a.Scope, Alarm: a.Name, At: now.at.Add(time.Duration(60+25*i) * time.Millisecond),
			Kind:    app.ActionTaken,
			Summary: "Successfully executed action " + action,
			Data: mustJSON(actionTaken{State: "Succeeded", At: now.at.UnixMilli(), Resource: action,
				Message: map[string]any{
					"AlarmName": a.Name, "NewStateValue": now.state, "AWSAccountId": a.Account,
					"StateChangeTime": awsTime(now.at),
				}}),
		})
	}
	return items
}

// reconfigured returns the history item of an alarm's last change.
func reconfigured(a app.Alarm) app.AlarmHistoryItem {
	alarm := map[string]any{"alarmName": a.Name, "alarmArn": a.ARN, "actionsEnabled": a.ActionsEnabled,
		"alarmConfigurationUpdatedTimestamp": awsTime(a.Configured)}
	if a.Threshold != nil {
		alarm["threshold"], alarm["evaluationPeriods"], alarm["datapointsToAlarm"] = *a.Threshold, a.EvaluationPeriods,
			a.DatapointsToAlarm
	}
	if a.Metric != nil {
		alarm["metricName"], alarm["namespace"], alarm["period"] = a.Metric.Name, a.Metric.Namespace,
			int(a.Period/time.Second)
	}
	return app.AlarmHistoryItem{
		Scope: a.Scope, Alarm: a.Name, At: a.Configured, Kind: app.ConfigurationUpdate,
		Summary: fmt.Sprintf("Alarm %q updated", a.Name),
		Data:    mustJSON(configurationUpdate{"1.0", "Update", alarm}),
	}
}
