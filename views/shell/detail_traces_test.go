package shell

import (
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func TestAListOfTracesSaysWhatItHolds(t *testing.T) {
	shelf := fullShelf()
	shelf.latencies = []app.Latency{{Fault: true, Error: true}, {Throttle: true, Error: true}, {Error: true}, {}}
	for _, test := range []struct {
		query app.TraceQuery
		want  string
	}{
		{app.TraceQuery{}, "4 traces · 2026-03-14 09:12:00 – 10:12:00 1 with faults, 1 throttled, 1 with errors of the client (4xx)"},
		{app.TraceQuery{Failed: true}, "4 traces that failed · 2026-03-14"},
		{app.TraceQuery{Faults: true}, "4 traces with faults · 2026-03-14"}, // the shelf does not narrow
	} {
		test.query.Range = app.Since(now, time.Hour)
		s := newDrawerStage(t, shelf, 900, traceDetails(shelf))
		s.session.Selected.Set(app.TraceList{Title: "Traces", Query: test.query})
		if said := strings.ReplaceAll(words(s.drawer), "\n", " "); !strings.Contains(said, test.want) {
			t.Errorf("it does not say %q: %s", test.want, said)
		}
	}
}
