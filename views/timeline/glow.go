package timeline

import (
	"context"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// glow lights the relatives of what the pointer is over, and rings what the drawer shows: objects above the pictures, so
// that neither draws anything anew.
type glow struct {
	over  app.Item // what the pointer is over; nil: nothing
	lit   []lit
	spots []spot
	heads *fyne.Container // beside the names
	marks *fyne.Container // above the pictures
}

func newGlow() glow {
	return glow{heads: container.NewWithoutLayout(), marks: container.NewWithoutLayout()}
}

// The measures of what lights up.
const (
	glowEdge   = 3   // width of the edge beside a name
	glowTint   = 14  // opacity behind a lane's name
	glowLine   = 2   // thickness below bars
	glowRadius = 14  // of the ring around a mark
	glowAlpha  = 200 // of edges and rings, below the ring of what is selected
	ringWidth  = 1.5
)

// hover lights the relatives of what lies at a place.
func (f *field) hover(at fyne.Position) { f.light(f.pick(at)) }

// light lights the relatives of a thing; nil: nothing is lit. Which services took part in a trace the cache has to tell.
func (f *field) light(item app.Item) {
	if item == nil && f.glow.over == nil || item != nil && app.SameItem(f.glow.over, item) {
		return
	}
	f.glow.over = item
	f.glow.lit = f.scene.relatives(f.scene.tieOf(item))
	f.placeGlow()
	if l, ok := item.(app.Latency); ok {
		f.view.trace(l)
	}
}

// trace lights the relatives of a trace by what its spans say.
func (v *View) trace(l app.Latency) {
	ui.Load(&v.hovering, func(ctx context.Context) (app.Trace, error) {
		for t, err := range v.reader.Traces(ctx, app.TraceQuery{Scopes: []app.Scope{l.Place()}, ID: l.ID, Spans: true, Limit: 1}) {
			return t, err
		}
		return app.Trace{}, nil
	}, func(t app.Trace, err error) {
		if err == nil && app.SameItem(v.field.glow.over, l) {
			v.field.glow.lit = v.field.scene.relatives(traceTie(l, t, v.evidence.places))
			v.field.placeGlow()
		}
	})
}

// ring rings what the drawer shows.
func (f *field) ring() {
	f.glow.spots = f.scene.spots(f.view.session.Selected.Now())
	if f.glow.over != nil {
		f.glow.lit = f.scene.relatives(f.scene.tieOf(f.glow.over))
	}
}

// placeGlow puts what is lit and what is ringed in its place.
func (f *field) placeGlow() {
	f.glow.heads.Objects, f.glow.marks.Objects = nil, nil
	for _, l := range f.glow.lit {
		into := f.glow.marks
		if l.part == litHead || l.part == litRow {
			into = f.glow.heads
		}
		for _, o := range f.glowing(l) {
			if !f.under(l.lane, o.Position().Y) {
				into.Add(o)
			}
		}
	}
	for _, s := range f.glow.spots {
		if o := f.ringed(s); !f.under(s.lane, o.Position().Y) {
			f.glow.marks.Add(o)
		}
	}
	f.glow.heads.Refresh()
	f.glow.marks.Refresh()
}

// glowing returns the objects of a place that lights up, none where it is out of sight.
func (f *field) glowing(l lit) []fyne.CanvasObject {
	top, height, axis := f.top(l.lane), f.scene.heights[l.lane], f.view.axis
	accent := ui.Color(ui.ColorAccent)
	ink, tint := ui.Fade(accent, glowAlpha), ui.Fade(accent, glowTint)
	switch l.part {
	case litRow:
		y := top + l.middle - alarmRow/2
		return []fyne.CanvasObject{block(tint, 0, y, ui.LabelColWidth, alarmRow), block(ink, 0, y, glowEdge, alarmRow)}
	case litMark:
		return []fyne.CanvasObject{circle(ink, 1, markX(axis, l.within.From), top+l.middle, glowRadius)}
	case litStretch:
		from, to := max(axis.X(l.within.From), 0), min(axis.X(l.within.To), axis.Width)
		if to < from {
			return nil
		}
		return []fyne.CanvasObject{block(ink, from, top+height-1-glowLine, max(to-from, glowLine), glowLine)}
	}
	return []fyne.CanvasObject{block(tint, 0, top, ui.LabelColWidth, height-1), block(ink, 0, top, glowEdge, height-1)}
}

// ringed returns the ring around what is selected.
func (f *field) ringed(s spot) fyne.CanvasObject {
	top, axis, ink := f.top(s.lane), f.view.axis, ui.Color(ui.ColorAccent)
	if !s.whole && s.within.To.IsZero() {
		return circle(ink, ringWidth, inside(axis, axis.X(s.within.From), s.edge), top+(s.top+s.bottom)/2, (s.bottom-s.top)/2)
	}
	from, to := float32(1), axis.Width-1
	if !s.whole {
		from, to = axis.X(s.within.From)-ringAir, axis.X(s.within.To)+ringAir-1
	}
	r := block(color.Transparent, from, top+s.top, to-from, s.bottom-s.top)
	r.StrokeColor, r.StrokeWidth, r.CornerRadius = ink, ringWidth, 3
	return r
}

func block(fill color.Color, x, y, width, height float32) *canvas.Rectangle {
	r := canvas.NewRectangle(fill)
	r.Move(fyne.NewPos(x, y))
	r.Resize(fyne.NewSize(width, height))
	return r
}

func circle(stroke color.Color, width, x, y, radius float32) *canvas.Circle {
	c := canvas.NewCircle(color.Transparent)
	c.StrokeColor, c.StrokeWidth = stroke, width
	c.Move(fyne.NewPos(x-radius, y-radius))
	c.Resize(fyne.NewSquareSize(2 * radius))
	return c
}
