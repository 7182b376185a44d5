package phrase

import "testing"

func TestSomeOfNames(t *testing.T) {
	for want, names := range map[string][]string{"": nil, "a": {"a"}, "a and b": {"a", "b"},
		"a, b and 1 more": {"a", "b", "c"}, "a, b and 1,000 more": make([]string, 1002)} {
		if len(names) > 3 {
			names[0], names[1] = "a", "b"
		}
		if got := SomeOf(names, 2); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
