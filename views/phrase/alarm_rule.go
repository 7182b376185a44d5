package phrase

import (
	"fmt"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// RuleWords says a composite alarm's rule as a person would, an alarm that is in alarm by its name alone:
// "checkout-p99 and (checkout-5xx or not deploying)".
func RuleWords(r app.AlarmRule) string {
	switch r.Op {
	case app.RuleTrue:
		return "always"
	case app.RuleFalse:
		return "never"
	case app.RuleState:
		switch r.State {
		case app.OK:
			return r.Alarm + " is OK"
		case app.InsufficientData:
			return r.Alarm + " has insufficient data"
		}
		return r.Alarm
	case app.RuleNot:
		return "not " + within(r.Parts[0])
	case app.RuleAtLeast:
		return fmt.Sprintf("at least %d of %s", r.Least, joined(r.Parts, ", "))
	case app.RuleAnd:
		return joined(r.Parts, " and ")
	}
	return joined(r.Parts, " or ")
}

func joined(parts []app.AlarmRule, word string) string {
	said := make([]string, len(parts))
	for i, p := range parts {
		said[i] = within(p)
	}
	return strings.Join(said, word)
}

// within says a part of a rule, in brackets where it has parts itself.
func within(r app.AlarmRule) string {
	if len(r.Parts) > 1 {
		return "(" + RuleWords(r) + ")"
	}
	return RuleWords(r)
}
