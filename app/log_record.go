package app

import (
	"slices"
	"strings"
	"time"
)

// LogRecord is what a program wrote at once. What ships logs line by line makes an event of each line of a stack trace
// (awslogs driver, "awslogs-multiline-pattern"; CloudWatch agent, "multi_line_start_pattern"): they are one record.
type LogRecord struct {
	LogEvent            // its first line
	Rest     []LogEvent // the events that go on with it, in order
}

// Events returns all events of the record.
func (r LogRecord) Events() []LogEvent { return append([]LogEvent{r.LogEvent}, r.Rest...) }

const (
	// recordPause is how far apart the lines of one record may be: what ships them reads them in one go, or in two.
	recordPause = time.Second
	// recordLines bounds a record: a stack of a thousand calls, and its causes.
	recordLines = 2000
)

// JoinLines puts events that go on with others of their stream to them. The events are in the order of time, of any
// number of streams; the records are in the order of their first events. An event is one that goes on by what it says:
// set in, a frame or a cause of a stack trace, or the end of a block.
func JoinLines(events []LogEvent) []LogRecord {
	type stream struct {
		place         Scope
		group, stream string
	}
	open := map[stream]*recordReader{}
	var records []LogRecord
	for _, e := range events {
		of := stream{e.Scope.Place(), e.Group, e.Stream}
		r := open[of]
		if r != nil && r.takes(e) {
			at := &records[r.index]
			at.Rest = append(at.Rest, e)
			continue
		}
		open[of] = newRecordReader(e, len(records))
		records = append(records, LogRecord{LogEvent: e})
	}
	return records
}

// recordReader tells which events go on with a record.
type recordReader struct {
	index  int
	last   time.Time // of the last line
	lines  int
	inside bool // a line of it was set in, or was a frame
	python bool // a traceback is open: the line after its frames names the exception
	golang bool // a panic is open: functions follow each other without being set in
}

func newRecordReader(first LogEvent, index int) *recordReader {
	r := &recordReader{index: index}
	r.note(first, lineOf(first.Message))
	return r
}

// note takes a line up.
func (r *recordReader) note(e LogEvent, line string) {
	r.last = e.At
	r.lines++
	switch {
	case strings.HasPrefix(line, tracebackHead):
		r.python = true
	case strings.HasPrefix(line, "panic: ") || strings.HasPrefix(line, "fatal error: ") || isGoroutine(line):
		r.golang = true
	}
}

// takes reports whether an event goes on with the record, and takes it up if it does.
func (r *recordReader) takes(e LogEvent) bool {
	line := lineOf(e.Message)
	if r.lines >= recordLines || e.At.Sub(r.last) > recordPause || !r.goesOn(line) {
		return false
	}
	r.note(e, line)
	return true
}

const tracebackHead = "Traceback (most recent call last):"

// tracebackLinks stand between the tracebacks of one exception (Python library, "traceback").
var tracebackLinks = []string{
	"During handling of the above exception, another exception occurred:",
	"The above exception was the direct cause of the following exception:",
}

func (r *recordReader) goesOn(line string) bool {
	switch {
	case line == "":
		return r.inside || r.golang
	case ContinuesRecord(line):
		r.inside = true
		return true
	case r.python && r.inside:
		r.python = false // the exception itself, below its frames
		return true
	case r.golang:
		return isGoFrame(line)
	case r.inside && isClosing(line):
		return true
	}
	return false
}

// continuations begin the lines of a stack trace that are not set in: of Java (Throwable.printStackTrace), .NET
// (Exception.ToString), Python and Go.
var continuations = []string{"Caused by: ", "Suppressed: ", "Wrapped by: ", "at java.", "at com.", "at org.",
	"--- End of stack trace from previous location", "--- End of inner exception stack trace", tracebackHead,
	tracebackLinks[0], tracebackLinks[1]}

// ContinuesRecord reports whether a line says by itself that it goes on with what is above it.
func ContinuesRecord(message string) bool {
	line := lineOf(message)
	if line == "" {
		return false
	}
	if line[0] == ' ' || line[0] == '\t' {
		return strings.TrimLeft(line, " \t") != ""
	}
	return isGoroutine(line) || slices.ContainsFunc(continuations,
		func(s string) bool { return strings.HasPrefix(line, s) })
}

// lineOf returns the first line of a message without the colours of a terminal.
func lineOf(message string) string {
	line, _, _ := strings.Cut(message, "\n")
	if strings.IndexByte(line, escape) >= 0 {
		line = PlainText(line)
	}
	return strings.TrimRight(line, " \t\r")
}

// isGoroutine reports whether a line heads the stack of a goroutine: goroutine 7 [running]:.
func isGoroutine(line string) bool {
	return strings.HasPrefix(line, "goroutine ") && strings.HasSuffix(line, "]:")
}

// isGoFrame reports whether a line goes on with a panic of Go (runtime, traceback.go).
func isGoFrame(line string) bool {
	return strings.HasPrefix(line, "created by ") || strings.HasPrefix(line, "exit status ") ||
		strings.HasPrefix(line, "[signal ") || strings.HasPrefix(line, "[recovered]") ||
		isGoCall(line)
}

// isGoCall reports whether a line is a call with its arguments: main.handle(0x3, 0xc000012345).
func isGoCall(line string) bool {
	name, arguments, ok := strings.Cut(line, "(")
	return ok && strings.HasSuffix(arguments, ")") && strings.Contains(name, ".") && !strings.Contains(name, " ")
}

// isClosing reports whether a line ends a block that was set in, as of an object over several lines.
func isClosing(line string) bool { return strings.Trim(line, "}]),;") == "" }
