package phrase

import (
	"cmp"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// AlarmKind names the kind of an alarm: "Log alarm", or for one that is not known here the name that AWS gives it.
func AlarmKind(a app.Alarm) string {
	switch {
	case a.Kind == app.CompositeAlarm:
		return "Composite alarm"
	case a.Kind == app.LogAlarm:
		return "Log alarm"
	case a.Kind != app.MetricAlarm:
		return string(a.Kind)
	case a.PromQL != nil:
		return "PromQL alarm"
	case a.HasContributors():
		return "Metrics Insights alarm"
	case a.ComparesBand():
		return "Anomaly detection alarm"
	case a.Metric == nil && a.Expression != "":
		return "Metric math alarm"
	}
	return "Metric alarm"
}

// Unjudged says why this program does not judge an alarm by the datapoints that it has, as a sentence; "" where it
// does.
func Unjudged(a app.Alarm) string {
	switch a.Unjudged() {
	case app.UnjudgedKind:
		return "This version does not know what this kind of alarm evaluates. Its state is shown as CloudWatch " +
			"reports it."
	case app.UnjudgedLog:
		return "CloudWatch runs the query of this alarm. Its results are not cached, so its state is shown as " +
			"CloudWatch " +
			"reports it."
	case app.UnjudgedPromQL:
		return "CloudWatch evaluates the PromQL of this alarm. It is not computed here, so the state is shown as " +
			"CloudWatch reports it."
	case app.UnjudgedEach:
		return "CloudWatch evaluates each contributor of this alarm by itself. It is not computed here, so the state " +
			"is " +
			"shown as CloudWatch reports it."
	case app.UnjudgedWallClock:
		return "Its periods follow the clock of " + WallClock(a) +
			", and the cached datapoints do not begin with them. Its " +
			"state is shown as CloudWatch reports it."
	}
	return ""
}

// WallClock names the time zone to whose clock an alarm's periods are aligned; "" where they slide.
func WallClock(a app.Alarm) string {
	if a.WallClock == nil {
		return ""
	}
	return cmp.Or(a.WallClock.Zone, "UTC")
}

// EvaluationProblem says that CloudWatch cannot evaluate an alarm as it should, as a sentence; "" where it can.
func EvaluationProblem(a app.Alarm) string {
	switch {
	case a.Problem == "":
		return ""
	case a.Problem == app.PartialData && a.Kind == app.LogAlarm:
		return "Partial data: the query found more than the 500 contributors that CloudWatch evaluates."
	case a.Problem == app.PartialData:
		return "Partial data: CloudWatch could not read all that the alarm evaluates, for there is more than its quota."
	case a.Problem == app.EvaluationFailure:
		return "Evaluation failure: CloudWatch has trouble evaluating it for now, and the state may be out of date."
	case a.Problem == app.EvaluationError:
		return "Evaluation error: the alarm is set up wrongly, and the state may be out of date. AWS's reason says how."
	}
	return "CloudWatch reports " + string(a.Problem) + " of it."
}

// Muted says until when a mute rule holds back the actions of an alarm, "" where none does: "muted by
// sunday-maintenance until 04:00". moment writes a time.
func Muted(a app.Alarm, now time.Time, moment func(time.Time) string) string {
	by, during, muted := a.MutedAt(now)
	if !muted {
		return ""
	}
	said := "muted by " + by.Name
	if !during.Empty() {
		said += " until " + moment(during.To)
	}
	return said
}

// AlarmStanding says in a few words what holds of an alarm beside its state, to stand before its condition: that it is
// muted, that CloudWatch has trouble evaluating it, which contributors are in ALARM; "" for nothing.
func AlarmStanding(a app.Alarm, now time.Time) string {
	var said []string
	if by, _, muted := a.MutedAt(now); muted {
		said = append(said, "muted by "+by.Name)
	}
	switch a.Problem {
	case "":
	case app.PartialData, app.EvaluationFailure, app.EvaluationError:
		said = append(said, strings.ToLower(strings.ReplaceAll(string(a.Problem), "_", " ")))
	default:
		said = append(said, string(a.Problem))
	}
	if names := ContributorNames(a.Contributors, mostNamed); names != "" {
		said = append(said, "in alarm: "+names)
	}
	return strings.Join(said, "; ")
}

// mostNamed is how many contributors a row names.
const mostNamed = 2

// ContributorNames names some contributors and counts the rest: "orders, mail and 3 more".
func ContributorNames(all []app.AlarmContributor, most int) string {
	var names []string
	for _, c := range all[:min(len(all), most)] {
		names = append(names, c.Name())
	}
	said := strings.Join(names, ", ")
	if rest := len(all) - most; rest > 0 {
		said += " and " + Count(int64(rest)) + " more"
	}
	return said
}

// AlarmConditionNow is AlarmCondition with AlarmStanding before it, for where there is not always room for both.
func AlarmConditionNow(a app.Alarm, presets app.Presets, now time.Time) string {
	standing, condition := AlarmStanding(a, now), AlarmCondition(a, presets)
	if standing == "" {
		return condition
	}
	return standing + "; " + condition
}

// MuteStatus says what a mute rule does at an instant, and next: "active until 04:00", "next from 8 Mar 02:00".
func MuteStatus(m app.Mute, now time.Time, moment func(time.Time) string) string {
	during, active := m.At(now)
	switch {
	case active && during.Empty():
		return "active when last listed"
	case active:
		return "active until " + moment(during.To)
	case m.Status == app.MuteExpired || !m.Expire.IsZero() && !m.Expire.After(now):
		return "expired"
	}
	if next, ok := m.Next(now); ok {
		return "next from " + moment(next.From)
	}
	if _, known := m.Times(app.Range{From: now, To: now.Add(time.Minute)}); known {
		return "over"
	}
	return strings.ToLower(string(m.Status)) + " when last listed"
}

// MuteSchedule says when a mute rule mutes, as it is set up: "cron(0 2 * * SUN) for PT4H, Europe/Berlin".
func MuteSchedule(m app.Mute) string {
	if m.Schedule == "" {
		return ""
	}
	return m.Schedule + " for " + m.Length + ", " + cmp.Or(m.Zone, "UTC")
}

// Detector says how far the anomaly detector of a band is trained, "" where AWS has not told of one.
func Detector(a app.Alarm) string {
	d := a.Detector
	if d == nil {
		return ""
	}
	said := map[app.DetectorState]string{
		app.DetectorPending:      "not trained yet",
		app.DetectorInsufficient: "trained, with too little data",
		app.DetectorTrained:      "trained",
	}[d.State]
	said = cmp.Or(said, string(d.State), "of an unknown state")
	if pace := map[string]string{"FAST": "fast", "NORMAL": "at a normal pace", "SLOW": "slowly"}[d.Adapts]; pace != "" {
		said += ", adapts " + pace
	}
	if d.Zone != "" {
		said += ", in the time of " + d.Zone
	}
	if n := len(d.Excluded); n > 0 {
		said += ", without " + Plural(int64(n), "excluded time", "excluded times")
	}
	return said
}
