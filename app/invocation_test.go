package app

import (
	"testing"
	"time"
)

const invoked = "6d68ca91-49c9-448d-89b8-7ca3e6dc66aa"

func messages(texts ...string) (events []LogEvent) {
	for _, text := range texts {
		events = append(events, LogEvent{Message: text})
	}
	return events
}

func TestReadInvocation(t *testing.T) {
	const ms = time.Millisecond
	for _, c := range []struct {
		name  string
		texts []string
		want  Invocation // without the request
		ok    bool
	}{
		{"Text, cold", []string{
			"INIT_START Runtime Version: python:3.12.v36\tRuntime Version ARN: " +
				"arn:aws:lambda:eu-west-1::runtime:8eeff65f\n",
			"START RequestId: " + invoked + " Version: $LATEST\n", "hello", "END RequestId: " + invoked + "\n",
			"REPORT RequestId: " + invoked + "\tDuration: 2356.48 ms\tBilled Duration: 2669 ms\tMemory Size: 512 MB\t" +
				"Max Memory Used: 212 MB\tInit Duration: 312.50 ms\t\nXRAY TraceId: " +
				"1-5fad4cc9-70259536495de84a2a6282cd\t" +
				"SegmentId: 67286c49275ac0ad\tSampled: true\t\n",
		}, Invocation{Reported: true, Duration: 2356480 * time.Microsecond, Billed: 2669 * ms, Memory: 512, Used: 212,
			Init: 312500 * time.Microsecond, Version: "$LATEST", Runtime: "python:3.12.v36"}, true},
		{"Text, timed out", []string{
			"2026-11-28T10:00:00.000Z " + invoked + " Task timed out after 3.00 seconds\n\n",
			"REPORT RequestId: " + invoked + "\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\t" +
				"Max Memory Used: 128 MB\tStatus: timeout\n",
		}, Invocation{Reported: true, Duration: 3 * time.Second, Billed: 3 * time.Second, Memory: 128, Used: 128,
			TimedOut: 3 * time.Second, Outcome: OutcomeTimeout}, true},
		{"Text, its runtime ended", []string{
			"REPORT RequestId: " + invoked + "\tDuration: 12.5 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\t" +
				"Max Memory Used: 30 MB\tStatus: error\tError Type: Runtime.ExitError\n",
		}, Invocation{Reported: true, Duration: 12500 * time.Microsecond, Billed: 13 * ms, Memory: 128, Used: 30,
			Outcome: OutcomeError, ErrorType: "Runtime.ExitError"}, true},
		{"Text, no report", []string{"START RequestId: " + invoked + " Version: 7", "END RequestId: " + invoked},
			Invocation{Version: "7"}, true},
		{"JSON", []string{
			`{"time":"x","type":"platform.initStart","record":{"initializationType":"on-demand",` +
				`"phase":"init","runtimeVersion":"nodejs:20.v9"}}`,
			`{"time":"x","type":"platform.start","record":{"requestId":"` + invoked + `","version":"$LATEST"}}`,
			`{"level":"ERROR","message":"no"}`,
			`{"time":"x","type":"platform.runtimeDone","record":{"requestId":"` + invoked +
				`","status":"error","errorType":"Error","metrics":{"durationMs":99}}}`,
			`{"time":"x","type":"platform.report","record":{"requestId":"` + invoked +
				`","metrics":{"durationMs":97.6,` +
				`"billedDurationMs":98,"memorySizeMB":128,"maxMemoryUsedMB":87,"initDurationMs":792.41}` +
				`,"status":"error"}}`,
		}, Invocation{Reported: true, Duration: 97600 * time.Microsecond, Billed: 98 * ms, Memory: 128, Used: 87,
			Init: 792410 * time.Microsecond, Outcome: OutcomeError, ErrorType: "Error", Version: "$LATEST",
			Runtime: "nodejs:20.v9"}, true},
		{"of another request", []string{"REPORT RequestId: other\tDuration: 1 ms",
			`{"type":"platform.report","record":{"requestId":"other"}}`, "x other Task timed out after 3.00 seconds"},
			Invocation{}, false},
		{"what the function wrote", []string{"REPORT of the day", `{"type":"order"}`, "START"}, Invocation{}, false},
		{"nonsense", []string{"REPORT RequestId: " + invoked +
			"\tDuration: -5 ms\tBilled Duration: 1e99 ms\tMemory Size: x MB"},
			Invocation{Reported: true}, true},
	} {
		c.want.RequestID = invoked
		if got, ok := ReadInvocation(invoked, messages(c.texts...)); got != c.want || ok != c.ok {
			t.Errorf("%s: %+v, %v; want %+v, %v", c.name, got, ok, c.want, c.ok)
		}
	}
}

// FuzzReadInvocation sees that no message makes an invocation with a length or a size that cannot be.
func FuzzReadInvocation(f *testing.F) {
	f.Add("REPORT RequestId: "+invoked+"\tDuration: 2356.48 ms\tMemory Size: 512 MB", invoked)
	f.Add(`{"type":"platform.report","record":{"requestId":"r","metrics":{"durationMs":1e300}}}`, "r")
	f.Add("r Task timed out after NaN seconds", "r")
	f.Fuzz(func(t *testing.T, message, request string) {
		inv, _ := ReadInvocation(request, messages(message))
		for _, d := range []time.Duration{inv.Duration, inv.Billed, inv.Init, inv.Restore, inv.TimedOut} {
			if d < 0 || d > longestInvocation {
				t.Fatalf("a length of %s", d)
			}
		}
		if inv.Memory < 0 || inv.Used < 0 || inv.Outcome.String() == "" && inv.Outcome != OutcomeUnsaid {
			t.Fatalf("%+v", inv)
		}
	})
}
