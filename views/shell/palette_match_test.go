package shell

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/views/ui"
)

func TestRank(t *testing.T) {
	for _, c := range []struct {
		typed, title string
		want         int
	}{
		{"", "Timeline", 3},
		{"time", "Timeline", 3},
		{"OUT", "Zoom out", 2},
		{"5xx", "checkout-5xx", 2},
		{"c5", "checkout-5xx", 1},
		{"é", "café", 1},
		{"xc", "checkout-5xx", 0},
		{"timelines", "Timeline", 0},
	} {
		if got := rank(c.typed, c.title); got != c.want {
			t.Errorf("rank(%q, %q) = %d, want %d", c.typed, c.title, got, c.want)
		}
	}
}

func TestMatchesBestFirst(t *testing.T) {
	var got string
	for _, c := range matches("or", []ui.Command{{Title: "color"}, {Title: "dev-orders"}, {Title: "orders"}, {Title: "zone"}, {Title: "ordinary"}}) {
		got += c.Title + " "
	}
	if want := "orders ordinary dev-orders color "; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestAnotherLetterFindsNoMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		title := rapid.StringMatching(`[a-c -]{0,12}`).Draw(t, "title")
		typed := rapid.StringMatching(`[a-c]{0,4}`).Draw(t, "typed")
		more := typed + rapid.StringMatching(`[a-c]`).Draw(t, "letter")
		if rank(more, title) > 0 && rank(typed, title) == 0 {
			t.Errorf("%q matches %q, and %q does not", more, title, typed)
		}
	})
}
