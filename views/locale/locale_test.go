package locale

import "testing"

func TestSettle(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want string
	}{
		{nil, English},
		{map[string]string{"LANG": "C"}, English},
		{map[string]string{"LANG": "de_DE.UTF-8", "LC_ALL": "C.UTF-8"}, English},
		{map[string]string{"LC_ALL": "POSIX"}, English},
		{map[string]string{"LANG": "de_DE.UTF-8"}, "de_DE.UTF-8"},
		{map[string]string{"LANG": "C", "LC_MESSAGES": "fr_FR"}, "fr_FR"},
	} {
		left := c.env["LC_ALL"]
		got := settle(func(k string) string { return c.env[k] }, func(_, v string) error { left = v; return nil })
		if got != c.want {
			t.Errorf("%v settles as %q, want %q", c.env, got, c.want)
		}
		if c.want == English && left != English {
			t.Errorf("%v leaves LC_ALL at %q", c.env, left)
		}
	}
}
