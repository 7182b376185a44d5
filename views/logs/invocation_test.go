package logs

import (
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

func TestInvocationOfAnEvent(t *testing.T) {
	const id = "6d68ca91-49c9-448d-89b8-7ca3e6dc66aa"
	start, report := "START RequestId: "+id+" Version: $LATEST", "REPORT RequestId: "+id+"\tDuration: 2356.48 ms\t"+
		"Billed Duration: 2669 ms\tMemory Size: 512 MB\tMax Memory Used: 512 MB\tInit Duration: 312.50 ms\t"
	for _, c := range []struct {
		name, request string
		messages      []string
		want          []string
		not           string
	}{
		{"cold", id, []string{start, report},
			[]string{"INVOCATION", "2,356 ms · billed 2,669 ms", "512 of 512 MB · all of it",
				"cold · init 313 ms", "$LATEST"}, "not in the cache"},
		{"running", id, []string{start}, []string{"INVOCATION", "Its report is not in the cache"}, "Duration"},
		{"timed out", id, []string{"x " + id + " Task timed out after 3.00 seconds"}, []string{"Timed out after 3 s"},
			"warm"},
		{"no function", id, []string{"hello"}, nil, "INVOCATION"},
		{"no request", "", []string{"hello"}, nil, "INVOCATION"},
	} {
		shelf := &drawertest.Cache{}
		for i, m := range c.messages {
			shelf.Events = append(shelf.Events,
				app.LogEvent{Scope: drawertest.Checkout.Scope, Group: "/aws/lambda/checkout",
					ID: string(rune('a' + i)), At: drawertest.Now.Add(-time.Minute), Message: m,
					LogFacts: app.LogFacts{RequestID: c.request}})
		}
		s := drawertest.New(t, shelf, 900, Details(shelf))
		s.Session.Selected.Set(shelf.Events[0])
		said := drawertest.Words(s.Drawer)
		for _, w := range c.want {
			if !strings.Contains(said, w) {
				t.Errorf("%s: %q is not in %s", c.name, w, said)
			}
		}
		if strings.Contains(said, c.not) {
			t.Errorf("%s: %q is in %s", c.name, c.not, said)
		}
	}
}
