package alarms

import (
	"fmt"
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app"
)

// says writes a row as one line: a star where it holds.
func (row ruleRow) says() string {
	text := strings.Repeat("  ", row.depth) + row.joins + row.alarm
	if row.wanted != "" {
		text += " " + row.wanted
	}
	if row.of > 0 {
		text += fmt.Sprintf(" %d/%d", row.met, row.of)
	}
	if row.holds {
		text += " *"
	}
	return text
}

func TestRuleRows(t *testing.T) {
	states := map[string]app.AlarmState{"a": app.InAlarm, "b": app.OK, "c": app.InsufficientData} // x is not known
	for rule, want := range map[string]string{
		`ALARM(a)`:                                  "a *",
		`OK(a) OR NOT OK(a)`:                        "Any of 1/2 *|  a is OK|  a is not OK *",
		`ALARM(a) AND ALARM(b)`:                     "All of 1/2|  a *|  b",
		`NOT (ALARM(b) OR OK(c))`:                   "None of 0/2 *|  b|  c is OK",
		`NOT (ALARM(a) AND OK(b))`:                  "Not all of 2/2|  a *|  b is OK *",
		`NOT NOT ALARM(a)`:                          "a *",
		`NOT NOT NOT ALARM(a)`:                      "a is not in alarm",
		`NOT INSUFFICIENT_DATA(c)`:                  "c has sufficient data",
		`INSUFFICIENT_DATA(c)`:                      "c has insufficient data *",
		`ALARM(a) OR ALARM(x)`:                      "Any of 1/2 *|  a *|  x",
		`ALARM(b) OR ALARM(x)`:                      "Any of 0/2|  b|  x",
		`NOT ALARM(x)`:                              "x is not in alarm",
		`NOT (ALARM(b) OR ALARM(x))`:                "None of 0/2|  b|  x",
		`ALARM(a) AND (TRUE OR NOT TRUE) AND FALSE`: "All of 2/3|  a *|  Any of 1/2 *|    Always *|    Never|  Never",
		`AT_LEAST(2, ALARM, (a, b, c))`:             "At least 2 of 1/3|  a *|  b|  c",
		`NOT AT_LEAST(2, NOT OK, (a, b, c))`:        "Fewer than 2 of 2/3|  a is not OK *|  b is not OK|  c is not OK *",
		`ALARM(a) AND (ALARM(b) OR (ALARM(a) AND NOT ALARM("b")))`: "All of 2/2 *|  a *|  Any of 1/2 *|    b|    All " +
			"of 2/2 *|      a *|      b is not in alarm *",
	} {
		parsed, err := app.ParseAlarmRule(rule)
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, row := range ruleRows(parsed, func(name string) app.AlarmState { return states[name] }) {
			said = append(said, row.says())
		}
		if got := strings.Join(said, "|"); got != want {
			t.Errorf("%s\n got %s\nwant %s", rule, got, want)
		}
	}
}
