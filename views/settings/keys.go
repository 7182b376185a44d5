package settings

import (
	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/views/ui"
)

// key is one line of the list of keys: a heading, or a key with what it does.
type key struct{ group, keys, does string }

// linesOf puts the groups below each other, each under its heading.
func linesOf(groups []ui.KeyGroup) (lines []key) {
	for _, g := range groups {
		if len(g.Keys) == 0 {
			continue
		}
		lines = append(lines, key{group: g.Title})
		for _, k := range g.Keys {
			lines = append(lines, key{g.Title, k.Keys, k.Does})
		}
	}
	return lines
}

// newKeys lists all keys, by screen.
func newKeys() *ui.ListPanel[key] {
	p := ui.NewListPanel("Keys", "2", func(k key) string { return k.group + " " + k.keys + " " + k.does },
		ui.Column[key]{Width: 92, Cell: func(k key) ui.Cell {
			if k.keys == "" {
				return ui.Cell{Text: k.group, Style: ui.Strong, Across: true}
			}
			return ui.Cell{Text: k.keys, Style: ui.Code, Indent: 8}
		}},
		ui.Column[key]{Cell: func(k key) ui.Cell { return ui.Cell{Text: k.does, Style: ui.Note} }})
	p.SetNote("? shows those that work now", ui.Note)
	return p
}

// Bindings are the keys of the screen.
func (v *View) Bindings() ui.Bindings {
	lists := []fyne.Focusable{v.values.List, v.keys.List, v.places.List}
	keys := ui.Bindings{{Keys: "1 – 3", Does: "What holds, keys, places", Rune: '1', Do: func() { v.focus(lists[0]) }}}
	for i := 1; i < len(lists); i++ {
		keys = append(keys, ui.Binding{Rune: '1' + rune(i), Do: func() { v.focus(lists[i]) }})
	}
	return append(keys, ui.Bindings{
		{Keys: "d l s", Does: "Dark, light, or as the system", Rune: 'd', Do: func() { v.appear(ui.Dark) }},
		{Rune: 'l', Do: func() { v.appear(ui.Light) }}, {Rune: 's', Do: func() { v.appear(ui.System) }},
		{Keys: "y", Does: "Copy the path of the settings file", Rune: 'y', Do: func() { v.copy(v.Held.File) }},
	}...)
}

// Commands are what the command palette offers on this screen.
func (v *View) Commands() (list []ui.Command) {
	for _, f := range v.Held.files() {
		list = append(list, ui.Command{Title: "Copy the path: " + f.name, Detail: "Settings",
			Do: func() { v.copy(f.path) }})
	}
	return list
}
