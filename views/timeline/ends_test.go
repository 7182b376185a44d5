package timeline

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func TestHomeAndEndMoveTheWindow(t *testing.T) {
	cache := incident()
	cache.covers[app.Trail] = append(cache.covers[app.Trail],
		app.Cover{Scope: shop, Signal: app.Trail, Range: app.Since(ago(300), time.Hour), AskedAt: now, Denied: true})
	s := open(t, cache, full, dark)
	s.look(app.Range{From: ago(100), To: ago(70)})
	s.press(t, "Home")
	s.looksAt(t, 300, 270) // where something was denied nothing begins
	s.press(t, "End")
	if f := s.session.Focus.Now(); f.Window != 30*time.Minute {
		t.Errorf("End looks at %+v", f)
	}
	s.session.Back()
	s.looksAt(t, 300, 270)
	s.session.Back()
	s.looksAt(t, 100, 70)
}

func TestWithoutACacheHomeStays(t *testing.T) {
	s := open(t, &stored{}, full, dark)
	if s.press(t, "Home"); !s.session.Range().Equal(hour) {
		t.Errorf("it looks at %v", s.session.Range())
	}
}
