package shell

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

func TestATraceIDOfEitherFormLeadsToItsTrace(t *testing.T) {
	for _, message := range []string{
		"2026-03-14 10:11:00 ERROR [exec-3] shop.worker - trace_id=" + slow.ID.W3C() + " span_id=00f067aa0ba902b7 it broke",
		`{"level":"ERROR","message":"it broke","traceId":"` + slow.ID.W3C() + `"}`,
		"it broke in " + string(slow.ID),
	} {
		s := newDrawerStage(t, joinedShelf(), 900, Details(joinedShelf())...)
		s.session.Selected.Set(app.LogEvent{Scope: ireland, Group: "/ecs/worker", ID: "1", At: ago(time.Minute), Message: message, LogFacts: app.ReadFacts(message)})
		if said := strings.ReplaceAll(words(s.drawer), "\n", " "); !strings.Contains(said, "Its trace fault · 3.4 s t") {
			t.Errorf("%q says %s", message, said)
		}
		s.rune('t')
		if s.drawer.Title() != "checkout 3.4 s" {
			t.Errorf("%q leads to %q", message, s.drawer.Title())
		}
	}
}

func TestAnEventLeadsToTheMetricThatItPublished(t *testing.T) {
	s := newDrawerStage(t, joinedShelf(), 900, Details(joinedShelf())...)
	s.session.Selected.Set(broken)
	s.rune('m')
	said := strings.ReplaceAll(words(s.drawer), "\n", " ")
	for _, want := range []string{"5XXError", "Datapoints 58", "Alarms on this metric 1 a"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q: %s", want, said)
		}
	}
}

func TestHowATraceEnded(t *testing.T) {
	partial := slow
	partial.Partial, partial.Fault = true, false
	for _, c := range []struct {
		name   string
		change func(*shelf)
		want   string
	}{
		{"whole, though little else is known", func(s *shelf) { s.covers = nil }, "fault · 3.4 s"},
		{"in progress", func(s *shelf) { s.traces = []app.Trace{partial} }, "3.4 s so far"},
		{"not among those that were pulled", func(s *shelf) { s.traces = nil }, "not sampled"},
		{"never pulled", func(s *shelf) { s.traces, s.covers = nil, nil }, "not pulled"},
	} {
		shelf := joinedShelf()
		c.change(shelf)
		if got, err := endOf(t.Context(), shelf, app.TraceQuery{ID: slow.ID, Range: app.Since(now, time.Hour)}); got != c.want || err != nil {
			t.Errorf("%s: %q, %v; want %q", c.name, got, err, c.want)
		}
	}
}

func TestSettingsStandInColumns(t *testing.T) {
	Dress(test.NewTempApp(t))
	p := &page{}
	p.settings([]setting{{"id", "8b5e-77"}, {"message", "it broke"}, {"_aws.CloudWatchMetrics.Dimensions", "ApiName"}})
	w := test.NewTempWindow(t, &fyne.Container{Layout: column{}, Objects: p.parts})
	w.Resize(fyne.NewSize(ui.DrawerWidth, 300))
	at := map[float32]int{}
	for _, text := range texts(w.Content()) {
		if text.Text == "8b5e-77" || text.Text == "it broke" || text.Text == "ApiName" {
			at[fyne.CurrentApp().Driver().AbsolutePositionForObject(text).X]++
		}
	}
	if len(at) != 1 {
		t.Errorf("values stand at %v", at)
	}
}
