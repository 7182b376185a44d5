package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/phrase"
)

// Style is how a text looks: its colour by name, its size, and whether it is semi-bold or monospace.
type Style struct {
	Color fyne.ThemeColorName
	Size  float32
	Bold  bool
	Mono  bool
}

// The styles of the design.
var (
	Body    = Style{Color: ColorText, Size: TextSize}
	Quiet   = Style{Color: ColorQuiet, Size: TextSize}
	Small   = Style{Color: ColorText, Size: TextSmall}
	Note    = Style{Color: ColorQuiet, Size: TextSmall}              // secondary text
	Head    = Style{Color: ColorText, Size: TextSize, Bold: true}    // lane heads
	Title   = Style{Color: ColorText, Size: TextTitle, Bold: true}   // screens and the drawer
	Section = Style{Color: ColorQuiet, Size: 11}                     // headings within the drawer, written in capitals
	Code    = Style{Color: ColorText, Size: TextSmall, Mono: true}   // logs, ids and JSON
	Strong  = Style{Color: ColorText, Size: TextSmall, Bold: true}   // the words of a note that matter
	Bad     = Style{Color: ColorAlarm, Size: TextSmall, Bold: false} // problems in a sentence
)

// In returns the style in another colour.
func (s Style) In(color fyne.ThemeColorName) Style { s.Color = color; return s }

// TextStyle returns Fyne's part of the style.
func (s Style) TextStyle() fyne.TextStyle { return fyne.TextStyle{Bold: s.Bold, Monospace: s.Mono} }

// Width returns how wide a text is drawn, in Fyne's pixels.
func (s Style) Width(text string) float32 { return fyne.MeasureText(text, s.Size, s.TextStyle()).Width }

// Apply gives a canvas text the style with the current theme's colour.
func (s Style) Apply(t *canvas.Text) {
	t.Color, t.TextSize, t.TextStyle = Color(s.Color), s.Size, s.TextStyle()
}

// Fit returns the text as it may be shown (phrase.VisibleLine), or as much of its beginning as is no wider than width,
// with an ellipsis.
func (s Style) Fit(text string, width float32) string {
	text = phrase.VisibleLine(text)
	if text == "" || s.Width(text) <= width {
		return text
	}
	runes := []rune(text)
	low, high := 0, len(runes)-1 // the first low runes fit, with the ellipsis
	for low < high {
		middle := (low + high + 1) / 2
		if s.Width(string(runes[:middle])+"…") <= width {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return string(runes[:low]) + "…"
}

// Text is one line of text, as phrase.VisibleLine shows it. It follows the theme, and ends in an ellipsis where it is
// given less room than it needs.
type Text struct {
	widget.BaseWidget
	text  string
	style Style
	align fyne.TextAlign
	give  bool // may shrink below the text's width
	line  *canvas.Text
}

// NewText returns a text that takes the room it needs.
func NewText(text string, style Style) *Text {
	t := &Text{text: phrase.VisibleLine(text), style: style, line: canvas.NewText("", nil)}
	t.ExtendBaseWidget(t)
	t.paint()
	return t
}

// NewShrinkingText returns a text that takes the room it is given.
func NewShrinkingText(text string, style Style) *Text {
	t := NewText(text, style)
	t.give = true
	return t
}

// Right aligns the text to the right and returns it.
func (t *Text) Right() *Text { t.align = fyne.TextAlignTrailing; return t }

// Now returns the whole text.
func (t *Text) Now() string { return t.text }

// Set changes the text.
func (t *Text) Set(text string) {
	text = phrase.VisibleLine(text)
	if text != t.text {
		t.text = text
		t.Refresh()
	}
}

// SetStyle changes the style.
func (t *Text) SetStyle(style Style) {
	if style != t.style {
		t.style = style
		t.Refresh()
	}
}

// CreateRenderer draws the text.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	return &Face{Widget: t, Parts: []fyne.CanvasObject{t.line}, Paint: t.paint, Place: t.place, Min: t.min}
}

func (t *Text) paint() {
	t.style.Apply(t.line)
	t.line.Alignment = t.align
	t.line.Text = t.text
}

func (t *Text) place(s fyne.Size) {
	t.line.Text = t.style.Fit(t.text, s.Width+0.5) // half a pixel for what layouts round away
	height := t.line.MinSize().Height
	t.line.Move(fyne.NewPos(0, (s.Height-height)/2))
	t.line.Resize(fyne.NewSize(s.Width, height))
}

func (t *Text) min() fyne.Size {
	size := fyne.MeasureText(t.text, t.style.Size, t.style.TextStyle())
	if t.give {
		size.Width = min(size.Width, 24)
	}
	return size
}
