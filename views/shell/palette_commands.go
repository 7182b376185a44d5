package shell

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/nephograph/nephograph/views/ui"
)

// paletteLabel is the palette's own name in the menu.
const paletteLabel = "Search or run…"

// paletteKeys open it, as the focus bar shows them.
const paletteKeys = "Ctrl K"

// commands are what the screen that is shown can do, what the menu can, and what other screens can once they are shown.
func (s *Shell) commands() []ui.Command {
	list := s.commandsOf(s.current)
	menus := s.mainMenu().Items
	for _, menu := range append(menus[1:], menus[0]) { // File last: Enter alone must not start a pull that is paid
		for _, item := range menu.Items {
			if !item.IsSeparator && item.Label != paletteLabel {
				list = append(list, ui.Command{Title: item.Label, Detail: menu.Label, Keys: s.keysOf(item),
					Do: item.Action})
			}
		}
	}
	for i := range s.entries {
		if i == s.current {
			continue
		}
		for _, c := range s.commandsOf(i) {
			do := c.Do
			c.Keys = "" // which are the keys of that screen
			c.Do = func() { s.Visit(i); do() }
			list = append(list, c)
		}
	}
	return list
}

func (s *Shell) commandsOf(entry int) []ui.Command {
	if c, ok := s.entries[entry].Screen.(ui.Commander); ok {
		return c.Commands()
	}
	return nil
}

// plainKeys are the keys of menu items that need no modifier.
var plainKeys = map[string]string{
	"Places": "p", "Earlier": "[", "Later": "]", "Zoom out": "-", "Time window…": "w", "Narrow to a resource…": "r",
	"Follow, or end it": "F6", "Close the detail": "Esc", "Keys": "?",
}

// keysOf says which keys do what a menu item does, "" if none does now: a screen may use a key for its own.
func (s *Shell) keysOf(item *fyne.MenuItem) string {
	if keys, ok := plainKeys[item.Label]; ok {
		groups := listed(s.groups())
		if slices.ContainsFunc(groups[len(groups)-1].keys, func(b ui.Binding) bool { return b.Keys == keys }) {
			return keys
		}
	}
	if c, ok := item.Shortcut.(*desktop.CustomShortcut); ok {
		return shortcutWords(c)
	}
	return ""
}

// shortcutWords writes a shortcut as bindings do: Ctrl+Shift+R, Alt+←.
func shortcutWords(c *desktop.CustomShortcut) string {
	words := ""
	for _, m := range []struct {
		modifier fyne.KeyModifier
		word     string
	}{{fyne.KeyModifierControl, "Ctrl+"}, {fyne.KeyModifierSuper, "⌘"}, {fyne.KeyModifierAlt, "Alt+"},
		{fyne.KeyModifierShift, "Shift+"}} {
		if c.Modifier&m.modifier != 0 {
			words += m.word
		}
	}
	switch c.KeyName {
	case fyne.KeyLeft:
		return words + "←"
	case fyne.KeyRight:
		return words + "→"
	}
	return words + string(c.KeyName)
}
