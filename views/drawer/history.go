package drawer

import (
	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
)

// history is the way through the drawer: what was shown before each pivot, so that one can walk back. What is selected
// on a screen begins a new one.
type history struct {
	item  app.Item // shown now
	steps []step
	next  move
	to    step // where back leads
}

// step is an item that a pivot was followed from, as it was left.
type step struct {
	item    app.Item
	content Content
	whole   bool // the rest of it was read
	title   string
	offset  fyne.Position
	row     string // of its spans, that the keys were at
	keyed   bool   // they had the keyboard
}

// move says how the next item is come to.
type move uint8

const (
	anew move = iota
	onward
	backward
)

// maxSteps bounds a walk; its first steps are forgotten.
const maxSteps = 50

// onward says that the next item is one that this one leads to.
func (w *history) onward() { w.next = onward }

// back returns the item before; false at the start.
func (w *history) back() (app.Item, bool) {
	n := len(w.steps)
	if n == 0 {
		return nil, false
	}
	w.next, w.to, w.steps = backward, w.steps[n-1], w.steps[:n-1]
	return w.to.item, true
}

// from returns the title of what back leads to; false at the start.
func (w *history) from() (title string, ok bool) {
	if n := len(w.steps); n > 0 {
		return w.steps[n-1].title, true
	}
	return "", false
}

// enter takes an item as the one that is shown, and how the one before was left. It returns how the item was left
// itself, if it is come back to.
func (w *history) enter(item app.Item, left step) (was step) {
	switch {
	case item == nil:
		w.steps = nil
	case w.next == onward && left.content != nil:
		left.item = w.item
		w.steps = append(w.steps, left)
		w.steps = w.steps[max(len(w.steps)-maxSteps, 0):]
	case w.next == backward:
		was = w.to
	case w.next == anew && !SameAlarm(w.item, item): // an alarm that has turned is shown anew, and is still the same
		w.steps = nil
	}
	w.item, w.next, w.to = item, anew, step{}
	return was
}

// SameAlarm reports whether two items are the same alarm.
func SameAlarm(a, b app.Item) bool {
	x, one := a.(app.Alarm)
	y, two := b.(app.Alarm)
	return one && two && app.CompareAlarms(x, y) == 0
}
