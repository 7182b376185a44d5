package world

import (
	"fmt"
	"regexp"
	"strconv"

	"github.com/nephograph/nephograph/app"
)

// rule is the condition of a composite alarm (CloudWatch API reference, PutCompositeAlarm, AlarmRule): AND, OR, NOT,
// brackets, TRUE, FALSE, and ALARM, OK or INSUFFICIENT_DATA of an alarm's name.
type rule func(state func(alarm string) app.AlarmState) bool

var ruleToken = regexp.MustCompile(`\s*("(?:[^"\\]|\\.)*"|[()]|[^()"\s]+)`)

// maxDepth bounds the brackets of a rule; AWS allows 500 nested elements at most, a person writes three.
const maxDepth = 100

// parseRule reads a rule; OR binds weakest, NOT strongest.
func parseRule(text string) (rule, error) {
	var r ruleReader
	rest := text
	for rest != "" {
		m := ruleToken.FindStringSubmatch(rest)
		if m == nil || len(m[0]) == 0 || rest[:len(m[0])] != m[0] {
			break
		}
		r.tokens = append(r.tokens, m[1])
		rest = rest[len(m[0]):]
	}
	parsed, err := r.either(0)
	if err == nil && len(r.tokens) > 0 {
		err = fmt.Errorf("alarm rule: unexpected %q", r.tokens[0])
	}
	if err != nil {
		return nil, err
	}
	return parsed, nil
}

// ruleReader holds the tokens that are still to be read.
type ruleReader struct{ tokens []string }

func (r *ruleReader) next() string {
	if len(r.tokens) == 0 {
		return ""
	}
	t := r.tokens[0]
	r.tokens = r.tokens[1:]
	return t
}

func (r *ruleReader) skip(token string) bool {
	if len(r.tokens) == 0 || r.tokens[0] != token {
		return false
	}
	r.tokens = r.tokens[1:]
	return true
}

func (r *ruleReader) either(depth int) (rule, error) {
	left, err := r.both(depth)
	for err == nil && r.skip("OR") {
		var right rule
		if right, err = r.both(depth); err == nil {
			a, b := left, right
			left = func(s func(string) app.AlarmState) bool { return a(s) || b(s) }
		}
	}
	return left, err
}

func (r *ruleReader) both(depth int) (rule, error) {
	left, err := r.one(depth)
	for err == nil && r.skip("AND") {
		var right rule
		if right, err = r.one(depth); err == nil {
			a, b := left, right
			left = func(s func(string) app.AlarmState) bool { return a(s) && b(s) }
		}
	}
	return left, err
}

func (r *ruleReader) one(depth int) (rule, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("alarm rule: nested deeper than %d", maxDepth)
	}
	switch t := r.next(); t {
	case "NOT":
		inner, err := r.one(depth + 1)
		return func(s func(string) app.AlarmState) bool { return !inner(s) }, err
	case "(":
		inner, err := r.either(depth + 1)
		if err == nil && !r.skip(")") {
			err = fmt.Errorf("alarm rule: a bracket is not closed")
		}
		return inner, err
	case "TRUE", "FALSE":
		return func(func(string) app.AlarmState) bool { return t == "TRUE" }, nil
	case "ALARM", "OK", "INSUFFICIENT_DATA":
		return r.term(app.AlarmState(t))
	default:
		return nil, fmt.Errorf("alarm rule: unexpected %q", t)
	}
}

// term reads the alarm's name in brackets.
func (r *ruleReader) term(state app.AlarmState) (rule, error) {
	if !r.skip("(") {
		return nil, fmt.Errorf("alarm rule: %s needs an alarm in brackets", state)
	}
	name := r.next()
	if unquoted, err := strconv.Unquote(name); err == nil {
		name = unquoted
	}
	if !r.skip(")") {
		return nil, fmt.Errorf("alarm rule: the bracket after %q is not closed", name)
	}
	return func(s func(string) app.AlarmState) bool { return s(name) == state }, nil
}
