package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/ui"
)

const (
	paletteRowHeight = 28
	paletteEdge      = 3  // the bar beside the row that Enter chooses
	paletteInset     = 10 // at both ends of a row
)

// paletteRow is one finding: its name, its kind in the quiet colour, and its key if it has one.
type paletteRow struct {
	widget.BaseWidget
	do           func()
	at, hovered  bool // Enter chooses it; the pointer is over it
	glow, edge   *ui.Surface
	title, where *ui.Text
	key          *ui.KeyCap // nil: none
	keys         float32    // width of the column of keys, 0 if no row that is shown has one
}

func newPaletteRow(c ui.Command, at bool, keys float32, do func()) *paletteRow {
	r := &paletteRow{do: do, at: at, keys: keys, glow: ui.NewSurface(ui.ColorSurface),
		edge:  ui.NewSurface(ui.ColorSurface),
		title: ui.NewShrinkingText(c.Title, ui.Body), where: ui.NewShrinkingText(c.Detail, ui.Note).Right()}
	if c.Keys != "" {
		r.key = ui.NewKeyCap(c.Keys)
	}
	r.ExtendBaseWidget(r)
	r.light()
	return r
}

// light raises the row that Enter chooses, with an edge in the accent colour, and the one below the pointer.
func (r *paletteRow) light() {
	ground, edge := ui.ColorSurface, ui.ColorSurface
	if r.at || r.hovered {
		ground, edge = ui.ColorRaised, ui.ColorRaised
	}
	if r.at {
		edge = ui.ColorAccent
	}
	r.glow.SetColor(ground, 255)
	r.edge.SetColor(edge, 255)
}

// Tapped chooses the row.
func (r *paletteRow) Tapped(*fyne.PointEvent) { r.do() }

// MouseIn lights the row up.
func (r *paletteRow) MouseIn(*desktop.MouseEvent) { r.hovered = true; r.light() }

// MouseMoved does nothing.
func (r *paletteRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends it.
func (r *paletteRow) MouseOut() { r.hovered = false; r.light() }

// CreateRenderer draws the row.
func (r *paletteRow) CreateRenderer() fyne.WidgetRenderer {
	parts := []fyne.CanvasObject{r.glow, r.edge, r.title, r.where}
	if r.key != nil {
		parts = append(parts, r.key)
	}
	return &ui.Face{Widget: r, Parts: parts, Place: r.place,
		Min: func() fyne.Size { return fyne.NewSize(200, paletteRowHeight) }}
}

func (r *paletteRow) place(s fyne.Size) {
	r.glow.Resize(s)
	r.edge.Resize(fyne.NewSize(paletteEdge, s.Height))
	right := s.Width - paletteInset
	if r.key != nil {
		width := r.key.MinSize().Width
		r.key.Resize(fyne.NewSize(width, s.Height))
		r.key.Move(fyne.NewPos(right-width, 0))
	}
	if r.keys > 0 {
		right -= r.keys + paletteInset
	}
	left := float32(paletteEdge + paletteInset)
	where := min(ui.Note.Width(r.where.Now())+1, (right-left)/2)
	r.where.Resize(fyne.NewSize(where, s.Height))
	r.where.Move(fyne.NewPos(right-where, 0))
	r.title.Resize(fyne.NewSize(right-where-left-2*paletteInset, s.Height))
	r.title.Move(fyne.NewPos(left, 0))
}

// keyColumn is how wide a column is that holds the keys of commands, 0 if none has any.
func keyColumn(found []*finding) (width float32) {
	for _, f := range found {
		if f.Keys != "" {
			width = max(width, ui.NewKeyCap(f.Keys).MinSize().Width)
		}
	}
	return width
}
