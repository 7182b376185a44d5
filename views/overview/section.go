package overview

import (
	"context"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/ui"
)

// line is one line of a section: what its columns show, and what it leads to.
type line struct {
	key    string    // tells lines apart, and stays the same when the section is read again
	cells  []ui.Cell // in the order of the section's columns; those that are not there are empty
	item   app.Item  // that the drawer shows
	screen string    // that it leads to where it has no item
}

// answer is what was read of a section.
type answer struct {
	lines []line
	note  string // on the whole section
	style ui.Style
	// empty says why there are no lines and what to do about it.
	empty string
}

// section is one part of the screen, which is read by itself.
type section struct {
	*ui.ListPanel[line]
	name    string
	screen  string       // that shows more of it
	signals []app.Signal // whose changes it shows
	columns []ui.Column[line]
	read    func(context.Context, Reader, question) (answer, error)

	load    ui.Loader
	shown   answer // what was read last; it stays while it is read again
	loaded  bool
	problem error // of the last reading
}

// build makes the widgets of a section; key goes to it.
func (s *section) build(key string, v *View) {
	for i := range s.columns {
		s.columns[i].Cell = func(l line) ui.Cell {
			if i < len(l.cells) {
				return l.cells[i]
			}
			return ui.Cell{}
		}
	}
	s.load.Threads = v.session.Threads
	s.ListPanel = ui.NewListPanel(s.name, key, func(l line) string { return l.key }, s.columns...)
	s.List.OnOpen, s.List.Ahead = v.open, v.session.Ahead
	s.OnTapped = func() { v.visit(s) }
}

// arrange shows what was read.
func (s *section) arrange() {
	note, style := s.shown.note, s.shown.style
	if style == (ui.Style{}) {
		style = ui.Note
	}
	if s.problem != nil && s.loaded {
		note, _ = explain.Explain(s.problem)
		style = ui.Bad
	}
	s.SetNote(note, style)
	empty := s.shown.empty
	switch {
	case s.problem != nil && !s.loaded:
		sentence, remedy := explain.Explain(s.problem)
		empty = sentence + " " + remedy
	case !s.loaded:
		empty = "Reading the cache …"
	}
	s.SetItems(s.shown.lines, empty)
}

// shows reports whether the section shows something of a signal.
func (s *section) shows(signal app.Signal) bool { return slices.Contains(s.signals, signal) }
