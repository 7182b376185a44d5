package cache

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/cache/block"
)

// bind returns what is left of an expression in each log group once what it asks about names of groups, accounts and
// Regions is answered. Of a group in which nothing can match no block is read.
func (g groups) bind(e app.LogExpr) map[int64]app.LogExpr {
	bound := make(map[int64]app.LogExpr, len(g.byID))
	for id, name := range g.byID {
		of := app.LogEvent{Scope: name.scope, Group: name.name}
		bound[id] = e.Bind(func(t app.LogTerm) (holds, known bool) {
			switch t.Key {
			case app.KeyGroup, app.KeyAccount, app.KeyRegion:
				return query.HasKey(t, of), true
			}
			return false, false
		})
	}
	return bound
}

// searches compiles a query for each log group in which something can match. Groups of which the same
// is left share a search.
func (g groups) searches(q app.LogQuery) (map[int64]*block.Search, error) {
	if _, err := newSearch(q.Match, q); err != nil { // also where there is no group to look in
		return nil, err
	}
	all := map[int64]*block.Search{}
	byText := map[string]*block.Search{}
	for id, e := range g.bind(q.Match) {
		if e.None() {
			continue
		}
		text := query.FormatExpr(e)
		if byText[text] == nil {
			var err error
			if byText[text], err = newSearch(e, q); err != nil {
				return nil, err
			}
		}
		all[id] = byText[text]
	}
	return all, nil
}

// newSearch compiles an expression with what else a query asks. A trace is looked for by the last 24 digits of its id,
// which are in both of its forms.
func newSearch(e app.LogExpr, q app.LogQuery) (*block.Search, error) {
	s, err := block.NewSearch(e, q.Level)
	if err != nil {
		return nil, &app.Error{Kind: app.Malformed, Op: "search log events", Err: err}
	}
	if id := app.Fold(string(q.Trace)); id != "" {
		s.Require(id[max(0, len(id)-traceDigits):])
	}
	s.Require(app.Fold(q.Request))
	return s, nil
}

const traceDigits = 24
