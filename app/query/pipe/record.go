package pipe

import (
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// record is one row on its way through the commands.
type record struct {
	event *app.LogEvent // nil after stats
	made  []Value       // of fields that commands make
	names *names        // of the fields that are discovered in the message
	found []Value       // their values, once read
	read  bool
}

// clone returns a record that outlives the event's turn.
func (r *record) clone() *record {
	c := &record{made: slices.Clone(r.made), names: r.names, found: slices.Clone(r.found), read: r.read}
	if r.event != nil {
		event := *r.event
		c.event = &event
	}
	return c
}

// at is the time of the event, 0 after stats.
func (r *record) at() int64 {
	if r.event == nil {
		return 0
	}
	return r.event.At.UnixMilli()
}

// discovered returns a field of the message.
func (r *record) discovered(i int) Value {
	if !r.read {
		find(jsonIn(r.event), r.names, r.found)
		r.read = true
	}
	return r.found[i]
}

// jsonIn returns the JSON of a message: all of it, or the first that a Lambda function has logged with text before it
// ("Supported logs and discovered fields", CloudWatch Logs user guide).
func jsonIn(e *app.LogEvent) string {
	if text := strings.TrimLeft(e.Message, " \t\r\n"); strings.HasPrefix(text, "{") {
		return text
	}
	if i := strings.IndexByte(e.Message, '{'); i >= 0 && strings.HasPrefix(e.Group, "/aws/lambda/") {
		return e.Message[i:]
	}
	return ""
}

// ofEvent are the fields that Logs Insights gives every event, those that it finds in what the Lambda platform logs,
// and @level.
var ofEvent = map[string]func(*app.LogEvent) Value{
	"@timestamp":     func(e *app.LogEvent) Value { return timeOf(e.At) },
	"@ingestionTime": func(e *app.LogEvent) Value { return timeOf(e.Ingested) },
	"@message":       func(e *app.LogEvent) Value { return textOf(e.Message) },
	"@logStream":     func(e *app.LogEvent) Value { return textOf(e.Stream) },
	"@log":           func(e *app.LogEvent) Value { return textOf(e.Account + ":" + e.Group) },
	"@ptr":           func(e *app.LogEvent) Value { return textOf(e.ID) },
	"@aws.account":   func(e *app.LogEvent) Value { return textOf(e.Account) },
	"@aws.region":    func(e *app.LogEvent) Value { return textOf(e.Region) },

	"@level":     func(e *app.LogEvent) Value { return known(e.Level.String()) },
	"@requestId": func(e *app.LogEvent) Value { return known(e.RequestID) },

	"@type":           func(e *app.LogEvent) Value { return known(platformType(e.Message)) },
	"@duration":       reported("\tDuration: ", 1),
	"@billedDuration": reported("\tBilled Duration: ", 1),
	"@initDuration":   reported("\tInit Duration: ", 1),
	"@memorySize":     reported("\tMemory Size: ", megabyte),
	"@maxMemoryUsed":  reported("\tMax Memory Used: ", megabyte),
	"@xrayTraceId":    func(e *app.LogEvent) Value { return labelled(e.Message, "XRAY TraceId: ") },
	"@xraySegmentId":  func(e *app.LogEvent) Value { return labelled(e.Message, "SegmentId: ") },
}

// megabyte is how many bytes Logs Insights makes of an MB in a REPORT: AWS's own queries divide by 1,000 twice.
const megabyte = 1_000_000

// known is a text, or no value for "".
func known(s string) Value {
	if s == "" {
		return Value{}
	}
	return textOf(s)
}

// platformType returns which line of the Lambda platform a message is: START, END or REPORT.
func platformType(message string) string {
	word, after, _ := strings.Cut(message, " ")
	switch word {
	case "START", "END", "REPORT":
		if strings.HasPrefix(after, "RequestId: ") {
			return word
		}
	}
	return ""
}

// reported makes the field of a REPORT that stands after a label, times a factor.
func reported(label string, factor float64) func(*app.LogEvent) Value {
	return func(e *app.LogEvent) Value {
		if !strings.HasPrefix(e.Message, "REPORT RequestId: ") {
			return Value{}
		}
		if n, ok := labelled(e.Message, label).Number(); ok {
			return numberOf(n * factor)
		}
		return Value{}
	}
}

// labelled returns the word after a label in a REPORT.
func labelled(message, label string) Value {
	_, after, ok := strings.Cut(message, label)
	if !ok || !strings.HasPrefix(message, "REPORT RequestId: ") {
		return Value{}
	}
	word := after
	if i := strings.IndexAny(after, " \t\r\n"); i >= 0 {
		word = after[:i]
	}
	return known(word)
}
