package app_test

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

const threeOfThree = `{"version":"1.0","queryDate":"2026-03-01T10:05:10.000+0000","startDate":"2026-03-01T10:02:00.000+0000",
"statistic":"Average","period":60,"recentDatapoints":[81.0,90.0],"threshold":80.0,"evaluatedDatapoints":[
{"timestamp":"2026-03-01T10:04:00.000+0000","sampleCount":1.0,"value":90.0},{"timestamp":"2026-03-01T10:03:00.000+0000"},
{"timestamp":"2026-03-01T10:02:00.000+0000","sampleCount":1.0,"value":80.0}]}`

func TestAlarmReason(t *testing.T) {
	r, ok := app.ParseAlarmReason(threeOfThree)
	if !ok {
		t.Fatal("not read")
	}
	first, last := r.Span()
	if got := first.Format(time.TimeOnly) + " " + last.Format(time.TimeOnly); got != "10:02:00 10:04:00" {
		t.Errorf("from and to are %s", got)
	}
	for comparison, want := range map[string]int{
		"GreaterThanThreshold": 1, "GreaterThanOrEqualToThreshold": 2, "LessThanThreshold": 0,
		"LessThanOrEqualToThreshold": 1,
	} {
		now := 1000.0 // set since; the reason keeps the threshold of then
		if breaching, missing := r.Count(app.Alarm{Comparison: comparison, Threshold: &now}); breaching != want ||
			missing != 1 {
			t.Errorf("%s: %d breaching and %d missing, want %d and 1", comparison, breaching, missing, want)
		}
	}
}

func TestAlarmReasonThatIsNotRead(t *testing.T) {
	for _, data := range []string{"", "null", "{}", `{"threshold":1}`, `{"threshold":1,"evaluatedDatapoints":[]}`,
		`{"evaluatedDatapoints":[{"timestamp":"2026-03-01T10:04:00.000+0000"}]}`,
		`{"threshold":1,"evaluatedDatapoints":[{"timestamp":"yesterday"}]}`, `{"triggeringAlarms":[{"arn":"a"}]}`} {
		if r, ok := app.ParseAlarmReason(data); ok {
			t.Errorf("%s is read as %v", data, r)
		}
	}
}

func FuzzAlarmReason(f *testing.F) {
	f.Add(threeOfThree)
	f.Add(`{"threshold":1,"evaluatedDatapoints":[{"timestamp":"2026-03-01T10:04:00.000+0000"}]}`)
	f.Fuzz(func(t *testing.T, data string) {
		r, ok := app.ParseAlarmReason(data)
		if ok != (len(r.Datapoints) > 0) {
			t.Fatalf("%q: read %v with %d datapoints", data, ok, len(r.Datapoints))
		}
		if first, last := r.Span(); last.Before(first) {
			t.Errorf("%q: ends before it begins", data)
		}
		if breaching, missing := r.Count(app.Alarm{Comparison: "GreaterThanThreshold"}); breaching+missing > len(r.Datapoints) {
			t.Errorf("%q: %d and %d of %d", data, breaching, missing, len(r.Datapoints))
		}
	})
}

func TestReasonOfAStateUpdate(t *testing.T) {
	for data, want := range map[string][2]string{
		`{"oldState":{"stateValue":"OK"},"newState":{"stateValue":"ALARM",` +
			`"stateReason":"because","stateReasonData":{"threshold":1}}}`: {"because", `{"threshold":1}`},
		`{"newState":{"stateReason":"because"}}`: {"because", ""},
		`{"version":"1.0"}`:                      {"", ""},
		`not JSON`:                               {"", ""},
		``:                                       {"", ""},
	} {
		if text, raw := (app.AlarmHistoryItem{Data: data}).Reason(); text != want[0] || raw != want[1] {
			t.Errorf("%s says %q and %q", data, text, raw)
		}
	}
}
