package ui

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func TestAlarmInWords(t *testing.T) {
	five, age := 5.0, 180_000.0
	errors := app.NewMetric("AWS/ApiGateway", "5XXError", app.Dimension{Name: "ApiName", Value: "checkout"})
	stream := app.NewMetric("AWS/Kinesis", "GetRecords.IteratorAgeMilliseconds", app.Dimension{Name: "StreamName", Value: "orders"})
	presets := app.Presets{{Namespace: "AWS/ApiGateway", Metrics: []app.MetricPreset{{Name: "5XXError", Unit: "Percent", Short: "5xx"}}}}
	for _, test := range []struct {
		alarm                       app.Alarm
		watches, subject, rule, say string
	}{
		{app.Alarm{Kind: app.MetricAlarm, Metric: &errors, Statistic: "Average", Period: time.Minute, Comparison: "GreaterThanThreshold", Threshold: &five, EvaluationPeriods: 3},
			"5XXError of checkout", "5xx of checkout", "> 5 %, 3 of 3", "5XXError of checkout above 5 % in 3 of 3 one-minute periods"},
		{app.Alarm{Kind: app.MetricAlarm, Metric: &stream, Statistic: "Maximum", Period: 2 * time.Minute, Unit: "Milliseconds", Comparison: "LessThanOrEqualToThreshold", Threshold: &age, EvaluationPeriods: 5, DatapointsToAlarm: 2},
			"GetRecords.IteratorAgeMilliseconds maximum of orders", "GetRecords.IteratorAgeMilliseconds, max of orders", "≤ 3 min, 2 of 5", "GetRecords.IteratorAgeMilliseconds maximum of orders at or below 3 min in 2 of 5 2 min periods"},
		{app.Alarm{Kind: app.CompositeAlarm, Rule: `ALARM(a) OR ALARM("b c")`},
			"a rule over 2 alarms", "a rule over 2 alarms", `ALARM(a) OR ALARM("b c")`, "Goes off by a rule over a, b c"},
		{app.Alarm{Kind: app.MetricAlarm, Expression: "m1/m2*100", Period: 5 * time.Minute, Comparison: "GreaterThanUpperThreshold", EvaluationPeriods: 2},
			"a formula", "a formula", "above the band, 2 of 2", "m1/m2*100 above the band in 2 of 2 five-minute periods"},
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
		if got := AlarmSentence(test.alarm, presets); got != test.say {
			t.Errorf("AlarmSentence = %q, want %q", got, test.say)
		}
	}
}

func TestGravest(t *testing.T) {
	at := func(m int) time.Time { return time.Unix(0, 0).Add(time.Duration(m) * time.Minute) }
	span := func(from, to int, s app.AlarmState) app.StateSpan {
		return app.StateSpan{Range: app.Range{From: at(from), To: at(to)}, State: s}
	}
	spans := []app.StateSpan{span(0, 20, app.NotKnown), span(20, 55, app.OK), span(55, 56, app.InAlarm), span(56, 80, app.OK), span(80, 100, app.InsufficientData)}
	got := Gravest(spans, 5)
	want := []app.AlarmState{app.NotKnown, app.OK, app.InAlarm, app.OK, app.InsufficientData}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
	if got := Gravest(nil, 3); len(got) != 3 || got[0] != app.NotKnown {
		t.Errorf("of nothing: %q", got)
	}
}

func TestAlarmReasonInWords(t *testing.T) {
	metric := app.NewMetric("AWS/RDS", "CPUUtilization")
	clock := func(at time.Time) string { return at.Format("15:04") }
	const at2, at3, at4 = `"timestamp":"2026-03-01T10:02:00.000+0000"`, `"timestamp":"2026-03-01T10:03:00.000+0000"`, `"timestamp":"2026-03-01T10:04:00.000+0000"`
	for _, test := range []struct{ comparison, data, want string }{
		{"GreaterThanThreshold", `{"threshold":80,"evaluatedDatapoints":[{` + at4 + `,"value":99},{` + at3 + `,"value":90},{` + at2 + `,"value":81}]}`,
			"3 of 3 datapoints above 80 % from 10:02 to 10:04."},
		{"LessThanOrEqualToThreshold", `{"threshold":80,"evaluatedDatapoints":[{` + at4 + `,"value":99},{` + at3 + `},{` + at2 + `,"value":80}]}`,
			"1 of 3 datapoints at or below 80 % from 10:02 to 10:04, 1 missing."},
		{"GreaterThanThreshold", `{"threshold":80,"evaluatedDatapoints":[{` + at4 + `,"value":99}]}`, "1 of 1 datapoint above 80 % at 10:04."},
		{"GreaterThanThreshold", `{"threshold":80,"evaluatedDatapoints":[{` + at4 + `},{` + at3 + `}]}`, "No datapoints from 10:03 to 10:04."},
		{"GreaterThanUpperThreshold", `{"threshold":80,"evaluatedDatapoints":[{` + at4 + `,"value":99}]}`, "as AWS said"},
		{"GreaterThanThreshold", `not JSON`, "as AWS said"},
	} {
		a := app.Alarm{Metric: &metric, Unit: "Percent", Comparison: test.comparison, Reason: "as AWS said", ReasonData: test.data}
		if got := AlarmReason(a, nil, clock); got != test.want {
			t.Errorf("%s of %s: %q, want %q", test.comparison, test.data, got, test.want)
		}
	}
}
