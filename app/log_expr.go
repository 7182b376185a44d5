package app

import "slices"

// LogExpr is a condition on log events: a term, or others joined by AND, OR and NOT. The zero LogExpr holds for every
// event. Expressions are made by AllOf, AnyOf, NotOf and LogTerm.Expr, which leave each in its shortest form, so that
// expressions that are joined alike are alike.
type LogExpr struct {
	Op    LogOp
	Parts []LogExpr // of ExprAnd and ExprOr; of ExprNot one, which is ExprAnd or ExprOr
	Term  LogTerm   // of ExprTerm
}

// LogOp is what a part of an expression does.
type LogOp uint8

// The parts of an expression.
const (
	ExprAnd  LogOp = iota // all of Parts hold; of none: every event
	ExprOr                // at least one of Parts holds; of none: no event
	ExprNot               // the part does not hold
	ExprTerm              // the term holds
)

// Expr returns the expression of a term alone.
func (t LogTerm) Expr() LogExpr { return LogExpr{Op: ExprTerm, Term: t} }

// MatchAll returns the expression that all terms hold.
func MatchAll(terms ...LogTerm) LogExpr {
	parts := make([]LogExpr, len(terms))
	for i, t := range terms {
		parts[i] = t.Expr()
	}
	return AllOf(parts...)
}

// AllOf returns the expression that all parts hold.
func AllOf(parts ...LogExpr) LogExpr { return joinExprs(ExprAnd, parts) }

// AnyOf returns the expression that at least one part holds.
func AnyOf(parts ...LogExpr) LogExpr { return joinExprs(ExprOr, parts) }

// joinExprs joins parts by AND or OR. Parts that are joined alike are taken apart, those that make no difference are
// left out.
func joinExprs(op LogOp, parts []LogExpr) LogExpr {
	e := LogExpr{Op: op}
	for _, p := range parts {
		switch {
		case p.Op == op:
			e.Parts = append(e.Parts, p.Parts...)
		case p.All() || p.None():
			return p // every event for an OR, no event for an AND
		default:
			e.Parts = append(e.Parts, p)
		}
	}
	if len(e.Parts) == 1 {
		return e.Parts[0]
	}
	return e
}

// NotOf returns the expression that another does not hold.
func NotOf(e LogExpr) LogExpr {
	switch {
	case e.Op == ExprTerm:
		e.Term.Not = !e.Term.Not
		return e
	case e.Op == ExprNot:
		return e.Parts[0]
	case e.All():
		return LogExpr{Op: ExprOr}
	case e.None():
		return LogExpr{}
	}
	return LogExpr{Op: ExprNot, Parts: []LogExpr{e}}
}

// All reports whether the expression holds for every event because it asks nothing.
func (e LogExpr) All() bool { return e.Op == ExprAnd && len(e.Parts) == 0 }

// None reports whether the expression holds for no event because nothing is left that could hold.
func (e LogExpr) None() bool { return e.Op == ExprOr && len(e.Parts) == 0 }

// Equal reports whether two expressions are the same.
func (e LogExpr) Equal(other LogExpr) bool {
	return e.Op == other.Op && e.Term == other.Term && slices.EqualFunc(e.Parts, other.Parts, LogExpr.Equal)
}

// Terms returns all terms, in order. One within an odd number of NOTs is turned round: it must not hold.
func (e LogExpr) Terms() []LogTerm { return e.terms(nil, false) }

func (e LogExpr) terms(to []LogTerm, not bool) []LogTerm {
	if e.Op == ExprTerm {
		t := e.Term
		t.Not = t.Not != not
		return append(to, t)
	}
	for _, p := range e.Parts {
		to = p.terms(to, not != (e.Op == ExprNot))
	}
	return to
}

// Conjuncts returns the parts that all have to hold.
func (e LogExpr) Conjuncts() []LogExpr {
	if e.Op == ExprAnd {
		return e.Parts
	}
	return []LogExpr{e}
}

// Bind returns what is left of the expression where the answer to some terms is known: holds says whether the condition
// of a term holds, whatever its Not.
func (e LogExpr) Bind(answer func(LogTerm) (holds, known bool)) LogExpr {
	if e.Op == ExprTerm {
		holds, known := answer(e.Term)
		switch {
		case !known:
			return e
		case holds != e.Term.Not:
			return LogExpr{}
		}
		return LogExpr{Op: ExprOr}
	}
	parts := make([]LogExpr, len(e.Parts))
	for i, p := range e.Parts {
		parts[i] = p.Bind(answer)
	}
	if e.Op == ExprNot {
		return NotOf(parts[0])
	}
	return joinExprs(e.Op, parts)
}

// Holds reports whether the expression holds for an event of which term says whether a condition holds, whatever its
// Not.
func (e LogExpr) Holds(term func(LogTerm) bool) bool {
	switch e.Op {
	case ExprTerm:
		return term(e.Term) != e.Term.Not
	case ExprNot:
		return !e.Parts[0].Holds(term)
	case ExprOr:
		return slices.ContainsFunc(e.Parts, func(p LogExpr) bool { return p.Holds(term) })
	}
	return !slices.ContainsFunc(e.Parts, func(p LogExpr) bool { return !p.Holds(term) })
}
