package app

import (
	"cmp"
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
	Class     string    `json:"class,omitempty"` // STANDARD, INFREQUENT_ACCESS or DELIVERY
}

// Filtered reports whether FilterLogEvents reads the group: groups of the infrequent-access and delivery classes are
// read by other means only (CloudWatch Logs user guide, "Log classes"). Of one that does not say its class it is
// taken for granted.
func (g LogGroup) Filtered() bool { return g.Class == "" || g.Class == "STANDARD" }

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
	return cmp.Or(a.At.Compare(b.At), CompareScopes(a.Scope, b.Scope), cmp.Compare(a.Group, b.Group),
		cmp.Compare(a.ID, b.ID))
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

// ParseLevel returns the level of a name as loggers write it, in any case: syslog's, and those of the loggers of Java,
// .NET (Microsoft.Extensions.Logging and Serilog), Go, Python, Ruby and Node.js with their short forms.
func ParseLevel(name string) Level {
	var folded [11]byte // INFORMATION is the longest
	if len(name) > len(folded) {
		return LevelNone
	}
	for i := range len(name) {
		folded[i] = name[i] | 0x20
	}
	switch string(folded[:len(name)]) {
	case "trace", "debug", "dbg", "trce", "dbug", "trc", "verbose", "vrb", "fine", "finer", "finest":
		return LevelDebug
	case "info", "information", "notice", "inf":
		return LevelInfo
	case "warn", "warning", "wrn":
		return LevelWarn
	case "error", "err", "fatal", "critical", "crit", "severe", "panic", "dpanic", "emerg", "emergency", "alert",
		"fail", "ftl":
		return LevelError
	}
	return LevelNone
}

// levelOfNumber returns the level of a number as pino and bunyan write it (bunyan, "Levels"; pino, "logger.levels"):
// 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal. Any other number is none.
func levelOfNumber(digits string) Level {
	switch digits {
	case "10", "20":
		return LevelDebug
	case "30":
		return LevelInfo
	case "40":
		return LevelWarn
	case "50", "60":
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
