package phrase

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func TestAlarmInWords(t *testing.T) {
	five, age := 5.0, 180_000.0
	errors := app.NewMetric("AWS/ApiGateway", "5XXError", app.Dimension{Name: "ApiName", Value: "checkout"})
	stream := app.NewMetric("AWS/Kinesis", "GetRecords.IteratorAgeMilliseconds",
		app.Dimension{Name: "StreamName", Value: "orders"})
	presets := app.Presets{{Namespace: "AWS/ApiGateway",
		Metrics: []app.MetricPreset{{Name: "5XXError", Unit: "Percent", Short: "5xx"}}}}
	for _, test := range []struct {
		alarm                       app.Alarm
		watches, subject, rule, say string
	}{
		{app.Alarm{Kind: app.MetricAlarm, Metric: &errors, Statistic: "Average", Period: time.Minute,
			Comparison: "GreaterThanThreshold", Threshold: &five, EvaluationPeriods: 3},
			"5XXError of checkout", "5xx of checkout", "> 5 %, 3 of 3", "5xx of checkout > 5 %, 3 of 3"},
		{app.Alarm{Kind: app.MetricAlarm, Metric: &stream, Statistic: "Maximum", Period: 2 * time.Minute,
			Unit: "Milliseconds", Comparison: "LessThanOrEqualToThreshold", Threshold: &age, EvaluationPeriods: 5,
			DatapointsToAlarm: 2},
			"GetRecords.IteratorAgeMilliseconds maximum of orders", "GetRecords.IteratorAgeMilliseconds, max of orders",
			"≤ 3 min, 2 of 5", "GetRecords.IteratorAgeMilliseconds, max of orders ≤ 3 min, 2 of 5"},
		{app.Alarm{Kind: app.CompositeAlarm, Rule: `ALARM(a) OR ALARM("b c")`},
			"a rule over 2 alarms", "a rule over 2 alarms", `ALARM(a) OR ALARM("b c")`, "a or b c"},
		{app.Alarm{Kind: app.CompositeAlarm, Rule: `ALARM(`}, "a rule", "a rule", `ALARM(`, "ALARM("},
		{app.Alarm{Kind: app.MetricAlarm, Expression: "m1/m2*100", Period: 5 * time.Minute,
			Comparison: "GreaterThanUpperThreshold", EvaluationPeriods: 2},
			"metric math", "metric math", "above the band, 2 of 2", "m1/m2*100 above the band, 2 of 2"},
		{app.Alarm{Kind: app.MetricAlarm, Expression: "e; m",
			Queries: []app.MetricQuery{{ID: "e", Label: "error rate", Compared: true}}, Period: time.Hour,
			Comparison: "GreaterThanThreshold", Threshold: &five, EvaluationPeriods: 1},
			"metric math", "metric math", "> 5, 1 of 1", "Error rate > 5, 1 of 1"},
		{app.Alarm{Kind: app.MetricAlarm, Queries: []app.MetricQuery{{ID: "m"},
			{ID: "e", Expression: "m * 2", Compared: true}}, Comparison: "LessThanThreshold", Threshold: &five,
			EvaluationPeriods: 1},
			"metric math", "metric math", "< 5, 1 of 1", "m * 2 < 5, 1 of 1"},
		{app.Alarm{Kind: app.MetricAlarm}, "metric math", "metric math", "", "metric math"},
	} {
		if got := AlarmMetric(test.alarm); got != test.watches {
			t.Errorf("AlarmMetric = %q, want %q", got, test.watches)
		}
		if got := AlarmSubject(test.alarm, presets); got != test.subject {
			t.Errorf("AlarmSubject = %q, want %q", got, test.subject)
		}
		if got := AlarmRule(test.alarm, presets); got != test.rule {
			t.Errorf("AlarmRule = %q, want %q", got, test.rule)
		}
		if got := AlarmCondition(test.alarm, presets); got != test.say {
			t.Errorf("AlarmCondition = %q, want %q", got, test.say)
		}
	}
}

func TestAlarmStates(t *testing.T) {
	for state, want := range map[app.AlarmState]string{app.InAlarm: "In alarm", app.OK: "OK",
		app.InsufficientData: "Insufficient data",
		app.NotKnown:         "Not known", "SOMETHING": "Not known"} {
		if got := AlarmState(state); got != want {
			t.Errorf("%s is %q, want %q", state, got, want)
		}
	}
}
