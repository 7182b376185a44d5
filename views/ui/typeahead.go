package ui

import "fyne.io/fyne/v2"

// Press is a key, or a character, as a person typed it.
type Press struct {
	Key  fyne.KeyName
	Rune rune
}

// TypeAhead keeps what a person types ahead of a reading: Enter before the list is there of which it opens the first.
// It waits in its order until the reading has ended, and is then typed as if it came now. It is dropped when the
// reading fails, when a person does something else meanwhile, and by Escape. It belongs to the UI goroutine; nil keeps
// nothing.
type TypeAhead struct {
	// Awaits reports whether a key is for what is still being read. nil: none is.
	Awaits func(Press) bool

	keys   []Press
	on     fyne.Canvas    // where they were typed
	to     fyne.Focusable // had the keyboard there
	typing bool           // one of them is doing what it does
}

// Awaiting is a Screen that knows which keys are for what it is still reading.
type Awaiting interface{ Awaits(Press) bool }

// mostAhead is how much waits: a person who types more does not do so with a purpose.
const mostAhead = 16

// Keep reports whether a key, typed where from is, waits from now on. What is typed after a key that waits does so too.
func (t *TypeAhead) Keep(from fyne.CanvasObject, p Press) bool {
	switch {
	case t == nil || t.typing || t.Awaits == nil:
		return false
	case len(p.Key) == 1: // comes as a character, too
		return false
	case p.Key == fyne.KeyEscape:
		t.Drop()
		return false
	case len(t.keys) > 0 && !t.Awaits(t.keys[0]): // its reading was given up
		t.Drop()
	}
	if len(t.keys) == 0 {
		on := canvasOf(from)
		if on == nil || !t.Awaits(p) {
			return false
		}
		t.on, t.to = on, on.Focused()
	}
	if len(t.keys) < mostAhead {
		t.keys = append(t.keys, p)
	}
	return true
}

// Type types what has waited, when a reading has ended: up to what is for another, perhaps one that the keys before it
// began.
func (t *TypeAhead) Type() {
	if t.typing || len(t.keys) == 0 {
		return
	}
	if t.on.Focused() != t.to { // a person went elsewhere with the pointer: into a field, a menu, a sheet
		t.Drop()
		return
	}
	t.typing = true
	for len(t.keys) > 0 && !t.Awaits(t.keys[0]) {
		p := t.keys[0]
		t.keys = t.keys[1:]
		p.typeOn(t.on)
	}
	t.typing = false
	t.to = t.on.Focused()
}

// Drop forgets what waits, unless it is one of its keys that leads elsewhere: what follows that one was meant for
// there.
func (t *TypeAhead) Drop() {
	if !t.typing {
		t.keys = nil
	}
}

// typeOn types a key into what has the keyboard, or into the window.
func (p Press) typeOn(on fyne.Canvas) {
	key, char := on.OnTypedKey(), on.OnTypedRune()
	if to := on.Focused(); to != nil {
		key, char = to.TypedKey, to.TypedRune
	}
	switch {
	case p.Key != "" && key != nil:
		key(&fyne.KeyEvent{Name: p.Key})
	case p.Rune != 0 && char != nil:
		char(p.Rune)
	}
}

// Spare does something that is no deed of a person, so that nothing that waits is dropped by it.
func (t *TypeAhead) Spare(do func()) {
	was := t.typing
	t.typing = true
	defer func() { t.typing = was }()
	do()
}
