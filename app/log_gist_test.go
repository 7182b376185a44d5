package app

import "testing"

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
		if got := Gist(c.message); got != c.want {
			t.Errorf("%q: %q, want %q", c.message, got, c.want)
		}
	}
}
