package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Surface is a rectangle in a colour of the theme, to put behind things or as a hairline between them.
type Surface struct {
	widget.BaseWidget
	fill, stroke  fyne.ThemeColorName // "": none
	alpha         uint8               // of the fill
	width, height float32             // the smallest size
	box           *canvas.Rectangle
}

// NewSurface returns a rectangle of that colour that takes the room it is given.
func NewSurface(fill fyne.ThemeColorName) *Surface {
	return newSurface(&Surface{fill: fill, alpha: 255})
}

// NewHairline returns a line one pixel thick, to lie or to stand between two things.
func NewHairline() *Surface {
	return newSurface(&Surface{fill: ColorLine, alpha: 255, width: 1, height: 1})
}

// NewCard returns a raised rectangle with rounded corners and a hairline around it.
func NewCard(radius float32) *Surface {
	s := newSurface(&Surface{fill: ColorRaised, stroke: ColorLine, alpha: 255})
	s.box.CornerRadius = radius
	return s
}

func newSurface(s *Surface) *Surface {
	s.box = canvas.NewRectangle(color.Transparent)
	s.ExtendBaseWidget(s)
	s.paint()
	return s
}

// SetColor changes the fill.
func (s *Surface) SetColor(fill fyne.ThemeColorName, alpha uint8) {
	if fill != s.fill || alpha != s.alpha {
		s.fill, s.alpha = fill, alpha
		s.Refresh()
	}
}

// CreateRenderer draws the rectangle.
func (s *Surface) CreateRenderer() fyne.WidgetRenderer {
	return &Face{
		Widget: s, Parts: []fyne.CanvasObject{s.box}, Paint: s.paint,
		Place: func(size fyne.Size) { s.box.Resize(size) },
		Min:   func() fyne.Size { return fyne.NewSize(s.width, s.height) },
	}
}

func (s *Surface) paint() {
	s.box.FillColor = Fade(Color(s.fill), s.alpha)
	if s.stroke != "" {
		s.box.StrokeColor, s.box.StrokeWidth = Color(s.stroke), 1
	}
}

// NewSpace returns nothing, of at least that size, to keep things apart.
func NewSpace(width, height float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(width, height))
	return r
}
