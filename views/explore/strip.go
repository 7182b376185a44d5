package explore

import (
	"image"
	"image/color"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/ui"
)

// Measures of the strip.
const (
	volumeHeight = 76 // of a lane
	headHeight   = 20 // of the words above a lane that is named
	ticksHeight  = 18
	tickGap      = 84 // least distance of two ticks
	stripInset   = 12 // at both ends
	leastBrush   = 4  // least width of a brushed window in pixels; less is a click by an unsteady hand
	nearPointer  = 6  // pixels from the pointer within which a lane's readout looks for something
)

// picture is a lane drawn away from the UI goroutine.
type picture struct {
	axis  chart.Axis
	lane  lane.Lane
	image image.Image
}

// paint draws a lane, which may be nil.
func paint(l lane.Lane, axis chart.Axis, height, scale float32, colors chart.Palette) picture {
	p := picture{axis: axis, lane: l}
	if l != nil && axis.Width > 0 {
		on := chart.NewPicture(axis, height, scale, colors)
		l.Paint(on)
		p.image = on.Image()
	}
	return p
}

// strip is a lane over the window, with times below it. A drag selects a window, a click opens what lies under the
// pointer.
type strip struct {
	widget.BaseWidget
	height float32 // of the lane
	chosen func(app.Range)
	open   func(app.Item)
	zone   func() *time.Location

	picture picture
	img     *canvas.Image
	brush   *canvas.Rectangle
	hair    *canvas.Rectangle
	said    *canvas.Text
	back    *canvas.Rectangle
	from    float32 // where a drag began; negative: none
	to      float32
	under   float32 // the pointer; negative: elsewhere
	face    *ui.Face
}

func newStrip(height float32, chosen func(app.Range), open func(app.Item), zone func() *time.Location) *strip {
	clear := func() *canvas.Rectangle { return canvas.NewRectangle(color.Transparent) }
	s := &strip{height: height, chosen: chosen, open: open, zone: zone, img: &canvas.Image{}, brush: clear(),
		hair: clear(), back: clear(),
		said: canvas.NewText("", color.Transparent), from: -1, under: -1}
	s.img.FillMode, s.img.ScaleMode = canvas.ImageFillStretch, canvas.ImageScaleFastest
	s.ExtendBaseWidget(s)
	return s
}

// width is how wide the lane is drawn on a strip of that width.
func (s *strip) width() float32 { return max(s.Size().Width-2*stripInset, 0) }

// show shows another picture.
func (s *strip) show(p picture) {
	s.picture = p
	s.img.Image = p.image
	s.img.Refresh()
	s.Refresh()
}

// CreateRenderer draws the strip.
func (s *strip) CreateRenderer() fyne.WidgetRenderer {
	s.face = &ui.Face{Widget: s, Min: func() fyne.Size { return fyne.NewSize(200, s.top()+s.height+ticksHeight) }}
	s.face.Place = func(size fyne.Size) { s.face.Parts = s.draw(size) }
	return s.face
}

func (s *strip) draw(size fyne.Size) []fyne.CanvasObject {
	axis := chart.Axis{Range: s.picture.axis.Range, Width: size.Width - 2*stripInset}
	var parts []fyne.CanvasObject
	if s.picture.image != nil {
		s.img.Move(fyne.NewPos(stripInset, s.top()))
		s.img.Resize(fyne.NewSize(axis.Width, s.height))
		parts = append(parts, s.img)
		if s.named() {
			parts = append(parts, s.words(axis)...)
		}
	}
	base := ui.NewHairline()
	base.Move(fyne.NewPos(stripInset, s.top()+s.height))
	base.Resize(fyne.NewSize(axis.Width, 1))
	parts = append(parts, base)
	for _, t := range axis.Ticks(s.zone(), tickGap) {
		label := canvas.NewText(t.Label, color.Transparent)
		ui.Note.Apply(label)
		x := stripInset + axis.X(t.At) - label.MinSize().Width/2
		if x < 0 || x+label.MinSize().Width > size.Width {
			continue
		}
		label.Move(fyne.NewPos(x, s.top()+s.height+1))
		label.Resize(label.MinSize())
		parts = append(parts, label)
	}
	return append(parts, s.pointed(axis)...)
}

// named reports whether the lane's name and scale are written: a volume needs neither.
func (s *strip) named() bool { return s.height > volumeHeight }

// top is where the lane begins.
func (s *strip) top() float32 {
	if s.named() {
		return headHeight
	}
	return 0
}

// words returns the lane's name and what it measures above it, the ends of its scale, and its notes.
func (s *strip) words(axis chart.Axis) (parts []fyne.CanvasObject) {
	put := func(text string, style ui.Style, x, middle float32) float32 {
		t := canvas.NewText(text, color.Transparent)
		style.Apply(t)
		size := t.MinSize()
		t.Move(fyne.NewPos(x, middle-size.Height/2))
		t.Resize(size)
		parts = append(parts, t)
		return x + size.Width
	}
	h := s.picture.lane.Head()
	x := put(strings.TrimSpace(h.Of+" "+h.Name), ui.Head, stripInset, headHeight/2)
	x = put(h.Measures, ui.Note, x+10, headHeight/2)
	for _, k := range h.Keys {
		x = put(k.Word, ui.Small.In(k.Ink), x+10, headHeight/2)
	}
	right := func(text string, middle float32) {
		put(text, ui.Note, stripInset+axis.Width-ui.Note.Width(text), middle)
	}
	right(h.Top, headHeight/2)
	right(h.Bottom, headHeight+s.height-8)
	for _, n := range s.picture.lane.Notes(s.height) {
		left, end := n.Place(axis)
		if text := n.Style.Fit(n.Text, max(end-left-n.Inset, 0)); text != "…" || n.Loose {
			put(text, n.Style, stripInset+left+n.Inset, headHeight+n.Middle)
		}
	}
	return parts
}

// pointed returns the brush, or the crosshair with what the lane says there.
func (s *strip) pointed(axis chart.Axis) []fyne.CanvasObject {
	if s.from >= 0 {
		left, right := max(min(s.from, s.to), 0), min(max(s.from, s.to), axis.Width)
		s.brush.FillColor = ui.Fade(ui.Color(ui.ColorAccent), 50)
		s.brush.Move(fyne.NewPos(stripInset+left, s.top()))
		s.brush.Resize(fyne.NewSize(max(right-left, 1), s.height))
		return []fyne.CanvasObject{s.brush}
	}
	if s.under < 0 || s.under > axis.Width || s.picture.lane == nil {
		return nil
	}
	s.hair.FillColor = ui.Color(ui.ColorQuiet)
	s.hair.Move(fyne.NewPos(stripInset+s.under, s.top()))
	s.hair.Resize(fyne.NewSize(1, s.height))
	at := axis.Time(s.under)
	ui.Small.Apply(s.said)
	s.said.Text = at.In(s.zone()).Format("15:04:05")
	if there := s.picture.lane.Readout(at, axis.Wide(nearPointer)); there != "" {
		s.said.Text += "  " + there
	}
	wide := s.said.MinSize().Width
	x := stripInset + s.under + 8
	if x+wide > axis.Width+stripInset {
		x = stripInset + s.under - 8 - wide
	}
	s.said.Move(fyne.NewPos(x, s.top()+2))
	s.said.Resize(s.said.MinSize())
	s.back.FillColor, s.back.CornerRadius = ui.Fade(ui.Color(ui.ColorBackground), 210), 3
	s.back.Move(fyne.NewPos(x-4, s.top()+1))
	s.back.Resize(fyne.NewSize(wide+8, s.said.MinSize().Height+2))
	return []fyne.CanvasObject{s.hair, s.back, s.said}
}

// Dragged draws the brush.
func (s *strip) Dragged(e *fyne.DragEvent) {
	if s.from < 0 {
		s.from = e.Position.X - e.Dragged.DX - stripInset
	}
	s.to = e.Position.X - stripInset
	s.Refresh()
}

// DragEnd chooses the window that was brushed.
func (s *strip) DragEnd() {
	axis := chart.Axis{Range: s.picture.axis.Range, Width: s.width()}
	left, right := max(min(s.from, s.to), 0), min(max(s.from, s.to), axis.Width)
	s.from = -1
	if right-left >= leastBrush {
		s.chosen(app.Range{From: axis.Time(left), To: axis.Time(right)})
	}
	s.Refresh()
}

// Tapped opens what lies under the pointer.
func (s *strip) Tapped(e *fyne.PointEvent) {
	if s.picture.lane == nil {
		return
	}
	axis := chart.Axis{Range: s.picture.axis.Range, Width: s.width()}
	at := fyne.NewPos(e.Position.X-stripInset, e.Position.Y-s.top())
	if item := s.picture.lane.Pick(axis, s.height, at); item != nil {
		s.open(item)
	}
}

// MouseIn follows the pointer.
func (s *strip) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }

// MouseMoved follows the pointer.
func (s *strip) MouseMoved(e *desktop.MouseEvent) {
	s.under = e.Position.X - stripInset
	s.Refresh()
}

// MouseOut hides the crosshair.
func (s *strip) MouseOut() { s.under = -1; s.Refresh() }

// Cursor is a crosshair: a drag selects.
func (s *strip) Cursor() desktop.Cursor { return desktop.CrosshairCursor }
