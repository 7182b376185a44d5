package app

import (
	"cmp"
	"strings"
)

// words reads a text: its level in the first line, its ids anywhere.
func (r *factReader) words(text string, at rank) {
	line, _, _ := strings.Cut(text, "\n")
	head := readHead(line)
	level := head.level
	if level == LevelNone {
		level = levelInWords(line[head.end:])
	}
	r.takeLevel(at, level)
	if at < r.request {
		r.takeRequest(at, cmp.Or(requestIn(text), head.request, tabbedRequest(line)))
	}
	if at < r.trace {
		r.takeTrace(at, traceIn(text))
	}
}

// traceIn returns the first trace id of a text: X-Ray's form anywhere, W3C's where the text calls it one; "" if there
// is none.
func traceIn(text string) string {
	for at := 0; ; {
		i := strings.Index(text[at:], "1-")
		if i < 0 {
			break
		}
		at += i
		if (at == 0 || !isWordByte(text[at-1])) && isXRayID(text[at:]) {
			return text[at : at+xrayIDLength]
		}
		at += 2
	}
	for at := 0; ; {
		i := strings.Index(text[at:], "race") // trace_id, Trace-Id, TraceID, traceparent
		if i < 0 {
			return ""
		}
		at += i
		if at > 0 && text[at-1]|0x20 == 't' {
			if id := namedTrace(text[at+len("race"):]); id != "" {
				return id
			}
		}
		at += len("race")
	}
}

// namedTrace returns the trace id after "trace" in its name.
func namedTrace(text string) string {
	parent := hasFold(text, "parent")
	if parent {
		text = text[len("parent"):]
	} else {
		if text != "" && strings.IndexByte("_-.", text[0]) >= 0 {
			text = text[1:]
		}
		if !hasFold(text, "id") {
			return ""
		}
		text = text[len("id"):]
	}
	value, ok := afterName(text)
	if ok && parent && len(value) > 3 && value[2] == '-' {
		value = value[3:]
	}
	if !ok || !isHexRun(value, w3cIDLength) {
		return ""
	}
	return value[:w3cIDLength]
}

// requestIn returns the first id that a text calls the id of a request, of at least eight characters; "" if there is
// none.
func requestIn(text string) string {
	for _, part := range [...]string{"quest", "QUEST"} { // q is rare, which makes looking for it quick
		for at := 0; ; {
			i := strings.Index(text[at:], part)
			if i < 0 {
				break
			}
			at += i + len(part)
			if id := namedRequest(text, at); id != "" {
				return id
			}
		}
	}
	return ""
}

// namedRequest returns the id of a request whose name goes on after "request" at an offset.
func namedRequest(text string, at int) string {
	start := at - len("request")
	if start < 0 || !hasFold(text[start:], "request") || start > 0 && isAlphanumeric(text[start-1]) {
		return ""
	}
	rest := text[at:]
	if rest != "" && strings.IndexByte(" _-.", rest[0]) >= 0 {
		rest = rest[1:]
	}
	if !hasFold(rest, "id") {
		return ""
	}
	value, ok := afterName(rest[len("id"):])
	if !ok || value == "" || !isAlphanumeric(value[0]) {
		return ""
	}
	n := 1
	for n < len(value) && (isWordByte(value[n]) || strings.IndexByte("=+/-", value[n]) >= 0) {
		n++
	}
	if n < 8 {
		return ""
	}
	return value[:n]
}

// afterName returns what stands after the name of a field: quotation marks, which may be escaped, = or :, and blanks
// are stepped over.
func afterName(text string) (value string, ok bool) {
	text = strings.TrimLeft(skipMark(text), " \t\r\n")
	if text == "" || text[0] != ':' && text[0] != '=' {
		return "", false
	}
	return skipMark(strings.TrimLeft(text[1:], " \t\r\n")), true
}

// skipMark steps over a quotation mark and the backslash before it.
func skipMark(text string) string {
	marked := strings.TrimPrefix(text, `\`)
	if marked != "" && (marked[0] == '"' || marked[0] == '\'') {
		return marked[1:]
	}
	return text
}

// tabbedRequest returns the id of a request between tabs, where Lambda's runtimes for Node.js and Python write it
// (Lambda developer guide, "Using the Node.js logging libraries"); "" if there is none.
func tabbedRequest(line string) string {
	for {
		i := strings.IndexByte(line, '\t')
		if i < 0 {
			return ""
		}
		line = line[i+1:]
		if isUUID(line) && (len(line) == uuidLength || line[uuidLength] == '\t') {
			return line[:uuidLength]
		}
	}
}

const (
	uuidLength   = len("8f507cfc-1d2e-4f3a-9b6c-0a1b2c3d4e5f")
	xrayIDLength = len("1-5fad4cc9-70259536495de84a2a6282cd")
	w3cIDLength  = 32
)

// isUUID reports whether a text begins with a UUID in lower case.
func isUUID(text string) bool {
	if len(text) < uuidLength {
		return false
	}
	for i := range uuidLength {
		switch c := text[i]; i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if !isHex(c) || c < 'a' && c > '9' {
				return false
			}
		}
	}
	return true
}

// isXRayID reports whether a text begins with a trace id in X-Ray's form, and with no longer word.
func isXRayID(text string) bool {
	return len(text) >= xrayIDLength && text[0] == '1' && text[1] == '-' && text[10] == '-' &&
		isHexOnly(text[2:10]) && isHexRun(text[11:], 24)
}

// isHexRun reports whether a text begins with exactly n hexadecimal digits, and no word goes on after them.
func isHexRun(text string, n int) bool {
	return len(text) >= n && isHexOnly(text[:n]) && (len(text) == n || !isWordByte(text[n]))
}

func isHexOnly(text string) bool {
	for i := range len(text) {
		if !isHex(text[i]) {
			return false
		}
	}
	return true
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isAlphanumeric(c byte) bool { return isLetter(c) || '0' <= c && c <= '9' }

func isWordByte(c byte) bool { return isAlphanumeric(c) || c == '_' }

// hasFold reports whether a text begins with a word of lower case, in any case.
func hasFold(text, word string) bool {
	if len(text) < len(word) {
		return false
	}
	for i := range len(word) {
		if text[i]|0x20 != word[i] {
			return false
		}
	}
	return true
}
