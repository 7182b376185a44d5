package pattern

import (
	"encoding/json"
	"strings"
)

// jsonField is a field of a JSON object that is not told by its text.
type jsonField struct {
	name     string
	from, to int // of the value, in the message; of a text without its quotation marks
	kind     Kind
}

// tellingFields are the fields that say what happened, the ones that are looked at first before the others: the
// message, else the error, else what kind of event it is, else what was asked and how it was answered. The first of
// a group that is there speaks for it.
var tellingFields = [...]struct {
	name  string
	group int
}{
	{"message", 0}, {"msg", 0},
	{"error", 1}, {"err", 1}, {"exception", 1}, {"errormessage", 1},
	{"type", 2}, {"event", 2}, {"eventtype", 2}, {"event_type", 2}, {"eventname", 2}, {"action", 2}, {"operation", 2},
	{"httpmethod", 3}, {"method", 3}, {"requestmethod", 3}, {"resourcepath", 3}, {"path", 3}, {"uri", 3},
	{"routekey", 3}, {"status", 3},
}

// shownFields are those that are known of an event without its pattern: when, how grave, and the ids of its trace
// and its request, which only some of a pattern's events have.
var shownFields = [...]string{"timestamp", "time", "@timestamp", "ts", "level", "severity", "levelname",
	"xray_trace_id", "traceid", "trace_id", "xraytraceid", "@xraytraceid", "span_id", "spanid",
	"requestid", "request_id", "aws_request_id", "awsrequestid", "function_request_id"}

// maxFields is how many fields of an object are part of its shape.
const maxFields = 48

// json reads a message that is a JSON object, and reports whether it is one.
func (s *scanner) json(m string) bool {
	i := skipSpace(m, 0)
	if i >= len(m) || m[i] != '{' {
		return false
	}
	clear(s.telling[:])
	for i = skipSpace(m, i+1); i < len(m) && m[i] != '}'; {
		name, next := quoted(m, i)
		if next < 0 {
			return false
		}
		if i = skipSpace(m, next); i >= len(m) || m[i] != ':' {
			return false
		}
		from := skipSpace(m, i+1)
		to := valueEnd(m, from)
		if to <= from {
			return false
		}
		s.keep(m, name, from, to)
		if i = skipSpace(m, to); i < len(m) && m[i] == ',' {
			i = skipSpace(m, i+1)
		} else if i >= len(m) || m[i] != '}' {
			return false
		}
	}
	if i >= len(m) || skipSpace(m, i+1) < len(m) {
		return false
	}
	s.said = s.tell()
	return s.said != "" || len(s.fields) > 0
}

// keep keeps a field, as one that tells what happened or as one of the others.
func (s *scanner) keep(m, name string, from, to int) {
	for _, shown := range shownFields {
		if equalFold(name, shown) {
			return
		}
	}
	value := m[from:to]
	if value[0] == '"' {
		value = m[from+1 : to-1]
		from, to = from+1, to-1
	}
	if plain := m[from] != '{' && m[from] != '['; plain || m[from-1] == '"' {
		for i, f := range tellingFields {
			if equalFold(name, f.name) && (f.group > 1 || m[from-1] == '"') {
				s.telling[i] = value
				break
			}
		}
	}
	if len(s.fields) < maxFields && name != "" && strings.IndexByte(name, field) < 0 {
		s.fields = append(s.fields, jsonField{name, from, to, 0})
	}
}

// tell returns the text of the fields that say what happened.
func (s *scanner) tell() string {
	var said string
	group := -1
	for i, value := range s.telling {
		f := tellingFields[i]
		if value == "" || group >= 0 && f.group != group || f.group < 3 && said != "" {
			continue
		}
		group = f.group
		if strings.IndexByte(value, '\\') >= 0 {
			s.escaped = true
			var plain string
			if json.Unmarshal([]byte(`"`+value+`"`), &plain) == nil {
				value = plain
			}
		}
		if said != "" {
			value = said + " " + value
			s.loose = true
		}
		said = value
	}
	told := s.fields[:0]
	for _, f := range s.fields {
		if !tells(f.name, group) {
			told = append(told, f)
		}
	}
	s.fields = told
	return said
}

func tells(name string, group int) bool {
	for _, f := range tellingFields {
		if f.group == group && equalFold(name, f.name) {
			return true
		}
	}
	return false
}

// addFields appends the names of the fields in their order by name, each with its value as a variable part.
func (s *scanner) addFields(m string) {
	for i := 1; i < len(s.fields); i++ { // loggers write them in one order, so as a rule they are almost sorted
		for j := i; j > 0 && s.fields[j].name < s.fields[j-1].name; j-- {
			s.fields[j], s.fields[j-1] = s.fields[j-1], s.fields[j]
		}
	}
	for i, f := range s.fields {
		if i > 0 && f.name == s.fields[i-1].name {
			continue
		}
		s.key = append(append(s.key, field), f.name...)
		s.spans = append(s.spans, span{f.from, f.to, kindOf(m[f.from:f.to])})
	}
}

func skipSpace(m string, i int) int {
	for i < len(m) && (m[i] == ' ' || m[i] == '\t' || m[i] == '\n' || m[i] == '\r') {
		i++
	}
	return i
}

// quoted returns the text in quotation marks that begins at i, as it is written, and where it ends; -1: there is none.
func quoted(m string, i int) (string, int) {
	if i >= len(m) || m[i] != '"' {
		return "", -1
	}
	for j := i + 1; j < len(m); j++ {
		switch m[j] {
		case '\\':
			j++
		case '"':
			return m[i+1 : j], j + 1
		}
	}
	return "", -1
}

// valueEnd returns where the value ends that begins at i; -1: it does not end.
func valueEnd(m string, i int) int {
	depth := 0
	for ; i < len(m); i++ {
		switch m[i] {
		case '"':
			_, end := quoted(m, i)
			if end < 0 {
				return -1
			}
			if i = end - 1; depth == 0 {
				return end
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i // the end of the object, behind a number or word
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',':
			if depth == 0 {
				return i
			}
		}
	}
	return -1
}
