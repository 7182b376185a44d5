package app

import "strings"

// place is which object a field stands in, which decides what its name means.
type place uint8

const (
	ofMessage  place = iota // the message itself, or one that it wraps
	ofPlatform              // record, in a line of the Lambda platform
	ofIDs                   // an object that loggers put ids into, such as the MDC of Logback
	ofTrace                 // the id of a trace alone: trace of the Elastic Common Schema, tracing of Lambda
)

// fields reads the fields of an object whose brace has been read, up to its closing brace, and reports whether it is
// JSON so far as it was read. What it has found in an object that is cut off stays.
func (r *factReader) fields(s *jsonScanner, at rank, in place) bool {
	if s.take('}') {
		return true
	}
	for {
		name, ok := s.string()
		if !ok || !s.take(':') {
			return false
		}
		switch c := s.next(); {
		case c == '"':
			text, ok := s.string()
			if !ok {
				return false
			}
			r.text(name, text, at, in)
		case c == '{':
			if inner, deeper := objectOf(name, in); deeper != 0 && at+deeper < unread/2 {
				s.at++
				if !r.fields(s, at+deeper, inner) {
					return false
				}
			} else if !s.skip() {
				return false
			}
		case c >= '0' && c <= '9' && in != ofIDs:
			digits := s.number()
			if k := kindOf(name); k.fact == levelFact {
				r.takeLevel(at+k.rank, levelOfNumber(digits))
			}
		default:
			if !s.skip() {
				return false
			}
		}
		if s.take('}') {
			return true
		}
		if !s.take(',') {
			return false
		}
	}
}

// text reads a field whose value is a text, as it stands between its quotation marks.
func (r *factReader) text(name, raw string, at rank, in place) {
	k := kindOf(name)
	switch k.fact {
	case levelFact:
		if in == ofMessage || in == ofPlatform {
			r.takeLevel(at+k.rank, ParseLevel(raw))
		}
	case traceFact:
		r.takeTrace(at+k.rank, unescaped(raw))
	case requestFact:
		r.takeRequest(at+k.rank, unescaped(raw))
	case wrappedText:
		if in == ofMessage {
			r.read(unescaped(raw), at+wrapped)
		}
	case idOrValue:
		if in == ofTrace {
			r.takeTrace(at, unescaped(raw))
		}
	case typeOfLine:
		r.platform = r.platform || in == ofMessage && strings.HasPrefix(raw, "platform.")
	case statusOfLine: // Lambda Telemetry API, "Status": success, failure, error or timeout
		r.failed = r.failed || in == ofPlatform && (raw == "error" || raw == "failure" || raw == "timeout")
	}
}

// objectOf returns which place an object is by its name, and how much less what it holds counts; 0 if nothing is read
// from it.
func objectOf(name string, in place) (place, rank) {
	switch in {
	case ofPlatform:
		if name == "tracing" {
			return ofTrace, 1
		}
	case ofMessage:
		switch name {
		case "log", "log_processed": // Elastic Common Schema; Fluent Bit, "Kubernetes filter", Merge_Log_Key
			return ofMessage, wrapped
		case "record":
			return ofPlatform, wrapped
		case "trace":
			return ofTrace, 4
		case "mdc", "contextMap", "context", "fields", "properties", "Properties", "attributes", "extra":
			return ofIDs, beside
		}
	}
	return ofMessage, 0
}

// fact is what a field tells.
type fact uint8

const (
	noFact fact = iota
	levelFact
	traceFact
	requestFact
	wrappedText  // what a container printed
	idOrValue    // id or value, in an object that is about a trace
	typeOfLine   // type of a line of the Lambda platform
	statusOfLine // status of an invocation
)

type kind struct {
	fact fact
	rank rank
}

// kindOf returns what a field tells by its name. Case and the characters _ - . are no difference: level_name and
// levelName, log.level and LogLevel are the same.
func kindOf(name string) kind {
	const longest = len("functionrequestid") + 4 // and separators
	if len(name) > longest {
		return kind{}
	}
	var folded [longest]byte
	n := 0
	for i := range len(name) {
		switch c := name[i]; {
		case c == '_' || c == '-' || c == '.':
		case 'A' <= c && c <= 'Z':
			folded[n] = c | 0x20
			n++
		default:
			folded[n] = c
			n++
		}
	}
	switch string(folded[:n]) {
	case "level":
		return kind{levelFact, 0}
	// Python, Monolog; .NET, Elastic Common Schema; OpenTelemetry.
	case "severity", "levelname", "loglevel", "severitytext":
		return kind{levelFact, 1}
	case "lvl", "@l", "@level": // Serilog's compact format; hclog
		return kind{levelFact, 2}

	case "xraytraceid", "@xraytraceid", "awsxraytraceid":
		return kind{traceFact, 0}
	case "traceid":
		return kind{traceFact, 1}
	case "xamzntraceid", "oteltraceid": // the header; OpenTelemetry's logging instrumentation for Python
		return kind{traceFact, 2}
	case "trace", "traceparent":
		return kind{traceFact, 3}

	case "requestid":
		return kind{requestFact, 0}
	case "awsrequestid", "lambdarequestid":
		return kind{requestFact, 1}
	case "functionrequestid", "faasinvocationid": // Powertools for AWS Lambda; OpenTelemetry
		return kind{requestFact, 2}
	case "xamznrequestid", "xrequestid":
		return kind{requestFact, 3}

	case "log":
		return kind{wrappedText, 0}
	case "id", "value":
		return kind{idOrValue, 0}
	case "type":
		return kind{typeOfLine, 0}
	case "status":
		return kind{statusOfLine, 0}
	}
	return kind{}
}

// jsonScanner reads JSON from left to right. It takes more than JSON, for it does not check what it steps over.
type jsonScanner struct {
	text string
	at   int
}

// next returns the next character that is no blank without reading it, 0 at the end.
func (s *jsonScanner) next() byte {
	for ; s.at < len(s.text); s.at++ {
		if c := s.text[s.at]; c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			return c
		}
	}
	return 0
}

// take reads a character if it is the next one that is no blank.
func (s *jsonScanner) take(c byte) bool {
	if s.next() != c {
		return false
	}
	s.at++
	return true
}

// string reads a text and returns what stands between its quotation marks.
func (s *jsonScanner) string() (raw string, ok bool) {
	if !s.take('"') {
		return "", false
	}
	start := s.at
	for {
		i := strings.IndexByte(s.text[s.at:], '"')
		if i < 0 {
			s.at = len(s.text)
			return "", false
		}
		end := s.at + i
		s.at = end + 1
		escapes := 0
		for end-escapes > start && s.text[end-escapes-1] == '\\' {
			escapes++
		}
		if escapes%2 == 0 {
			return s.text[start:end], true
		}
	}
}

// number reads what a number consists of.
func (s *jsonScanner) number() string {
	start := s.at
	for s.at < len(s.text) && strings.IndexByte("+-.0123456789Ee", s.text[s.at]) >= 0 {
		s.at++
	}
	return s.text[start:s.at]
}

// skip reads a value.
func (s *jsonScanner) skip() bool {
	switch c := s.next(); c {
	case '"':
		_, ok := s.string()
		return ok
	case '{', '[':
		return s.skipNested()
	}
	start := s.at
	for s.at < len(s.text) && (isWordByte(s.text[s.at]) || strings.IndexByte("+-.", s.text[s.at]) >= 0) {
		s.at++
	}
	return s.at > start
}

// skipNested reads an object or a list.
func (s *jsonScanner) skipNested() bool {
	for depth := 0; s.at < len(s.text); {
		switch s.text[s.at] {
		case '"':
			if _, ok := s.string(); !ok {
				return false
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				s.at++
				return true
			}
		}
		s.at++
	}
	return false
}
