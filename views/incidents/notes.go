package incidents

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/ui"
)

// notesPanel shows the notes of an incident, which are Markdown, and lets them be written.
type notesPanel struct {
	*ui.Panel
	prose *ui.Prose
	entry *notesEntry
}

// maxShown bounds the notes that are drawn, in bytes; all are edited and written into reports.
const maxShown = 16 << 10

func newNotes(v *View) *notesPanel {
	p := &notesPanel{prose: ui.NewProse(), entry: newNotesEntry()}
	p.entry.done = func(text string) { v.endNotes(text) }
	p.Panel = ui.NewPanel("Notes", "d", container.NewStack(p.prose, p.entry))
	p.Panel.OnTapped = v.editNotes
	p.entry.Hide()
	return p
}

func (p *notesPanel) natural() float32 {
	if p.entry.Visible() {
		return 260
	}
	return ui.PanelHead + ui.PanelBelow + p.prose.Natural()
}

func (p *notesPanel) show(notes string) {
	style := ui.Small
	if notes == "" {
		notes, style = "No notes. Press d to write some, in Markdown.", ui.Quiet
	}
	if len(notes) > maxShown {
		notes = notes[:maxShown] + "…"
	}
	p.prose.Set(ui.NewParagraph(notes, style, proseWidth))
}

// edit begins writing.
func (p *notesPanel) edit(notes string) {
	p.entry.SetText(notes)
	p.prose.Hide()
	p.entry.Show()
	p.SetNote("Ctrl+Enter or Esc keeps them", ui.Note)
}

// end ends it.
func (p *notesPanel) end() {
	p.entry.Hide()
	p.prose.Show()
	p.SetNote("", ui.Note)
}

// notesEntry is a field of many lines that is left with Escape or Ctrl+Enter.
type notesEntry struct {
	widget.Entry
	done func(string)
}

func newNotesEntry() *notesEntry {
	e := &notesEntry{}
	e.MultiLine, e.Wrapping = true, fyne.TextWrapWord
	e.ExtendBaseWidget(e)
	return e
}

// TypedKey leaves the field with Escape.
func (e *notesEntry) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		e.done(e.Text)
		return
	}
	e.Entry.TypedKey(k)
}

// TypedShortcut leaves it with Ctrl+Enter.
func (e *notesEntry) TypedShortcut(s fyne.Shortcut) {
	if c, ok := s.(*desktop.CustomShortcut); ok && c.Modifier == fyne.KeyModifierControl &&
		(c.KeyName == fyne.KeyReturn || c.KeyName == fyne.KeyEnter) {
		e.done(e.Text)
		return
	}
	e.Entry.TypedShortcut(s)
}
