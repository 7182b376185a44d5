package app_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

func TestAlarmRule(t *testing.T) {
	states := map[string]app.AlarmState{"a": app.InAlarm, "b": app.OK, "c d": app.InsufficientData}
	state := func(name string) app.AlarmState { return states[name] }
	for text, want := range map[string]bool{
		`ALARM(a)`:                                           true,
		`ALARM("b")`:                                         false,
		`INSUFFICIENT_DATA("c d")`:                           true,
		`NOT OK(b)`:                                          false,
		`NOT NOT OK(b)`:                                      true,
		`ALARM(b) OR ALARM(a) AND OK(a)`:                     false, // AND binds closer
		`(ALARM(b) OR ALARM(a)) AND OK(b)`:                   true,
		`NOT (ALARM(a) AND TRUE) OR FALSE`:                   false,
		`ALARM("a") AND NOT ALARM("b") AND OK ( "b")`:        true,
		`AT_LEAST(1, ALARM, (a, b, "c d"))`:                  true,
		`AT_LEAST(2, ALARM, (a, b, "c d"))`:                  false,
		`AT_LEAST(2, NOT OK, (a, b, "c d"))`:                 true,
		`AT_LEAST(50%, ALARM, (a, b))`:                       true,
		`AT_LEAST("50%", ALARM, (a, b, "c d"))`:              false, // half of three is more than one
		`ALARM(b) OR AT_LEAST(1, INSUFFICIENT_DATA,("c d"))`: true,
	} {
		r, err := app.ParseAlarmRule(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		} else if got := r.Holds(state); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
	for _, text := range []string{
		"", "ALARM", "ALARM(", "ALARM(a", "ALARM()", "ALARM(a) OK(b)", "a", "NOT", ")", "(ALARM(a)", `ALARM(a) AND`,
		`ALARM("a)`, "(,)",
		"AT_LEAST", "AT_LEAST(0, ALARM, (a))", "AT_LEAST(x, ALARM, (a))", "AT_LEAST(2 ALARM, (a))",
		"AT_LEAST(101%, ALARM, (a))",
		"AT_LEAST(1, BROKEN, (a))", "AT_LEAST(1, ALARM, a)", "AT_LEAST(1, ALARM, ())", "AT_LEAST(1, ALARM, (a)",
		strings.Repeat("(", 1000) + "TRUE" + strings.Repeat(")", 1000),
	} {
		if r, err := app.ParseAlarmRule(text); err == nil {
			t.Errorf("%q parses as %v", text, r)
		}
	}
}

// someRule draws a rule, what it looks like, and which alarms it reads.
func someRule(t *rapid.T, depth int) (text string, holds func(app.AlarmState) bool) {
	state := rapid.SampledFrom([]app.AlarmState{app.InAlarm, app.OK, app.InsufficientData}).Draw(t, "state")
	kind := rapid.IntRange(0, 3).Draw(t, "kind")
	if depth == 0 || kind == 0 {
		return string(state) + "(x)", func(s app.AlarmState) bool { return s == state }
	}
	left, a := someRule(t, depth-1)
	if kind == 1 {
		return "NOT (" + left + ")", func(s app.AlarmState) bool { return !a(s) }
	}
	right, b := someRule(t, depth-1)
	if kind == 2 {
		return "(" + left + ") AND (" + right + ")", func(s app.AlarmState) bool { return a(s) && b(s) }
	}
	return "(" + left + " OR " + right + ")", func(s app.AlarmState) bool { return a(s) || b(s) }
}

func TestAlarmRuleHoldsAsItIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, holds := someRule(t, 3)
		r, err := app.ParseAlarmRule(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		for _, s := range []app.AlarmState{app.InAlarm, app.OK, app.InsufficientData} {
			if got := r.Holds(func(string) app.AlarmState { return s }); got != holds(s) {
				t.Fatalf("%s is %v where x is %s", text, got, s)
			}
		}
		if !slices.Equal(r.Alarms(), []string{"x"}) {
			t.Fatalf("%s reads %v", text, r.Alarms())
		}
	})
}

func FuzzParseAlarmRule(f *testing.F) {
	f.Add(`ALARM("a") AND (OK(b) OR NOT INSUFFICIENT_DATA("c d"))`)
	f.Add(`AT_LEAST(50%, NOT ALARM, (a, "b", c))`)
	f.Add(`NOT NOT TRUE`)
	f.Add(`((((((`)
	f.Fuzz(func(t *testing.T, text string) {
		if r, err := app.ParseAlarmRule(text); err == nil {
			r.Holds(func(string) app.AlarmState { return app.OK })
			for _, name := range r.Alarms() {
				if name == "" && !strings.Contains(text, `""`) {
					t.Errorf("%q reads an alarm without a name", text)
				}
			}
		}
	})
}
