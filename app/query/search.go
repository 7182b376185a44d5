package query

import (
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// Search is what a line of search text asks for. The fields beside Match narrow what the cache reads at all.
type Search struct {
	Match   app.LogExpr
	Level   app.Level // at least
	Trace   app.TraceID
	Request string
	Groups  []string // one of them
}

// Parse reads a line of search text: words, "phrases with spaces", field:value, field:"value with spaces", field:val*,
// field:*, field>500 and the other comparisons, with a number or a length of time such as 1.5s; and /expressions/. Each
// may have a minus or NOT before it for what must not be there. What follows each other has to hold together; OR, which
// binds less than that and than AND, and parentheses join conditions in other ways. level:warn asks for that level and
// worse; trace:ID, request:ID, group:NAME, stream:NAME, account:ID and region:NAME ask about the event itself, and
// groups beside each other are those of which it is one. A field that has one of these names, or a name with other
// characters, stands in quotation marks, as in VictoriaLogs' LogsQL: "group":admins. A level that is a number is the
// value of a field. Errors are of type *Error and say where.
func Parse(text string) (Search, error) {
	e, err := parse(text, fieldRules{})
	if err != nil {
		return Search{}, err
	}
	return searchOf(e), nil
}

// searchOf takes what narrows out of an expression.
func searchOf(e app.LogExpr) (s Search) {
	var rest []app.LogExpr
	for _, part := range e.Conjuncts() {
		if part.Op != app.ExprTerm || part.Term.Not || !s.narrow(part.Term) {
			rest = append(rest, part)
		}
	}
	s.Match = app.AllOf(rest...)
	return s
}

// narrow takes a term that has to hold up, if there is a place for it.
func (s *Search) narrow(t app.LogTerm) bool {
	switch {
	case t.Key == app.KeyLevel:
		s.Level = max(s.Level, app.ParseLevel(t.Text))
	case t.Key == app.KeyTrace && s.Trace == "":
		s.Trace = app.TraceID(t.Text)
	case t.Key == app.KeyRequest && s.Request == "":
		s.Request = t.Text
	case t.Key == app.KeyGroup && !strings.HasSuffix(t.Text, "*"):
		s.Groups = append(s.Groups, t.Text)
	default:
		return false
	}
	return true
}

// Narrow puts what is asked for into a query, beside what it asks already.
func (s Search) Narrow(q app.LogQuery) app.LogQuery {
	q.Match = app.AllOf(q.Match, s.Match)
	q.Level = max(q.Level, s.Level)
	q.Groups = append(slices.Clip(q.Groups), s.Groups...)
	if s.Trace != "" {
		q.Trace = s.Trace
	}
	if s.Request != "" {
		q.Request = s.Request
	}
	return q
}

// String writes a search as Parse reads it.
func (s Search) String() string { return FormatExpr(s.expr()) }

// expr returns all that is asked as one expression. Groups stay beside each other.
func (s Search) expr() app.LogExpr {
	var parts []app.LogExpr
	ask := func(key app.LogKey, text string) {
		if text != "" {
			parts = append(parts, app.LogTerm{Key: key, Text: text}.Expr())
		}
	}
	for _, group := range s.Groups {
		ask(app.KeyGroup, group)
	}
	ask(app.KeyLevel, strings.ToLower(s.Level.String()))
	ask(app.KeyTrace, string(s.Trace))
	ask(app.KeyRequest, s.Request)
	return app.AllOf(append(parts, s.Match)...)
}
