package query

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var knownFields = Known{Fields: []KnownField{
	{Name: "level", Values: []KnownValue{{"error", 3}, {"warn", 12}}},
	{Name: "status", Values: []KnownValue{{"200", 90}, {"404", 5}, {"500", 2}}},
	{Name: "user name", Values: []KnownValue{{"Ada L", 4}, {"bob", 1}}},
	{Name: "subStatus"},
}}

func TestComplete(t *testing.T) {
	for text, want := range map[string]string{ // | is the cursor; each suggestion is what the query becomes
		"|":                      `level: status: "user name": subStatus:`,
		"sta|":                   "status: subStatus:",
		"STAT|":                  "status: subStatus:",
		"x -sta|":                "x -status: x -subStatus:",
		"(sta| OR b":             "(status: OR b (subStatus: OR b",
		"status:|":               "status:200 status:404 status:500 status:*",
		"status:4|":              "status:404 ",
		"status:0|":              "status:200 status:404 status:500",
		"status:4|99 b":          "status:404  b",
		"level:e| x":             "level:error  x",
		"er|":                    `"user name": level:error`,
		`"user name":|`:          `"user name":"Ada L" "user name":bob "user name":*`,
		`"user name":"ad|`:       `"user name":"Ada L"`,
		`"user na|`:              "",
		"/sta|":                  "",
		"/a b/ lev|":             "/a b/ level:",
		"a O|":                   "a OR",
		"a N|":                   `a "user name": a NOT`,
		"status>|":               "",
		"x ‖ stats sta|":         "",
		"nosuch:|":               "",
		"a(sta|":                 "",
		"http://|":               "",
		"a |":                    `a level: a status: a "user name": a subStatus: a AND a OR a NOT`,
		`x "quoted phrase" use|`: `x "quoted phrase" "user name":`,
	} {
		cursor := strings.Index(strings.ReplaceAll(text, "‖", "."), "|")
		text = strings.ReplaceAll(text[:cursor]+text[cursor+1:], "‖", "|")
		var got []string
		for _, s := range Complete(text, cursor, knownFields) {
			got = append(got, strings.TrimSuffix(text[:s.From]+s.With+text[s.To:], " "))
		}
		if said := strings.Join(got, " "); said != strings.TrimSuffix(want, " ") {
			t.Errorf("%q at %d: %q, want %q", text, cursor, said, want)
		}
	}
}

// What is taken up parses, unless what stood around it did not, and lies within the query.
func TestCompleteStaysWithinTheQuery(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-z "/():<>ä-]{0,12}`).Draw(t, "text")
		cursor := rapid.IntRange(-1, len(text)+1).Draw(t, "cursor")
		for _, s := range Complete(text, cursor, knownFields) {
			if s.From < 0 || s.From > s.To || s.To > len(text) || s.With == "" {
				t.Fatalf("%q at %d: %+v", text, cursor, s)
			}
		}
	})
}
