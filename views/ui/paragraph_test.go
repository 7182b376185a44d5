package ui

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWrapKeepsEveryWordAndTheWidth(t *testing.T) {
	dress(t)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.StringMatching(`[a-zA-Z0-9./:-]{1,60}`), 0, 30).Draw(t, "words"), " ")
		style := rapid.SampledFrom([]Style{Body, Note, Section}).Draw(t, "style")
		width := rapid.Float32Range(40, 400).Draw(t, "width")
		var kept strings.Builder
		for _, line := range Wrap(text, style, width) {
			if style.Width(line) > width {
				t.Fatalf("%q is %v wide, want at most %v", line, style.Width(line), width)
			}
			kept.WriteString(line)
		}
		bare := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if bare(kept.String()) != bare(text) {
			t.Fatalf("%q became %q", text, kept.String())
		}
	})
}

func TestWrapKeepsUnitsWithTheirNumbers(t *testing.T) {
	dress(t)
	text := "Went off twice in 20 d, mean time to recover 21 min."
	for width := float32(80); width < 330; width += 5 {
		for _, line := range Wrap(text, Quiet, width) {
			if strings.HasPrefix(line, "d,") || strings.HasPrefix(line, "min.") {
				t.Fatalf("a unit begins a line at width %v: %q", width, line)
			}
		}
	}
}

func TestWrapMonoIndentsAndBounds(t *testing.T) {
	dress(t)
	width := Code.Width("0") * 20.5
	got := Wrap("{\n  \"name\": \"a value that is too long\"\n}", Code, width)
	want := []string{"{", `  "name": "a value t`, `    hat is too long"`, "}"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q, want %q", got, want)
	}
	long := Wrap(strings.Repeat("x\n", maxLines+50), Code, width)
	if len(long) != maxLines+1 || !strings.HasPrefix(long[maxLines], "50 more") {
		t.Errorf("%d lines, the last is %q", len(long), long[len(long)-1])
	}
}

func TestFit(t *testing.T) {
	dress(t)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-zA-Zäöü0-9 ./-]{0,60}`).Draw(t, "text")
		width := rapid.Float32Range(20, 400).Draw(t, "width")
		got := Small.Fit(text, width)
		switch {
		case Small.Width(text) <= width:
			if got != text {
				t.Fatalf("%q fits into %v but became %q", text, width, got)
			}
		case Small.Width(got) > width || !strings.HasPrefix(text, strings.TrimSuffix(got, "…")):
			t.Fatalf("%q became %q, %v wide in %v", text, got, Small.Width(got), width)
		}
	})
}
