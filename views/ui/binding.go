package ui

import "fyne.io/fyne/v2"

// Binding is a key with what it does, as `?` shows it. Key or Rune says which; a binding with neither is only shown,
// because something else acts on it (a menu item, a list).
type Binding struct {
	Keys string // as a person reads it: Ctrl+1, ↑ ↓, ?; "" for another key of the binding before, shown only where that one is taken
	Does string
	Key  fyne.KeyName
	Rune rune
	Do   func()
}

// Bindings are the keys of a window, a screen or the drawer.
type Bindings []Binding

// Key does what is bound to a key and reports whether there was anything.
func (b Bindings) Key(e *fyne.KeyEvent) bool {
	for _, k := range b {
		if k.Key != "" && k.Key == e.Name && k.Do != nil {
			k.Do()
			return true
		}
	}
	return false
}

// Rune does what is bound to a character and reports whether there was anything.
func (b Bindings) Rune(r rune) bool {
	for _, k := range b {
		if k.Rune != 0 && k.Rune == r && k.Do != nil {
			k.Do()
			return true
		}
	}
	return false
}

// Bound is a Screen with keys of its own, which work while nothing else has the keyboard, or what has it passes them on.
type Bound interface{ Bindings() Bindings }

// PassKey hands a key that a focused widget has no use for to the window, as if nothing had the keyboard.
func PassKey(from fyne.CanvasObject, e *fyne.KeyEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(from); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

// PassRune hands on a character in the same way.
func PassRune(from fyne.CanvasObject, r rune) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(from); c != nil && c.OnTypedRune() != nil {
		c.OnTypedRune()(r)
	}
}

// Ticker is a Screen that changes with time alone: ages grow, a window that ends now moves on. The window calls Tick
// every few seconds while the screen is shown.
type Ticker interface{ Tick() }
