package explore

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/ui"
)

// Measures of the row of tabs.
const (
	tabHeight = 28
	tabGap    = 22 // between tabs
	tabPad    = 2  // of the line under a tab, beyond its words
	tabLine   = 2  // its height
	countGap  = 6  // between the name and the count
)

// tabBar is the row of tabs in the head of a screen; the one of the screen itself is underlined.
type tabBar struct {
	widget.BaseWidget
	tabs  *Tabs
	own   int
	over  int // the tab under the pointer; -1: none
	ends  []float32
	words []*canvas.Text // the name and the count of each
	line  *canvas.Rectangle
	face  *ui.Face
}

func newTabBar(t *Tabs, own int) *tabBar {
	b := &tabBar{tabs: t, own: own, over: -1, line: canvas.NewRectangle(color.Transparent)}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer draws the tabs.
func (b *tabBar) CreateRenderer() fyne.WidgetRenderer {
	b.face = &ui.Face{Widget: b, Min: func() fyne.Size { return fyne.NewSize(b.draw(), tabHeight) }}
	b.face.Place = func(fyne.Size) { b.draw() }
	return b.face
}

// draw places the words and returns how wide they are.
func (b *tabBar) draw() float32 {
	all := b.tabs.words()
	for len(b.words) < 2*len(all) {
		b.words = append(b.words, canvas.NewText("", color.Transparent))
	}
	b.face.Parts, b.ends = b.face.Parts[:0], b.ends[:0]
	x := float32(tabPad)
	for i, said := range all {
		from := x
		x = b.put(b.words[2*i], said[0], b.nameStyle(i), x)
		if said[1] != "" {
			x = b.put(b.words[2*i+1], said[1], ui.Quiet, x+countGap)
		}
		if i == b.own {
			b.line.FillColor = ui.Color(ui.ColorAccent)
			b.line.Move(fyne.NewPos(from-tabPad, tabHeight-tabLine))
			b.line.Resize(fyne.NewSize(x-from+2*tabPad, tabLine))
			b.face.Parts = append(b.face.Parts, b.line)
		}
		b.ends = append(b.ends, x+tabGap/2)
		x += tabGap
	}
	return x - tabGap + tabPad
}

func (b *tabBar) nameStyle(i int) ui.Style {
	if i == b.own || i == b.over {
		return ui.Body
	}
	return ui.Quiet
}

// put places a text and returns where it ends.
func (b *tabBar) put(t *canvas.Text, text string, style ui.Style, x float32) float32 {
	style.Apply(t)
	t.Text = text
	size := t.MinSize()
	t.Resize(size)
	t.Move(fyne.NewPos(x, (tabHeight-tabLine-size.Height)/2))
	b.face.Parts = append(b.face.Parts, t)
	return x + size.Width
}

// tabAt returns the tab at a place.
func (b *tabBar) tabAt(x float32) int {
	for i, end := range b.ends {
		if x < end {
			return i
		}
	}
	return -1
}

// Tapped shows the screen of a tab.
func (b *tabBar) Tapped(e *fyne.PointEvent) {
	if i := b.tabAt(e.Position.X); i >= 0 {
		b.tabs.Choose(i)
	}
}

func (b *tabBar) hover(i int) {
	if i != b.over {
		b.over = i
		b.Refresh()
	}
}

// MouseIn follows the pointer.
func (b *tabBar) MouseIn(e *desktop.MouseEvent) { b.hover(b.tabAt(e.Position.X)) }

// MouseMoved follows the pointer.
func (b *tabBar) MouseMoved(e *desktop.MouseEvent) { b.hover(b.tabAt(e.Position.X)) }

// MouseOut darkens the tabs again.
func (b *tabBar) MouseOut() { b.hover(-1) }

// Cursor is a hand.
func (b *tabBar) Cursor() desktop.Cursor { return desktop.PointerCursor }
