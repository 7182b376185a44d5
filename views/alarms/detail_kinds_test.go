package alarms

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/phrase"
)

// What this program does not judge it says so of, and what holds of an alarm stands before its condition.
func TestEveryKindIsToldAsWhatItIs(t *testing.T) {
	threshold, now := 20.0, drawertest.Now
	log := app.Alarm{Name: "timeouts", Kind: app.LogAlarm, State: app.InAlarm, Threshold: &threshold,
		Comparison: "GreaterThanThreshold", EvaluationPeriods: 3, DatapointsToAlarm: 2,
		AlarmEvaluation: app.AlarmEvaluation{
			Log: &app.LogAlarmQuery{Text: "filter @message like /timeout/", Aggregation: "count(*) by host",
				Groups: []string{"g"}},
			Contributors: []app.AlarmContributor{{ID: "1", Attributes: map[string]string{"host": "web-1"}}, {ID: "2"},
				{ID: "3"}}}}
	promQL := app.Alarm{Name: "up", Kind: app.MetricAlarm,
		AlarmEvaluation: app.AlarmEvaluation{Problem: app.EvaluationError,
			PromQL: &app.PromQL{Query: "up\n == 0", Pending: 3 * time.Minute, Recovery: 10 * time.Minute}}}
	tomorrow := app.Alarm{Name: "forecast", Kind: "ForecastAlarm", State: app.InAlarm}
	muted := app.Alarm{Name: "disk", Kind: app.MetricAlarm, Metric: &app.Metric{Name: "disk_used"}, State: app.InAlarm,
		Mutes: []app.Mute{{Name: "until-release",
			Schedule: "at(" + now.Add(-time.Hour).Format("2006-01-02T15:04") + ")", Length: "PT4H"}}}
	for _, c := range []struct {
		a                    app.Alarm
		kind, condition, why string
	}{
		{log, "Log alarm", "in alarm: web-1, 2 and 1 more; count(*) by host of filter @message like /timeout/ > 20, " +
			"2 of 3",
			"CloudWatch runs the query"},
		{promQL, "PromQL alarm", "evaluation error; up == 0 for 3 min, back after 10 min",
			"CloudWatch evaluates the PromQL"},
		{tomorrow, "ForecastAlarm", "what is not known here", "This version does not know"},
		{muted, "metric", "muted by until-release; Disk_used", ""},
	} {
		r := newRow(c.a, drawertest.Presets, now)
		if r.condition != c.condition || kindWord(c.a) != c.kind {
			t.Errorf("%s: a %s with %q, want %q", c.a.Name, kindWord(c.a), r.condition, c.condition)
		}
		if why := phrase.Unjudged(c.a); len(why) < len(c.why) || why[:len(c.why)] != c.why || c.why == "" && why != "" {
			t.Errorf("%s: %q", c.a.Name, why)
		}
		if r.Muted != (c.a.Name == "disk") || facetMuted.has(r) != r.Muted ||
			facetInAlarm.has(r) != (c.a.State == app.InAlarm) {
			t.Errorf("%s: muted %v; muted is not quiet", c.a.Name, r.Muted)
		}
	}
}
