package app_test

import (
	"testing"

	"github.com/nephograph/nephograph/app"
)

const opsARN = "arn:aws:sns:eu-west-1:111122223333:ops"

func TestTakenActions(t *testing.T) {
	for _, c := range []struct {
		summary, data string
		want          app.TakenAction
		ok            bool
	}{
		{"Successfully executed action " + opsARN,
			`{"actionState":"Succeeded","stateUpdateTimestamp":1,"notificationResource":"` + opsARN +
				`","publishedMessage":{},"error":null}`,
			app.TakenAction{Target: opsARN}, true},
		{"Failed to execute action " + opsARN,
			`{"actionState":"Failed","notificationResource":"` + opsARN + `","error":"not authorized"}`,
			app.TakenAction{Target: opsARN, Failed: true, Problem: "not authorized"}, true},
		{"", `{"actionState":"Failed","notificationResource":"` + opsARN + `","error":{"message":"no such topic"}}`,
			app.TakenAction{Target: opsARN, Failed: true, Problem: "no such topic"}, true},
		{"Failed to execute action " + opsARN + `. Received error: "CloudWatch Alarms is not authorized."`, "",
			app.TakenAction{Target: opsARN, Failed: true, Problem: "CloudWatch Alarms is not authorized."}, true},
		{"Failed to execute action " + opsARN + `. Received error: "no"`, `{"actionState":"Failed"}`,
			app.TakenAction{Target: opsARN, Failed: true, Problem: "no"}, true},
		{"Successfully executed action " + opsARN, `{"error":[1]}`, app.TakenAction{Target: opsARN}, true},
		{"Actions are suppressed by mute", `{}`, app.TakenAction{}, false},
	} {
		got, ok := app.AlarmHistoryItem{Kind: app.ActionTaken, Summary: c.summary, Data: c.data}.Taken()
		if got != c.want || ok != c.ok {
			t.Errorf("%q, %s: %+v, %v; want %+v, %v", c.summary, c.data, got, ok, c.want, c.ok)
		}
	}
	if _, ok := (app.AlarmHistoryItem{Kind: app.StateUpdate,
		Summary: "Successfully executed action " + opsARN}).Taken(); ok {
		t.Error("a state update is taken for an action")
	}
}

func FuzzTakenAction(f *testing.F) {
	f.Add("Failed to execute action "+opsARN+`. Received error: "no"`, `{"actionState":"Failed","error":null}`)
	f.Fuzz(func(t *testing.T, summary, data string) {
		if a, ok := (app.AlarmHistoryItem{Kind: app.ActionTaken, Summary: summary,
			Data: data}).Taken(); ok != (a.Target != "") {
			t.Errorf("%q, %q: %+v, %v", summary, data, a, ok)
		}
	})
}
