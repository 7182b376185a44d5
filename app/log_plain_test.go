package app_test

import (
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestPlainText(t *testing.T) {
	for text, want := range map[string]string{
		"plain": "plain",
		"\x1b[31mred\x1b[0m and \x1b[1;38;5;9mbold":        "red and bold",
		"\x1b]8;;https://shop.example\x1b\\link\x1b]8;;\a": "link",
		"\x1b(B\x1bMx": "(Bx",
		"\x1b[31":      "[31",
		"\x1b[\nnext":  "[\nnext",
		"\x1b":         "",
	} {
		if got := app.PlainText(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
