package mask

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app"
)

const (
	secretText = "password=hunter2"
	gone       = "hunter2"
)

// Every text of an item that may hold a secret comes out masked; the item that went in stays as it was.
func TestItemsAreMasked(t *testing.T) {
	trace := app.Trace{ID: "1-5fad4cc9-70259536495de84a2a6282cd", URL: "https://ann:hunter2@shop.example",
		Spans: []app.Span{{ID: "a", SpanDetail: app.SpanDetail{
			HTTP: &app.HTTP{URL: "/login?" + secretText, UserAgent: secretText},
			SQL:  &app.SQL{URL: "db://u:hunter2@h", Query: "SET " + secretText},
			AWS:  json.RawMessage(`{"password":"hunter2"}`), Metadata: json.RawMessage(`{"a":{"apiKey":"hunter2"}}`),
			Annotations: map[string]any{"password": gone, "note": secretText, "attempt": 1.0},
			Exceptions:  []app.Exception{{Type: "AuthError", Message: secretText}},
		}}}}
	trail := app.TrailEvent{ID: "e1", Raw: json.RawMessage(`{"requestParameters":{"masterUserPassword":"hunter2"}}`),
		ErrorMessage: secretText, UserAgent: secretText,
		Principal: app.Principal{AccessKey: "AKIAIOSFODNN7EXAMPLE"},
		Resources: []app.TrailResource{{Type: "AWS::IAM::AccessKey", Name: "AKIAIOSFODNN7EXAMPLE"}}}
	alarm := app.Alarm{Name: "a", Description: secretText, Reason: secretText, ReasonData: `{"password":"hunter2"}`,
		Expression: secretText,
		Queries:    []app.MetricQuery{{ID: "e1", Label: secretText, Expression: secretText}},
		Tags:       map[string]string{"db-password": gone, "note": secretText, "team": "orders"}}
	for name, item := range map[string][2]any{
		"log event": {app.LogEvent{ID: "1", Message: secretText, LogFacts: app.LogFacts{RequestID: "r-1"}},
			Mask{}.LogEvent(app.LogEvent{ID: "1", Message: secretText, LogFacts: app.LogFacts{RequestID: "r-1"}})},
		"alarm":  {alarm, Mask{}.Alarm(alarm)},
		"tagged": {app.Tagged{ARN: "a", Tags: alarm.Tags}, Mask{}.Tagged(app.Tagged{ARN: "a", Tags: alarm.Tags})},
		"history": {app.AlarmHistoryItem{Alarm: "a", Data: `{"password":"hunter2"}`},
			Mask{}.AlarmHistoryItem(app.AlarmHistoryItem{Alarm: "a", Data: `{"password":"hunter2"}`})},
		"trace": {trace, Mask{}.Trace(trace)},
		"trail": {trail, Mask{}.TrailEvent(trail)},
	} {
		before, after := jsonOf(t, item[0]), jsonOf(t, item[1])
		if strings.Contains(after, gone) || strings.Contains(after, "AKIAIOSFODNN7EXAMPLE") {
			t.Errorf("%s: %s", name, after)
		}
		if !strings.Contains(before, gone) {
			t.Errorf("%s was changed where it stood", name)
		}
		if len(before) != len(after) {
			t.Errorf("%s: %d bytes became %d", name, len(before), len(after))
		}
	}
}

func TestItemsWithoutASecretStay(t *testing.T) {
	trace := app.Trace{ID: "1-5fad4cc9-70259536495de84a2a6282cd", URL: "https://shop.example/?a=1",
		Spans: []app.Span{{ID: "a", SpanDetail: app.SpanDetail{
			AWS:         json.RawMessage(`{"operation":"UpdateItem","request_id":"4D2T7GL0V8"}`),
			Annotations: map[string]any{"customer": "c-1931"}}}}}
	if got, want := jsonOf(t, Mask{}.Trace(trace)), jsonOf(t, trace); got != want {
		t.Errorf("%s became %s", want, got)
	}
	if none := (Mask{}).Trace(app.Trace{}); none.Spans != nil {
		t.Error("no spans became some")
	}
	alarm := app.Alarm{Expression: "IF(pass > 5 AND key == 1, 100 * errors / invocations)",
		Tags: map[string]string{"team": "orders",
			"aws:cloudformation:stack-id": "arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/8f1c"},
		Queries: []app.MetricQuery{{ID: "e1", Label: "error rate", Expression: "100 * errors / invocations"}}}
	if got, want := jsonOf(t, Mask{}.Alarm(alarm)), jsonOf(t, alarm); got != want {
		t.Errorf("%s became %s", want, got)
	}
	if unknown, none := (Mask{}).Alarm(app.Alarm{}).Tags,
		(Mask{}).Alarm(app.Alarm{Tags: map[string]string{}}).Tags; unknown != nil || none == nil {
		t.Errorf("unknown tags became %#v, and no tags %#v", unknown, none)
	}
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
