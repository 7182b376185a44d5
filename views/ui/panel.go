package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Panel is one part of a screen: a title with a key and a note above a body, on a surface of its own.
type Panel struct {
	widget.BaseWidget
	OnTapped func() // the title was tapped; nil: nothing happens then
	// Action stands at the right end of the title; nil: none. It is set before the panel is shown.
	Action *Chip

	box   *canvas.Rectangle
	title *Text
	key   *KeyCap // nil: none
	note  *Text
	body  fyne.CanvasObject
	over  bool // the pointer is on the title
}

// The measures of a panel.
const (
	PanelHead   = 34 // height of the title with what is above it
	PanelBelow  = 6  // below the body
	panelInset  = 16 // of the title, which is that of a row in the body
	panelBeside = 4  // on both sides of the body
	panelRadius = 8
	panelAir    = 6 // around the action
)

// NewPanel returns a panel; key is shown beside its title, "" for none.
func NewPanel(title, key string, body fyne.CanvasObject) *Panel {
	p := &Panel{box: canvas.NewRectangle(color.Transparent), title: NewText(title, Head),
		note: NewShrinkingText("", Note).Right(), body: body}
	p.box.CornerRadius = panelRadius
	if key != "" {
		p.key = NewKeyCap(key)
	}
	p.ExtendBaseWidget(p)
	p.paint()
	return p
}

// SetNote says something about the whole body, in a few words at the right of the title.
func (p *Panel) SetNote(note string, style Style) {
	p.note.SetStyle(style)
	p.note.Set(note)
}

// Note returns what is said about the body.
func (p *Panel) Note() string { return p.note.Now() }

// Tapped does what the title is for.
func (p *Panel) Tapped(e *fyne.PointEvent) {
	if p.OnTapped != nil && e.Position.Y < PanelHead {
		p.OnTapped()
	}
}

// MouseIn follows the pointer.
func (p *Panel) MouseIn(e *desktop.MouseEvent) { p.hover(e.Position.Y < PanelHead) }

// MouseMoved follows the pointer.
func (p *Panel) MouseMoved(e *desktop.MouseEvent) { p.hover(e.Position.Y < PanelHead) }

// MouseOut lets the title be as before.
func (p *Panel) MouseOut() { p.hover(false) }

func (p *Panel) hover(over bool) {
	if over = over && p.OnTapped != nil; over != p.over {
		p.over = over
		style := Head
		if over {
			style = Head.In(ColorAccent)
		}
		p.title.SetStyle(style)
	}
}

// Cursor is a hand where a tap does something.
func (p *Panel) Cursor() desktop.Cursor {
	if p.over {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer draws the panel.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	parts := []fyne.CanvasObject{p.box, p.title, p.note, p.body}
	if p.key != nil {
		parts = append(parts, p.key)
	}
	if p.Action != nil {
		parts = append(parts, p.Action)
	}
	return &Face{Widget: p, Parts: parts, Paint: p.paint, Place: p.place, Min: func() fyne.Size {
		least := p.body.MinSize()
		return fyne.NewSize(max(least.Width+2*panelBeside, p.title.MinSize().Width+2*panelInset+24),
			least.Height+PanelHead+PanelBelow)
	}}
}

func (p *Panel) paint() {
	p.box.FillColor, p.box.StrokeColor, p.box.StrokeWidth = Color(ColorSurface), Color(ColorLine), 1
}

func (p *Panel) place(s fyne.Size) {
	const line, top = 20, 9
	p.box.Resize(s)
	title := p.title.MinSize().Width
	p.title.Move(fyne.NewPos(panelInset, top))
	p.title.Resize(fyne.NewSize(title, line))
	x := panelInset + title + 8
	if p.key != nil {
		p.key.Move(fyne.NewPos(x, top))
		p.key.Resize(fyne.NewSize(p.key.MinSize().Width, line))
		x += p.key.MinSize().Width + 12
	}
	end := s.Width - panelInset
	if p.Action != nil {
		wide := p.Action.MinSize().Width
		p.Action.Move(fyne.NewPos(end+panelAir-wide, panelAir-1))
		p.Action.Resize(fyne.NewSize(wide, ChipHeight))
		end -= wide
	}
	p.note.Move(fyne.NewPos(x, top))
	p.note.Resize(fyne.NewSize(max(end-x, 0), line))
	p.body.Move(fyne.NewPos(panelBeside, PanelHead))
	p.body.Resize(fyne.NewSize(s.Width-2*panelBeside, max(s.Height-PanelHead-PanelBelow, 0)))
}
