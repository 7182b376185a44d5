package query

import (
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// conjunct is a condition that has to hold beside others, and where in the query it stands.
type conjunct struct {
	from, to int
	expr     app.LogExpr
}

// Has reports whether a query asks for a term beside others, or for what does not meet it. Both are written in the
// language of log events or in that of items with fields; a query that does not parse has none.
func Has(text, term string) bool {
	before, _ := Cut(text)
	all, e, err := conjuncts(before)
	wanted, ok := only(term)
	return err == nil && ok && e.Op != app.ExprOr && slices.ContainsFunc(all, func(c conjunct) bool {
		return c.expr.Equal(wanted) || c.expr.Equal(app.NotOf(wanted))
	})
}

// With returns a query with a term added, without it if the query has it, or with it turned round if the query has the
// opposite; with out the term must not hold. The rest of the text stays as it is, in parentheses where an OR needs
// them, and so do commands after it.
func With(text, term string, out bool) string {
	before, commands := Cut(text)
	before = withTerm(strings.TrimSpace(before), term, out)
	if commands != "" {
		before = strings.TrimSpace(before + " |" + commands)
	}
	return before
}

func withTerm(text, term string, out bool) string {
	want := term
	if out {
		want = "-" + term
	}
	all, e, err := conjuncts(text)
	wanted, ok := only(want)
	switch {
	case err != nil || !ok || text == "":
		return strings.TrimSpace(text + " " + want)
	case e.Op == app.ExprOr:
		return "(" + text + ") " + want
	}
	rest, was := without(text, all, wanted)
	rest, _ = without(rest, nil, app.NotOf(wanted))
	if was {
		return rest
	}
	return strings.TrimSpace(rest + " " + want)
}

// without returns a query without a condition, and whether it had it.
func without(text string, all []conjunct, unwanted app.LogExpr) (rest string, was bool) {
	if all == nil {
		all, _, _ = conjuncts(text)
	}
	i := slices.IndexFunc(all, func(c conjunct) bool { return c.expr.Equal(unwanted) })
	if i < 0 {
		return text, false
	}
	rest = strings.TrimSpace(strings.TrimRight(text[:all[i].from], " \t\n") + " " +
		strings.TrimLeft(text[all[i].to:], " \t\n"))
	if _, _, err := conjuncts(rest); err != nil { // an AND beside it is left over
		var parts []app.LogExpr
		for k, c := range all {
			if k != i {
				parts = append(parts, c.expr)
			}
		}
		rest = FormatExpr(app.AllOf(parts...))
	}
	return rest, true
}

// only reads a query that is one term.
func only(term string) (app.LogExpr, bool) {
	_, e, err := conjuncts(term)
	return e, err == nil && e.Op == app.ExprTerm
}

// conjuncts reads a query in either language as what has to hold beside each other.
func conjuncts(text string) ([]conjunct, app.LogExpr, error) {
	p := &parser{text: text, fields: fieldRules{items: true, lenient: true}}
	e, _, err := p.or()
	return p.conjuncts, e, err
}
