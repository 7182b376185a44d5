package shell

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/nephograph/nephograph/views/ui"
)

// bindings are the window's own keys. Those with a modifier are menu items, because other shortcuts do not fire while a
// field has the keyboard; they stand here to be shown.
func (s *Shell) bindings() ui.Bindings {
	list := ui.Bindings{{Keys: "Ctrl+K", Does: "Search or run"}}
	for _, e := range s.entries {
		list = append(list, ui.Binding{Keys: fmt.Sprintf("Ctrl+%d", e.Key), Does: e.Name})
	}
	return append(list,
		ui.Binding{Keys: "Ctrl+D", Does: "Pin what is open to the incident"},
		ui.Binding{Keys: "Ctrl+I", Does: "Open an incident of the alarm that is open"},
		ui.Binding{Keys: "Alt+←", Does: "Back to the focus before"},
		ui.Binding{Keys: "Alt+→", Does: "Forward again"},
		ui.Binding{Keys: "F5", Does: "Pull, or cancel the pull (also Ctrl+R)", Key: fyne.KeyF5, Do: s.pullOrCancel},
		ui.Binding{Keys: "F6", Does: "Follow, or end it: keep pulling", Key: fyne.KeyF6, Do: s.followOrEnd},
		ui.Binding{Keys: "p", Does: "Places: how it stands in each", Rune: 'p', Do: s.showScopes},
		ui.Binding{Keys: "Ctrl+U", Does: "UTC or local time"},
		ui.Binding{Keys: "[", Does: "Earlier by half a window", Rune: '[', Do: func() { s.bar.shift(-1) }},
		ui.Binding{Keys: "]", Does: "Later by half a window", Rune: ']', Do: func() { s.bar.shift(1) }},
		ui.Binding{Keys: "-", Does: "Zoom out", Rune: '-', Do: s.bar.zoomOut},
		ui.Binding{Keys: "w", Does: "Time window from … to …", Rune: 'w', Do: s.chooseRange},
		ui.Binding{Keys: "r", Does: "Narrow to a resource", Rune: 'r', Do: s.chooseResource},
		ui.Binding{Keys: "Esc", Does: "Close the detail", Key: fyne.KeyEscape, Do: s.closeDetail},
		ui.Binding{Keys: "?", Does: "These keys", Rune: '?', Do: s.showKeys},
	)
}

// groups are all bindings that work now, under a heading each, in the order in which they are tried.
func (s *Shell) groups() []bindingGroup {
	var list []bindingGroup
	if s.drawer.IsOpen() {
		list = append(list, bindingGroup{"Detail", s.drawer.Bindings()})
	}
	if bound, ok := s.entries[s.current].Screen.(ui.Bound); ok {
		list = append(list, bindingGroup{s.entries[s.current].Name, bound.Bindings()})
	}
	return append(list, bindingGroup{"Everywhere", s.bindings()})
}

// Keys are those of each screen, and those that work everywhere, as they are when no detail is open.
func (s *Shell) Keys() (groups []ui.KeyGroup) {
	for _, e := range s.entries {
		if bound, ok := e.Screen.(ui.Bound); ok {
			own := listed([]bindingGroup{{e.Name, bound.Bindings()}})[0]
			groups = append(groups, ui.KeyGroup{Title: own.title, Keys: own.keys})
		}
	}
	everywhere := listed([]bindingGroup{{"Everywhere", s.bindings()}})[0]
	return append(groups, ui.KeyGroup{Title: everywhere.title, Keys: everywhere.keys})
}

// Appear gives the window another look, and keeps the choice.
func (s *Shell) Appear(look ui.Appearance) {
	ui.ChangeAppearance(s.app, look)
	s.window.SetMainMenu(s.mainMenu()) // the check mark has moved
}

type bindingGroup struct {
	title string
	keys  ui.Bindings
}

// typedKey and typedRune get what no widget wanted. While a sheet or a menu is open only Escape means something.
func (s *Shell) typedKey(e *fyne.KeyEvent) {
	if top := s.window.Canvas().Overlays().Top(); top != nil {
		if e.Name == fyne.KeyEscape {
			s.window.Canvas().Overlays().Remove(top)
		}
		return
	}
	if s.session.Ahead.Keep(s, ui.Press{Key: e.Name}) {
		return
	}
	for _, g := range s.groups() {
		if g.keys.Key(e) {
			return
		}
	}
}

func (s *Shell) typedRune(r rune) {
	if s.window.Canvas().Overlays().Top() != nil || s.session.Ahead.Keep(s, ui.Press{Rune: r}) {
		return
	}
	for _, g := range s.groups() {
		if g.keys.Rune(r) {
			return
		}
	}
}

// awaits reports whether a key is for what the drawer or the screen is still reading, in the order in which they are
// tried.
func (s *Shell) awaits(p ui.Press) bool {
	if s.drawer.Awaits(p) {
		return true
	}
	screen, ok := s.entries[s.current].Screen.(ui.Awaiting)
	return ok && !s.drawer.Bindings().Has(p) && screen.Awaits(p)
}

// listed leaves out what does not work because a group before has its key, and what stands there already: a key has one
// line, with what it does now, and what two keys do stands under the first of them that works.
func listed(groups []bindingGroup) []bindingGroup {
	taken := map[press]bool{}
	var list []bindingGroup
	for _, g := range groups {
		kept := bindingGroup{title: g.title}
		shown := false // the binding before, under one of its keys
		for i, b := range g.keys {
			shown = shown && i > 0 && alias(b, g.keys[i-1])
			works := !taken[pressOf(b)] && (b.Keys != "" || b.Does != "")
			taken[pressOf(b)] = true
			if works && !shown {
				shown = true
				b.Keys = keysOf(b)
				kept.keys = append(kept.keys, b)
			}
		}
		list = append(list, kept)
	}
	return list
}

// press is what has to be pressed for a binding.
type press struct {
	keys string // of bindings that are only shown
	key  fyne.KeyName
	char rune
}

func pressOf(b ui.Binding) press {
	if b.Key == "" && b.Rune == 0 {
		return press{keys: b.Keys}
	}
	return press{key: b.Key, char: b.Rune}
}

// alias reports whether a binding is another key of the one before: it says so by having no words for its key, or tells
// the same in fewer words.
func alias(b, before ui.Binding) bool {
	return b.Keys == "" || b.Does != "" && strings.HasPrefix(before.Does, b.Does)
}

// keysOf is what a binding's key is called.
func keysOf(b ui.Binding) string {
	switch {
	case b.Keys != "":
		return b.Keys
	case b.Rune != 0:
		return string(b.Rune)
	}
	return string(b.Key)
}

// showKeys shows every key that works now.
func (s *Shell) showKeys() {
	columns := container.NewHBox()
	for _, g := range listed(s.groups()) {
		if len(g.keys) == 0 {
			continue
		}
		if len(columns.Objects) > 0 {
			columns.Add(ui.NewSpace(24, 0))
		}
		columns.Add(g.column())
	}
	sheet := newSheet(s.window.Canvas(), "Keys", 0, fitting(columns, s.window.Canvas().Size()))
	sheet.add(ui.NewButton("Close", sheet.Hide).Primary()).Show()
}

// What a sheet needs around its body: insets and a margin at the sides; title, action and a margin above and below.
const (
	aroundBodyWide = 80
	aroundBodyHigh = 180
)

// fitting returns the body as it is where a canvas of that size has room for it, and else lets it scroll.
func fitting(body fyne.CanvasObject, canvas fyne.Size) fyne.CanvasObject {
	need, room := body.MinSize(), canvas.SubtractWidthHeight(aroundBodyWide, aroundBodyHigh)
	if need.Width <= room.Width && need.Height <= room.Height {
		return body
	}
	scroll := container.NewScroll(body)
	scroll.SetMinSize(need.Min(room))
	return scroll
}

func (g bindingGroup) column() fyne.CanvasObject {
	box := container.NewVBox(ui.NewText(g.title, ui.Head))
	for _, k := range g.keys {
		key := container.NewStack(ui.NewSpace(72, 20), container.NewHBox(ui.NewKeyCap(k.Keys)))
		box.Add(container.NewHBox(key, ui.NewText(k.Does, ui.Small)))
	}
	return box
}
