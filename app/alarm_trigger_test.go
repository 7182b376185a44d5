package app_test

import (
	"fmt"
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestAlarmTriggers(t *testing.T) {
	for data, want := range map[string]string{
		`{"triggeringAlarms":[{"arn":"arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a:b",` +
			`"state":{"value":"ALARM","timestamp":"2026-03-01T10:04:00.000+0000"}}]}`: "[a:b ALARM 10:04]",
		`{"triggeringAlarms":[{"arn":"arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a",` +
			`"state":{"value":"OK"}},{"arn":"no arn"}]}`: "[a OK 00:00]",
		`{"triggeringAlarms":[]}`: "[]",
		threeOfThree:              "[]",
		"":                        "[]",
	} {
		var said []string
		for _, c := range app.ParseAlarmTriggers(data) {
			said = append(said, fmt.Sprint(c.Alarm, " ", c.State, " ", c.At.Format("15:04")))
		}
		if got := fmt.Sprint(said); got != want {
			t.Errorf("%s: %s, want %s", data, got, want)
		}
	}
}

func FuzzAlarmTriggers(f *testing.F) {
	f.Add(`{"triggeringAlarms":[{"arn":"arn:aws:cloudwatch:eu-west-1:1:alarm:a",` +
		`"state":{"value":"ALARM","timestamp":"x"}}]}`)
	f.Fuzz(func(t *testing.T, data string) {
		for _, c := range app.ParseAlarmTriggers(data) {
			if c.Alarm == "" {
				t.Errorf("%q: a child without a name", data)
			}
		}
	})
}
