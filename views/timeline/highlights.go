package timeline

import (
	"context"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/ui"
)

// highlights mark what is related to what the pointer is over, and ring what the drawer shows. They are objects above
// the pictures, which need not be drawn again.
type highlights struct {
	over   app.Item // what the pointer is over; nil: nothing
	places []highlight
	rings  []ring
	names  *fyne.Container // beside the names
	marks  *fyne.Container // above the pictures
}

// ring is where the thing that the drawer shows lies in a row.
type ring struct {
	row int
	at  lane.Spot
}

func newHighlights() highlights {
	return highlights{names: container.NewWithoutLayout(), marks: container.NewWithoutLayout()}
}

// The measures of what lights up.
const (
	highlightEdge   = 3   // width of the edge beside a name
	highlightTint   = 14  // opacity behind a lane's name
	highlightLine   = 2   // thickness below bars
	highlightRadius = 14  // of the ring around a mark
	highlightAlpha  = 200 // of edges and rings, below the ring of what is selected
	ringWidth       = 1.5
	ringGap         = 2 // from what it is around to its sides
)

// hover lights up what is related to what lies at a place.
func (f *field) hover(at fyne.Position) { f.highlight(f.pick(at)) }

// highlight marks what is related to a thing; nil: nothing. The services of a trace are read from the cache.
func (f *field) highlight(item app.Item) {
	over := f.highlights.over
	if item == nil && over == nil || item != nil && app.SameItem(over, item) {
		return
	}
	f.highlights.over = item
	f.highlights.places = f.scene.related(f.scene.relationOf(item))
	f.placeHighlights()
	if l, ok := item.(app.Latency); ok {
		f.view.highlightTrace(l)
	}
}

// highlightTrace lights up what is related to a trace by what its spans say.
func (v *View) highlightTrace(l app.Latency) {
	ui.Load(&v.loads.trace, func(ctx context.Context) (app.Trace, error) {
		q := app.TraceQuery{Scopes: []app.Scope{l.Place()}, ID: l.ID, Spans: true, Limit: 1}
		for t, err := range v.reader.Traces(ctx, q) {
			return t, err
		}
		return app.Trace{}, nil
	}, func(t app.Trace, err error) {
		if err == nil && app.SameItem(v.field.highlights.over, l) {
			v.field.highlights.places = v.field.scene.related(traceRelation(l, t, v.snapshot.places))
			v.field.placeHighlights()
		}
	})
}

// ringSelected rings what the drawer shows. A collapsed row shows none.
func (f *field) ringSelected() {
	h, selected := &f.highlights, f.view.session.Selected.Now()
	h.rings = nil
	for i, r := range f.scene.rows {
		if at, ok := lane.Find(r.lane, selected, r.height); ok && !r.collapsed {
			h.rings = append(h.rings, ring{i, at})
		}
	}
	if h.over != nil {
		h.places = f.scene.related(f.scene.relationOf(h.over))
	}
}

// placeHighlights puts what is lit up and what is ringed in its place.
func (f *field) placeHighlights() {
	f.highlights.names.Objects, f.highlights.marks.Objects = nil, nil
	for _, h := range f.highlights.places {
		into := f.highlights.marks
		if h.part == highlightName || h.part == highlightRow {
			into = f.highlights.names
		}
		for _, o := range f.lit(h) {
			if !f.under(h.row, o.Position().Y) {
				into.Add(o)
			}
		}
	}
	for _, r := range f.highlights.rings {
		if o := f.ringed(r); !f.under(r.row, o.Position().Y) {
			f.highlights.marks.Add(o)
		}
	}
	f.highlights.names.Refresh()
	f.highlights.marks.Refresh()
}

// lit returns the objects of a place that lights up, none where it is out of sight.
func (f *field) lit(h highlight) []fyne.CanvasObject {
	top, height, axis := f.top(h.row), f.scene.rows[h.row].height, f.view.axis
	accent := ui.Color(ui.ColorAccent)
	ink, tint := ui.Fade(accent, highlightAlpha), ui.Fade(accent, highlightTint)
	switch h.part {
	case highlightRow:
		y := top + h.middle - lane.RowHeight/2
		return []fyne.CanvasObject{
			block(tint, 0, y, ui.LabelColWidth, lane.RowHeight), block(ink, 0, y, highlightEdge, lane.RowHeight),
		}
	case highlightMark:
		return []fyne.CanvasObject{circle(ink, 1, lane.MarkX(axis, h.within.From), top+h.middle, highlightRadius)}
	case highlightStretch:
		from, to := max(axis.X(h.within.From), 0), min(axis.X(h.within.To), axis.Width)
		if to < from {
			return nil
		}
		return []fyne.CanvasObject{
			block(ink, from, top+height-1-highlightLine, max(to-from, highlightLine), highlightLine),
		}
	}
	return []fyne.CanvasObject{
		block(tint, 0, top, ui.LabelColWidth, height-1), block(ink, 0, top, highlightEdge, height-1),
	}
}

// ringed returns the ring around what is selected.
func (f *field) ringed(r ring) fyne.CanvasObject {
	top, axis, ink := f.top(r.row), f.view.axis, ui.Color(ui.ColorAccent)
	if !r.at.Whole && r.at.Within.To.IsZero() {
		x := lane.Inside(axis, axis.X(r.at.Within.From), r.at.Edge)
		return circle(ink, ringWidth, x, top+(r.at.Top+r.at.Bottom)/2, (r.at.Bottom-r.at.Top)/2)
	}
	from, to := float32(1), axis.Width-1
	if !r.at.Whole {
		from, to = axis.X(r.at.Within.From)-ringGap, axis.X(r.at.Within.To)+ringGap-1
	}
	o := block(color.Transparent, from, top+r.at.Top, to-from, r.at.Bottom-r.at.Top)
	o.StrokeColor, o.StrokeWidth, o.CornerRadius = ink, ringWidth, 3
	return o
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
