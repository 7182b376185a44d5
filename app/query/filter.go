package query

import (
	"regexp"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// Filter is what a query asks of items with named fields, such as trail events and traces. The zero Filter asks
// nothing.
type Filter struct {
	expr  app.LogExpr
	terms map[app.LogTerm]fieldCondition
}

// fieldCondition is a term as items are checked against it.
type fieldCondition struct {
	field  string // folded; "": any
	text   string // folded
	prefix bool   // text is the beginning of a value
	value  value  // that a number compares with
	expr   *regexp.Regexp
}

// Fields is an item as a Filter looks at it. Field names are folded.
type Fields interface {
	// Values returns the values of a field; none if the item has no such field.
	Values(field string) []string
	// Text is all that words are looked for in.
	Text() string
}

// ParseFilter reads what Parse reads, of items with fields: words, "phrases" and /expressions/ occur anywhere in an
// item, in any case of ASCII letters but for expressions; field:value is a whole value in any case, with a star at its
// end any that begins so, field:* any value; in field>500 and the like a length of time compares with seconds
// (duration>1.5s). fields are the names that are known: another one is an error. Without any all names are taken.
// Errors are of type *Error and say where.
func ParseFilter(text string, fields []string) (Filter, error) {
	e, err := parse(text, fieldRules{items: true, known: fields})
	if err != nil {
		return Filter{}, err
	}
	f := Filter{expr: e, terms: map[app.LogTerm]fieldCondition{}}
	for _, t := range e.Terms() {
		t.Not = false
		f.terms[t] = newFieldCondition(t)
	}
	return f, nil
}

func newFieldCondition(t app.LogTerm) fieldCondition {
	c := fieldCondition{field: app.Fold(t.Field), text: app.Fold(t.Text)}
	switch {
	case t.Regexp:
		c.expr = regexp.MustCompile(t.Text) // that parse has taken
	case t.Op != "":
		c.value = newValue(t)
	case t.Field != "" && !t.Whole:
		c.text, c.prefix = strings.CutSuffix(c.text, "*")
	}
	return c
}

// Match reports whether an item meets what is asked.
func (f Filter) Match(item Fields) bool {
	return f.expr.Holds(func(t app.LogTerm) bool {
		t.Not = false
		return f.terms[t].meets(item)
	})
}

// Words returns the words and phrases that have to occur, folded.
func (f Filter) Words() (words []string) {
	for _, part := range f.expr.Conjuncts() {
		if t := part.Term; part.Op == app.ExprTerm && t.Field == "" && !t.Not && !t.Regexp {
			words = append(words, app.Fold(t.Text))
		}
	}
	return words
}

func (c fieldCondition) meets(item Fields) bool {
	switch {
	case c.expr != nil:
		return c.expr.MatchString(item.Text())
	case c.field == "":
		return strings.Contains(app.Fold(item.Text()), c.text)
	}
	return slices.ContainsFunc(item.Values(c.field), func(value string) bool {
		value = app.Fold(value)
		if c.value.op != "" {
			n, _, ok := numberOf(value)
			return ok && c.value.op.Holds(n, c.value.number)
		}
		return value == c.text || c.prefix && value != "" && strings.HasPrefix(value, c.text)
	})
}
