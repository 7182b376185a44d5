package app

import (
	"cmp"
	"encoding/json"
	"regexp"
	"strings"
	"time"
)

// LogGroup is a CloudWatch Logs log group.
type LogGroup struct {
	Scope
	Name      string    `json:"name"`
	ARN       string    `json:"arn"`
	Retention int       `json:"retention_days,omitempty"` // 0: never expires
	Stored    int64     `json:"stored_bytes"`
	Created   time.Time `json:"created"`
	Class     string    `json:"class,omitempty"` // STANDARD or INFREQUENT_ACCESS
}

// LogEvent is one event of a log group. Scope, Group and ID identify it.
type LogEvent struct {
	Scope
	Group    string    `json:"group"`
	Stream   string    `json:"stream"`
	ID       string    `json:"id"`       // FilterLogEvents' eventId
	At       time.Time `json:"at"`       // milliseconds
	Ingested time.Time `json:"ingested"` // milliseconds
	Message  string    `json:"message"`
	LogFacts
}

// CompareLogEvents orders by time, then scope, group and id.
func CompareLogEvents(a, b LogEvent) int {
	return cmp.Or(a.At.Compare(b.At), CompareScopes(a.Scope, b.Scope), cmp.Compare(a.Group, b.Group), cmp.Compare(a.ID, b.ID))
}

// Level is how grave a log event says it is. Zero means that it does not say.
type Level uint8

// The levels, from none to worst; FATAL and CRITICAL count as LevelError.
const (
	LevelNone Level = iota
	LevelDebug
	LevelInfo
	LevelWarn
	LevelError
)

var levelNames = [...]string{"", "DEBUG", "INFO", "WARN", "ERROR"}

// String returns DEBUG, INFO, WARN, ERROR or "".
func (l Level) String() string {
	if int(l) < len(levelNames) {
		return levelNames[l]
	}
	return ""
}

// MarshalText writes the level's name.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads a name in any of the spellings that loggers use; what it does not know is LevelNone.
func (l *Level) UnmarshalText(b []byte) error { *l = ParseLevel(string(b)); return nil }

// ParseLevel returns the level of a name as loggers write it, in any case.
func ParseLevel(name string) Level {
	switch strings.ToUpper(name) {
	case "TRACE", "DEBUG", "DBG":
		return LevelDebug
	case "INFO", "INFORMATION", "NOTICE":
		return LevelInfo
	case "WARN", "WARNING":
		return LevelWarn
	case "ERROR", "ERR", "FATAL", "CRITICAL", "CRIT", "SEVERE", "PANIC", "EMERG", "ALERT":
		return LevelError
	}
	return LevelNone
}

// LogFacts is what the console reads out of a message, to count by level and to join with other signals.
type LogFacts struct {
	Level     Level   `json:"level"`
	TraceID   TraceID `json:"trace_id,omitempty"`
	RequestID string  `json:"request_id,omitempty"`
}

// The spellings under which messages carry what LogFacts holds.
var (
	levelKeys   = []string{"level", "severity", "levelname", "log_level", "loglevel", "lvl"}
	traceKeys   = []string{"xray_trace_id", "traceId", "trace_id", "xrayTraceId", "@xrayTraceId", "X-Amzn-Trace-Id", "TraceId", "trace"}
	requestKeys = []string{"requestId", "request_id", "aws_request_id", "AWSRequestId", "function_request_id", "x-amzn-requestid", "RequestId"}

	levelWord = regexp.MustCompile(`(?i)(?:^|[\s\[\(<|"'=:])(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|CRITICAL|FATAL|PANIC)(?:[\s\]\)>|"':,]|$)`)
	traceText = regexp.MustCompile(`\b1-[0-9a-fA-F]{8}-[0-9a-fA-F]{24}\b|\b[tT]race[_-]?[iI][dD]["']?\s*[=:]\s*["']?([0-9a-fA-F]{32})\b`)
	// lambdaRequest is a field of the lines that Lambda's Node.js and Python runtimes write, between tabs (Lambda developer
	// guide, "Using the Node.js logging libraries").
	lambdaRequest = regexp.MustCompile(`\t([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?:\t|$)`)
	requestText   = regexp.MustCompile(`(?i)\brequest[ _-]?id["']?\s*[=:]\s*["']?([0-9a-z][0-9a-z_=+/-]{7,})`)
)

// facts are looked for in the first part of a message only: loggers put them there, and a stack trace has none.
const factsWithin = 2048

// ReadFacts reads a message, which may be JSON, key=value or plain text, of one line or many.
func ReadFacts(message string) LogFacts {
	if trimmed := strings.TrimLeft(message, " \t"); strings.HasPrefix(trimmed, "{") {
		var fields map[string]json.RawMessage
		if json.Unmarshal([]byte(trimmed), &fields) == nil {
			return factsOfFields(fields)
		}
	}
	return factsOfText(beginning(message))
}

// beginning returns the part of a message that facts are looked for in; it never ends within a word, which might be an
// id.
func beginning(message string) string {
	if len(message) <= factsWithin {
		return message
	}
	message = message[:factsWithin]
	return message[:strings.LastIndexAny(message, " \t\r\n")+1]
}

func factsOfFields(fields map[string]json.RawMessage) LogFacts {
	id, _ := ParseTraceID(firstText(fields, traceKeys))
	return LogFacts{ParseLevel(firstText(fields, levelKeys)), id, firstText(fields, requestKeys)}
}

func firstText(fields map[string]json.RawMessage, keys []string) string {
	for _, k := range keys {
		var text string
		if raw, ok := fields[k]; ok && json.Unmarshal(raw, &text) == nil && text != "" {
			return text
		}
	}
	return ""
}

func factsOfText(text string) LogFacts {
	var f LogFacts
	line, _, _ := strings.Cut(text, "\n")
	if m := levelWord.FindStringSubmatch(line); m != nil {
		f.Level = ParseLevel(m[1])
	}
	// The words are looked for first: that is ten times quicker than finding out by expression that they are not there.
	if strings.Contains(text, "1-") || strings.Contains(text, "race") {
		if m := traceText.FindStringSubmatch(text); m != nil {
			f.TraceID, _ = ParseTraceID(cmp.Or(m[1], m[0]))
		}
	}
	if strings.Contains(text, "equest") || strings.Contains(text, "EQUEST") {
		if m := requestText.FindStringSubmatch(text); m != nil {
			f.RequestID = m[1]
		}
	}
	if f.RequestID == "" && strings.Contains(line, "\t") {
		if m := lambdaRequest.FindStringSubmatch(line); m != nil {
			f.RequestID = m[1]
		}
	}
	return f
}

// LogResult is what a search gives at once: the first events, and how many there are in all.
type LogResult struct {
	Events []LogEvent
	Total  int
}

// LogCount is how many events of one level fall into a bucket of time.
type LogCount struct {
	At    time.Time // start of the bucket
	Level Level
	Count int
}

// LogTotal is how many events one log group has, by level.
type LogTotal struct {
	Scope
	Group  string
	Counts [LevelError + 1]int
}

// Events returns how many they are in all.
func (t LogTotal) Events() (n int) {
	for _, c := range t.Counts {
		n += c
	}
	return n
}
