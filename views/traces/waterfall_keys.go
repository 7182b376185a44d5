package traces

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/views/ui"
)

// barPage is by how many rows a page key moves.
const barPage = 10

// Bindings are the keys of the rows while they have the keyboard, none while they do not.
func (w *waterfallPicture) Bindings() ui.Bindings {
	if !w.keyed {
		return nil
	}
	by := func(rows int) func() { return func() { w.goTo(w.cursor() + rows) } }
	return ui.Bindings{
		{Keys: "↑ ↓", Does: "Span by span", Key: fyne.KeyDown, Do: by(1)}, {Key: fyne.KeyUp, Do: by(-1)},
		{Keys: "PgUp PgDn", Does: "By ten spans", Key: fyne.KeyPageDown, Do: by(barPage)},
		{Key: fyne.KeyPageUp, Do: by(-barPage)},
		{Keys: "Home End", Does: "First and last span", Key: fyne.KeyHome, Do: func() { w.goTo(0) }},
		{Key: fyne.KeyEnd, Do: func() { w.goTo(len(w.bars) - 1) }},
		{Keys: "Enter", Does: "Open the span", Key: fyne.KeyReturn, Do: w.choose}, {Key: fyne.KeyEnter, Do: w.choose},
		{Key: fyne.KeySpace, Do: w.choose},
	}
}

// cursor returns the row that the keys are at.
func (w *waterfallPicture) cursor() int {
	return max(slices.IndexFunc(w.bars, func(b bar) bool { return b.id == w.row }), 0)
}

// goTo moves the keys to a row, or to the nearest there is.
func (w *waterfallPicture) goTo(row int) {
	if len(w.bars) > 0 {
		w.row = w.bars[min(max(row, 0), len(w.bars)-1)].id
		w.Refresh()
		w.tell()
	}
}

// tell says where the row is that the keys are at.
func (w *waterfallPicture) tell() {
	top := float32(w.cursor()) * barRow
	w.went(top, top+barRow)
}

// choose opens the span that the keys are at.
func (w *waterfallPicture) choose() {
	if len(w.bars) > 0 {
		w.open(w.bars[w.cursor()])
	}
}

// TakeKeyboard gives the rows the keyboard, or takes it from them.
func (w *waterfallPicture) TakeKeyboard(keyed bool) {
	switch {
	case keyed:
		w.on.Focus(w)
	case w.keyed:
		w.on.Unfocus()
	}
}

// Row returns the span that the keys are at.
func (w *waterfallPicture) Row() string { return w.row }

// SetRow moves the keys to a span.
func (w *waterfallPicture) SetRow(id string) { w.row = id }

// HasKeyboard reports whether the rows have the keyboard.
func (w *waterfallPicture) HasKeyboard() bool { return w.keyed }

// Attach tells where the picture is shown; moved is called with the place of the row that the keys are at.
func (w *waterfallPicture) Attach(on fyne.Canvas, moved func(top, bottom float32)) {
	w.on, w.went = on, moved
}

// FocusGained shows where the keys are.
func (w *waterfallPicture) FocusGained() {
	w.keyed = true
	w.Refresh()
	w.tell()
}

// FocusLost ends it.
func (w *waterfallPicture) FocusLost() {
	w.keyed = false
	w.Refresh()
}

// TypedKey passes keys on: the window gives those of the bindings back.
func (w *waterfallPicture) TypedKey(e *fyne.KeyEvent) { ui.PassKey(w, e) }

// TypedRune passes characters on.
func (w *waterfallPicture) TypedRune(r rune) { ui.PassRune(w, r) }
