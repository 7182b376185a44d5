package shell

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

const (
	paletteRows  = 10 // shown at once; they fit the smallest window
	paletteWidth = 560
	paletteTitle = 56 // letters of a title that fit beside its detail
)

// palette finds what can be done or opened as a person types, and does it.
type palette struct {
	*sheet
	field    *paletteField
	rows     *fyne.Container
	commands []ui.Command
	found    []ui.Command
	cursor   int
	alarms   ui.Loader
}

// paletteField moves the palette's cursor with the keys that a field has no use for.
type paletteField struct {
	ui.Field
	move func(by int)
}

// TypedKey moves the cursor, and leaves other keys to the field.
func (f *paletteField) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		f.move(-1)
	case fyne.KeyDown:
		f.move(1)
	case fyne.KeyPageUp:
		f.move(-paletteRows)
	case fyne.KeyPageDown:
		f.move(paletteRows)
	default:
		f.Field.TypedKey(e)
	}
}

func newPalette(c fyne.Canvas, commands []ui.Command) *palette {
	p := &palette{field: &paletteField{}, rows: container.NewVBox(), commands: commands}
	p.field.PlaceHolder = "An alarm, a screen, or what to do"
	p.field.ExtendBaseWidget(p.field)
	p.field.move = p.move
	p.field.OnChanged = func(string) { p.cursor = 0; p.find() }
	p.field.OnSubmitted = func(string) { p.choose(p.cursor) }
	room := ui.NewSpace(paletteWidth, paletteRows*(ui.ChipHeight+4))
	p.sheet = newSheet(c, "Search or run", paletteWidth, container.NewVBox(p.field, container.NewStack(room, p.rows)))
	p.field.OnEscape = p.Hide
	p.find()
	return p
}

func (p *palette) find() {
	p.found = matches(p.field.Text, p.commands)
	p.draw()
}

func (p *palette) move(by int) {
	p.cursor = max(0, min(p.cursor+by, len(p.found)-1))
	p.draw()
}

// draw shows the rows around the cursor.
func (p *palette) draw() {
	p.rows.RemoveAll()
	if len(p.found) == 0 {
		p.rows.Add(ui.NewText("Nothing has these letters in this order.", ui.Note))
	}
	first := max(0, p.cursor-paletteRows+1)
	for i := first; i < min(first+paletteRows, len(p.found)); i++ {
		row := ui.NewChip(func() { p.choose(i) }, said(p.found[i])...)
		row.SetPrimary(i == p.cursor)
		p.rows.Add(container.NewHBox(row))
	}
}

func said(c ui.Command) []ui.Word {
	title := []rune(c.Title)
	if len(title) > paletteTitle {
		title = append(title[:paletteTitle-1:paletteTitle-1], '…')
	}
	return []ui.Word{{Text: string(title), Style: ui.Body}, {Text: c.Detail, Style: ui.Quiet}}
}

func (p *palette) choose(i int) {
	if i >= len(p.found) {
		return
	}
	p.Hide()
	p.found[i].Do()
}

// showPalette opens the palette at once, and adds the alarms of the cache when they are read.
func (s *Shell) showPalette() {
	if s.window.Canvas().Overlays().Top() != nil {
		return
	}
	p := newPalette(s.window.Canvas(), s.commands())
	p.alarms.Threads = s.session.Threads
	p.Show()
	s.window.Canvas().Focus(p.field)
	q := app.AlarmQuery{Scopes: s.session.Focus.Now().Scopes}
	ui.Load(&p.alarms, func(ctx context.Context) ([]app.Alarm, error) { return s.reader.Alarms(ctx, q) },
		func(alarms []app.Alarm, err error) {
			for _, a := range alarms {
				p.commands = append(p.commands, ui.Command{Title: a.Name, Detail: string(a.State) + " · " + a.Region + " · " + a.Account,
					Do: func() { s.session.Selected.Set(a) }})
			}
			p.find()
		})
}

// commands are what the screen that is shown can do, and what the menu can.
func (s *Shell) commands() []ui.Command {
	var list []ui.Command
	if c, ok := s.entries[s.current].Screen.(ui.Commander); ok {
		list = c.Commands()
	}
	menus := s.mainMenu().Items
	for _, menu := range append(menus[1:], menus[0]) { // File last: Enter alone must not start a pull that is paid
		for _, item := range menu.Items {
			if !item.IsSeparator && item.Label != paletteLabel {
				list = append(list, ui.Command{Title: item.Label, Detail: menu.Label, Do: item.Action})
			}
		}
	}
	return list
}

// paletteLabel is the palette's own name in the menu.
const paletteLabel = "Search or run…"
