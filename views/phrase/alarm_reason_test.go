package phrase

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func TestAlarmReasonInWords(t *testing.T) {
	metric := app.NewMetric("AWS/RDS", "CPUUtilization")
	clock := func(at time.Time) string { return at.Format("15:04") }
	const at2, at3, at4 = `"timestamp":"2026-03-01T10:02:00.000+0000"`, `"timestamp":"2026-03-01T10:03:00.000+0000"`,
		`"timestamp":"2026-03-01T10:04:00.000+0000"`
	const some = `{"threshold":80,"evaluatedDatapoints":[{` + at4 + `,"value":99},{` + at3 + `},{` + at2 +
		`,"value":80}]}`
	const none = `{"threshold":80,"evaluatedDatapoints":[{` + at4 + `},{` + at3 + `}]}`
	const above = "GreaterThanThreshold"
	for _, test := range []struct{ comparison, data, want string }{
		{above, `{"threshold":80,"evaluatedDatapoints":[{` + at4 + `,"value":99},{` + at3 + `,"value":90},{` + at2 +
			`,"value":81}]}`,
			"3 of 3 datapoints above 80 % from 10:02 to 10:04."},
		{"LessThanOrEqualToThreshold", some, "1 of 3 datapoints at or below 80 % from 10:02 to 10:04, 1 missing."},
		{above, `{"threshold":80,"evaluatedDatapoints":[{` + at4 + `,"value":99}]}`,
			"1 of 1 datapoint above 80 % at 10:04."},
		{above, none, "No datapoints from 10:03 to 10:04."},
		{"LessThanLowerThreshold",
			`{"startDate":"2026-03-01T10:02:00.000+0000","period":60,"recentDatapoints":[1,` +
				`2],"recentLowerThresholds":[1.5,1.5]}`,
			"1 of 2 datapoints below the band from 10:02 to 10:03."},
		{"", `{"triggeringAlarms":[{"arn":"arn:aws:cloudwatch:eu-west-1:1:alarm:a",` +
			`"state":{"value":"ALARM"}},{"arn":"arn:aws:cloudwatch:eu-west-1:1:alarm:b","state":{"value":"OK"}}]}`,
			"a went into alarm, b is OK again."},
		{"GreaterThanUpperThreshold", `{"threshold":80,"evaluatedDatapoints":[{` + at4 + `,"value":99}]}`,
			"as AWS said of checkout"},
		{above, `not JSON`, "as AWS said of checkout"},
	} {
		a := app.Alarm{Metric: &metric, Unit: "Percent", Comparison: test.comparison,
			Reason: "as AWS said of arn:aws:cloudwatch:eu-west-1:1:alarm:checkout", ReasonData: test.data}
		if got := AlarmReason(a, nil, clock); got != test.want {
			t.Errorf("%s of %s: %q, want %q", test.comparison, test.data, got, test.want)
		}
	}
}

func TestMissingInWords(t *testing.T) {
	one, at := 1.0, time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	row := func(marks string) (v app.Verdict) { // x has a value, - has none; a capital decides
		for i, m := range marks {
			p := app.EvaluatedPeriod{At: at.Add(time.Duration(i) * time.Minute), Counted: m == 'X' || m == '_'}
			if m == 'X' || m == 'x' {
				p.Value = &one
			}
			v.Periods = append(v.Periods, p)
		}
		return v
	}
	for marks, want := range map[string][4]string{ // breaching, notBreaching, ignore, missing
		"xXXX": {"", "", "", ""},
		"-XXX": {"", "", "", ""}, // before what decided nothing was looked for
		"XX-X": {"1 missing, taken as breaching.", "1 missing, taken as not breaching.", "1 missing, left out.",
			"1 missing, left out."},
		"X__": {"2 missing, taken as breaching.", "2 missing, taken as not breaching.", "2 missing, left out.",
			"2 missing, left out."},
		"___": {"3 missing, taken as breaching.", "3 missing, taken as not breaching.",
			"Without any it stays as it is.", ""},
		"---": {"3 missing, taken as breaching.", "3 missing, taken as not breaching.",
			"Without any it stays as it is.", ""},
	} {
		for i, treated := range []string{"breaching", "notBreaching", "ignore", "missing"} {
			if got := MissingSentence(app.Alarm{TreatMissing: treated}, row(marks)); got != want[i] {
				t.Errorf("%s, %s: %q, want %q", marks, treated, got, want[i])
			}
		}
	}
}

func TestTurnReasonInWords(t *testing.T) {
	a := app.Alarm{State: app.InAlarm, Comparison: "GreaterThanThreshold", ReasonData: `{"threshold":1}`}
	clock := func(at time.Time) string { return at.Format("15:04") }
	turn := app.AlarmHistoryItem{To: app.OK,
		Data: `{"newState":{"stateReason":"said","stateReasonData":{"threshold":80,"evaluatedDatapoints":[
		{"timestamp":"2026-03-01T10:03:00.000+0000","value":9},{"timestamp":"2026-03-01T10:02:00.000+0000","value":8}]}}}`}
	if got := TurnReason(a, turn, nil, clock); got != "0 of 2 datapoints above 80, 10:02–10:03." {
		t.Errorf("it says %q", got)
	}
	turn.Data = `{"newState":{"stateReason":"testing the alarm"}}`
	if got := TurnReason(a, turn, nil, clock); got != "testing the alarm" {
		t.Errorf("of a state that somebody set it says %q", got)
	}
}

func TestADayIsSaidOnce(t *testing.T) {
	day := func(at time.Time) string { return at.Format("2 Jan 15:04") }
	at := time.Date(2026, 3, 1, 23, 58, 0, 0, time.UTC)
	period := func(m int) app.EvaluatedPeriod {
		return app.EvaluatedPeriod{At: at.Add(time.Duration(m) * time.Minute), Counted: true}
	}
	for last, want := range map[int]string{0: " at 1 Mar 23:58", 1: " from 1 Mar 23:58 to 23:59",
		3: " from 1 Mar 23:58 to 2 Mar 00:01"} {
		if got := Stretch(app.Verdict{Periods: []app.EvaluatedPeriod{period(0), period(last)}}, day); got != want {
			t.Errorf("%d minutes are %q, want %q", last, got, want)
		}
	}
}

func TestManyTriggersAreBounded(t *testing.T) {
	var children []app.AlarmTrigger
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		children = append(children, app.AlarmTrigger{Alarm: name, State: app.InsufficientData})
	}
	if got := triggered(children); got != "a has insufficient data, b has insufficient data, c has insufficient "+
		"data, and 2 more." {
		t.Errorf("it says %q", got)
	}
}
