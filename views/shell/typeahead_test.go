package shell

import (
	"slices"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/ui"
)

// settle runs all that waits, and what comes of it.
func (s *stage) settle() {
	for len(s.held) > 0 {
		s.release()
	}
}

func TestKeysWaitForThePivots(t *testing.T) {
	second := drawertest.Update
	second.ID, second.Name, second.At = "e2", "DeleteAlarm", second.At.Add(-time.Minute)
	for _, test := range []struct {
		name         string
		item         app.Item
		keys         string
		while, after string // what the drawer shows while it reads, and then
	}{
		{"a change before an alarm", drawertest.Checkout, "c2", "checkout-5xx", "DeleteAlarm orders"},
		{"what does not hang on the reading goes at once", drawertest.Checkout, "t1", "Traces with faults, checkout",
			"checkout 3.4 s"},
		{"on and on", drawertest.Checkout, "t1l1", "Traces with faults, checkout", "checkout"},
		{"and back", drawertest.Checkout, "c2⌫", "checkout-5xx", "Changes before checkout-5xx"},
		{"a span", drawertest.Slow, "s↓⏎", "checkout 3.4 s", "orders"},
		{"a list has no third", drawertest.Checkout, "c3", "checkout-5xx", "Changes before checkout-5xx"},
		{"Escape closes what is being read", drawertest.Checkout, "c2⎋", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			shelf := drawertest.JoinedCache()
			shelf.Trail = []app.TrailEvent{drawertest.Update, second}
			s := newStage(t, shelf, 1440, 900, true)
			s.settle()
			s.session.Selected.Set(test.item)
			s.types(test.keys)
			if s.drawer.Title() != test.while {
				t.Errorf("while it reads it shows %q, want %q", s.drawer.Title(), test.while)
			}
			s.settle()
			if s.drawer.Title() != test.after {
				t.Errorf("then it shows %q, want %q", s.drawer.Title(), test.after)
			}
		})
	}
}

func TestWhatWaitsIsDroppedForSomethingElse(t *testing.T) {
	for _, test := range []struct {
		name  string
		does  func(*stage)
		shows string
	}{
		{"another item", func(s *stage) { s.session.Selected.Set(drawertest.Update) }, "UpdateTable orders"},
		{"another screen", func(s *stage) { s.Visit(1) }, "checkout-5xx"},
		{"another time", func(s *stage) { s.session.Go(s.session.Focus.Now().Last(time.Minute)) }, "checkout-5xx"},
		{"a sheet", func(s *stage) { s.showPalette() }, "checkout-5xx"},
		{"a failure", func(s *stage) { s.shelf.Failure = drawertest.Denied }, "checkout-5xx"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newStage(t, drawertest.JoinedCache(), 1440, 900, true)
			s.settle()
			s.session.Selected.Set(drawertest.Checkout)
			s.types("c")
			test.does(s)
			s.settle()
			if s.drawer.Title() != test.shows {
				t.Errorf("it shows %q, want %q", s.drawer.Title(), test.shows)
			}
		})
	}
}

// An alarm that turns while keys wait is still what they are for.
func TestKeysWaitForAnAlarmThatTurns(t *testing.T) {
	s := newStage(t, drawertest.JoinedCache(), 1440, 900, true)
	s.settle()
	s.session.Selected.Set(drawertest.Checkout)
	s.types("c")
	turned := drawertest.Checkout
	turned.State = app.OK
	s.session.Selected.Set(turned)
	s.settle()
	if s.drawer.Title() != "Changes before checkout-5xx" {
		t.Errorf("it shows %q", s.drawer.Title())
	}
}

// What the drawer will not have goes on to the screen when it is read; what no page has does not wait.
func TestKeysOfTheScreenStayInOrder(t *testing.T) {
	s := newStage(t, drawertest.JoinedCache(), 1440, 900, true)
	s.settle()
	s.session.Selected.Set(drawertest.Slow)
	s.types("→b→")
	if got := s.screens[0].pressed; !slices.Equal(got, []string{"right"}) {
		t.Errorf("while it reads the screen gets %q", got)
	}
	s.settle()
	if got := s.screens[0].pressed; !slices.Equal(got, []string{"right", "b", "right"}) {
		t.Errorf("then it has %q", got)
	}
	s.session.Changed.Set(ui.Change{Serial: 1}) // it is read anew: its keys are known
	s.types("b")
	if got := len(s.screens[0].pressed); got != 4 {
		t.Errorf("while it is read anew the screen has %d keys", got)
	}
}
