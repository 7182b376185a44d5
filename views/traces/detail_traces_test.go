package traces

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

func TestAListOfTracesSaysWhatItHolds(t *testing.T) {
	shelf := drawertest.FullCache()
	shelf.AllTraces = nil
	for i, ended := range []app.Trace{{Fault: true, Error: true}, {Throttle: true, Error: true}, {Error: true}, {}} {
		ended.Scope, ended.Start, ended.Entry = drawertest.Ireland, drawertest.Ago(time.Duration(i+1)*time.Minute),
			"shop"
		ended.ID = app.TraceID(fmt.Sprintf("1-%08x-%024x", ended.Start.Unix(), i))
		shelf.AllTraces = append(shelf.AllTraces, ended)
	}
	for _, test := range []struct {
		query app.TraceQuery
		want  string
	}{
		{app.TraceQuery{}, "4 traces · 2026-03-14 09:12:00 – 10:12:00 1 with faults, 1 throttled, 1 with errors of " +
			"the client (4xx)"},
		{app.TraceQuery{Failed: true}, "3 traces that failed · 2026-03-14"},
		{app.TraceQuery{Faults: true}, "1 trace with a fault · 2026-03-14"},
	} {
		test.query.Range = app.Since(drawertest.Now, time.Hour)
		s := drawertest.New(t, shelf, 900, Details(shelf))
		s.Session.Selected.Set(app.TraceList{Title: "Traces", Query: test.query})
		if said := strings.ReplaceAll(drawertest.Words(s.Drawer), "\n", " "); !strings.Contains(said, test.want) {
			t.Errorf("it does not say %q: %s", test.want, said)
		}
	}
}
