package drawertest

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// Check wants some words in a text, and none of those that begin with an exclamation mark.
func Check(t *testing.T, name, said string, words ...string) {
	t.Helper()
	for _, want := range words {
		if never, not := strings.CutPrefix(want, "!"); not && strings.Contains(said, never) {
			t.Errorf("%s: it says %q: %s", name, never, said)
		} else if !not && !strings.Contains(said, want) {
			t.Errorf("%s: it does not say %q: %s", name, want, said)
		}
	}
}

// Texts returns every text of an object that is seen, in the order in which it is drawn.
func Texts(o fyne.CanvasObject) []*canvas.Text {
	var found []*canvas.Text
	if !o.Visible() {
		return nil
	}
	var parts []fyne.CanvasObject
	switch o := o.(type) {
	case *canvas.Text:
		return []*canvas.Text{o}
	case fyne.Widget:
		parts = test.WidgetRenderer(o).Objects()
	case *fyne.Container:
		parts = o.Objects
	}
	for _, part := range parts {
		found = append(found, Texts(part)...)
	}
	return found
}

// Find returns the first object of a type within another one that is shown.
func Find[T fyne.CanvasObject](o fyne.CanvasObject) (found T, ok bool) {
	if !o.Visible() {
		return found, false
	}
	if found, ok = o.(T); ok {
		return found, true
	}
	var parts []fyne.CanvasObject
	switch o := o.(type) {
	case fyne.Widget:
		parts = test.WidgetRenderer(o).Objects()
	case *fyne.Container:
		parts = o.Objects
	}
	for _, part := range parts {
		if found, ok = Find[T](part); ok {
			return found, true
		}
	}
	return found, false
}

// Words returns every text of an object, one a line.
func Words(o fyne.CanvasObject) string {
	var said []string
	for _, t := range Texts(o) {
		if t.Text != "" {
			said = append(said, t.Text)
		}
	}
	return strings.Join(said, "\n")
}

// TypeOn types into what has the keyboard, or into the window: characters, ⏎ for Enter, ↑ ↓ for the arrows, ⇟ ⇞ for the
// page keys, ⇱ ⇲ for Home and End, ⌫ and ⎋.
func TypeOn(on fyne.Canvas, keys string) {
	names := map[rune]fyne.KeyName{'⏎': fyne.KeyReturn, '↑': fyne.KeyUp, '↓': fyne.KeyDown, '⇟': fyne.KeyPageDown,
		'⇞': fyne.KeyPageUp,
		'⇱': fyne.KeyHome, '⇲': fyne.KeyEnd, '⌫': fyne.KeyBackspace, '⎋': fyne.KeyEscape, '→': fyne.KeyRight}
	for _, r := range keys {
		key, char := func(k fyne.KeyName) { on.OnTypedKey()(&fyne.KeyEvent{Name: k}) }, on.OnTypedRune()
		if f := on.Focused(); f != nil {
			key, char = func(k fyne.KeyName) { f.TypedKey(&fyne.KeyEvent{Name: k}) }, f.TypedRune
		}
		if name, ok := names[r]; ok {
			key(name)
		} else {
			char(r)
		}
	}
}
