// Package query is the language in which logs are searched: it reads a line of text, writes what it read, and tells
// which messages match. What a search asks of the cache is an app.LogQuery; its terms are plain data there.
package query

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// Matcher tells whether messages meet all of its terms. It is the plain way to find out, one message at a time.
type Matcher struct{ terms []condition }

type condition struct {
	app.LogTerm // text and field folded, unless it is an expression
	expr        *regexp.Regexp
}

// NewMatcher compiles terms; its error says which expression does not parse.
func NewMatcher(terms []app.LogTerm) (*Matcher, error) {
	m := &Matcher{}
	for _, t := range terms {
		c := condition{LogTerm: t}
		if t.Regexp {
			var err error
			if c.expr, err = regexp.Compile(t.Text); err != nil {
				return nil, fmt.Errorf("%s: %w", Format(t), err)
			}
		} else {
			c.Text, c.Field = app.Fold(t.Text), app.Fold(t.Field)
		}
		m.terms = append(m.terms, c)
	}
	return m, nil
}

// Match reports whether a message meets all terms.
func (m *Matcher) Match(message string) bool {
	folded := app.Fold(message)
	for _, t := range m.terms {
		if t.meets(message, folded) == t.Not {
			return false
		}
	}
	return true
}

func (t condition) meets(message, folded string) bool {
	switch {
	case t.expr != nil:
		return t.expr.MatchString(message)
	case t.Field != "":
		return HasField(folded, t.Field, t.Text)
	}
	return strings.Contains(folded, t.Text)
}

// HasField reports whether a folded message says that a field, folded, has a value, folded: see app.LogTerm.
func HasField(message, field, value string) bool {
	for at := 0; ; {
		i := strings.Index(message[at:], field)
		if i < 0 {
			return false
		}
		if FieldAt(message, at+i, field, value) {
			return true
		}
		at += i + 1
	}
}

// FieldAt reports whether a folded message has a field, folded, at an offset where its name stands, and after it the
// value, folded.
func FieldAt[T string | []byte](message T, at int, field, value string) bool {
	if at > 0 && isWord(message[at-1]) {
		return false
	}
	rest := skipQuote(message[at+len(field):])
	rest = skipSpace(rest)
	if len(rest) == 0 || rest[0] != ':' && rest[0] != '=' {
		return false
	}
	rest = skipQuote(skipSpace(rest[1:]))
	prefix := strings.TrimSuffix(value, "*")
	if len(rest) < len(prefix) || string(rest[:len(prefix)]) != prefix {
		return false
	}
	rest = rest[len(prefix):]
	if len(rest) == 0 || prefix != value {
		return true
	}
	// A figure goes on after the point: 12 is not 12.5.
	return !isWord(rest[0]) && !(rest[0] == '.' && len(rest) > 1 && isDigit(rest[1]))
}

func skipSpace[T string | []byte](text T) T {
	for len(text) > 0 && (text[0] == ' ' || text[0] == '\t') {
		text = text[1:]
	}
	return text
}

// skipQuote steps over a quotation mark, one that is escaped because the JSON lies within a JSON text among them.
func skipQuote[T string | []byte](text T) T {
	if len(text) > 1 && text[0] == '\\' && text[1] == '"' {
		return text[2:]
	}
	if len(text) > 0 && (text[0] == '"' || text[0] == '\'') {
		return text[1:]
	}
	return text
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || isDigit(c) || c == '_' || c >= 0x80 || 'A' <= c && c <= 'Z'
}
