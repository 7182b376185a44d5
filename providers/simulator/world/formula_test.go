package world

import (
	"math"
	"strings"
	"testing"
)

func TestParseFormula(t *testing.T) {
	inputs := map[string]float64{"errors": 6, "invocations": 200, "none": 0, "much": math.MaxFloat64}
	value := func(id string) (float64, bool) { v, ok := inputs[id]; return v, ok }
	for text, want := range map[string]float64{
		"100 * errors / invocations":       3,
		"100*errors/invocations":           3,
		"2 + 3 * 4":                        14, // * binds closer
		"(2 + 3) * 4":                      20,
		"10 - 2 - 3":                       5, // from the left
		"200 / 10 / 2":                     10,
		" ( ( errors ) ) - 0.5 * ( 1 + 1)": 5,
		"errors / (none + 2)":              3,
	} {
		f, _, err := parseFormula(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		} else if got, ok := f(value); !ok || got != want {
			t.Errorf("%s is %v, %v; want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"errors / none", "none / none", "missing", "0 * missing", "much * 2 - much"} {
		f, _, err := parseFormula(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		} else if got, ok := f(value); ok {
			t.Errorf("%s is %v, want nothing", text, got)
		}
	}
	for _, text := range []string{"", " ", "1 +", "* 2", "(1", "1)", "()", "1 2", "a b", "SUM(errors)", "Errors", "-1",
		"a ** b", "a > 1", "1..2", "é", "[a]", "a, b",
		strings.Repeat("(", 200) + "1" + strings.Repeat(")", 200), "1" + strings.Repeat("0", 400)} {
		if _, _, err := parseFormula(text); err == nil {
			t.Errorf("%q parses", text)
		}
	}
	if _, ids, err := parseFormula("b / (a + b) - 1"); err != nil || strings.Join(ids, " ") != "b a" {
		t.Errorf("ids %v, %v", ids, err)
	}
}

func FuzzParseFormula(f *testing.F) {
	f.Add("100 * errors / invocations")
	f.Add("((((((1")
	f.Add("a - -b")
	f.Fuzz(func(t *testing.T, text string) {
		parsed, ids, err := parseFormula(text)
		if err != nil {
			return
		}
		for _, id := range ids {
			if !inputID.MatchString(id) || !strings.Contains(text, id) {
				t.Fatalf("%q has the id %q", text, id)
			}
		}
		if v, ok := parsed(func(string) (float64, bool) { return 2, true }); ok && (math.IsNaN(v) || math.IsInf(v, 0)) {
			t.Fatalf("%q is %v", text, v)
		}
		if _, ok := parsed(func(string) (float64, bool) { return 0, false }); ok && len(ids) > 0 {
			t.Fatalf("%q has a value without its inputs", text)
		}
	})
}
