package query

import "testing"

func TestWith(t *testing.T) {
	for _, c := range []struct {
		query, term string
		out         bool
		want        string
	}{
		{"", "level:error", false, "level:error"},
		{"timeout", "level:error", false, "timeout level:error"},
		{"timeout level:error", "level:error", false, "timeout"},
		{"level:error timeout", "level:error", true, "timeout -level:error"},
		{"-level:error", "level:error", true, ""},
		{"-level:error", "level:error", false, "level:error"},
		{"level:errors", "level:error", false, "level:errors level:error"},
		{" a ", "b", true, "a -b"},
		{"a OR b", "level:error", false, "(a OR b) level:error"},
		{"(a OR b) level:error", "level:error", true, "(a OR b) -level:error"},
		{"a AND level:error", "level:error", false, "a"},
		{"a AND NOT level:error", "level:error", false, "a level:error"},
		{`path:"a b"  c`, `path:"a b"`, false, "c"},
		{"level:error OR a", "level:error", false, "(level:error OR a) level:error"},
		{"a (", "b", false, "a ( b"},
		{"a | stats count(*)", "b", true, "a -b | stats count(*)"},
		{"b | limit 2 | sort x", "b", false, "| limit 2 | sort x"},
		{`x "level:error"`, "level:error", false, `x "level:error" level:error`},
		{"-(a b)", "b", true, "-(a b) -b"},
	} {
		if got := With(c.query, c.term, c.out); got != c.want {
			t.Errorf("%q with %q, out %v: %q, want %q", c.query, c.term, c.out, got, c.want)
		}
	}
}

func TestHas(t *testing.T) {
	for text, want := range map[string]bool{
		"level:error": true, "a -level:error b": true, "level:errors": false, "level:error OR a": false,
		`"level:error"`: false, "(a OR b) level:error": true, "NOT level:error": true, "a (": false, "": false,
	} {
		if Has(text, "level:error") != want {
			t.Errorf("%q has the term: %v", text, !want)
		}
	}
}
