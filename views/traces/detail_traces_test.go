package traces

import (
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

func TestAListOfTracesSaysWhatItHolds(t *testing.T) {
	shelf := drawertest.FullCache()
	shelf.AllLatencies = []app.Latency{{Fault: true, Error: true}, {Throttle: true, Error: true}, {Error: true}, {}}
	for _, test := range []struct {
		query app.TraceQuery
		want  string
	}{
		{app.TraceQuery{}, "4 traces · 2026-03-14 09:12:00 – 10:12:00 1 with faults, 1 throttled, 1 with errors of the client (4xx)"},
		{app.TraceQuery{Failed: true}, "4 traces that failed · 2026-03-14"},
		{app.TraceQuery{Faults: true}, "4 traces with faults · 2026-03-14"}, // the shelf does not narrow
	} {
		test.query.Range = app.Since(drawertest.Now, time.Hour)
		s := drawertest.New(t, shelf, 900, Details(shelf))
		s.Session.Selected.Set(app.TraceList{Title: "Traces", Query: test.query})
		if said := strings.ReplaceAll(drawertest.Words(s.Drawer), "\n", " "); !strings.Contains(said, test.want) {
			t.Errorf("it does not say %q: %s", test.want, said)
		}
	}
}
