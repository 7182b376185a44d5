package world

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Text is a text with placeholders in braces, such as {order}, and parts in double angle brackets that are left out
// for requests that no trace was recorded of: <<trace_id={w3c} >>.
type Text []piece

// piece is a literal, or a placeholder, or the begin or end of a part.
type piece struct {
	literal string
	name    string
}

// The names of the pieces that begin and end a part for traced requests only.
const (
	partBegins = "<<"
	partEnds   = ">>"
)

var placeholder = regexp.MustCompile(`\{([a-z][a-z0-9]*)\}|<<|>>`)

// placeholders are the names that a Text may use; value says what fills them.
var placeholders = []string{
	"trace", "w3c", "span", "request", "entry", "integration", "call", "retries", "order", "customer", "cart", "sku",
	"ip",
	"agent", "amount", "items", "ms", "seconds", "status", "time", "javatime", "pgtime", "epoch", "pid", "port", "hex",
	"uuid",
	"number", "thread", "memory", "table", "error", "exception", "account", "region", "session", "date",
}

// ParseText reads a text with placeholders.
func ParseText(s string) (Text, error) {
	var t Text
	from := 0
	for _, m := range placeholder.FindAllStringSubmatchIndex(s, -1) {
		name := s[m[0]:m[1]]
		if m[2] >= 0 {
			name = s[m[2]:m[3]]
			if !slices.Contains(placeholders, name) {
				return nil, fmt.Errorf("nothing fills the placeholder {%s}", name)
			}
		}
		t = append(t, piece{literal: s[from:m[0]]}, piece{name: name})
		from = m[1]
	}
	return append(t, piece{literal: s[from:]}), nil
}

// UnmarshalYAML reads a text from a YAML string.
func (t *Text) UnmarshalYAML(read func(any) error) error {
	var s string
	if err := read(&s); err != nil {
		return err
	}
	parsed, err := ParseText(s)
	*t = parsed
	return err
}

// fill returns the text with its placeholders filled; traced keeps the parts in angle brackets.
func (t Text) fill(traced bool, value func(name string) string) string {
	if len(t) == 1 {
		return t[0].literal
	}
	var b strings.Builder
	b.Grow(256)
	skip := false
	for _, p := range t {
		switch {
		case p.name == partBegins:
			skip = !traced
		case p.name == partEnds:
			skip = false
		case skip:
		case p.name != "":
			b.WriteString(value(p.name))
		default:
			b.WriteString(p.literal)
		}
	}
	return b.String()
}

// Object is a JSON object with placeholders in its strings, written in YAML. A string that is one placeholder with a
// hash sign, "{#retries}", becomes a number. As JSON it is compact, with its keys sorted.
type Object struct{ Text }

var numberText = regexp.MustCompile(`"\{#([a-z]+)\}"`)

// UnmarshalYAML reads an object from a YAML mapping.
func (o *Object) UnmarshalYAML(read func(any) error) error {
	var fields map[string]any
	if err := read(&fields); err != nil {
		return err
	}
	text, err := compactJSON(fields)
	if err != nil {
		return err
	}
	o.Text, err = ParseText(numberText.ReplaceAllString(string(text), "{$1}"))
	return err
}

// fill returns the object as JSON, nil if the scenario has none.
func (o Object) fill(traced bool, value func(name string) string) json.RawMessage {
	if o.Text == nil {
		return nil
	}
	return json.RawMessage(o.Text.fill(traced, value))
}

// compactJSON writes a value without the escapes that are meant for HTML.
func compactJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("write JSON: %w", err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// parseNote reads the value of an annotation: X-Ray takes texts, numbers and truths.
func parseNote(value any) (any, error) {
	switch v := value.(type) {
	case string:
		return ParseText(v)
	case bool, float64:
		return v, nil
	case uint64:
		return float64(v), nil
	case int64:
		return float64(v), nil
	}
	return nil, fmt.Errorf("an annotation cannot be %v", value)
}
