package app

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"
)

// Invocation is one run of a Lambda function, as the records of the Lambda platform tell it: in the format Text the
// lines INIT_START, START, END and REPORT, in the format JSON the records platform.* (Lambda developer guide, "Sending
// Lambda function logs to CloudWatch Logs" and "Telemetry API Event schema reference"). What no record says is zero:
// the length of an invocation is never taken from the times of events, which are not those of the invocation.
type Invocation struct {
	RequestID string
	Reported  bool          // its report is there: an invocation without one is running, or the report was not pulled
	Duration  time.Duration // that the function took
	Billed    time.Duration
	Memory    int           // MB that it may use
	Used      int           // MB that it used at most, of the execution environment so far
	Init      time.Duration // of its execution environment: 0 where that was there already
	Restore   time.Duration // of a snapshot (SnapStart)
	TimedOut  time.Duration // after which it was stopped; 0: it was not, or that is not said
	Outcome   InvocationOutcome
	ErrorType string // Runtime.ExitError
	Version   string // of the function: $LATEST
	Runtime   string // python:3.12.v36
}

// InvocationOutcome is how an invocation ended.
type InvocationOutcome uint8

// The outcomes. In the format Text a report says only what went wrong, and that not of errors of the function itself.
const (
	OutcomeUnsaid  InvocationOutcome = iota
	OutcomeSuccess                   // the platform says that it succeeded
	OutcomeError                     // the function failed
	OutcomeFailure                   // its runtime or environment failed
	OutcomeTimeout                   // it was stopped
)

var outcomeNames = [...]string{"", "success", "error", "failure", "timeout"}

// String returns success, error, failure, timeout or "".
func (o InvocationOutcome) String() string { return outcomeNames[min(int(o), len(outcomeNames)-1)] }

func outcomeOf(name string) InvocationOutcome {
	for i, n := range outcomeNames {
		if n == name {
			return InvocationOutcome(i)
		}
	}
	return OutcomeUnsaid
}

// ReadInvocation reads an invocation from the log events of its request. ok is false where none of them is a record of
// the platform: the request is not one of a Lambda function, or only what the function itself wrote is there.
func ReadInvocation(request string, events []LogEvent) (inv Invocation, ok bool) {
	inv.RequestID = request
	for _, e := range events {
		if inv.read(PlainText(e.Message)) {
			ok = true
		}
	}
	return inv, ok
}

// read takes up what a message says, and reports whether it is a record of the platform about this invocation.
func (inv *Invocation) read(message string) bool {
	message = strings.TrimSpace(message)
	kind, rest, _ := strings.Cut(message, " ")
	switch kind {
	case "START", "END", "REPORT", "RESTORE_REPORT":
		return inv.readLine(kind, rest)
	case "INIT_START":
		inv.Runtime = firstWord(fieldsOfReport(rest)["Runtime Version"])
		return true
	}
	if strings.HasPrefix(message, "{") {
		return inv.readJSON(message)
	}
	return inv.readTimeout(message)
}

func firstWord(text string) string {
	if words := strings.Fields(text); len(words) > 0 {
		return words[0]
	}
	return ""
}

// readLine reads a line of the format Text: "RequestId: ..." and what follows it.
func (inv *Invocation) readLine(kind, rest string) bool {
	fields := fieldsOfReport(rest)
	id := firstWord(fields["RequestId"])
	if id != inv.RequestID {
		return false
	}
	switch kind {
	case "START":
		_, version, _ := strings.Cut(fields["RequestId"], "Version: ")
		inv.Version = strings.TrimSpace(version)
	case "REPORT":
		inv.Reported = true
		inv.Duration, inv.Billed = reportedLength(fields["Duration"]), reportedLength(fields["Billed Duration"])
		inv.Memory, inv.Used = megabytesOf(fields["Memory Size"]), megabytesOf(fields["Max Memory Used"])
		inv.Init, inv.Restore = reportedLength(fields["Init Duration"]), reportedLength(fields["Restore Duration"])
		inv.end(fields["Status"], fields["Error Type"])
	}
	return true
}

// end takes up how the invocation ended, which another record may have said already.
func (inv *Invocation) end(status, errorType string) {
	inv.Outcome = max(inv.Outcome, outcomeOf(status))
	if errorType != "" {
		inv.ErrorType = errorType
	}
}

// fieldsOfReport reads "Name: value" between tabs and line breaks.
func fieldsOfReport(text string) map[string]string {
	fields := map[string]string{}
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\t' || r == '\n' || r == '\r' }) {
		if name, value, ok := strings.Cut(strings.TrimSpace(part), ": "); ok {
			fields[name] = strings.TrimSpace(value)
		}
	}
	return fields
}

// reportedLength reads "2356.48 ms".
func reportedLength(text string) time.Duration {
	number, unit, _ := strings.Cut(text, " ")
	ms, err := strconv.ParseFloat(number, 64)
	if err != nil || unit != "ms" {
		return 0
	}
	return milliseconds(ms)
}

// longestInvocation bounds lengths that are read: what is longer is no length of an invocation, which ends after
// fifteen minutes (Lambda developer guide, "Lambda quotas").
const longestInvocation = 24 * time.Hour

func milliseconds(ms float64) time.Duration {
	if math.IsNaN(ms) || ms < 0 || ms > float64(longestInvocation.Milliseconds()) {
		return 0
	}
	return time.Duration(math.Round(ms * float64(time.Millisecond)))
}

// megabytesOf reads "512 MB".
func megabytesOf(text string) int {
	number, unit, _ := strings.Cut(text, " ")
	mb, err := strconv.Atoi(number)
	if err != nil || unit != "MB" || mb < 0 {
		return 0
	}
	return mb
}

// platformRecord is a record of the platform in the format JSON.
type platformRecord struct {
	Type   string
	Record struct {
		RequestID      string `json:"requestId"`
		Version        string
		RuntimeVersion string `json:"runtimeVersion"`
		Status         string
		ErrorType      string `json:"errorType"`
		Metrics        struct {
			Duration float64 `json:"durationMs"`
			Billed   float64 `json:"billedDurationMs"`
			Memory   float64 `json:"memorySizeMB"`
			Used     float64 `json:"maxMemoryUsedMB"`
			Init     float64 `json:"initDurationMs"`
			Restore  float64 `json:"restoreDurationMs"`
		}
	}
}

func (inv *Invocation) readJSON(message string) bool {
	var p platformRecord
	if json.Unmarshal([]byte(message), &p) != nil || !strings.HasPrefix(p.Type, "platform.") {
		return false
	}
	r := p.Record
	if p.Type == "platform.initStart" {
		inv.Runtime = r.RuntimeVersion
		return true
	}
	if r.RequestID != inv.RequestID {
		return false
	}
	switch p.Type {
	case "platform.start":
		inv.Version = r.Version
	case "platform.report":
		m := r.Metrics
		inv.Reported = true
		inv.Duration, inv.Billed = milliseconds(m.Duration), milliseconds(m.Billed)
		inv.Init, inv.Restore = milliseconds(m.Init), milliseconds(m.Restore)
		inv.Memory, inv.Used = megabytes(m.Memory), megabytes(m.Used)
		inv.end(r.Status, r.ErrorType)
	case "platform.runtimeDone":
		inv.end(r.Status, r.ErrorType)
	}
	return true
}

func megabytes(mb float64) int { return int(min(max(mb, 0), 1<<20)) }

// readTimeout reads "... REQUEST Task timed out after 3.00 seconds".
func (inv *Invocation) readTimeout(message string) bool {
	before, after, ok := strings.Cut(message, " Task timed out after ")
	if !ok || !strings.HasSuffix(before, inv.RequestID) {
		return false
	}
	seconds, err := strconv.ParseFloat(firstWord(after), 64)
	if err != nil {
		return false
	}
	inv.TimedOut = milliseconds(seconds * 1000)
	inv.Outcome = OutcomeTimeout
	return true
}
