package logs

import (
	"testing"

	"github.com/nephograph/nephograph/app/query"
)

func TestGist(t *testing.T) {
	for _, c := range []struct{ message, want string }{
		{`{"level":"error","msg":"no answer","error":"timeout"}`, "no answer · timeout"},
		{`{"errorMessage":"boom","errorType":"Error"}`, "boom"},
		{`{"requestId":"a1","httpMethod":"POST","resourcePath":"/checkout","status":"502"}`, "POST /checkout → 502"},
		{`{"routeKey":"GET /cart","status":200}`, "GET /cart → 200"},
		{"plain text\n", "plain text"},
		{`{"message":{"deep":1},"error":"timeout"}`, "timeout"},
		{`{"no JSON`, `{"no JSON`},
		{`{"other":1}`, `{"other":1}`},
		{"2026-11-30 22:01:06,353 INFO  [export-8] begins", "[export-8] begins"},
		{"[ERROR]\t2026-11-30T22:01:06.353Z\t6d68ca91-49c9-448d-89b8-7ca3e6dc66aa\tno stock", "no stock"},
		{"2026-11-30T22:01:06.353Z\t6d68ca91-49c9-448d-89b8-7ca3e6dc66aa\tWARN\tslow", "slow"},
		{"START RequestId: 6d68ca91-49c9-448d-89b8-7ca3e6dc66aa Version: 1",
			"START RequestId: 6d68ca91-49c9-448d-89b8-7ca3e6dc66aa Version: 1"},
		{"ERROR", "ERROR"},
		{"", ""},
	} {
		if got := gist(c.message); got != c.want {
			t.Errorf("%q: %q, want %q", c.message, got, c.want)
		}
	}
}

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
