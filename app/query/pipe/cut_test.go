package pipe

import (
	"testing"

	"github.com/nephograph/nephograph/app/query"
)

func TestCut(t *testing.T) {
	for text, want := range map[string][2]string{
		"":                                  {"", ""},
		"error":                             {"error", ""},
		"error | stats count(*) by bin(5m)": {"error", " stats count(*) by bin(5m)"},
		"|stats count(*)":                   {"", "stats count(*)"},
		"level:error | filter a | limit 2":  {"level:error", " filter a | limit 2"},
		"a|b":                               {"a|b", ""},
		"a | b":                             {"a | b", ""},
		`"x | stats y" | limit 1`:           {`"x | stats y"`, " limit 1"},
		`"x \" | limit 2"`:                  {`"x \" | limit 2"`, ""},
		`-path:"a | sort b" | sort c`:       {`-path:"a | sort b"`, " sort c"},
		"/a | limit 2/ | limit 3":           {"/a | limit 2/", " limit 3"},
		"-/a | limit 2/ x":                  {"-/a | limit 2/ x", ""},
		"/api/x | stats count(*)":           {"/api/x", " stats count(*)"},
		"x | diff":                          {"x", " diff"},
	} {
		search, commands, at := Cut(text)
		if search != want[0] || commands != want[1] || text[at:] != commands {
			t.Errorf("%q: %q and %q at %d", text, search, commands, at)
		}
	}
}

// What Cut takes for a command is one that is evaluated, here or at AWS.
func TestCutKnowsTheCommands(t *testing.T) {
	for _, name := range []string{"fields", "display", "filter", "parse", "stats", "sort", "limit", "head", "dedup",
		"pattern"} {
		if !query.IsCommand(name) {
			t.Errorf("%s is not known to be a command", name)
		}
	}
	for name := range onlyAWS {
		if !query.IsCommand(name) {
			t.Errorf("%s is not known to be a command of AWS", name)
		}
	}
}
