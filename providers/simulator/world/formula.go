package world

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// maxFormulaDepth bounds the brackets of a formula; a person nests three.
const maxFormulaDepth = 100

// formula is the expression of an alarm on metric math, as far as stories need it (CloudWatch user guide, "Metric math
// syntax and functions"): numbers, ids of inputs, + - * / and brackets. value returns what an input is in a period, and
// whether it has a datapoint there; ok is false where an input lacks one, and where CloudWatch would divide by zero.
type formula func(value func(id string) (float64, bool)) (result float64, ok bool)

// inputID is what the id of a metric query must look like (CloudWatch API reference, MetricDataQuery).
var inputID = regexp.MustCompile(`^[a-z][a-zA-Z0-9_]{0,254}$`)

var formulaToken = regexp.MustCompile(`^\s*(\d+(?:\.\d+)?|[a-zA-Z_][a-zA-Z0-9_]*|[-+*/()])`)

// parseFormula reads an expression, and returns the ids in it, each once. Multiplication and division bind closer.
func parseFormula(text string) (f formula, ids []string, err error) {
	var r formulaReader
	rest := text
	for {
		m := formulaToken.FindStringSubmatch(rest)
		if m == nil {
			break
		}
		r.tokens, rest = append(r.tokens, m[1]), rest[len(m[0]):]
	}
	if rest = strings.TrimSpace(rest); rest != "" {
		return nil, nil, fmt.Errorf("expression: what follows is no number, id, + - * / or bracket: %q", rest)
	}
	if f, err = r.sum(0); err == nil && len(r.tokens) > 0 {
		err = fmt.Errorf("expression: unexpected %q", r.tokens[0])
	}
	return f, r.ids, err
}

// formulaReader holds the tokens that are still to be read.
type formulaReader struct {
	tokens []string
	ids    []string
}

// next returns the next token if it is one of these.
func (r *formulaReader) next(of ...string) (string, bool) {
	if len(r.tokens) == 0 || !slices.Contains(of, r.tokens[0]) {
		return "", false
	}
	t := r.tokens[0]
	r.tokens = r.tokens[1:]
	return t, true
}

func (r *formulaReader) sum(depth int) (formula, error) {
	left, err := r.product(depth)
	for err == nil {
		sign, more := r.next("+", "-")
		if !more {
			break
		}
		var right formula
		right, err = r.product(depth)
		left = combined(left, sign, right)
	}
	return left, err
}

func (r *formulaReader) product(depth int) (formula, error) {
	left, err := r.operand(depth)
	for err == nil {
		sign, more := r.next("*", "/")
		if !more {
			break
		}
		var right formula
		right, err = r.operand(depth)
		left = combined(left, sign, right)
	}
	return left, err
}

func (r *formulaReader) operand(depth int) (formula, error) {
	if depth > maxFormulaDepth {
		return nil, fmt.Errorf("expression: nested deeper than %d", maxFormulaDepth)
	}
	if _, ok := r.next("("); ok {
		inner, err := r.sum(depth + 1)
		if _, closed := r.next(")"); err == nil && !closed {
			err = errors.New("expression: a bracket is not closed")
		}
		return inner, err
	}
	if len(r.tokens) == 0 {
		return nil, errors.New("expression: it ends where a number or an id should stand")
	}
	token := r.tokens[0]
	r.tokens = r.tokens[1:]
	if inputID.MatchString(token) {
		if !slices.Contains(r.ids, token) {
			r.ids = append(r.ids, token)
		}
		return func(value func(string) (float64, bool)) (float64, bool) { return value(token) }, nil
	}
	number, err := strconv.ParseFloat(token, 64)
	if err != nil {
		return nil, fmt.Errorf("expression: unexpected %q", token)
	}
	return func(func(string) (float64, bool)) (float64, bool) { return number, true }, nil
}

// combined computes with two operands. What is no finite number is missing.
func combined(left formula, sign string, right formula) formula {
	return func(value func(string) (float64, bool)) (float64, bool) {
		a, there := left(value)
		b, too := right(value)
		var result float64
		switch sign {
		case "+":
			result = a + b
		case "-":
			result = a - b
		case "*":
			result = a * b
		case "/":
			result = a / b
		}
		return result, there && too && !math.IsNaN(result) && !math.IsInf(result, 0)
	}
}
