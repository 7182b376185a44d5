package query

import "testing"

func TestCut(t *testing.T) {
	for text, want := range map[string][2]string{
		"":                                  {"", ""},
		"error":                             {"error", ""},
		"error | stats count(*) by bin(5m)": {"error", " stats count(*) by bin(5m)"},
		"|STATS count(*)":                   {"", "STATS count(*)"},
		"level:error |filter a | limit 2":   {"level:error", "filter a | limit 2"},
		"a|b":                               {"a|b", ""},
		"a | b":                             {"a | b", ""},
		`"x | stats y" | limit 1`:           {`"x | stats y"`, " limit 1"},
		`"x \" | limit 2"`:                  {`"x \" | limit 2"`, ""},
		`-path:"a | sort b" | sort c`:       {`-path:"a | sort b"`, " sort c"},
		"/a | limit 2/ | limit 3":           {"/a | limit 2/", " limit 3"},
		"(/a | limit 2/ OR b) | limit 3":    {"(/a | limit 2/ OR b)", " limit 3"},
		"-/a | limit 2/ x":                  {"-/a | limit 2/ x", ""},
		"/api/x | stats count(*)":           {"/api/x", " stats count(*)"},
		`5" | limit 1`:                      {`5"`, " limit 1"},
		"a OR (b | limit 1":                 {"a OR (b", " limit 1"},
		"x | statsx":                        {"x | statsx", ""},
	} {
		if search, commands := Cut(text); search != want[0] || commands != want[1] {
			t.Errorf("%q: %q and %q, want %q", text, search, commands, want)
		}
	}
}
