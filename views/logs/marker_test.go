package logs

import (
	"testing"

	"github.com/nephograph/nephograph/app/query"
)

func TestMarker(t *testing.T) {
	for _, c := range []struct{ query, text, want string }{
		{"", "anything", "anything"},
		{"timeout", "A Timeout, timeout", "A [Timeout], [timeout]"},
		{"time timeout", "timeout", "[time]out"},
		{"status:5*", "status 500", "status [5]00"},
		{"-timeout /time/", "timeout", "timeout"},
		{"a", "a\u0130a", "[a]\u0130[a]"},
	} {
		parsed, err := query.Parse(c.query)
		if err != nil {
			t.Fatal(err)
		}
		got, at := "", 0
		for _, s := range newMarker(parsed.Match.Terms()).in(c.text) {
			got += c.text[at:s.From] + "[" + c.text[s.From:s.To] + "]"
			at = s.To
		}
		if got += c.text[at:]; got != c.want {
			t.Errorf("%q in %q: %q, want %q", c.query, c.text, got, c.want)
		}
	}
}

func TestOneLine(t *testing.T) {
	for in, want := range map[string]string{"a\n  at b\r\n\tat c\n": "a ⏎ at b ⏎ at c", "x": "x", "": "",
		"a\tb": "a  b"} {
		if got := oneLine(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
