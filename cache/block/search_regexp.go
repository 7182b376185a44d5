package block

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/cache/automaton"
)

// expression is met by messages that match a regular expression.
type expression struct{ text }

func newExpression(t app.LogTerm) (condition, error) {
	expr, err := automaton.New(t.Text)
	if err != nil {
		return nil, err
	}
	return &expression{newText(query.NewCondition(t, expr), query.Parts(automaton.Literal(t.Text)))}, nil
}

// find finds the messages with the text that each match holds.
func (e *expression) find(u *Unpacker, from, end int, to []int32) (found []int32, exact bool) {
	if len(e.lead.needle) == 0 {
		return every(from, end, to), false
	}
	return e.findBy(&e.lead, u, from, end, to, func(i, at int) bool { return within(&u.Text, &e.lead, i, at) }), false
}

// meets checks the message as it is.
func (e *expression) meets(u *Unpacker, i int) bool { return e.Meets(u.Text.Original(i)) }

func (e *expression) cost() int { return costExpression }

func (e *expression) needs() needs {
	n := e.text.needs()
	n.capitals = true
	return n
}
