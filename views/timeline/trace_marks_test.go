package timeline

import (
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/lane"
)

// The first and the last bar are whole where the cache has them, and pale where they are still to grow.
func TestBarsAtTheEdges(t *testing.T) {
	window := app.Range{From: ago(40.4), To: ago(20.3)}
	cache := incident()
	var asked app.Range
	cache.volume = func(within app.Range, bucket time.Duration) []app.LogCount {
		asked = within
		return incidentVolume(within, bucket)
	}
	e, err := read(t.Context(), cache, question{axis: chart.Axis{Range: window, Width: 200}, now: now, presets: presets})
	if err != nil {
		t.Fatal(err)
	}
	l := lane.NewLog(e.logData(app.Lane{}))
	pale := func(at time.Time) bool { return strings.HasSuffix(l.Readout(at, 0), " so far") }
	if want := window.Align(e.bucket); !asked.Equal(want) || pale(window.From) || pale(window.To.Add(-1)) {
		t.Errorf("of %v bars are counted, want %v; pale are %v, %v", asked, want, pale(window.From), pale(window.To.Add(-1)))
	}
	if l.Readout(window.From, 0) == "no events" || l.Readout(window.To.Add(-1), 0) == "no events" {
		t.Error("the bars do not reach the edges")
	}
	e, err = read(t.Context(), incident(), question{axis: chart.Axis{Range: app.Range{From: ago(40), To: ago(-1)}, Width: 200}, now: now, presets: presets})
	if err != nil {
		t.Fatal(err)
	}
	l = lane.NewLog(e.logData(app.Lane{}))
	last := now.Add(-1).Truncate(e.bucket)
	if !pale(last) || pale(last.Add(-2*e.bucket)) {
		t.Errorf("the last bar reads %q, one before it %q", l.Readout(last, 0), l.Readout(last.Add(-2*e.bucket), 0))
	}
}

func TestNowIsMarkedWhereSomethingIsAhead(t *testing.T) {
	s := open(t, incident(), full, dark)
	p := s.field.nowMark
	for _, c := range []struct {
		name         string
		window       app.Range
		line, ground bool
		at           time.Time
	}{
		{"up to now", hour, false, false, now},
		{"an hour ahead", app.Range{From: ago(60), To: ago(-60)}, true, true, now},
		{"all ahead", app.Range{From: ago(-30), To: ago(-60)}, false, true, ago(-30)},
		{"long ago", app.Range{From: ago(120), To: ago(60)}, false, false, now},
	} {
		s.look(c.window)
		if p.line.Visible() != c.line || p.word.Visible() != c.line || p.ground.Visible() != c.ground {
			t.Errorf("%s: the line is shown: %v, the ground: %v", c.name, p.line.Visible(), p.ground.Visible())
		}
		if x := s.axis.X(c.at); c.ground && (p.ground.Position().X != x || p.ground.Position().X+p.ground.Size().Width != s.axis.Width) {
			t.Errorf("%s: the ground is at %v, %v wide", c.name, p.ground.Position(), p.ground.Size())
		}
	}
}
