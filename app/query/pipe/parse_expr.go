package pipe

import (
	"fmt"
	"strings"
)

// expr reads an expression whose operators bind at least as strongly as said.
func (p *parser) expr(least int) (expr, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, p.wrong("the expression has more than %d parts in each other", maxDepth)
	}
	defer func() { p.depth-- }()
	left, err := p.first(least)
	for err == nil {
		op, rank := p.operator()
		if rank < least {
			return left, nil
		}
		switch op {
		case "":
			return left, nil
		case "like", "=~", "in", "not":
			left, err = p.matching(left)
			continue
		}
		if err := p.advance(true); err != nil {
			return nil, err
		}
		next := rank + 1
		if op == "^" {
			next = rank
		}
		var right expr
		if right, err = p.expr(next); err == nil {
			left = operation{op, left, right}
		}
	}
	return nil, err
}

// first reads what stands before the first operator.
func (p *parser) first(least int) (expr, error) {
	if p.now.is("not") {
		if least > rankNot {
			return nil, p.wrong("not stands in parentheses here")
		}
		if err := p.advance(true); err != nil {
			return nil, err
		}
		of, err := p.expr(rankNot)
		return negation{"not", of}, err
	}
	return p.operand()
}

// operator returns the operator that stands now and how strongly it binds; "" where there is none.
func (p *parser) operator() (string, int) {
	if p.now.kind != sign && p.now.kind != name {
		return "", rankOr
	}
	op := strings.ToLower(p.now.text)
	switch op {
	case "like", "in", "not", "=~":
		return op, rankCompare
	}
	if rank, ok := ranks[op]; ok {
		return op, rank
	}
	return "", rankOr
}

// matching reads [not] like, [not] in and =~ after what they are of.
func (p *parser) matching(of expr) (expr, error) {
	not, err := p.take("not")
	if err != nil {
		return nil, err
	}
	word := p.now
	switch {
	case word.is("in"):
		list, err := p.list()
		return in{of, list, not}, err
	case word.is("like"), word.is("=~"):
	default:
		return nil, p.wrong("like or in is expected after not, not %s", word.said())
	}
	if err := p.advance(true); err != nil {
		return nil, err
	}
	l := like{of: of, part: p.now.text, not: not}
	switch p.now.kind {
	case expression:
		if l.re, err = compileExpression(p.now); err != nil {
			return nil, err
		}
	case text:
	default:
		return nil, p.wrong(`%s takes a "text" or a /regular expression/, not %s`, word.text, p.now.said())
	}
	return l, p.advance(false)
}

// list reads in [ … ] from its keyword on.
func (p *parser) list() ([]expr, error) {
	if err := p.advance(true); err != nil {
		return nil, err
	}
	if err := p.expect("["); err != nil {
		return nil, err
	}
	var all []expr
	for {
		e, err := p.expr(rankAdd)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
		if p.now.is("]") {
			return all, p.advance(false)
		}
		if err := p.expect(","); err != nil {
			return nil, err
		}
	}
}

// operand reads a name, a literal, a function or an expression in parentheses.
func (p *parser) operand() (expr, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, p.wrong("the expression has more than %d parts in each other", maxDepth)
	}
	defer func() { p.depth-- }()
	t := p.now
	switch {
	case t.is("("):
		if err := p.advance(true); err != nil {
			return nil, err
		}
		e, err := p.expr(rankOr)
		if err != nil {
			return nil, err
		}
		return e, p.closing(")")
	case t.is("-"):
		if err := p.advance(true); err != nil {
			return nil, err
		}
		of, err := p.operand()
		return negation{"-", of}, err
	}
	if err := p.advance(false); err != nil {
		return nil, err
	}
	switch t.kind {
	case text:
		return literal{textOf(t.text)}, nil
	case number:
		return numeral(t)
	case quotedName:
		if t.text != "" {
			return field{t.text}, nil
		}
	case name:
		return p.named(t)
	}
	return nil, &Error{At: t.at, Text: "a field, a value or a function is expected before " + t.said()}
}

// closing steps over a closing bracket, after which an operator comes.
func (p *parser) closing(bracket string) error {
	if !p.now.is(bracket) {
		return p.wrong("%q is expected before %s", bracket, p.now.said())
	}
	return p.advance(false)
}

// numeral reads 5, 0.5 or 5m.
func numeral(t token) (expr, error) {
	if n, ok := parseNumber(t.text); ok {
		return literal{numberOf(n)}, nil
	}
	length, err := parsePeriod(t.text)
	if err != nil {
		return nil, &Error{At: t.at, Text: err.Error()}
	}
	return period{length}, nil
}

// named reads what begins with a name: true, false, a function or a field.
func (p *parser) named(t token) (expr, error) {
	switch {
	case p.now.is("("):
		return p.call(t)
	case strings.EqualFold(t.text, "true"), strings.EqualFold(t.text, "false"):
		return literal{boolOf(strings.EqualFold(t.text, "true"))}, nil
	case reserved[strings.ToLower(t.text)]:
		return nil, &Error{At: t.at, Text: "a field, a value or a function is expected before " + t.text}
	}
	return field{t.text}, nil
}

// call reads the arguments of a function.
func (p *parser) call(t token) (expr, error) {
	c := call{name: strings.ToLower(t.text)}
	f, ok := functions[c.name]
	if !ok {
		return nil, &Error{At: t.at, Text: fmt.Sprintf("there is no function %s here", t.text)}
	}
	if err := p.advance(true); err != nil {
		return nil, err
	}
	if p.now.is("*") && c.name == "count" {
		c.star = true
		if err := p.advance(true); err != nil {
			return nil, err
		}
	}
	for !p.now.is(")") && !c.star {
		e, err := p.expr(rankOr)
		if err != nil {
			return nil, err
		}
		c.args = append(c.args, e)
		if more, err := p.take(","); err != nil {
			return nil, err
		} else if !more {
			break
		}
	}
	if c.name == "count" && len(c.args) == 0 {
		c.star = true
	}
	if err := f.check(c); err != nil {
		return nil, &Error{At: t.at, Text: err.Error()}
	}
	return c, p.closing(")")
}

// hasAggregate reports whether an expression has a function of stats in it.
func hasAggregate(e expr) bool {
	switch e := e.(type) {
	case call:
		if functions[e.name].aggregate != nil {
			return true
		}
		for _, a := range e.args {
			if hasAggregate(a) {
				return true
			}
		}
	case operation:
		return hasAggregate(e.a) || hasAggregate(e.b)
	case negation:
		return hasAggregate(e.of)
	case like:
		return hasAggregate(e.of)
	case in:
		return hasAggregate(e.of)
	}
	return false
}
