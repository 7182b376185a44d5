package shell

import (
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

func TestATraceIDOfEitherFormLeadsToItsTrace(t *testing.T) {
	for _, message := range []string{
		"2026-03-14 10:11:00 ERROR [exec-3] shop.worker - trace_id=" + drawertest.Slow.ID.W3C() +
			" span_id=00f067aa0ba902b7 it broke",
		`{"level":"ERROR","message":"it broke","traceId":"` + drawertest.Slow.ID.W3C() + `"}`,
		"it broke in " + string(drawertest.Slow.ID),
	} {
		shelf := drawertest.JoinedCache()
		s := drawertest.New(t, shelf, 900, details(shelf)...)
		s.Session.Selected.Set(app.LogEvent{Scope: drawertest.Ireland, Group: "/ecs/worker", ID: "1",
			At: drawertest.Ago(time.Minute), Message: message, LogFacts: app.ReadFacts(message)})
		if said := strings.ReplaceAll(drawertest.Words(s.Drawer), "\n", " "); !strings.Contains(said,
			"Its trace fault · 3.4 s t") {
			t.Errorf("%q says %s", message, said)
		}
		s.Rune('t')
		if s.Drawer.Title() != "checkout 3.4 s" {
			t.Errorf("%q leads to %q", message, s.Drawer.Title())
		}
	}
}

func TestAnEventLeadsToTheMetricThatItPublished(t *testing.T) {
	shelf := drawertest.JoinedCache()
	s := drawertest.New(t, shelf, 900, details(shelf)...)
	s.Session.Selected.Set(drawertest.Broken)
	s.Rune('m')
	said := strings.ReplaceAll(drawertest.Words(s.Drawer), "\n", " ")
	for _, want := range []string{"5XXError", "Datapoints 58", "Alarms on this metric 1 a"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q: %s", want, said)
		}
	}
}
