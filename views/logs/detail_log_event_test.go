package logs

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/ui"
)

func TestHowATraceEnded(t *testing.T) {
	partial := drawertest.Slow
	partial.Partial, partial.Fault = true, false
	for _, c := range []struct {
		name   string
		change func(*drawertest.Cache)
		want   string
	}{
		{"whole, though little else is known", func(s *drawertest.Cache) { s.Covers = nil }, "fault · 3.4 s"},
		{"in progress", func(s *drawertest.Cache) { s.AllTraces = []app.Trace{partial} }, "3.4 s so far"},
		{"not among those that were pulled", func(s *drawertest.Cache) { s.AllTraces = nil }, "not sampled"},
		{"never pulled", func(s *drawertest.Cache) { s.AllTraces, s.Covers = nil, nil }, "not pulled"},
	} {
		shelf := drawertest.JoinedCache()
		c.change(shelf)
		if got, err := endOf(t.Context(), shelf.Open(t),
			app.TraceQuery{ID: drawertest.Slow.ID, Range: app.Since(drawertest.Now, time.Hour)}); got != c.want ||
			err != nil {
			t.Errorf("%s: %q, %v; want %q", c.name, got, err, c.want)
		}
	}
}

func TestSettingsStandInColumns(t *testing.T) {
	ui.UseAppearance(test.NewTempApp(t))
	p := &drawer.Page{}
	p.Settings([]drawer.Setting{{Name: "id", Value: "8b5e-77"}, {Name: "message", Value: "it broke"},
		{Name: "_aws.CloudWatchMetrics.Dimensions", Value: "ApiName"}})
	w := test.NewTempWindow(t, &fyne.Container{Layout: drawer.Column{}, Objects: p.Parts})
	w.Resize(fyne.NewSize(ui.DrawerWidth, 300))
	at := map[float32]int{}
	for _, text := range drawertest.Texts(w.Content()) {
		if text.Text == "8b5e-77" || text.Text == "it broke" || text.Text == "ApiName" {
			at[fyne.CurrentApp().Driver().AbsolutePositionForObject(text).X]++
		}
	}
	if len(at) != 1 {
		t.Errorf("values stand at %v", at)
	}
}
