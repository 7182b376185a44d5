package pulls

import (
	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/views/ui"
)

// Bindings are the keys of the screen.
func (v *View) Bindings() ui.Bindings {
	keys := ui.Bindings{{Keys: "1 – 4", Does: "Go to a section", Rune: '1', Do: func() { v.goTo(0) }}}
	figure := '2'
	for i := 1; i < len(v.sections); i++ {
		if v.sections[i].list() != nil {
			keys = append(keys, ui.Binding{Rune: figure, Do: func() { v.goTo(i) }})
			figure++
		}
	}
	return append(keys, ui.Bindings{
		{Keys: "← →", Does: "Previous section, next section", Key: fyne.KeyLeft, Do: func() { v.step(-1) }},
		{Key: fyne.KeyRight, Do: func() { v.step(1) }},
		v.listed("↑ ↓", "Next line, previous line", fyne.KeyDown), v.listed("", "", fyne.KeyUp),
		v.listed("Enter", "What is known of the signal at the cursor", fyne.KeyReturn),
		v.listed("", "", fyne.KeyEnter),
		{Keys: "b", Does: "Add this month up by request, day or place", Rune: 'b', Do: v.month.next},
	}...)
}

// Commands are what the command palette offers on this screen.
func (v *View) Commands() []ui.Command {
	return []ui.Command{{Title: "This month by request, day or place", Detail: "Pulls", Keys: "b", Do: v.month.next}}
}

// current returns the section that has the keyboard, the first if none has.
func (v *View) current() int {
	c := fyne.CurrentApp().Driver().CanvasForObject(v)
	for i, s := range v.sections {
		if list := s.list(); c != nil && list != nil && c.Focused() == list {
			return i
		}
	}
	return 0
}

// listed binds a key to what the list of the section does with it, and gives that the keyboard.
func (v *View) listed(keys, does string, key fyne.KeyName) ui.Binding {
	return ui.Binding{Keys: keys, Does: does, Key: key, Do: func() {
		if list := v.sections[v.current()].list(); list != nil {
			v.goTo(v.current())
			list.TypedKey(&fyne.KeyEvent{Name: key})
		}
	}}
}

// goTo gives the list of a section the keyboard.
func (v *View) goTo(i int) {
	c := fyne.CurrentApp().Driver().CanvasForObject(v)
	if list := v.sections[i].list(); c != nil && list != nil {
		c.Focus(list)
	}
}

// step goes to the next section with a list, or for -1 to the previous one.
func (v *View) step(by int) {
	n := len(v.sections)
	for i := 1; i < n; i++ {
		next := (v.current() + i*by + i*n) % n
		if v.sections[next].list() != nil {
			v.goTo(next)
			return
		}
	}
}
