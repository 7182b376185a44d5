package timeline

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

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
		if x := s.axis.X(c.at); c.ground && (p.ground.Position().X != x ||
			p.ground.Position().X+p.ground.Size().Width != s.axis.Width) {
			t.Errorf("%s: the ground is at %v, %v wide", c.name, p.ground.Position(), p.ground.Size())
		}
	}
}
