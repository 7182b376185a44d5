package drawer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/ui"
)

// pivot is a line that leads on: what, its key, and how much there is.
type pivot struct {
	widget.BaseWidget
	do    func() // nil: it leads nowhere, and only says what there is
	press string // the key that does it; "": none does
	glow  *ui.Surface
	mark  fyne.CanvasObject // before the label; nil: none
	label *ui.Text
	key   *ui.KeyCap // nil: no key does it
	value *ui.Text

	inset, height float32
	style, beside ui.Style // of label and value
}

// The measures of a pivot.
const (
	pivotHeight = 26
	pivotLow    = 18 // of one that only says something
	PivotMark   = 8  // the size of a mark
	pivotGap    = 10 // between mark, label and key
)

// NewPivot returns a way to go on: what it leads to, its key, and a count or a name at its end. Without do it is shown
// only.
func NewPivot(label, key, value string, do func()) *pivot {
	p := &pivot{do: do, press: key, glow: ui.NewSurface(ui.ColorSurface), style: ui.Body, beside: ui.Quiet,
		height: pivotHeight}
	p.label, p.value = ui.NewShrinkingText(label, p.style), ui.NewShrinkingText(value, p.beside).Right()
	if key != "" {
		p.key = ui.NewKeyCap(key)
	}
	p.ExtendBaseWidget(p)
	return p
}

// When returns what a pivot does once what it leads to is read; nil until then, so that its key waits.
func When(read bool, do func()) func() {
	if read {
		return do
	}
	return nil
}

// In gives label and value their styles and returns the pivot.
func (p *pivot) In(label, value ui.Style) *pivot {
	p.style, p.beside = label, value
	p.label.SetStyle(label)
	p.value.SetStyle(value)
	return p
}

// Below sets the pivot in, with a mark before its label, and returns it. mark may be nil.
func (p *pivot) Below(inset float32, mark fyne.CanvasObject) *pivot {
	p.inset, p.mark = inset, mark
	return p
}

// Low makes the pivot as high as a line of text, and returns it.
func (p *pivot) Low() *pivot { p.height = pivotLow; return p }

// Tapped goes there.
func (p *pivot) Tapped(*fyne.PointEvent) {
	if p.do != nil {
		p.do()
	}
}

// MouseIn lights the line up.
func (p *pivot) MouseIn(*desktop.MouseEvent) {
	if p.do != nil {
		p.glow.SetColor(ui.ColorRaised, 255)
	}
}

// MouseMoved does nothing.
func (p *pivot) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends it.
func (p *pivot) MouseOut() { p.glow.SetColor(ui.ColorSurface, 255) }

// CreateRenderer draws the line.
func (p *pivot) CreateRenderer() fyne.WidgetRenderer {
	parts := []fyne.CanvasObject{p.glow, p.label, p.value}
	if p.key != nil {
		parts = append(parts, p.key)
	}
	if p.mark != nil {
		parts = append(parts, p.mark)
	}
	return &ui.Face{Widget: p, Parts: parts, Place: p.place,
		Min: func() fyne.Size { return fyne.NewSize(100, p.height) }}
}

func (p *pivot) place(s fyne.Size) {
	p.glow.Resize(s.AddWidthHeight(12, 0))
	p.glow.Move(fyne.NewPos(-6, 0))
	left := p.inset
	if p.mark != nil {
		p.mark.Resize(fyne.NewSize(PivotMark, s.Height))
		p.mark.Move(fyne.NewPos(left, 0))
		left += PivotMark + pivotGap
	}
	value := min(p.beside.Width(p.value.Now())+1, s.Width/2)
	p.value.Resize(fyne.NewSize(value, s.Height))
	p.value.Move(fyne.NewPos(s.Width-value, 0))
	room := s.Width - left - value - 12
	if p.key != nil {
		room -= p.key.MinSize().Width + pivotGap
	}
	label := min(p.style.Width(p.label.Now())+1, room)
	p.label.Resize(fyne.NewSize(label, s.Height))
	p.label.Move(fyne.NewPos(left, 0))
	if p.key != nil {
		p.key.Resize(fyne.NewSize(p.key.MinSize().Width, s.Height))
		p.key.Move(fyne.NewPos(left+label+pivotGap, 0))
	}
}
