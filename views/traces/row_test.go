package traces

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
)

func TestQueriesOfTraces(t *testing.T) {
	fault := app.Trace{Scope: app.Scope{Account: "111122223333", Region: "eu-west-1"},
		ID:       "1-5fad4cc9-70259536495de84a2a6282cd",
		Duration: 3 * time.Second, Response: 1500 * time.Millisecond, Entry: "shop-api/prod", Method: "POST",
		URL: "https://shop.test/checkout?a=1", Status: 502, Fault: true}
	open := app.Trace{Partial: true}
	for text, want := range map[string][2]bool{ // of fault, of open
		"":                     {true, true},
		"result:fault":         {true, false},
		`result:"in progress"`: {false, true},
		"duration>2s":          {true, false},
		"response<=1.5":        {true, false},
		"status>=500":          {true, false},
		"-status:200":          {true, true},
		"path:/checkout*":      {true, false},
		"entry:shop*":          {true, false},
		"method:post":          {true, false},
		"checkout":             {true, false},
		"region:eu-west-1":     {true, false},
	} {
		f, err := query.ParseFilter(text, fieldNames)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := [2]bool{f.Match(traceFields{fault}), f.Match(traceFields{open})}; got != want {
			t.Errorf("%q finds %v, want %v", text, got, want)
		}
	}
}

func TestKeyOfTraces(t *testing.T) {
	trace := app.Trace{ID: "1-5fad4cc9-70259536495de84a2a6282cd"}
	if keyOf(trace) != keyOf(app.Latency{ID: trace.ID}) || keyOf(trace) != keyOf(app.TraceSpan{Trace: trace}) {
		t.Error("a trace has another key as a dot or by its span")
	}
	if keyOf(app.LogEvent{}) != "" {
		t.Error("a log event has the key of a trace")
	}
}
