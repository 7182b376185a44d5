package terminal

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func TestExplainTables(t *testing.T) {
	for name, args := range map[string][]string{
		"explain":         {"explain", "checkout-down"},
		"explain-json":    {"explain", "checkout-down", "--json"},
		"explain-instant": {"explain", "2h ago", "--utc"},
	} {
		t.Run(name, func(t *testing.T) {
			r := run(t, filled(), args...)
			if r.code != ExitOK {
				t.Errorf("exit code %d", r.code)
			}
			golden(t, name, r)
		})
	}
}

func TestExplainRefusesWhatItDoesNotKnow(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"explain"}, ExitUsage, "accepts 1 arg"},
		{[]string{"explain", "checkout-dwon"}, ExitFailed,
			`"checkout-dwon" is no alarm that the cache knows, and no time`},
		{[]string{"explain", "checkout-down", "--at", "noonish"}, ExitUsage, "--at"},
		{[]string{"explain", "14:00", "--at", "13:00"}, ExitFailed, "no alarm"},
		{[]string{"explain", "checkout-down", "--account", "999999999999"}, ExitFailed,
			"The cache holds nothing of these places"},
	} {
		r := run(t, filled(), c.args...)
		if r.code != c.code || !strings.Contains(r.err, c.says) || r.out != "" {
			t.Errorf("%v: exit %d, out %q, err %q; want %d and %q", c.args, r.code, r.out, r.err, c.code, c.says)
		}
	}
}

func TestExplainJSONIsOneObject(t *testing.T) {
	r := run(t, filled(), "explain", "checkout-down", "--json")
	var line explanationLine
	if err := json.Unmarshal([]byte(r.out), &line); err != nil {
		t.Fatal(err)
	}
	if line.Alarm != "checkout-down" || !line.Fired || len(line.Checked) != 5 || line.Suspects == nil {
		t.Errorf("%+v", line)
	}
}

func TestExplainCompletesAlarms(t *testing.T) {
	r := run(t, filled(), "__complete", "explain", "")
	names := strings.Split(r.out, "\n")
	for _, want := range []string{"checkout-down", "orders-throttled"} {
		if !slices.Contains(names, want) {
			t.Errorf("%s is not among %q", want, names)
		}
	}
	if r := run(t, filled(), "__complete", "explain", "checkout-down", ""); strings.Contains(r.out, "orders") {
		t.Errorf("there is one argument only: %q", r.out)
	}
}
