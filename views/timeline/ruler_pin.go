package timeline

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/nephograph/nephograph/views/ui"
)

// pinTag is the time of the instant that is measured against, and how far the crosshair is from it, in the ruler.
type pinTag struct {
	tag     *canvas.Rectangle
	time    *canvas.Text
	between *canvas.Text // how far, where there is room between the two times
}

func newPinTag() pinTag {
	text := func() *canvas.Text { return canvas.NewText("", color.Transparent) }
	p := pinTag{canvas.NewRectangle(color.Transparent), text(), text()}
	p.tag.CornerRadius, p.tag.StrokeWidth = 4, 1
	for _, o := range []fyne.CanvasObject{p.tag, p.time, p.between} {
		o.Hide()
	}
	return p
}

func (p pinTag) paint() {
	p.tag.FillColor, p.tag.StrokeColor = ui.Color(ui.ColorSurface), ui.Color(ui.ColorAccent)
	ui.Strong.Apply(p.time)
	ui.Strong.In(ui.ColorAccent).Apply(p.between)
}

// stretchOf is a part of the ruler's width.
type stretchOf struct{ left, right float32 }

// tagAir is beside a time in its tag, and between two tags.
const tagAir = 7

// centred returns where a tag of that width stands for an instant.
func (r *ruler) centred(at time.Time, width float32) float32 {
	return min(max(plotLeft+r.axis.X(at)-width/2, ui.LabelColWidth), r.Size().Width-width)
}

// pinWidth is that of the tag of the pin, 0 where there is none to show.
func (r *ruler) pinWidth(from time.Time) float32 {
	if x := r.axis.X(from); from.IsZero() || x < 0 || x > r.axis.Width {
		return 0
	}
	return ui.Strong.Width(pointText(from, r.axis.Range.Length(), r.zone)) + 2*tagAir
}

// tagLeft returns where the tag of the crosshair stands: at its instant, or beside that of the pin.
func (r *ruler) tagLeft(at, from time.Time, width float32) float32 {
	left, pin := r.centred(at, width), r.pinWidth(from)
	if pin == 0 {
		return left
	}
	there := r.centred(from, pin)
	if left+width+tagAir/2 < there || there+pin+tagAir/2 < left {
		return left
	}
	before, after := there-tagAir/2-width, there+pin+tagAir/2
	if at.Before(from) && before >= ui.LabelColWidth || after+width > r.Size().Width {
		return before
	}
	return after
}

// gap returns what lies between the times of the crosshair and of the pin, nothing where there is no pin.
func (r *ruler) gap(at, from time.Time) stretchOf {
	pin := r.pinWidth(from)
	if pin == 0 {
		return stretchOf{}
	}
	own := ui.Strong.Width(pointText(at, r.axis.Range.Length(), r.zone)) + 2*tagAir
	left, there := r.tagLeft(at, from, own), r.centred(from, pin)
	if left < there {
		return stretchOf{left + own, there}
	}
	return stretchOf{there + pin, left}
}

// hasRoom reports whether how far the crosshair is from the pin can stand between their times.
func (r *ruler) hasRoom(at, from time.Time) bool {
	gap := r.gap(at, from)
	return gap.right-gap.left >= ui.Strong.Width(apart(from, at))+2*tagAir
}

// placePin puts the pin's time in its place, and how far the crosshair is from it between both, and returns what they
// cover.
func (r *ruler) placePin(at, from time.Time, between bool) []stretchOf {
	width := r.pinWidth(from)
	if width == 0 {
		r.unpin()
		return nil
	}
	r.pin.time.Text = pointText(from, r.axis.Range.Length(), r.zone)
	left := r.centred(from, width)
	r.pin.tag.Move(fyne.NewPos(left, 2))
	r.pin.tag.Resize(fyne.NewSize(width, rulerHeight-7))
	r.put(r.pin.time, left+tagAir)
	covered := []stretchOf{{left, left + width}}
	if between {
		r.pin.between.Text = apart(from, at)
		own := r.pin.between.MinSize().Width
		gap := r.gap(at, from)
		middle := (gap.left + gap.right) / 2
		r.put(r.pin.between, middle-own/2)
		covered = append(covered, stretchOf{middle - own/2 - tagAir, middle + own/2 + tagAir})
	}
	ui.SetShown(r.pin.tag, true)
	ui.SetShown(r.pin.time, true)
	ui.SetShown(r.pin.between, between)
	return covered
}

// put puts a text into the height of the tags, and draws it.
func (r *ruler) put(t *canvas.Text, left float32) {
	size := t.MinSize()
	t.Resize(size)
	t.Move(fyne.NewPos(left, 2+(rulerHeight-7-size.Height)/2))
	t.Refresh()
}

func (r *ruler) unpin() {
	ui.SetShown(r.pin.tag, false)
	ui.SetShown(r.pin.time, false)
	ui.SetShown(r.pin.between, false)
}

// uncover hides the labels that stretches of the ruler would cut through, and shows the others.
func (r *ruler) uncover(covered ...stretchOf) {
	r.covered = covered
	for _, l := range r.labels {
		left, shown := l.Position().X, true
		for _, s := range covered {
			shown = shown && (left > s.right || left+l.MinSize().Width < s.left)
		}
		ui.SetShown(l, shown)
	}
}

// Tapped pins the crosshair at an instant of the ruler, or lets it go.
func (r *ruler) Tapped(e *fyne.PointEvent) {
	if x := e.Position.X - plotLeft; r.tapped != nil && x >= 0 && x <= r.axis.Width {
		r.tapped(r.axis.Time(x))
	}
}
