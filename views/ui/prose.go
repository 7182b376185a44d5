package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// Prose is a column of paragraphs and other objects that breaks the paragraphs to its own width, and scrolls where it
// has too little height.
type Prose struct {
	widget.BaseWidget
	box    *fyne.Container
	scroll *container.Scroll
}

const proseInset = 12 // at both sides

// NewProse returns an empty column.
func NewProse() *Prose {
	p := &Prose{box: container.NewVBox()}
	p.scroll = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(2, 4, proseInset, proseInset), p.box))
	p.ExtendBaseWidget(p)
	return p
}

// Set changes what stands in the column.
func (p *Prose) Set(objects ...fyne.CanvasObject) {
	p.box.Objects = objects
	p.Refresh()
}

// Natural is how high the column is where all of it is seen, in its width of now.
func (p *Prose) Natural() float32 { return p.box.MinSize().Height + 6 }

// CreateRenderer draws the column.
func (p *Prose) CreateRenderer() fyne.WidgetRenderer {
	return &Face{
		Widget: p, Parts: []fyne.CanvasObject{p.scroll}, Place: p.place,
		Min: func() fyne.Size { return fyne.NewSize(100, RowDense) },
	}
}

// place breaks the paragraphs before the rest is laid out: how high it is depends on that.
func (p *Prose) place(s fyne.Size) {
	for _, o := range p.box.Objects {
		if text, ok := o.(*Paragraph); ok {
			text.Break(text.Now(), max(s.Width-2*proseInset, 60))
		}
	}
	p.box.Refresh()
	p.scroll.Resize(s)
	p.scroll.Refresh()
}
