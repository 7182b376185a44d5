package alarms

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// types types into the screen as the window does: what has the keyboard focus gets the keys, or else the screen. It
// reads nothing.
func (s *screen) types(keys ...fyne.KeyName) {
	s.session.Ahead.Awaits = s.Awaits
	s.w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) {
		if !s.session.Ahead.Keep(s, ui.Press{Key: e.Name}) {
			s.Bindings().Key(e)
		}
	})
	for _, key := range keys {
		to := s.w.Canvas().OnTypedKey()
		if f := s.w.Canvas().Focused(); f != nil {
			to = f.TypedKey
		}
		to(&fyne.KeyEvent{Name: key})
	}
}

// opened is the alarm in the drawer, "" for none.
func (s *screen) opened() string {
	a, _ := s.session.Selected.Now().(app.Alarm)
	return a.Name
}

func TestEnterBeforeTheAlarmsAreRead(t *testing.T) {
	for _, test := range []struct {
		name string
		keys []fyne.KeyName
		does func(*screen)
		want string
	}{
		{"the first", []fyne.KeyName{fyne.KeyReturn}, nil, "checkout-critical"},
		{"the second", []fyne.KeyName{fyne.KeyDown, fyne.KeyReturn}, nil, "checkout-5xx"},
		{"the last but one", []fyne.KeyName{fyne.KeyEnd, fyne.KeyUp, fyne.KeyEnter}, nil, "worker-disk"},
		{"none of a screen that was left", []fyne.KeyName{fyne.KeyReturn}, func(s *screen) {
			s.session.Ahead.Drop()
			s.Leave()
		}, ""},
		{"none where they cannot be read", []fyne.KeyName{fyne.KeyReturn}, func(s *screen) {
			s.cache.Fail(damaged)
			s.settle()
			s.cache.Fail(nil)
			s.read()
		}, ""},
		{"none where the filter was clicked", []fyne.KeyName{fyne.KeyReturn}, func(s *screen) {
			s.w.Canvas().Focus(s.head.filter)
		}, ""},
		{"none after Escape", []fyne.KeyName{fyne.KeyReturn, fyne.KeyEscape}, nil, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newScreen(t, fiveAlarms(), 1376, 830)
			s.Enter(nil)
			s.types(test.keys...)
			if got := s.opened(); got != "" {
				t.Fatalf("before they are read %s opens", got)
			}
			if test.does != nil {
				test.does(s)
			}
			s.settle()
			if got := s.opened(); got != test.want {
				t.Errorf("%q opens, want %q", got, test.want)
			}
		})
	}
}

func TestKeysAreDroppedWhenTheAlarmsCannotBeRead(t *testing.T) {
	s := newScreen(t, fiveAlarms(), 1376, 830)
	s.cache.Fail(damaged)
	s.Enter(nil)
	s.types()
	s.w.Canvas().SetOnTypedRune(func(r rune) { s.Bindings().Rune(r) })
	if !s.session.Ahead.Keep(s, ui.Press{Rune: 'o'}) {
		t.Fatal("a key does not wait")
	}
	s.settle()
	if s.filter.order != (order{}) {
		t.Errorf("after a failure it is typed: ordered by %+v", s.filter.order)
	}
}

// What is shown already has its keys, though it is read anew.
func TestKeysDoNotWaitForAlarmsThatAreShown(t *testing.T) {
	s := newScreen(t, fiveAlarms(), 1376, 830)
	s.enter(nil)
	s.read()
	s.types(fyne.KeyReturn)
	if got := s.opened(); got != "checkout-critical" {
		t.Errorf("%q opens", got)
	}
}

func TestTheFilterNeedsNoAlarms(t *testing.T) {
	s := newScreen(t, fiveAlarms(), 1376, 830)
	s.Enter(nil)
	for r, want := range map[rune]bool{'/': false, 'f': true, 'g': true, 'z': false} {
		if s.Awaits(ui.Press{Rune: r}) != want {
			t.Errorf("%c waits: %v", r, !want)
		}
	}
}
