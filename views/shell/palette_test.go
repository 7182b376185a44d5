package shell

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/app"
)

func TestPalette(t *testing.T) {
	s := newStage(t, fullShelf(), 1024, 700, false)
	open := func(typed string) fyne.Focusable {
		s.showPalette()
		field := s.window.Canvas().Focused()
		test.Type(field, typed)
		return field
	}
	open("alarms").TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if s.current != 1 {
		t.Error("the screen of that name is not shown")
	}
	name := s.shelf.alarms[0].Name
	open(name).TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if a, ok := s.session.Selected.Now().(app.Alarm); !ok || a.Name != name {
		t.Errorf("selected %v, want the alarm %s", s.session.Selected.Now(), name)
	}
	open("").TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(s.started) > 0 {
		t.Error("Enter alone starts a pull")
	}
	field := open("qqq")
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // nothing is found, so nothing is done
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if s.window.Canvas().Overlays().Top() != nil {
		t.Error("Escape does not close the palette")
	}
}
