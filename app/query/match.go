// Package query is the language in which logs, and items with fields, are searched: it reads a line of text as an
// expression, writes what it read, and tells which events and items match. What a search asks of the cache is an
// app.LogQuery; its expression is plain data there.
package query

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// Matcher tells whether log events match an expression. It is the plain way to find out, one event at a time.
type Matcher struct {
	expr  app.LogExpr
	terms map[app.LogTerm]*Condition // on the message
}

// NewMatcher compiles an expression; its error says which regular expression in it does not parse.
func NewMatcher(e app.LogExpr) (*Matcher, error) {
	m := &Matcher{expr: e, terms: map[app.LogTerm]*Condition{}}
	for _, t := range e.Terms() {
		var expr Expression
		if t.Regexp {
			compiled, err := regexp.Compile(t.Text)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", Format(t), err)
			}
			expr = compiled
		}
		t.Not = false
		c := NewCondition(t, expr)
		m.terms[t] = &c
	}
	return m, nil
}

// Match reports whether an event that is known by its message alone matches.
func (m *Matcher) Match(message string) bool { return m.MatchEvent(app.LogEvent{Message: message}) }

// MatchEvent reports whether an event matches.
func (m *Matcher) MatchEvent(e app.LogEvent) bool {
	original, folded := []byte(e.Message), []byte(app.Fold(e.Message))
	return m.expr.Holds(func(t app.LogTerm) bool {
		switch t.Not = false; {
		case t.Key != "":
			return HasKey(t, e)
		case t.Regexp:
			return m.terms[t].Meets(original)
		}
		return m.terms[t].Meets(folded)
	})
}

// HasKey reports whether an event has what a term asks of one of its keys, whatever its Not.
func HasKey(t app.LogTerm, e app.LogEvent) bool {
	switch t.Key {
	case app.KeyLevel:
		return e.Level >= app.ParseLevel(t.Text)
	case app.KeyTrace:
		return string(e.TraceID) == t.Text
	case app.KeyRequest:
		return e.RequestID == t.Text
	case app.KeyGroup:
		return isName(e.Group, t.Text)
	case app.KeyStream:
		return isName(e.Stream, t.Text)
	case app.KeyAccount:
		return isName(e.Account, t.Text)
	case app.KeyRegion:
		return isName(e.Region, t.Text)
	}
	return false
}

// isName reports whether a name is the one that is asked for, or begins with what stands before a star.
func isName(name, asked string) bool {
	if prefix, ok := strings.CutSuffix(asked, "*"); ok {
		return strings.HasPrefix(name, prefix)
	}
	return name == asked
}
