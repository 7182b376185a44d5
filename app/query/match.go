// Package query is the language in which logs are searched: it reads a line of text, writes what it read, and tells
// which messages match. What a search asks of the cache is an app.LogQuery; its terms are plain data there.
package query

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// Matcher tells whether messages meet all of its terms. It is the plain way to find out, one message at a time.
type Matcher struct{ terms []Condition }

// NewMatcher compiles terms; its error says which expression does not parse.
func NewMatcher(terms []app.LogTerm) (*Matcher, error) {
	m := &Matcher{}
	for _, t := range terms {
		var expr Expression
		if t.Regexp {
			compiled, err := regexp.Compile(t.Text)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", Format(t), err)
			}
			expr = compiled
		}
		m.terms = append(m.terms, NewCondition(t, expr))
	}
	return m, nil
}

// Match reports whether a message meets all terms.
func (m *Matcher) Match(message string) bool {
	original, folded := []byte(message), []byte(app.Fold(message))
	for i := range m.terms {
		t := &m.terms[i]
		text := folded
		if t.expr != nil {
			text = original
		}
		if t.Meets(text) == t.Not {
			return false
		}
	}
	return true
}

// Expression is a compiled regular expression.
type Expression interface{ Match(text []byte) bool }

// Condition is a term to check messages against, as app.LogTerm says.
type Condition struct {
	app.LogTerm            // text and field in lower case, unless it is an expression
	expr        Expression // of an expression
	unicode     bool       // the text is not all ASCII
	plain       bool       // the text is written in one way only, but for colours
}

// NewCondition compiles a term; expr is the expression of one that is an expression.
func NewCondition(t app.LogTerm, expr Expression) Condition {
	c := Condition{LogTerm: t, expr: expr}
	if t.Regexp {
		return c
	}
	c.Text, c.Field = app.Fold(t.Text), app.Fold(t.Field)
	if c.unicode = hasUnicode(c.Text) || hasUnicode(c.Field); c.unicode {
		c.Text, c.Field = string(fold([]byte(c.Text))), string(fold([]byte(c.Field)))
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

// Meets reports whether a message meets the condition: a message as it is for an expression, for others with its ASCII
// letters in lower case.
func (c *Condition) Meets(message []byte) bool {
	switch {
	case c.Regexp:
		return anyReading(bytes.TrimRight(message, "\r\n"), func(text []byte) bool {
			return c.expr.Match(bytes.TrimRight(text, "\r\n"))
		})
	case c.plain:
		return bytes.Contains(message, []byte(c.Text)) || Coloured(message) && anyReading(message, c.holds)
	case c.Field != "" && strings.Contains(c.Field, "."):
		return anyReading(message, c.holds) || (&nested{field: c.Field, value: c.Text, unicode: c.unicode}).in(message)
	}
	return anyReading(message, c.holds)
}

// MeetsElsewhere reports whether a message in lower case meets a condition on a field, where FieldAt has said no at
// every place of the name.
func (c *Condition) MeetsElsewhere(message []byte) bool {
	return (c.unicode || strings.Contains(c.Field, ".") || hasReadings(message)) && c.Meets(message)
}

// holds checks one reading of a message.
func (c *Condition) holds(text []byte) bool {
	if c.unicode {
		text = fold(text)
	}
	if c.Field != "" {
		return hasField(text, c.Field, c.Text)
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
	parts := Parts(strings.TrimSuffix(c.Text, "*"))
	for _, name := range strings.Split(c.Field, ".") {
		parts = append(parts, Parts(name)...)
	}
	return parts
}
