package traces

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// The measures of a waterfall in the drawer.
const (
	barRow    = 20
	barHeight = 8
	barNames  = 132 // for names
	barTimes  = 56  // for how long each took
	barStep   = 8   // by which each call is set in
	barDeep   = 6   // steps at most: what lies deeper is not set in further
	barCursor = 40  // the opacity behind the row that the keys are at
	barEdge   = 2   // at the left of the row that the keys are at
	leastBar  = 2
)

var barName = ui.Style{Color: ui.ColorText, Size: 11}

// waterfallPicture draws the rows of a waterfall: the name, the bar on the trace's axis, and how long it took. A row
// opens its span. The drawer has one for all traces, so that the keyboard stays with it when a page is drawn anew.
type waterfallPicture struct {
	widget.BaseWidget
	bars []bar
	open func(bar)
	on   fyne.Canvas
	went func(top, bottom float32) // the keys are at the row that reaches from there to there

	row   string      // the span that the keys are at; "": the first
	keyed bool        // it has the keyboard
	glow  *ui.Surface // behind the row below the pointer
	at    *ui.Surface // behind the row that the keys are at
	edge  *ui.Surface // at its left
	names []*canvas.Text
	takes []*canvas.Text
	lines []*canvas.Rectangle
}

func newWaterfallPicture() *waterfallPicture {
	w := &waterfallPicture{
		glow: ui.NewSurface(ui.ColorRaised), at: ui.NewSurface(ui.ColorAccent), edge: ui.NewSurface(ui.ColorAccent)}
	w.at.SetColor(ui.ColorAccent, barCursor)
	w.glow.Hide()
	w.ExtendBaseWidget(w)
	return w
}

// show takes the rows of a trace; the keys stay at their span.
func (w *waterfallPicture) show(bars []bar, open func(bar)) {
	w.bars, w.open = bars, open
	w.Refresh()
}

// rowAt returns the index of the row at a height; false below the last.
func (w *waterfallPicture) rowAt(y float32) (i int, ok bool) {
	i = int(y / barRow)
	return i, y >= 0 && i < len(w.bars)
}

// Tapped opens the span of the row.
func (w *waterfallPicture) Tapped(e *fyne.PointEvent) {
	if i, ok := w.rowAt(e.Position.Y); ok {
		w.row = w.bars[i].id
		w.open(w.bars[i])
	}
}

// MouseIn lights a row up.
func (w *waterfallPicture) MouseIn(e *desktop.MouseEvent) { w.MouseMoved(e) }

// MouseMoved lights the row below the pointer up.
func (w *waterfallPicture) MouseMoved(e *desktop.MouseEvent) {
	i, ok := w.rowAt(e.Position.Y)
	ui.SetShown(w.glow, ok)
	w.placeRow(w.glow, i, w.Size().Width)
}

// MouseOut ends it.
func (w *waterfallPicture) MouseOut() { w.glow.Hide() }

// CreateRenderer draws the rows.
func (w *waterfallPicture) CreateRenderer() fyne.WidgetRenderer {
	f := &ui.Face{Widget: w, Place: w.place, Min: func() fyne.Size {
		return fyne.NewSize(barNames+barTimes+40, float32(len(w.bars))*barRow)
	}}
	f.Paint = func() { f.Parts = w.paint() }
	f.Paint()
	return f
}

// paint returns the parts, of which each row has three.
func (w *waterfallPicture) paint() []fyne.CanvasObject {
	for len(w.names) < len(w.bars) {
		w.names = append(w.names, canvas.NewText("", color.Transparent))
		w.takes = append(w.takes, canvas.NewText("", color.Transparent))
		w.lines = append(w.lines, canvas.NewRectangle(color.Transparent))
	}
	ui.SetShown(w.at, w.keyed)
	ui.SetShown(w.edge, w.keyed)
	parts := []fyne.CanvasObject{w.at, w.edge, w.glow}
	for i := range w.bars {
		parts = append(parts, w.lines[i], w.names[i], w.takes[i])
	}
	return parts
}

// barGlow is how far what lies behind a row reaches beyond it.
const barGlow = 6

func (w *waterfallPicture) placeRow(o fyne.CanvasObject, i int, width float32) {
	o.Move(fyne.NewPos(-barGlow, float32(i)*barRow))
	o.Resize(fyne.NewSize(width+2*barGlow, barRow))
}

func (w *waterfallPicture) place(size fyne.Size) {
	w.placeRow(w.at, w.cursor(), size.Width)
	w.edge.Move(w.at.Position())
	w.edge.Resize(fyne.NewSize(barEdge, barRow))
	room := size.Width - barNames - barTimes
	for i, b := range w.bars {
		middle := float32(i)*barRow + barRow/2
		inset := float32(min(b.depth, barDeep)) * barStep
		style, ink := barName, ui.Color(ui.ColorSeries1)
		took := phrase.Amount(b.took.Seconds(), "Seconds")
		switch b.failed {
		case "fault":
			style, ink = barName.In(ui.ColorAlarm), ui.Color(ui.ColorAlarm)
		case "throttled", "error":
			style, ink = barName.In(ui.ColorWarning), ui.Color(ui.ColorWarning)
		}
		if b.open {
			took = "open"
			ink = ui.Fade(ink, 110)
		}
		putText(w.names[i], b.label(), style, inset, middle, barNames-inset-8)
		putText(w.takes[i], took, barName.In(ui.ColorQuiet), 0, middle, barTimes)
		w.takes[i].Move(fyne.NewPos(size.Width-w.takes[i].MinSize().Width, w.takes[i].Position().Y))
		w.lines[i].FillColor, w.lines[i].CornerRadius = ink, 2
		w.lines[i].Move(fyne.NewPos(barNames+float32(b.from)*room, middle-barHeight/2))
		w.lines[i].Resize(fyne.NewSize(max(float32(b.to-b.from)*room, leastBar), barHeight))
	}
}

// label is the name of a row, with how many calls it stands for, and a mark where it failed: colour alone tells nobody.
func (b bar) label() string {
	name := b.name
	if b.failed != "" {
		name = "✕ " + name
	}
	if b.count > 1 {
		name += fmt.Sprintf(" × %d", b.count)
	}
	return name
}

func putText(t *canvas.Text, text string, style ui.Style, x, middle, width float32) {
	style.Apply(t)
	t.Text = style.Fit(text, width)
	size := t.MinSize()
	t.Resize(size)
	t.Move(fyne.NewPos(x, middle-size.Height/2))
}
