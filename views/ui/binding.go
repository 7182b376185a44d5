package ui

import "fyne.io/fyne/v2"

// Binding is a key with what it does, as `?` shows it. Key or Rune says which; a binding with neither is only shown,
// because something else acts on it (a menu item, a list).
type Binding struct {
	// as a person reads it: Ctrl+1, ↑ ↓, ?; "" for another key of the binding before, shown only where that one is
	// taken
	Keys string
	Does string
	Key  fyne.KeyName
	Rune rune
	Do   func()
}

// Bindings are the keys of a window, a screen or the drawer.
type Bindings []Binding

// Key does what is bound to a key and reports whether there was anything.
func (b Bindings) Key(e *fyne.KeyEvent) bool { return b.do(Press{Key: e.Name}) }

// Rune does what is bound to a character and reports whether there was anything.
func (b Bindings) Rune(r rune) bool { return b.do(Press{Rune: r}) }

// Has reports whether anything is bound to a key or a character.
func (b Bindings) Has(p Press) bool { return b.of(p) != nil }

func (b Bindings) do(p Press) bool {
	do := b.of(p)
	if do != nil {
		do()
	}
	return do != nil
}

// of returns what a key or a character does, nil if nothing is bound to it.
func (b Bindings) of(p Press) func() {
	for _, k := range b {
		if k.Do != nil && (p.Key != "" && k.Key == p.Key || p.Rune != 0 && k.Rune == p.Rune) {
			return k.Do
		}
	}
	return nil
}

// KeyGroup is what keys do in one part of the window, under a heading.
type KeyGroup struct {
	Title string
	Keys  Bindings
}

// Bound is a Screen with keys of its own, which work while nothing else has the keyboard, or what has it passes them
// on.
type Bound interface{ Bindings() Bindings }

// PassKey hands a key that a focused widget has no use for to the window, as if nothing had the keyboard.
func PassKey(from fyne.CanvasObject, e *fyne.KeyEvent) {
	if c := canvasOf(from); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

// PassRune hands on a character in the same way.
func PassRune(from fyne.CanvasObject, r rune) {
	if c := canvasOf(from); c != nil && c.OnTypedRune() != nil {
		c.OnTypedRune()(r)
	}
}

// canvasOf returns the canvas that an object lies on. Of one that was not drawn yet the driver knows none; it may have
// the keyboard all the same.
func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	driver := fyne.CurrentApp().Driver()
	if c := driver.CanvasForObject(o); c != nil {
		return c
	}
	for _, w := range driver.AllWindows() {
		if c := w.Canvas(); any(c.Focused()) == any(o) {
			return c
		}
	}
	return nil
}

// Ticker is a Screen that changes with time alone: ages grow, a window that ends now moves on. The window calls Tick
// every few seconds while the screen is shown.
type Ticker interface{ Tick() }
