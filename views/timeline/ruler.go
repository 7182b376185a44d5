package timeline

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

const (
	rulerHeight = 26
	tickLength  = 5
)

// ruler is the axis in words, above the lanes, with the crosshair's time on it.
type ruler struct {
	widget.BaseWidget
	axis chart.Axis
	zone *time.Location

	ground, line *canvas.Rectangle
	labels       []*canvas.Text
	tag          *canvas.Rectangle
	time         *canvas.Text
	covered      []stretchOf // of the ruler that times lie over
	pin          pinTag
	tapped       func(time.Time) // what a click on an instant does; nil: nothing
}

func newRuler() *ruler {
	rectangle := func() *canvas.Rectangle { return canvas.NewRectangle(color.Transparent) }
	r := &ruler{
		zone: time.UTC, ground: rectangle(), line: rectangle(), tag: rectangle(),
		time: canvas.NewText("", color.Transparent),
	}
	r.tag.CornerRadius = 4
	r.tag.Hide()
	r.time.Hide()
	r.pin = newPinTag()
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer draws the ruler.
func (r *ruler) CreateRenderer() fyne.WidgetRenderer {
	f := &ui.Face{Widget: r, Min: func() fyne.Size { return fyne.NewSize(plotLeft+leastPlot+plotRight, rulerHeight) }}
	f.Place = func(size fyne.Size) { f.Parts = r.place(size) }
	return f
}

// show labels another axis.
func (r *ruler) show(axis chart.Axis, zone *time.Location) {
	r.axis, r.zone = axis, zone
	r.Refresh()
}

func (r *ruler) place(size fyne.Size) []fyne.CanvasObject {
	r.ground.FillColor, r.line.FillColor = ui.Color(ui.ColorSurface), ui.Color(ui.ColorLine)
	r.tag.FillColor = ui.Color(ui.ColorAccent)
	ui.Style{Color: ui.ColorOnFill, Size: ui.TextSmall, Bold: true}.Apply(r.time)
	r.ground.Resize(size)
	r.line.Move(fyne.NewPos(0, size.Height-1))
	r.line.Resize(fyne.NewSize(size.Width, 1))
	parts := []fyne.CanvasObject{r.ground, r.line}
	r.labels = nil
	for _, t := range r.axis.Ticks(r.zone, gridGap) {
		parts = append(parts, r.tick(t, size)...)
	}
	r.uncover(r.covered...)
	r.pin.paint()
	return append(parts, r.pin.between, r.pin.tag, r.pin.time, r.tag, r.time)
}

// tick returns the mark and the label of a tick; a label that would be cut off at an end is left out.
func (r *ruler) tick(t chart.Tick, size fyne.Size) []fyne.CanvasObject {
	x := plotLeft + r.axis.X(t.At)
	mark := canvas.NewRectangle(ui.Color(ui.ColorFaint))
	mark.Move(fyne.NewPos(x, size.Height-1-tickLength))
	mark.Resize(fyne.NewSize(1, tickLength))
	style := ui.Note
	if t.Day {
		style = ui.Strong
	}
	label := newText(t.Label, style)
	half := label.MinSize().Width / 2
	if x-half < plotLeft-8 || x+half > size.Width {
		return []fyne.CanvasObject{mark}
	}
	label.Move(fyne.NewPos(x-half, (size.Height-tickLength-label.MinSize().Height)/2+1))
	r.labels = append(r.labels, label)
	return []fyne.CanvasObject{mark, label}
}

// point shows the crosshair's time, or nothing; and how long after the pin it is, where there is one.
func (r *ruler) point(at, from time.Time, shown bool) {
	x := r.axis.X(at)
	shown = shown && x >= 0 && x <= r.axis.Width
	ui.SetShown(r.tag, shown)
	ui.SetShown(r.time, shown)
	if !shown {
		r.uncover()
		r.unpin()
		return
	}
	text := pointText(at, r.axis.Range.Length(), r.zone)
	between := r.hasRoom(at, from)
	if !from.IsZero() && !between {
		text += "  " + apart(from, at)
	}
	if text != r.time.Text {
		r.time.Text = text
		r.time.Refresh()
	}
	size := r.time.MinSize()
	width := size.Width + 14
	left := r.tagLeft(at, from, width)
	r.tag.Move(fyne.NewPos(left, 2))
	r.tag.Resize(fyne.NewSize(width, rulerHeight-7))
	r.uncover(append(r.placePin(at, from, between), stretchOf{left, left + width})...)
	r.time.Resize(size)
	r.time.Move(fyne.NewPos(left+7, 2+(rulerHeight-7-size.Height)/2))
}

// pointText tells an instant as exactly as a window of that length can mean it.
func pointText(at time.Time, length time.Duration, zone *time.Location) string {
	at = at.In(zone)
	switch {
	case length > 24*time.Hour:
		return at.Format("2 Jan 15:04")
	case length < 5*time.Minute:
		return at.Format("15:04:05.0")
	}
	return at.Format("15:04:05")
}

// apart says how long after one instant another is, or how long before it: "+8 min 12 s".
func apart(from, to time.Time) string {
	d := to.Sub(from).Round(time.Second)
	if d < 0 {
		return "−" + phrase.Window(-d)
	}
	return "+" + phrase.Window(d)
}
