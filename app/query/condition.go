package query

import (
	"bytes"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// Expression is a compiled regular expression.
type Expression interface{ Match(text []byte) bool }

// Condition is a term on the message of events to check messages against, as app.LogTerm says.
type Condition struct {
	app.LogTerm            // text and field in lower case, unless it is an expression
	expr        Expression // of an expression
	name        string     // of the field, as messages write it
	tabbed      bool       // a tab stands before the name
	value       value      // of the field
	unicode     bool       // the text or the name of the field is not all ASCII
	plain       bool       // the text is written in one way only, but for colours
}

// discovered are the fields that CloudWatch Logs discovers in the messages of Lambda, by the names that stand in them
// (CloudWatch Logs user guide, "Supported logs and discovered fields"). Those of JSON have their own names.
var discovered = map[string]string{
	"@requestid": "requestid", "@duration": "duration", "@billedduration": "billed duration",
	"@initduration": "init duration", "@memorysize": "memory size", "@maxmemoryused": "max memory used",
	"@xraytraceid": "xray traceid", "@xraysegmentid": "segmentid",
}

// NewCondition compiles a term; expr is the expression of one that is an expression.
func NewCondition(t app.LogTerm, expr Expression) Condition {
	c := Condition{LogTerm: t, expr: expr}
	if t.Regexp {
		return c
	}
	if app.Fold(t.Field) == "@message" { // the whole message is this field
		t.Field, t.Text = "", strings.TrimSuffix(t.Text, "*")
	}
	c.Text, c.Field = app.Fold(t.Text), app.Fold(t.Field)
	if c.unicode = hasUnicode(c.Text) || hasUnicode(c.Field); c.unicode {
		c.Text, c.Field = string(fold([]byte(c.Text))), string(fold([]byte(c.Field)))
	}
	c.name, c.value = c.Field, newValue(t)
	if name, ok := discovered[c.Field]; ok {
		c.name, c.tabbed = name, name != discovered["@requestid"]
	}
	parts := Parts(c.Text)
	c.plain = c.Field == "" && (c.Text == "" || len(parts) == 1 && parts[0] == c.Text)
	return c
}

// Plain reports whether a message in lower case that is not coloured meets the condition exactly if it contains the
// text.
func (c *Condition) Plain() bool { return c.plain && !c.Regexp }

// Written reports whether a message in lower case in which nothing is escaped or coloured meets the condition exactly
// if it contains the text.
func (c *Condition) Written() bool { return !c.Regexp && c.Field == "" && !c.unicode }

// Name returns the name of the field in lower case as messages write it; "": the condition is on no field.
func (c *Condition) Name() string { return c.name }

// Meets reports whether a message meets the condition, whatever its Not: a message as it is for an expression, for
// others with its ASCII letters in lower case.
func (c *Condition) Meets(message []byte) bool {
	switch {
	case c.Regexp:
		return anyReading(bytes.TrimRight(message, "\r\n"), func(text []byte) bool {
			return c.expr.Match(bytes.TrimRight(text, "\r\n"))
		})
	case c.plain:
		return bytes.Contains(message, []byte(c.Text)) || Coloured(message) && anyReading(message, c.holds)
	case c.nested():
		return anyReading(message, c.holds) || (&nested{field: c.Field, value: &c.value}).in(message)
	}
	return anyReading(message, c.holds)
}

// nested reports whether the field may be one within others.
func (c *Condition) nested() bool { return strings.Contains(c.Field, ".") }

// MeetsElsewhere reports whether a message in lower case meets a condition on a field, where FieldAt has said no at
// every place of the name.
func (c *Condition) MeetsElsewhere(message []byte) bool {
	return (c.unicode || c.nested() || hasReadings(message)) && c.Meets(message)
}

// holds checks one reading of a message.
func (c *Condition) holds(text []byte) bool {
	if c.unicode {
		text = fold(text)
	}
	if c.Field != "" {
		return c.hasField(text)
	}
	return bytes.Contains(text, []byte(c.Text))
}

// Parts returns what every message that meets the condition and is not coloured holds, in lower case. Of an
// expression it is nothing.
func (c *Condition) Parts() []string {
	switch {
	case c.Regexp:
		return nil
	case c.Field == "":
		return Parts(c.Text)
	}
	var parts []string
	if c.Op == "" {
		parts = Parts(strings.TrimSuffix(c.Text, "*"))
	}
	for _, name := range strings.Split(c.name, ".") {
		parts = append(parts, Parts(name)...)
	}
	return parts
}
