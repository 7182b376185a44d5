package explore

import (
	"strings"
	"testing"
)

func TestFresh(t *testing.T) {
	for _, c := range []struct {
		name    string
		turned  bool
		answers []string // items as the list shows them; with a star the list shows its beginning
		want    []int
	}{
		{"at the beginning", false, []string{"c b a*", "e d c b a*"}, []int{0, 0}},
		{"while one reads", false, []string{"c b a", "e d c b a", "f e d c b a"}, []int{0, 2, 3}},
		{"back at the beginning", false, []string{"c b a", "d c b a", "d c b a*", "e d c b a"}, []int{0, 1, 0, 0}},
		{"what is late", false, []string{"c a", "c b a"}, []int{0, 0}},
		{"what was seen has left", false, []string{"c b a", "f e d"}, []int{0, 0}},
		{"at the end", true, []string{"a b c*", "a b c d e*"}, []int{0, 2}},
		{"nothing", false, []string{"", "a"}, []int{0, 0}},
	} {
		var f fresh
		for i, text := range c.answers {
			keys, atStart := strings.CutSuffix(text, "*")
			f.note(strings.Fields(keys), atStart, c.turned)
			if f.count != c.want[i] {
				t.Errorf("%s, answer %d: %d new, want %d", c.name, i, f.count, c.want[i])
			}
		}
	}
}
