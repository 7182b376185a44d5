package app_test

import (
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
			`{"level":"error","requestId":"` + requestID +
				`","xray_trace_id":"1-5fad4cc9-70259536495de84a2a6282cd","message":"no"}`,
			app.LogFacts{Level: app.LevelError, TraceID: traceID, RequestID: requestID},
		},
		"JSON in other spellings": {
			`  {"severity":"Warning","aws_request_id":"` + requestID +
				`","traceId":"5fad4cc970259536495de84a2a6282cd"}`,
			app.LogFacts{Level: app.LevelWarn, TraceID: traceID, RequestID: requestID},
		},
		"JSON with a header": {
			`{"lvl":"dbg","X-Amzn-Trace-Id":"Root=1-5fad4cc9-70259536495de84a2a6282cd;Parent=53995c3f42cd8ad8;Sampled=1"}`,
			app.LogFacts{Level: app.LevelDebug, TraceID: traceID},
		},
		"JSON of other types":      {`{"level":true,"requestId":null,"trace":{"id":1}}`, app.LogFacts{}},
		"JSON says ERROR in words": {`{"message":"ERROR in the message is no level"}`, app.LogFacts{}},
		"cut JSON": {`{"level": "error", "requestId": "` + requestID + `", "mess`,
			app.LogFacts{Level: app.LevelError, RequestID: requestID}},
		"EMF": {
			`{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"Shop",` +
				`"Dimensions":[["Service"]],"Metrics":[{"Name":"Orders"}]}]},` +
				`"Service":"checkout","Orders":3,"requestId":"` + requestID + `"}`,
			app.LogFacts{RequestID: requestID},
		},
		"key=value": {
			`time=2026-03-14T09:07:30Z level=warn trace_id=5fad4cc970259536495de84a2a6282cd request_id=` + requestID +
				` msg="slow"`,
			app.LogFacts{Level: app.LevelWarn, TraceID: traceID, RequestID: requestID},
		},
		"plain": {"2026-03-14 09:07:30,123 [main] ERROR com.shop.Checkout - no stock",
			app.LogFacts{Level: app.LevelError}},
		"in brackets":    {"[INFO] started", app.LogFacts{Level: app.LevelInfo}},
		"with a colon":   {"fatal: cannot start", app.LogFacts{Level: app.LevelError}},
		"part of a word": {"errors=0 informational terror", app.LogFacts{}},
		"says nothing":   {"10.0.0.1 - - GET /health 200", app.LogFacts{}},
		"empty":          {"", app.LogFacts{}},
		"many lines: the first tells the level": {
			"WARN retrying\njava.io.IOException: ERROR\n\tat com.shop.Db.read(Db.java:17)\nAWS-XRAY-TRACE-ID: " +
				"1-5fad4cc9-70259536495de84a2a6282cd",
			app.LogFacts{Level: app.LevelWarn, TraceID: traceID},
		},
		"Lambda REPORT": {
			"REPORT RequestId: " + requestID +
				"\tDuration: 102.25 ms\tBilled Duration: 103 ms\tMemory Size: 128 MB\tMax Memory Used: 80 MB\t\n" +
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
		if strings.ContainsAny(message, "\\\x1b") || !utf8.ValidString(message) {
			return // an id may be written with escapes, or with colours between
		}
		if !strings.Contains(message, facts.RequestID) {
			t.Errorf("request id %q is not in the message", facts.RequestID)
		}
	})
}

// What containers, agents and runtimes put around a message does not hide what it says.
func TestReadFactsOfWrappedMessages(t *testing.T) {
	found := app.LogFacts{Level: app.LevelError, RequestID: requestID}
	for name, message := range map[string]string{
		"FireLens": `{"container_id":"149","source":"stdout","log":"{\"level\":\"ERROR\",\"requestId\":\"` + requestID +
			`\"}"}`,
		"Fluent Bit, containerd": `{"log":"2026-11-28T10:00:00.8Z stdout F {\"level\":\"ERROR\",\"requestId\":\"` +
			requestID + `\"}",` +
			`"kubernetes":{"labels":{"level":"info"}}}`,
		"Fluent Bit, text": `{"log":"2026-11-28T10:00:00.8Z stderr F 2026-11-28 10:00:00 ERROR no, requestId=` +
			requestID + `\n","kubernetes":{}}`,
		"Fluent Bit, merged": `{"log_processed":{"level":"error","requestId":"` + requestID +
			`"},"log":"{\"level\":\"info\"}"}`,
		"containerd": "2026-11-28T10:00:00.8Z stderr F {\"level\":\"fatal\",\"request_id\":\"" + requestID +
			"\"}",
		"colours in FireLens": `{"log":"\u001b[31mERROR\u001b[0m requestId\u001b[2m=\u001b[0m` + requestID + `"}`,
		"wrapped twice": `{"log":"{\"log\":\"{\\\"level\\\":\\\"error\\\",\\\"requestId\\\":\\\"` + requestID +
			`\\\"}\"}"}`,
		"Lambda's platform": `{"time":"x","type":"platform.report","record":{"requestId":"` + requestID +
			`","status":"timeout"}}`,
		"Lambda's report":   "REPORT RequestId: " + requestID + "\tDuration: 3000.00 ms\tStatus: timeout\n",
		"Lambda's time-out": "2026-11-28T10:00:00.000Z " + requestID + " Task timed out after 3.00 seconds\n\n",
		"Lambda's exit": "RequestId: " + requestID +
			" Error: Runtime exited with error: signal: killed\nRuntime.ExitError\n",
		"after an empty line": "\n{\"level\":\"error\",\"requestId\":\"" + requestID + "\"}\n",
		"cut off":             `{"@l":"Fatal","Properties":{"RequestId":"` + requestID + `","Path":"/ord`,
	} {
		if got := app.ReadFacts(message); got != found {
			t.Errorf("%s: got %+v", name, got)
		}
	}
	if got := app.ReadFacts(`{"type":"order","record":{"status":"error"}}`); got.Level != app.LevelNone {
		t.Errorf("a record of another type says %v", got.Level)
	}
	deep := `{"level":"warn","log":` + strings.Repeat(`{"log":`, 100_000)
	if got := app.ReadFacts(deep); got.Level != app.LevelWarn {
		t.Errorf("nested deeply: %+v", got)
	}
}

func TestReadFactsOfLevels(t *testing.T) {
	for level, messages := range map[app.Level][]string{
		app.LevelDebug: {
			"dbug: Shop[0]\n      x", "trce: Shop[0]\n      y", `{"level":10}`, `{"level":20}`, `{"@l":"Verbose"}`,
			"[10:00:00 DBG] x",
			"DEBU[0000] x", "D, [2026-11-28T10:00:00.1 #1] DEBUG -- : x",
		},
		app.LevelInfo: {
			"info: Shop[0]\n      x", `{"level":30}`, "I0412 12:00:00.123456       1 x.go:1] error budget fine",
			"2026-11-28 10:00:00 - shop.db - INFO - ERROR",
			"[2026-11-28T10:00:00Z INFO app::db] ERROR", "2026-11-28T10:00:00.000Z\tinfo\tmain.go:3\tstarted",
			"2026-11-28 10:00:00.123 | INFO     | shop:main:1 - x",
			`time=2026-11-28T10:00:00Z level=INFO msg="ERROR was gone"`,
		},
		app.LevelWarn: {
			"\x1b[33mwarn\x1b[39m: disk", `{"level":40}`, "[2026-11-28 10:00:00] production.WARNING: sent ERROR mail",
			"W0412 12:00:00.123456 1 x.go:1] x",
			`{"log.level":"warn"}`, `{"log":{"level":"WARN"}}`, `{"severity":"Warning"}`, "10:00AM WRN disk is full",
			"PHP Warning:  Undefined variable",
			"2026-11-28T10:00:00Z 0 [Warning] [MY-010068] x",
		},
		app.LevelError: {
			"fail: Shop.Orders[0]\n      Payment refused", "crit: Shop[0]\n      Out of disk", `{"level":50}`,
			`{"level":60}`, `{"Level":"Error"}`, `{"@l":"Fatal"}`,
			`{"LogLevel":"Critical"}`, `{"severityText":"ERROR"}`, `{"level_name":"ERROR","level":400}`,
			"E0412 12:00:00.123456       1 reflector.go:138] Failed",
			"2026/11/28 10:00:00 [error] 31#31: *1 open() failed",
			"[Fri Nov 28 10:00:00.1 2026] [core:error] [pid 1] x", "ERROR:root:no",
			"\x1b[2m2026-11-28T10:00:00Z\x1b[0m \x1b[31mERROR\x1b[0m x",
			"nginx: error: no such file", `{"level":"error","msg":"cut o`, "panic: runtime error", "ERRO[0001] x",
			"PHP Fatal error:  Uncaught", "Nov 28 10:00:00 ip-10-0-0-1 app[12]: ERROR x",
			`2026-11-28T10:00:00Z shop {"severity": "error"}`, "2026-11-28T10:00:00Z shop level=50 x",
			"Error: boom\n    at f0 (/var/task/i.js:0:3)",
		},
		app.LevelNone: {
			"2026-11-28 10:00:00 Deploy finished without error", "no error", `{"level":402590798071}`, `{"level":400}`,
			`{"level":"loud"}`, `{"levels":"error"}`,
			"failed to fail", "the alert was sent", "10.0.0.1 - - GET /error/500 200",
			`{"msg":"level=error","status":"error"}`, "\x1b[31m", "\x1b", "[", "level=",
		},
	} {
		for _, m := range messages {
			if got := app.ReadFacts(m).Level; got != level {
				t.Errorf("%q: %q, want %q", m, got, level)
			}
		}
	}
}

func TestReadFactsOfTraces(t *testing.T) {
	const id, w3c = string(traceID), "5fad4cc970259536495de84a2a6282cd"
	for _, m := range []string{
		`{"AWS-XRAY-TRACE-ID":"` + id + `@0efbd19962d95b05"}`, `{"traceId":"` + id + `@0efbd19962d95b05"}`,
		`{"mdc":{"AWS-XRAY-TRACE-ID":"AWS-XRAY-TRACE-ID: ` + id + `@0efbd19962d95b05"}}`,
		`{"trace":{"id":"` + w3c + `"}}`, `{"trace.id":"` + w3c + `"}`,
		`{"traceparent":"00-` + w3c + `-53995c3f42cd8ad8-01"}`,
		`{"record":{"tracing":{"spanId":"x","value":"Root=` + id + `;Parent=53995c3f42cd8ad8;Sampled=1"}}}`,
		"AWS-XRAY-TRACE-ID: " + id + "@0efbd19962d95b05 x", "trace.id=" + w3c,
		"traceparent: 00-" + w3c + "-53995c3f42cd8ad8-01",
		`INFO {\"trace_id\":\"` + w3c + `\"}`, "TRACE_ID x race traceId " + "Trace-Id: " + w3c,
	} {
		if got := app.ReadFacts(m).TraceID; got != traceID {
			t.Errorf("%s: %q", m, got)
		}
	}
	for _, m := range []string{"trace_id=" + w3c + "0", "x1-5fad4cc9-70259536495de84a2a6282cd",
		`{"trace":{"name":"` + w3c + `"}}`, "trace_id=00000000000000000000000000000000"} {
		if got := app.ReadFacts(m).TraceID; got != "" {
			t.Errorf("%s: %q", m, got)
		}
	}
}
