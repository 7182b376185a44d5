package shell

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

const (
	paletteRows  = 12 // shown at once; they fit the smallest window
	paletteWidth = 640
)

// palette finds what can be done or opened as a person types, and does it.
type palette struct {
	*sheet
	field   *paletteField
	rows    *fyne.Container
	said    *ui.Text // below the rows: how many there are, or what is the matter
	all     []finding
	found   []*finding
	cursor  int
	problem error // of reading what the cache has a name for
	load    ui.Loader
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
	p := &palette{field: &paletteField{}, rows: container.New(layout.NewCustomPaddedVBoxLayout(0)),
		said: ui.NewText("", ui.Note)}
	for _, command := range commands {
		p.all = append(p.all, newFinding(command))
	}
	p.field.PlaceHolder = "An alarm, a metric, a log group, a service, a screen, or what to do"
	p.field.ExtendBaseWidget(p.field)
	p.field.move = p.move
	p.field.OnChanged = func(string) { p.cursor = 0; p.find() }
	p.field.OnSubmitted = func(string) { p.choose(p.cursor) }
	room := ui.NewSpace(paletteWidth, paletteRows*paletteRowHeight)
	p.sheet = newSheet(c, "Search or run", paletteWidth,
		container.NewVBox(p.field, container.NewStack(room, p.rows), p.said))
	p.field.OnEscape = p.Hide
	p.find()
	return p
}

func (p *palette) find() {
	p.found = matches(p.field.Text, p.all)
	p.draw()
}

func (p *palette) move(by int) {
	p.cursor = max(0, min(p.cursor+by, len(p.found)-1))
	p.draw()
}

// draw shows the rows around the cursor.
func (p *palette) draw() {
	p.rows.RemoveAll()
	first := max(0, p.cursor-paletteRows+1)
	shown := p.found[first:min(first+paletteRows, len(p.found))]
	keys := keyColumn(shown)
	for i, f := range shown {
		p.rows.Add(newPaletteRow(f.Command, first+i == p.cursor, keys, func() { p.choose(first + i) }))
	}
	p.said.Set(p.says())
}

// says counts what is found, or says why there is nothing.
func (p *palette) says() string {
	n := phrase.Count(int64(len(p.found))) + " found"
	switch {
	case p.problem != nil:
		sentence, _ := explain.Explain(p.problem)
		return sentence
	case p.load.Busy():
		return n + ", reading the cache …"
	case len(p.found) == 0:
		return "Nothing has these words, or these letters in this order."
	}
	return n
}

func (p *palette) choose(i int) {
	if i >= len(p.found) {
		return
	}
	p.Hide()
	p.found[i].Do()
}

// showPalette opens the palette at once with what can be done, and adds what the cache has a name for when it is read.
func (s *Shell) showPalette() {
	if s.window.Canvas().Overlays().Top() != nil {
		return
	}
	p := newPalette(s.window.Canvas(), s.commands())
	p.load.Threads = s.session.Threads
	p.Show()
	s.window.Canvas().Focus(p.field)
	out := drawer.NewReadContext(s.session, s.presets)
	ui.Load(&p.load, func(ctx context.Context) ([]finding, error) {
		return readFindings(ctx, s.reader, out, s.session.Selected.Set)
	},
		func(named []finding, err error) {
			p.all, p.problem = append(p.all, named...), err
			p.find()
		})
	p.draw()
}
