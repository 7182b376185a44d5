package pipe

import (
	"regexp"
	"strconv"
	"strings"
)

// expr is an expression as it is written.
type expr interface {
	// String writes it as Parse reads it.
	String() string
	// rank is how strongly its outermost operator binds.
	rank() int
}

// How strongly operators bind, from the loosest.
const (
	rankOr = iota
	rankAnd
	rankNot
	rankCompare
	rankAdd
	rankMultiply
	rankPower
	rankSign
	rankAtom
)

// field is the name of a field of the event, or of one that the query has made.
type field struct{ name string }

// literal is a number, a text, true or false.
type literal struct{ value Value }

// period is a length of time: 5m.
type period struct{ Period }

// call is a function with its arguments.
type call struct {
	name string // as in functions
	args []expr
	star bool // count(*)
}

// operation is an operator between two expressions.
type operation struct {
	op   string // "and", "or", a comparison or an arithmetic sign
	a, b expr
}

// negation is not, or a minus sign.
type negation struct {
	op string // "not" or "-"
	of expr
}

// like is whether a text holds another one, or meets a regular expression.
type like struct {
	of   expr
	part string         // where re is nil
	re   *regexp.Regexp // /part/
	not  bool
}

// in is whether a value is one of several.
type in struct {
	of   expr
	list []expr
	not  bool
}

func (field) rank() int   { return rankAtom }
func (literal) rank() int { return rankAtom }
func (period) rank() int  { return rankAtom }
func (call) rank() int    { return rankAtom }
func (like) rank() int    { return rankCompare }
func (in) rank() int      { return rankCompare }

func (n negation) rank() int {
	if n.op == "-" {
		return rankSign
	}
	return rankNot
}

func (b operation) rank() int { return ranks[b.op] }

var ranks = map[string]int{
	"or": rankOr, "and": rankAnd,
	"=": rankCompare, "!=": rankCompare, "<": rankCompare, "<=": rankCompare, ">": rankCompare, ">=": rankCompare,
	"+": rankAdd, "-": rankAdd, "*": rankMultiply, "/": rankMultiply, "%": rankMultiply, "^": rankPower,
}

// within writes a part of an expression, in parentheses where it binds less strongly than what is around it.
func within(e expr, least int) string {
	if e.rank() < least {
		return "(" + e.String() + ")"
	}
	return e.String()
}

func (f field) String() string { return quoteName(f.name) }

func (l literal) String() string {
	switch l.value.kind {
	case Bool:
		if l.value.num != 0 {
			return "true"
		}
		return "false"
	case Text:
		return quoteText(l.value.text)
	}
	if l.value.num >= 1e21 {
		return strings.Replace(strconv.FormatFloat(l.value.num, 'g', -1, 64), "+", "", 1)
	}
	return strconv.FormatFloat(l.value.num, 'f', -1, 64)
}

func (c call) String() string {
	if c.star {
		return written(c.name) + "(*)"
	}
	return written(c.name) + "(" + joined(c.args) + ")"
}

func (b operation) String() string {
	left, right := b.rank(), b.rank()+1
	if b.op == "^" { // 2 ^ 3 ^ 2 is 2 ^ (3 ^ 2)
		left, right = right, left
	}
	if b.rank() == rankCompare {
		left = right
	}
	return within(b.a, left) + " " + b.op + " " + within(b.b, right)
}

func (n negation) String() string {
	if n.op == "-" {
		return "-" + within(n.of, rankAtom)
	}
	return "not " + within(n.of, rankNot)
}

func (l like) String() string {
	op := " like "
	if l.not {
		op = " not like "
	}
	if l.re == nil {
		return within(l.of, rankAdd) + op + quoteText(l.part)
	}
	return within(l.of, rankAdd) + op + quoteExpression(l.part)
}

func (i in) String() string {
	op := " in ["
	if i.not {
		op = " not in ["
	}
	return within(i.of, rankAdd) + op + joined(i.list) + "]"
}

func joined[T interface{ String() string }](all []T) string {
	words := make([]string, len(all))
	for i, e := range all {
		words[i] = e.String()
	}
	return strings.Join(words, ", ")
}

func quoteText(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func quoteExpression(s string) string { return "/" + strings.ReplaceAll(s, "/", `\/`) + "/" }

// plainName is a name that needs no backticks.
var plainName = regexp.MustCompile(`^[@_\p{L}][@_.\p{L}\p{Nd}]*$`)

// quoteName writes a name so that it is read as one.
func quoteName(s string) string {
	if plainName.MatchString(s) && !reserved[strings.ToLower(s)] {
		return s
	}
	return "`" + s + "`"
}

// reserved are the words that are no names where they stand alone.
var reserved = map[string]bool{"and": true, "or": true, "not": true, "in": true, "like": true, "as": true, "by": true,
	"asc": true, "desc": true, "true": true, "false": true}
