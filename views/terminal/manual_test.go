package terminal

import (
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app/query"
)

func TestHelpQueryIsTheManual(t *testing.T) {
	r := run(t, filled(), "help", "query")
	if r.code != ExitOK || !strings.Contains(r.out, strings.TrimSpace(query.Manual)) {
		t.Errorf("help query exits with %d and says %q", r.code, r.out)
	}
	if r := run(t, filled(), "help"); !strings.Contains(r.out, "The language of queries") {
		t.Errorf("help does not name the topic: %s", r.out)
	}
}

// What the shell leaves of quotation marks is read as in the window where there is an operator.
func TestSearchJoinsTerms(t *testing.T) {
	for _, args := range [][]string{{"timeout OR status>500"}, {"timeout", "OR", "status>500"},
		{"(timeout OR status>500)"}} {
		s := filled()
		run(t, s, append([]string{"search"}, args...)...)
		if got := query.FormatExpr(s.logQuery.Match); got != "timeout OR status>500" {
			t.Errorf("%q asks for %s", args, got)
		}
	}
}
