package shell

import (
	"testing"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/ui"
)

// shelving is a screen that shows items beside each other.
type shelving struct {
	*blank
	added []app.Item
}

func (s *shelving) Add(item app.Item) { s.added = append(s.added, item) }

func TestAMetricAndAGroupGetALaneAndAnAlarmABoard(t *testing.T) {
	shelf := drawertest.JoinedCache()
	s := newStage(t, shelf, 1440, 900, false)
	screen := &shelving{blank: s.screens[1]}
	s.entries[1].Screen = screen
	for i, item := range []app.Item{shelf.AllSeries[0], shelf.Groups[0]} {
		s.Visit(0)
		s.session.Selected.Set(item)
		s.rune('L')
		if len(screen.added) != i+1 || s.current != 1 {
			t.Errorf("%T: added %d, on screen %d", item, len(screen.added), s.current)
		}
	}
	s.Visit(0)
	s.session.Selected.Set(drawertest.Checkout)
	if s.rune('B'); len(screen.added) != 3 ||
		!drawer.SameAlarm(screen.added[2].(ui.BoardFor).Alarm, drawertest.Checkout) || s.current != 1 {
		t.Errorf("an alarm gets no board: %v, on screen %d", screen.added[2:], s.current)
	}
	s.entries[1].Screen = s.screens[1]
	if s.adder() != nil {
		t.Error("a screen that cannot takes a lane")
	}
}
