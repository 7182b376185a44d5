package phrase

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestVisible(t *testing.T) {
	for text, want := range map[string]string{
		"plain – ünïcode 日本 👍🏽 ❤️":       "plain – ünïcode 日本 👍🏽 ❤️",
		"\x1b]52;c;cm0gLXJm\a":           `\x1b]52;c;cm0gLXJm\x07`,
		"\x1b[31mred\x1b[0m":             `\x1b[31mred\x1b[0m`,
		"a\x00b\bc\x7fd\u009b31m":        `a\x00b\x08c\x7fd\x9b31m`,
		"two\nlines\tand\r\nthree":       "two\nlines\tand\nthree",
		"over\rwritten":                  `over\x0dwritten`,
		"user\u202egnp.exe":              `user\u202egnp.exe`,
		"\u2066x\u2069 \u200bzero\ufeff": `\u2066x\u2069 \u200bzero\ufeff`,
		"line\u2028sep\u2029":            `line\u2028sep\u2029`,
		"tag\U000e0041":                  `tag\U000e0041`,
		"no utf8 \x9b31m \xff":           "no utf8 \ufffd31m \ufffd",
		"already \\x1b":                  `already \x1b`,
		"\u061carabic\u200f":             `\u061carabic\u200f`,
	} {
		if got := Visible(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
	if got := VisibleLine("a\tb\r\nc\rd\ne\x1b"); got != `a b c d e\x1b` {
		t.Errorf("got %q", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "text")
		seen := Visible(text)
		if !utf8.ValidString(seen) || strings.ContainsFunc(seen, Hidden) || Visible(seen) != seen {
			t.Fatalf("%q is shown as %q", text, seen)
		}
		if line := VisibleLine(text); strings.ContainsAny(line, "\n\t\r") {
			t.Fatalf("%q on one line is %q", text, line)
		}
	})
}
