package app

import "strings"

// Facts are looked for in the first part of a text only: loggers put them there, and a stack trace has none. JSON is
// read to its end.
const factsWithin = 2048

// maxWrapped bounds how many messages may lie within each other: an agent's around a container's around a logger's.
const maxWrapped = 3

// ReadFacts reads a message, which may be JSON, key=value or plain text, of one line or many, with the colours of a
// terminal or without. A message that FireLens, Fluent Bit, containerd or Lambda wrapped is read for what it wraps.
// What is not there is left empty.
func ReadFacts(message string) LogFacts {
	r := factReader{level: unread, trace: unread, request: unread}
	r.read(message, 0)
	if r.failed && r.platform {
		r.takeLevel(unread-1, LevelError)
	}
	return r.LogFacts
}

// rank says how much a place counts where a fact can stand: the lowest rank wins, and of equal ones the first.
type rank uint16

const (
	unread  rank = 1<<16 - 1
	inText  rank = 32  // in the words of a text, after all fields of JSON
	wrapped rank = 64  // within another message
	beside  rank = 512 // within an object that loggers put ids into
)

// factReader collects the facts of a message.
type factReader struct {
	LogFacts
	level, trace, request rank // of what was found
	platform, failed      bool // a line of the Lambda platform in JSON, and a status in it that is a failure
}

func (r *factReader) takeLevel(at rank, l Level) {
	if l != LevelNone && at < r.level {
		r.Level, r.level = l, at
	}
}

func (r *factReader) takeTrace(at rank, text string) {
	if at >= r.trace {
		return
	}
	if id, ok := ParseTraceID(text); ok {
		r.TraceID, r.trace = id, at
	}
}

func (r *factReader) takeRequest(at rank, id string) {
	if id != "" && at < r.request {
		r.RequestID, r.request = id, at
	}
}

// read reads a message that lies within as many others as its rank says.
func (r *factReader) read(message string, at rank) {
	if at > maxWrapped*wrapped {
		return
	}
	text := strings.TrimLeft(message, " \t\r\n")
	if strings.IndexByte(text[:min(len(text), factsWithin)], escape) >= 0 {
		text = strings.TrimLeft(PlainText(text), " \t\r\n")
	}
	text = cutRuntimePrefix(text)
	if strings.HasPrefix(text, "{") {
		s := jsonScanner{text: text, at: 1}
		if r.fields(&s, at, ofMessage) && strings.Trim(s.text[s.at:], " \t\r\n") == "" {
			return
		}
	}
	r.words(beginning(text), at+inText)
}

// beginning returns the part of a text that facts are looked for in; it never ends within a word, which might be an id.
func beginning(text string) string {
	if len(text) <= factsWithin {
		return text
	}
	text = text[:factsWithin]
	return text[:strings.LastIndexAny(text, " \t\r\n")+1]
}

// cutRuntimePrefix takes away what a container runtime puts before a line: "TIME stdout F " (Kubernetes, "CRI Logging
// Interface"), where P stands for a line that goes on.
func cutRuntimePrefix(text string) string {
	time, rest, ok := strings.Cut(text, " ")
	if !ok || len(time) < len("2006-01-02T15:04:05Z") || time[4] != '-' || time[10] != 'T' {
		return text
	}
	if !strings.HasPrefix(rest, "stdout ") && !strings.HasPrefix(rest, "stderr ") {
		return text
	}
	rest = rest[len("stdout "):]
	if strings.HasPrefix(rest, "F ") || strings.HasPrefix(rest, "P ") {
		return strings.TrimLeft(rest[2:], " \t")
	}
	return text
}
