package app

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// AlarmRule is a composite alarm's condition, or a part of one (CloudWatch user guide, "Composite alarms"; API
// reference, PutCompositeAlarm, AlarmRule). Make one with ParseAlarmRule.
type AlarmRule struct {
	Op    RuleOp
	Parts []AlarmRule // of And, Or and Not, which has one; of AtLeast, a RuleState each
	State AlarmState  // of RuleState
	Alarm string      // of RuleState: the alarm's name
	Least int         // of AtLeast: how many of Parts have to hold
}

// RuleOp is what a part of a rule does.
type RuleOp uint8

// The parts of a rule.
const (
	RuleFalse RuleOp = iota
	RuleTrue
	RuleState // an alarm is in a state
	RuleNot
	RuleAnd
	RuleOr
	RuleAtLeast
)

// Holds reports whether the rule holds, given the states of alarms by name.
func (r AlarmRule) Holds(state func(alarm string) AlarmState) bool {
	met := 0
	for _, p := range r.Parts {
		if p.Holds(state) {
			met++
		}
	}
	switch r.Op {
	case RuleTrue:
		return true
	case RuleState:
		return state(r.Alarm) == r.State
	case RuleNot:
		return met == 0
	case RuleAnd:
		return met == len(r.Parts)
	case RuleOr:
		return met > 0
	case RuleAtLeast:
		return met >= r.Least
	}
	return false
}

// Alarms returns the names of the alarms that the rule reads, each once, in the order of the rule.
func (r AlarmRule) Alarms() []string {
	var names []string
	if r.Op == RuleState {
		names = append(names, r.Alarm)
	}
	for _, p := range r.Parts {
		for _, name := range p.Alarms() {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// alarmARN takes the name out of an alarm's ARN.
var alarmARN = regexp.MustCompile(`^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:(.+)$`)

// Children returns the names of the alarms in a composite alarm's rule, each once, in the order of the rule; none for a
// rule that does not parse.
func (a Alarm) Children() []string {
	rule, err := ParseAlarmRule(a.Rule)
	if err != nil {
		return nil
	}
	return rule.Alarms()
}

// maxRuleDepth bounds the brackets of a rule; AWS allows 500 elements in all, a person nests three.
const maxRuleDepth = 100

// ruleToken is a quoted name, a bracket or comma, or a run of other characters. Within quotes a backslash escapes.
var ruleToken = regexp.MustCompile(`^\s*("(?s:[^"\\]|\\.)*"|[(),]|[^(),"\s]+)`)

// ParseAlarmRule reads a rule; OR binds weakest, NOT strongest. Alarms may be named by their ARN.
func ParseAlarmRule(text string) (AlarmRule, error) {
	var r ruleReader
	rest := text
	for strings.TrimSpace(rest) != "" {
		m := ruleToken.FindStringSubmatch(rest)
		if m == nil {
			return AlarmRule{}, fmt.Errorf("alarm rule: a quote is not closed in %q", rest)
		}
		r.tokens = append(r.tokens, m[1])
		rest = rest[len(m[0]):]
	}
	rule, err := r.either(0)
	if err == nil && len(r.tokens) > 0 {
		err = fmt.Errorf("alarm rule: unexpected %q", r.tokens[0])
	}
	if err != nil {
		return AlarmRule{}, err
	}
	return rule, nil
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

func (r *ruleReader) either(depth int) (AlarmRule, error) {
	return r.joined("OR", RuleOr, depth, r.both)
}

func (r *ruleReader) both(depth int) (AlarmRule, error) {
	return r.joined("AND", RuleAnd, depth, r.one)
}

// joined reads parts with an operator between them; one part alone is itself.
func (r *ruleReader) joined(word string, op RuleOp, depth int, part func(int) (AlarmRule, error)) (AlarmRule, error) {
	first, err := part(depth)
	if err != nil || len(r.tokens) == 0 || r.tokens[0] != word {
		return first, err
	}
	all := AlarmRule{Op: op, Parts: []AlarmRule{first}}
	for r.skip(word) {
		next, err := part(depth)
		if err != nil {
			return AlarmRule{}, err
		}
		all.Parts = append(all.Parts, next)
	}
	return all, nil
}

func (r *ruleReader) one(depth int) (AlarmRule, error) {
	if depth > maxRuleDepth {
		return AlarmRule{}, fmt.Errorf("alarm rule: nested deeper than %d", maxRuleDepth)
	}
	switch t := r.next(); t {
	case "NOT":
		inner, err := r.one(depth + 1)
		return AlarmRule{Op: RuleNot, Parts: []AlarmRule{inner}}, err
	case "(":
		inner, err := r.either(depth + 1)
		if err == nil && !r.skip(")") {
			err = fmt.Errorf("alarm rule: a bracket is not closed")
		}
		return inner, err
	case "TRUE":
		return AlarmRule{Op: RuleTrue}, nil
	case "FALSE":
		return AlarmRule{Op: RuleFalse}, nil
	case "AT_LEAST":
		return r.atLeast()
	case "ALARM", "OK", "INSUFFICIENT_DATA":
		if !r.skip("(") {
			return AlarmRule{}, fmt.Errorf("alarm rule: %s needs an alarm in brackets", t)
		}
		name, err := r.name()
		if err == nil && !r.skip(")") {
			err = fmt.Errorf("alarm rule: the bracket after %q is not closed", name)
		}
		return AlarmRule{Op: RuleState, State: AlarmState(t), Alarm: name}, err
	default:
		return AlarmRule{}, fmt.Errorf("alarm rule: unexpected %q", t)
	}
}

// atLeast reads what stands behind AT_LEAST: (2, ALARM, (a, b, c)), (50%, NOT OK, (a, b)).
func (r *ruleReader) atLeast() (AlarmRule, error) {
	wrong := func(what string) (AlarmRule, error) {
		return AlarmRule{}, fmt.Errorf("alarm rule: AT_LEAST %s", what)
	}
	if !r.skip("(") {
		return wrong("needs brackets")
	}
	count, percent := strings.CutSuffix(strings.Trim(r.next(), `"`), "%")
	least, err := strconv.Atoi(count)
	if err != nil || least < 1 || percent && least > 100 {
		return wrong("needs a number or a percentage first")
	}
	if !r.skip(",") {
		return wrong("needs a comma after its number")
	}
	not := r.skip("NOT")
	state := AlarmState(r.next())
	if state != InAlarm && state != OK && state != InsufficientData {
		return wrong("needs a state")
	}
	if !r.skip(",") || !r.skip("(") {
		return wrong("needs a list of alarms")
	}
	rule := AlarmRule{Op: RuleAtLeast, Least: least}
	for {
		name, err := r.name()
		if err != nil {
			return AlarmRule{}, err
		}
		part := AlarmRule{Op: RuleState, State: state, Alarm: name}
		if not {
			part = AlarmRule{Op: RuleNot, Parts: []AlarmRule{part}}
		}
		rule.Parts = append(rule.Parts, part)
		if !r.skip(",") {
			break
		}
	}
	for range 2 {
		if !r.skip(")") {
			return wrong("has a bracket that is not closed")
		}
	}
	if percent { // of three alarms, 50 % are two
		rule.Least = (least*len(rule.Parts) + 99) / 100
	}
	return rule, nil
}

// escaped is a character behind a backslash, within quotes.
var escaped = regexp.MustCompile(`(?s)\\(.)`)

// name reads an alarm's name or ARN, quoted or not.
func (r *ruleReader) name() (string, error) {
	name := r.next()
	switch {
	case name == "" || strings.ContainsAny(name[:1], "(),"):
		return "", fmt.Errorf("alarm rule: an alarm's name is missing")
	case name[0] == '"':
		name = escaped.ReplaceAllString(name[1:len(name)-1], "$1")
	}
	if arn := alarmARN.FindStringSubmatch(name); arn != nil {
		name = arn[1]
	}
	return name, nil
}
