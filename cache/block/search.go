package block

import "github.com/nephograph/nephograph/app"

// Search finds the events of blocks that match an expression, the same events that query.Matcher finds one by one. Its
// automata grow while it searches, and it remembers which of its conditions the filter of a block has ruled out, so
// each goroutine needs its own.
//
// A search is a tree of conditions, a file each: search_and.go, search_or.go and search_not.go join the others.
type Search struct {
	root  condition
	grams grams // of what every match holds beside the expression
	asks  bool  // anything beside the level
	needs needs
}

// condition is a part of a search.
type condition interface {
	// mayMatch reports whether a block may hold an event that meets the condition.
	mayMatch(b *Summary) bool
	// find appends the events from one to another that meet the condition, in order. If exact is false, some of those
	// may not meet it.
	find(u *Unpacker, from, end int, to []int32) (found []int32, exact bool)
	// meets reports whether an event meets the condition.
	meets(u *Unpacker, i int) bool
	// needle returns how many bytes long a text is that find looks for; 0: it looks at every event.
	needle() int
	// cost ranks conditions by what meets costs.
	cost() int
	// needs says what has to be open.
	needs() needs
}

// What meets costs.
const (
	costLevel = iota
	costText
	costField
	costRest
	costExpression
)

// needs is what has to be open beside the text.
type needs struct{ filter, capitals, rest bool }

func (n needs) with(other needs) needs {
	return needs{n.filter || other.filter, n.capitals || other.capitals, n.rest || other.rest}
}

// Summary is what is known of a block without opening it.
type Summary struct {
	Filter Filter                  // nil: not opened
	Levels [app.LevelError + 1]int // events by level
}

// NewSearch compiles an expression and a least level. Its error names the regular expression that does not parse. Terms
// on names of groups and scopes, which blocks do not know, have to be bound before.
func NewSearch(e app.LogExpr, level app.Level) (*Search, error) {
	root, err := newCondition(e)
	if err != nil {
		return nil, err
	}
	s := &Search{root: root, asks: !e.All(), needs: root.needs()}
	if level > app.LevelNone {
		s.root = newAnd([]condition{&levels{least: byte(level)}, root})
	}
	return s, nil
}

// newCondition compiles an expression.
func newCondition(e app.LogExpr) (condition, error) {
	if e.Op == app.ExprTerm {
		return newTerm(e.Term)
	}
	parts := make([]condition, len(e.Parts))
	for i, p := range e.Parts {
		var err error
		if parts[i], err = newCondition(p); err != nil {
			return nil, err
		}
	}
	switch e.Op {
	case app.ExprOr:
		return newOr(parts), nil
	case app.ExprNot:
		return newNot(parts[0]), nil
	}
	return newAnd(parts), nil
}

// newTerm compiles a term.
func newTerm(t app.LogTerm) (c condition, err error) {
	switch {
	case t.Key == app.KeyLevel:
		return &levels{least: byte(app.ParseLevel(t.Text)), below: t.Not}, nil
	case t.Key != "":
		c = newKey(t)
	case t.Regexp:
		c, err = newExpression(t)
	case t.Field != "":
		c = newField(t)
	default:
		c = newPhrase(t)
	}
	if t.Not && err == nil {
		c = newNot(c)
	}
	return c, err
}

// Require narrows the search to blocks that may hold a text in lower case.
func (s *Search) Require(text string) { s.grams.add(text) }

// ByLevel reports whether an event matches by its level alone.
func (s *Search) ByLevel() bool { return !s.asks }

// Filtered reports whether MayMatch asks the filter of a block.
func (s *Search) Filtered() bool { return len(s.grams) > 0 || s.needs.filter }

// Cased reports whether Find needs the text restored.
func (s *Search) Cased() bool { return s.needs.capitals }

// ByRest reports whether Find needs all columns open.
func (s *Search) ByRest() bool { return s.needs.rest }

// OpenFilter opens a column Filter. Unlike the other columns it stays valid when the next one is opened.
func (u *Unpacker) OpenFilter(column []byte) (Filter, error) {
	opened, err := u.opener.open(nil, column)
	if err == nil && !valid(opened) {
		err = ErrDamaged
	}
	return opened, err
}

// MayMatch reports whether a block may hold a match. The Find that follows leaves out what it has ruled out, so a
// search is either asked it before each Find or never.
func (s *Search) MayMatch(b *Summary) bool { return s.grams.in(b.Filter) && s.root.mayMatch(b) }

// Find appends the indices of the matches among events from to end of an open text, in order.
func (s *Search) Find(u *Unpacker, from, end int, matches []int32) []int32 {
	before := len(matches)
	matches, exact := s.root.find(u, from, end, matches)
	if exact {
		return matches
	}
	return keep(matches, before, func(i int32) bool { return s.root.meets(u, int(i)) })
}

// keep drops of what was appended after before what does not hold.
func keep(found []int32, before int, holds func(i int32) bool) []int32 {
	kept := found[:before]
	for _, i := range found[before:] {
		if holds(i) {
			kept = append(kept, i)
		}
	}
	return kept
}

// every appends all events from one to another.
func every(from, end int, to []int32) []int32 {
	for i := from; i < end; i++ {
		to = append(to, int32(i))
	}
	return to
}

// grams are the hashes that are in the filter of any block with a match.
type grams []uint32

// add adds the runs of a text in lower case.
func (g *grams) add(text string) { eachGram(text, func(h uint32) { *g = append(*g, h) }) }

// in reports whether a filter has all of them; one that is not open may.
func (g grams) in(f Filter) bool {
	if f == nil {
		return true
	}
	for _, h := range g {
		if !f.has(h) {
			return false
		}
	}
	return true
}
