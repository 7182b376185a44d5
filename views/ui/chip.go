package ui

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/phrase"
)

// ChipHeight is the height of a chip in the focus bar.
const ChipHeight = 28

// Word is a run of text in a chip.
type Word struct {
	Text  string
	Style Style
}

// Chip is the console's button: words on a raised ground with a hairline around it. It has an icon before its words, or
// after them, and may be the one main action of the window.
type Chip struct {
	widget.BaseWidget
	OnTapped func()

	words         []Word
	before, after IconName // "": none
	primary       bool
	round         bool // a filter: fully rounded, no ground
	chosen        bool // of several filters the one that holds
	disabled      bool
	hovered       bool
	focused       bool

	box   *canvas.Rectangle
	mark  *Mark // before the words; nil: none
	icons [2]*Icon
	lines []*canvas.Text
}

// NewChip returns a chip that says words and does tapped.
func NewChip(tapped func(), words ...Word) *Chip {
	c := &Chip{OnTapped: tapped, words: visibleWords(words), box: canvas.NewRectangle(color.Transparent)}
	c.ExtendBaseWidget(c)
	return c
}

// NewButton returns a chip with one plain word.
func NewButton(text string, tapped func()) *Chip { return NewChip(tapped, Word{text, Body}) }

// NewIconChip returns a chip with an icon alone.
func NewIconChip(icon IconName, tapped func()) *Chip { return NewChip(tapped).Before(icon) }

// Before puts an icon before the words and returns the chip.
func (c *Chip) Before(icon IconName) *Chip { c.before = icon; return c }

// After puts an icon after the words and returns the chip.
func (c *Chip) After(icon IconName) *Chip { c.after = icon; return c }

// Mark puts a shape before the words and returns the chip.
func (c *Chip) Mark(shape Shape, color fyne.ThemeColorName) *Chip {
	c.mark = NewMark(shape, color, chipMark)
	return c
}

// Choose shows whether the chip is the one that holds.
func (c *Chip) Choose(chosen bool) {
	if c.chosen != chosen {
		c.chosen = chosen
		c.Refresh()
	}
}

// Chosen reports whether it is.
func (c *Chip) Chosen() bool { return c.chosen }

// Primary makes the chip the main action and returns it.
func (c *Chip) Primary() *Chip { c.primary = true; return c }

// Round gives the chip the form of a filter and returns it.
func (c *Chip) Round() *Chip { c.round = true; return c }

// Set changes the words.
func (c *Chip) Set(words ...Word) {
	c.words = visibleWords(words)
	c.Refresh()
}

// Hovered reports whether the pointer is on the chip.
func (c *Chip) Hovered() bool { return c.hovered }

// visibleWords returns words as they may be shown.
func visibleWords(words []Word) []Word {
	words = slices.Clone(words)
	for i := range words {
		words[i].Text = phrase.VisibleLine(words[i].Text)
	}
	return words
}

// Says returns the words as one text.
func (c *Chip) Says() string {
	said := ""
	for i, w := range c.words {
		if i > 0 {
			said += " "
		}
		said += w.Text
	}
	return said
}

// SetPrimary changes whether the chip is the main action.
func (c *Chip) SetPrimary(primary bool) {
	if c.primary != primary {
		c.primary = primary
		c.Refresh()
	}
}

// PopUp shows a menu below the chip.
func (c *Chip) PopUp(items ...*fyne.MenuItem) {
	if on := fyne.CurrentApp().Driver().CanvasForObject(c); on != nil {
		widget.ShowPopUpMenuAtRelativePosition(fyne.NewMenu("", items...), on, fyne.NewPos(0, ChipHeight+4), c)
	}
}

// Enable lets the chip be used.
func (c *Chip) Enable() { c.setDisabled(false) }

// Disable keeps the chip from being used.
func (c *Chip) Disable() { c.setDisabled(true) }

// Disabled reports whether the chip cannot be used.
func (c *Chip) Disabled() bool { return c.disabled }

func (c *Chip) setDisabled(d bool) {
	if c.disabled != d {
		c.disabled = d
		c.Refresh()
	}
}

// Tapped does what the chip is for.
func (c *Chip) Tapped(*fyne.PointEvent) {
	if !c.disabled && c.OnTapped != nil {
		c.OnTapped()
	}
}

// MouseIn lights the chip up.
func (c *Chip) MouseIn(*desktop.MouseEvent) { c.hovered = true; c.Refresh() }

// MouseMoved does nothing.
func (c *Chip) MouseMoved(*desktop.MouseEvent) {}

// MouseOut darkens the chip again.
func (c *Chip) MouseOut() { c.hovered = false; c.Refresh() }

// FocusGained shows that keys go to the chip.
func (c *Chip) FocusGained() { c.focused = true; c.Refresh() }

// FocusLost ends it.
func (c *Chip) FocusLost() { c.focused = false; c.Refresh() }

// TypedKey presses the chip with Enter or Space, and passes other keys on.
func (c *Chip) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.Tapped(nil)
	default:
		PassKey(c, e)
	}
}

// TypedRune passes characters on.
func (c *Chip) TypedRune(r rune) { PassRune(c, r) }

// CreateRenderer draws the chip.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	f := &Face{Widget: c, Place: c.place, Min: c.min}
	f.Paint = func() { f.Parts = c.paint() }
	f.Paint()
	return f
}

// paint gives every part its look and returns the parts.
func (c *Chip) paint() []fyne.CanvasObject {
	c.paintBox()
	parts := []fyne.CanvasObject{c.box}
	if c.mark != nil {
		parts = append(parts, c.mark)
	}
	for i, name := range []IconName{c.before, c.after} {
		if name == "" {
			continue
		}
		if c.icons[i] == nil {
			c.icons[i] = NewIcon(name, ColorQuiet, 16)
		}
		c.icons[i].SetColor(c.ink(ColorQuiet))
		parts = append(parts, c.icons[i])
	}
	for len(c.lines) < len(c.words) {
		c.lines = append(c.lines, canvas.NewText("", nil))
	}
	c.lines = c.lines[:len(c.words)]
	for i, w := range c.words {
		w.Style.In(c.ink(w.Style.Color)).Apply(c.lines[i])
		c.lines[i].Text = w.Text
		parts = append(parts, c.lines[i])
	}
	return parts
}

func (c *Chip) paintBox() {
	c.box.CornerRadius = 6
	fill, stroke := ColorRaised, ColorLine
	switch {
	case c.primary && !c.disabled:
		fill, stroke = ColorAccent, ColorAccent
	case c.round:
		c.box.CornerRadius = ChipHeight / 2
		fill = ColorSurface
	}
	if c.chosen {
		fill, stroke = ColorRaised, ColorQuiet
	}
	if c.focused {
		stroke = ColorAccent
		if c.primary {
			stroke = ColorText
		}
	}
	c.box.FillColor, c.box.StrokeColor, c.box.StrokeWidth = Color(fill), Color(stroke), 1
	if c.hovered && !c.disabled {
		c.box.FillColor = Mix(Color(fill), Color(ColorText), 0.08)
	}
}

// ink returns the colour in which something of that colour is written on the chip.
func (c *Chip) ink(color fyne.ThemeColorName) fyne.ThemeColorName {
	switch {
	case c.disabled:
		return ColorFaint
	case c.primary:
		return ColorOnFill
	}
	return color
}

const (
	chipPadding = 10 // beside the words
	chipGap     = 5  // between words
	chipMark    = 8  // size of a mark
)

// place puts the words in the middle of a chip that is wider than they are, or before what room there is for an icon
// after them.
func (c *Chip) place(s fyne.Size) {
	c.box.Resize(s)
	x, spare := float32(chipPadding), max(s.Width-c.min().Width, 0)
	switch {
	case len(c.words) == 0:
		x = (s.Width - 16) / 2
	case c.after == "":
		x += spare / 2
	}
	icon := func(i *Icon) {
		i.Resize(fyne.NewSquareSize(16))
		i.Move(fyne.NewPos(x, (s.Height-16)/2))
		x += 16 + chipGap
	}
	if c.mark != nil {
		c.mark.Resize(fyne.NewSquareSize(chipMark))
		c.mark.Move(fyne.NewPos(x, (s.Height-chipMark)/2))
		x += chipMark + chipGap
	}
	if c.before != "" {
		if len(c.words) > 0 {
			x -= 4 // an icon has its own air
		}
		icon(c.icons[0])
	}
	for _, l := range c.lines {
		size := l.MinSize()
		l.Resize(size)
		l.Move(fyne.NewPos(x, (s.Height-size.Height)/2))
		x += size.Width + chipGap
	}
	if c.after != "" {
		x += spare
		icon(c.icons[1])
	}
}

func (c *Chip) min() fyne.Size {
	width := float32(0)
	for _, w := range c.words {
		width += w.Style.Width(w.Text) + chipGap
	}
	if c.mark != nil {
		width += chipMark + chipGap
	}
	if c.before != "" {
		width += 16 + chipGap - 4
	}
	if c.after != "" {
		width += 16 + chipGap - 4
	}
	if len(c.words) == 0 {
		return fyne.NewSize(ChipHeight, ChipHeight)
	}
	return fyne.NewSize(width-chipGap+2*chipPadding, ChipHeight)
}
