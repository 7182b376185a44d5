package overview

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

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
	name    string
	screen  string       // that shows more of it
	signals []app.Signal // whose changes it shows
	read    func(context.Context, Reader, question) (answer, error)

	load    ui.Loader
	shown   answer // what was read last; it stays while it is read again
	loaded  bool
	problem error // of the last reading

	list  *ui.List[line]
	table fyne.CanvasObject // the list with its titles
	none  *fyne.Container   // in place of an empty list
	says  string            // there
	panel *ui.Panel
}

// build makes the widgets of a section. cols are titled, so that a figure says what it counts.
func (s *section) build(key string, cols []ui.Column[line], titled bool, v *View) {
	for i := range cols {
		cols[i].Cell = func(l line) ui.Cell {
			if i < len(l.cells) {
				return l.cells[i]
			}
			return ui.Cell{}
		}
	}
	s.load.Threads = v.session.Threads
	s.list = ui.NewList(func(l line) string { return l.key }, cols...)
	s.list.OnOpen, s.list.Ahead = v.open, v.session.Ahead
	s.none = container.NewStack()
	s.table = s.list
	if titled {
		s.table = s.list.Table()
	}
	s.panel = ui.NewPanel(s.name, key, container.NewStack(s.table, s.none))
	s.panel.OnTapped = func() { v.visit(s) }
}

// noneWidth is the width of the text in an empty section, which fits the narrowest that there is.
const noneWidth = 250

// arrange shows what was read.
func (s *section) arrange() {
	s.list.SetItems(s.shown.lines)
	note, style := s.shown.note, s.shown.style
	if style == (ui.Style{}) {
		style = ui.Note
	}
	if s.problem != nil && s.loaded {
		note, _ = explain.Explain(s.problem)
		style = ui.Bad
	}
	s.panel.SetNote(note, style)
	says := ""
	switch {
	case len(s.shown.lines) > 0:
	case s.problem != nil && !s.loaded:
		sentence, remedy := explain.Explain(s.problem)
		says = sentence + " " + remedy
	case !s.loaded:
		says = "Reading the cache …"
	default:
		says = s.shown.empty
	}
	ui.SetShown(s.table, says == "")
	ui.SetShown(s.none, says != "")
	if says != s.says {
		s.says = says
		text := ui.NewParagraph(says, ui.Quiet, noneWidth)
		inset := layout.NewCustomPaddedLayout(4, 0, 12, 12)
		s.none.Objects = []fyne.CanvasObject{container.New(inset, container.NewVBox(text))}
		s.none.Refresh()
	}
}

// natural is how high the section would like to be.
func (s *section) natural(titled bool) float32 {
	rows := float32(min(max(len(s.shown.lines), 2), mostNatural))
	if titled {
		rows++
	}
	return ui.PanelHead + ui.PanelBelow + rows*rowPitch
}

// mostNatural is how many rows a section likes to show at most: a long one must not take the room of the others.
const mostNatural = 10

// rowPitch is how far a row of a list is below the one before.
const rowPitch = ui.RowDense + ui.Step

// shows reports whether the section shows something of a signal.
func (s *section) shows(signal app.Signal) bool { return slices.Contains(s.signals, signal) }
