package app_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/nephograph/nephograph/app"
)

const (
	requestID = "8f507cfc-1d2e-4f3a-9b6c-0a1b2c3d4e5f"
	traceID   = app.TraceID("1-5fad4cc9-70259536495de84a2a6282cd")
)

func TestReadFacts(t *testing.T) {
	for name, c := range map[string]struct {
		message string
		want    app.LogFacts
	}{
		"JSON": {
			`{"level":"error","requestId":"` + requestID + `","xray_trace_id":"1-5fad4cc9-70259536495de84a2a6282cd","message":"no"}`,
			app.LogFacts{Level: app.LevelError, TraceID: traceID, RequestID: requestID},
		},
		"JSON in other spellings": {
			`  {"severity":"Warning","aws_request_id":"` + requestID + `","traceId":"5fad4cc970259536495de84a2a6282cd"}`,
			app.LogFacts{Level: app.LevelWarn, TraceID: traceID, RequestID: requestID},
		},
		"JSON with a header": {
			`{"lvl":"dbg","X-Amzn-Trace-Id":"Root=1-5fad4cc9-70259536495de84a2a6282cd;Parent=53995c3f42cd8ad8;Sampled=1"}`,
			app.LogFacts{Level: app.LevelDebug, TraceID: traceID},
		},
		"JSON of other types":      {`{"level":30,"requestId":null,"trace":{"id":1}}`, app.LogFacts{}},
		"JSON says ERROR in words": {`{"message":"ERROR in the message is no level"}`, app.LogFacts{}},
		"cut JSON":                 {`{"level": "error", "requestId": "` + requestID + `", "mess`, app.LogFacts{Level: app.LevelError, RequestID: requestID}},
		"EMF": {
			`{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"Shop","Dimensions":[["Service"]],"Metrics":[{"Name":"Orders"}]}]},` +
				`"Service":"checkout","Orders":3,"requestId":"` + requestID + `"}`,
			app.LogFacts{RequestID: requestID},
		},
		"key=value": {
			`time=2026-03-14T09:07:30Z level=warn trace_id=5fad4cc970259536495de84a2a6282cd request_id=` + requestID + ` msg="slow"`,
			app.LogFacts{Level: app.LevelWarn, TraceID: traceID, RequestID: requestID},
		},
		"plain":          {"2026-03-14 09:07:30,123 [main] ERROR com.shop.Checkout - no stock", app.LogFacts{Level: app.LevelError}},
		"in brackets":    {"[INFO] started", app.LogFacts{Level: app.LevelInfo}},
		"with a colon":   {"fatal: cannot start", app.LogFacts{Level: app.LevelError}},
		"part of a word": {"errors=0 informational terror", app.LogFacts{}},
		"says nothing":   {"10.0.0.1 - - GET /health 200", app.LogFacts{}},
		"empty":          {"", app.LogFacts{}},
		"many lines: the first tells the level": {
			"WARN retrying\njava.io.IOException: ERROR\n\tat com.shop.Db.read(Db.java:17)\nAWS-XRAY-TRACE-ID: 1-5fad4cc9-70259536495de84a2a6282cd",
			app.LogFacts{Level: app.LevelWarn, TraceID: traceID},
		},
		"Lambda REPORT": {
			"REPORT RequestId: " + requestID + "\tDuration: 102.25 ms\tBilled Duration: 103 ms\tMemory Size: 128 MB\tMax Memory Used: 80 MB\t\n" +
				"XRAY TraceId: 1-5fad4cc9-70259536495de84a2a6282cd\tSegmentId: 53995c3f42cd8ad8\tSampled: true\t\n",
			app.LogFacts{TraceID: traceID, RequestID: requestID},
		},
		"Lambda START": {"START RequestId: " + requestID + " Version: $LATEST\n", app.LogFacts{RequestID: requestID}},
		"Lambda in Node.js": {
			"2026-03-14T09:07:30.123Z\t" + requestID + "\tERROR\tInvoke Error \t{}",
			app.LogFacts{Level: app.LevelError, RequestID: requestID},
		},
		"Lambda in Python": {
			"[WARNING]\t2026-03-14T09:07:30.123Z\t" + requestID + "\tslow\n",
			app.LogFacts{Level: app.LevelWarn, RequestID: requestID},
		},
		"facts stand at the beginning": {strings.Repeat("x ", 1100) + "request_id=" + requestID, app.LogFacts{}},
		"an id that is cut in two":     {strings.Repeat("x", 2048-20) + " request_id=" + requestID, app.LogFacts{}},
	} {
		if got := app.ReadFacts(c.message); got != c.want {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
	}
}

func FuzzReadFacts(f *testing.F) {
	f.Add(`{"level":"error","requestId":"8f507cfc-1d2e","trace_id":"5fad4cc970259536495de84a2a6282cd"}`)
	f.Add("REPORT RequestId: " + requestID + "\tXRAY TraceId: 1-5fad4cc9-70259536495de84a2a6282cd")
	f.Add("2026-03-14T09:07:30.123Z\t" + requestID + "\tERROR\tInvoke Error")
	f.Add("level=warn request_id=abcdefgh trace_id=5fad4cc970259536495de84a2a6282cd")
	f.Fuzz(func(t *testing.T, message string) {
		facts := app.ReadFacts(message)
		if facts.Level > app.LevelError {
			t.Errorf("level %d", facts.Level)
		}
		if id, ok := app.ParseTraceID(string(facts.TraceID)); facts.TraceID != "" && (!ok || id != facts.TraceID) {
			t.Errorf("trace id %q", facts.TraceID)
		}
		var fields map[string]any
		if json.Unmarshal([]byte(message), &fields) == nil || !utf8.ValidString(message) {
			return // an id in JSON may be written with escapes
		}
		if !strings.Contains(message, facts.RequestID) {
			t.Errorf("request id %q is not in the message", facts.RequestID)
		}
	})
}

// The budget for reading facts is 10 us a message of 300 bytes: 150,000 events in 1.5 s.
func BenchmarkReadFacts(b *testing.B) {
	text := "2026-03-14T09:07:30.123Z\t" + requestID + "\tINFO\t" + strings.Repeat("reserved 3 items for the order ", 8)
	structured := `{"level":"INFO","requestId":"` + requestID + `","message":"` + strings.Repeat("reserved 3 items ", 12) + `"}`
	for b.Loop() {
		app.ReadFacts(text)
		app.ReadFacts(structured)
	}
}

func TestLevel(t *testing.T) {
	for name, want := range map[string]app.Level{
		"trace": app.LevelDebug, "Information": app.LevelInfo, "WARN": app.LevelWarn, "CRITICAL": app.LevelError, "": app.LevelNone, "loud": app.LevelNone,
	} {
		if got := app.ParseLevel(name); got != want {
			t.Errorf("%q is %v, want %v", name, got, want)
		}
	}
	for l := app.LevelNone; l <= app.LevelError; l++ {
		b, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		var again app.Level
		if err := json.Unmarshal(b, &again); err != nil || again != l {
			t.Errorf("%s is read as %v: %v", b, again, err)
		}
	}
	if got := app.Level(77).String(); got != "" {
		t.Errorf("a level that is none is called %q", got)
	}
}
