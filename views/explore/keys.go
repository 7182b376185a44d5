package explore

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/views/ui"
)

// Bindings are the keys of the screen. Those of the list work before it has the keyboard focus too, which it cannot get
// before it is drawn.
func (s *Screen[T]) Bindings() ui.Bindings {
	own := ui.Bindings{
		{Keys: "/", Does: "Search", Rune: '/', Do: s.search},
		{Keys: "x", Does: "Empty the query", Rune: 'x', Do: func() { s.query.SetText("") }},
		{Keys: "f", Does: "Facets: Enter filters for a value, - filters it out", Rune: 'f',
			Do: func() { s.focus(s.facets) }},
		{Keys: "o", Does: s.parts.Orders[0] + ", " + strings.ToLower(s.parts.Orders[1]), Rune: 'o', Do: s.turn},
		{Keys: "j", Does: "Jump to what is new", Rune: 'j', Do: s.jump},
		s.listed("↑ ↓", "Next row, previous row", fyne.KeyDown), s.listed("", "", fyne.KeyUp),
		s.listed("PgUp PgDn", "Next page, previous page", fyne.KeyPageDown), s.listed("", "", fyne.KeyPageUp),
		s.listed("Home End", "First row, last row; End again lists more", fyne.KeyHome), s.listed("", "", fyne.KeyEnd),
		s.listed("Enter", "Open the row at the cursor", fyne.KeyReturn), s.listed("", "", fyne.KeyEnter),
	}
	own = append(append(own, s.unfoldBindings()...), s.exportBindings()...)
	if s.parts.Extra != nil {
		own = append(own, s.parts.Extra()...)
	}
	return own
}

// search puts the cursor behind the query, ready for another term.
func (s *Screen[T]) search() {
	if text := s.query.Text; text != "" && !strings.HasSuffix(text, " ") {
		s.query.SetText(text + " ")
	}
	s.query.CursorColumn = utf8.RuneCountInString(s.query.Text)
	s.focus(s.query)
}

// listed binds a key to what the list does with it, and gives the list the keyboard focus.
func (s *Screen[T]) listed(keys, does string, key fyne.KeyName) ui.Binding {
	return ui.Binding{Keys: keys, Does: does, Key: key, Do: func() {
		s.focus(s.list)
		s.list.TypedKey(&fyne.KeyEvent{Name: key})
	}}
}

// Awaits reports whether a key has to wait for the first answer. That of the query need not.
func (s *Screen[T]) Awaits(p ui.Press) bool {
	return s.entered && s.load.Busy() && !s.loaded && p.Rune != '/' && s.Bindings().Has(p)
}

// Commands are what the command palette offers on this screen.
func (s *Screen[T]) Commands() []ui.Command {
	name := strings.ToLower(s.parts.Name)
	commands := []ui.Command{
		{Title: "Search the " + name, Detail: s.parts.Name, Keys: "/", Do: s.search},
		{Title: "Empty the query", Detail: s.parts.Name, Keys: "x", Do: func() { s.query.SetText("") }},
		{Title: "Turn the order round", Detail: s.parts.Name, Keys: "o", Do: s.turn},
	}
	commands = append(append(commands, s.exportCommands()...), s.columnCommands()...)
	for _, b := range s.unfoldBindings() {
		commands = append(commands, ui.Command{Title: b.Does, Detail: s.parts.Name, Keys: b.Keys, Do: b.Do})
	}
	return commands
}

var _ interface {
	ui.Screen
	ui.Commander
	ui.Awaiting
	ui.Bound
	ui.Ticker
} = (*Screen[any])(nil)
