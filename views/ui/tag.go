package ui

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

// Tag says a state with a shape and a word on a tinted ground.
type Tag struct {
	widget.BaseWidget
	mark  Shape
	color fyne.ThemeColorName
	box   *canvas.Rectangle
	dot   fyne.CanvasObject
	word  *canvas.Text
}

// NewTag returns a tag; the word is written in capitals.
func NewTag(mark Shape, colour fyne.ThemeColorName, word string) *Tag {
	t := &Tag{mark: mark, color: colour, box: canvas.NewRectangle(color.Transparent), dot: mark.object(tagMark),
		word: canvas.NewText(strings.ToUpper(phrase.VisibleLine(word)), nil)}
	t.box.CornerRadius = 4
	t.ExtendBaseWidget(t)
	t.paint()
	return t
}

// NewStateTag returns the tag of an alarm's state.
func NewStateTag(state app.AlarmState) *Tag { return NewTag(OfState(state)) }

const tagMark = 8 // size of the shape in a tag

// CreateRenderer draws the tag.
func (t *Tag) CreateRenderer() fyne.WidgetRenderer {
	return &Face{
		Widget: t, Parts: []fyne.CanvasObject{t.box, t.dot, t.word}, Paint: t.paint, Place: t.place,
		Min: func() fyne.Size { return fyne.NewSize(t.word.MinSize().Width+tagMark+5+2*8, 20) },
	}
}

func (t *Tag) paint() {
	Style{Color: t.color, Size: 11, Bold: true}.Apply(t.word)
	// states' colours alone are for marks: 3:1 on their own tint
	t.word.Color = Mix(Color(t.color), Color(ColorText), 0.25)
	t.box.FillColor = Fade(Color(t.color), 44)
	t.mark.paint(t.dot, Color(t.color))
}

func (t *Tag) place(s fyne.Size) {
	t.box.Resize(s)
	t.mark.place(t.dot, fyne.NewPos(8+tagMark/2, s.Height/2), tagMark)
	word := t.word.MinSize()
	t.word.Resize(word)
	t.word.Move(fyne.NewPos(8+tagMark+5, (s.Height-word.Height)/2))
}
