package phrase

import (
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestRuleWords(t *testing.T) {
	for rule, want := range map[string]string{
		`ALARM(a)`:                                "a",
		`ALARM(a) AND ALARM("b c")`:               "a and b c",
		`ALARM(a) AND (OK(b) OR NOT ALARM(c))`:    "a and (b is OK or not c)",
		`NOT (ALARM(a) OR INSUFFICIENT_DATA(b))`:  "not (a or b has insufficient data)",
		`AT_LEAST(2, ALARM, (a, b, c)) OR TRUE`:   "(at least 2 of a, b, c) or always",
		`AT_LEAST(50%, NOT OK, (a, b)) AND FALSE`: "(at least 1 of not a is OK, not b is OK) and never",
	} {
		r, err := app.ParseAlarmRule(rule)
		if err != nil {
			t.Fatal(err)
		}
		if got := RuleWords(r); got != want {
			t.Errorf("%s: %q, want %q", rule, got, want)
		}
	}
}
