package overview

import (
	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/views/ui"
)

var (
	_ ui.Commander = (*View)(nil)
	_ ui.Awaiting  = (*View)(nil)
)

// Bindings are the keys of the screen.
func (v *View) Bindings() ui.Bindings {
	keys := ui.Bindings{{Keys: "1 – 5", Does: "Go to a section", Rune: '1', Do: func() { v.goTo(0) }}}
	for i := 1; i < len(v.sections); i++ {
		keys = append(keys, ui.Binding{Rune: '1' + rune(i), Do: func() { v.goTo(i) }})
	}
	return append(keys, ui.Bindings{
		{Keys: "← →", Does: "Previous section, next section", Key: fyne.KeyLeft, Do: func() { v.step(-1) }},
		{Key: fyne.KeyRight, Do: func() { v.step(1) }},
		{Keys: "m", Does: "More of the section, on its own screen", Rune: 'm',
			Do: func() { v.visit(v.sections[v.current()]) }},
		v.listed("↑ ↓", "Next line, previous line", fyne.KeyDown), v.listed("", "", fyne.KeyUp),
		v.listed("Home End", "First line, last line", fyne.KeyHome), v.listed("", "", fyne.KeyEnd),
		v.listed("Enter", "Open the line at the cursor", fyne.KeyReturn), v.listed("", "", fyne.KeyEnter),
	}...)
}

// Awaits reports whether a key has to wait for a section that is read for the first time.
func (v *View) Awaits(p ui.Press) bool {
	if !v.entered || !v.Bindings().Has(p) {
		return false
	}
	s := v.sections[v.current()]
	return s.load.Busy() && !s.loaded
}

// listed binds a key to what the list of the section does with it, and gives that the keyboard.
func (v *View) listed(keys, does string, key fyne.KeyName) ui.Binding {
	return ui.Binding{Keys: keys, Does: does, Key: key, Do: func() {
		list := v.sections[v.current()].List
		v.focus(list)
		list.TypedKey(&fyne.KeyEvent{Name: key})
	}}
}

// Commands are what the command palette offers on this screen.
func (v *View) Commands() []ui.Command {
	var list []ui.Command
	for i, s := range v.sections {
		list = append(list, ui.Command{Title: "Section: " + s.name, Detail: "Overview", Keys: string(rune('1' + i)),
			Do: func() { v.goTo(i) }})
	}
	return list
}

// current returns the section that has the keyboard, the first with lines if none has.
func (v *View) current() int {
	c := fyne.CurrentApp().Driver().CanvasForObject(v)
	for i, s := range v.sections {
		if c != nil && c.Focused() == fyne.Focusable(s.List) {
			return i
		}
	}
	return v.first()
}

// goTo gives a section the keyboard, if it has lines.
func (v *View) goTo(i int) {
	if s := v.sections[i]; s.Listed() {
		v.focus(s.List)
		s.List.Go(s.List.Row())
	}
}

// step goes to the next section with lines, or for -1 to the previous one.
func (v *View) step(by int) {
	n := len(v.sections)
	for i := 1; i < n; i++ {
		next := (v.current() + i*by + i*n) % n
		if v.sections[next].Listed() {
			v.goTo(next)
			return
		}
	}
}

func (v *View) focus(o fyne.Focusable) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		c.Focus(o)
	}
}
