package explore

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// Measures of the column of facets.
const (
	facetsWidth = 212
	facetInset  = 12
	facetRow    = 22
	facetGap    = 12 // above a title
	facetMark   = 8
)

// facets lists the facets of what was found. A click on a value filters for it, with Alt it filters it out; a value
// that the query names already is taken out of it.
type facets struct {
	widget.BaseWidget
	filter func(term string, out bool)
	leave  func() // Escape

	all     []Facet
	query   string
	cursor  int // row of the keys; -1: they are elsewhere
	hovered int // row under the pointer, -1: none
	alt     bool
	face    *ui.Face
}

func newFacets(filter func(term string, out bool), leave func()) *facets {
	f := &facets{filter: filter, leave: leave, cursor: -1, hovered: -1}
	f.ExtendBaseWidget(f)
	return f
}

// show shows the facets of another answer.
func (f *facets) show(all []Facet, asked string) {
	f.all, f.query = all, asked
	f.Refresh()
}

// values are all values from the top.
func (f *facets) values() []Value {
	var all []Value
	for _, one := range f.all {
		all = append(all, one.Values...)
	}
	return all
}

// CreateRenderer draws the facets.
func (f *facets) CreateRenderer() fyne.WidgetRenderer {
	f.face = &ui.Face{Widget: f, Min: func() fyne.Size { return fyne.NewSize(facetsWidth, f.height()) }}
	f.face.Place = func(size fyne.Size) { f.face.Parts = f.draw(size.Width) }
	return f.face
}

func (f *facets) height() float32 {
	h := float32(0)
	for _, one := range f.all {
		h += facetGap + facetRow*float32(1+len(one.Values))
		if one.More > 0 {
			h += facetRow
		}
	}
	return h
}

// draw returns the objects of all facets.
func (f *facets) draw(width float32) []fyne.CanvasObject {
	var parts []fyne.CanvasObject
	text := func(said string, style ui.Style, x, y, wide float32, align fyne.TextAlign) {
		t := canvas.NewText(style.Fit(said, wide), color.Transparent)
		style.Apply(t)
		t.Alignment = align
		t.Move(fyne.NewPos(x, y+(facetRow-t.MinSize().Height)/2))
		t.Resize(fyne.NewSize(wide, t.MinSize().Height))
		parts = append(parts, t)
	}
	y, row := float32(0), 0
	for _, one := range f.all {
		y += facetGap
		text(strings.ToUpper(one.Title), ui.Section, facetInset, y, width-2*facetInset, fyne.TextAlignLeading)
		y += facetRow
		most := 1
		for _, v := range one.Values {
			most = max(most, v.Count)
		}
		for _, v := range one.Values {
			parts = append(parts, f.bar(v, row, y, width, most)...)
			count := phrase.Count(int64(v.Count))
			wide := ui.Small.Width(count)
			x := float32(facetInset)
			if v.Mark != ui.NoShape {
				mark := ui.NewMark(v.Mark, v.Ink, facetMark)
				mark.Move(fyne.NewPos(x, y+(facetRow-facetMark)/2))
				mark.Resize(fyne.NewSquareSize(facetMark))
				parts = append(parts, mark)
				x += facetMark + 6
			}
			style := ui.Small
			if f.chosen(v) {
				style = ui.Strong
			}
			text(v.Text, style, x, y, width-facetInset-8-wide-x, fyne.TextAlignLeading)
			text(count, ui.Note, width-facetInset-4-wide, y, wide, fyne.TextAlignTrailing)
			y += facetRow
			row++
		}
		if one.More > 0 {
			text(phrase.Count(int64(one.More))+" more", ui.Note, facetInset, y, width-2*facetInset,
				fyne.TextAlignLeading)
			y += facetRow
		}
	}
	return parts
}

// bar returns what lies below a value: as long as its part of the most frequent one, with a frame at the cursor.
func (f *facets) bar(v Value, row int, y, width float32, most int) []fyne.CanvasObject {
	full := width - 2*facetInset + 4
	fill := canvas.NewRectangle(ui.Fade(ui.Color(ui.ColorAccent), 36))
	fill.CornerRadius = 3
	fill.Move(fyne.NewPos(facetInset-4, y+2))
	fill.Resize(fyne.NewSize(max(full*float32(v.Count)/float32(most), 2), facetRow-4))
	parts := []fyne.CanvasObject{fill}
	if row == f.cursor || row == f.hovered {
		frame := canvas.NewRectangle(color.Transparent)
		frame.CornerRadius = 3
		frame.StrokeColor, frame.StrokeWidth = ui.Color(ui.ColorLine), 1
		if row == f.cursor {
			frame.StrokeColor = ui.Color(ui.ColorAccent)
		}
		frame.Move(fyne.NewPos(facetInset-4, y+1))
		frame.Resize(fyne.NewSize(full, facetRow-2))
		parts = append(parts, frame)
	}
	return parts
}

// chosen reports whether the query names a value already.
func (f *facets) chosen(v Value) bool { return query.Has(f.query, v.Term) }

// rowAt returns the row at a height, -1 for none.
func (f *facets) rowAt(y float32) int {
	top, row := float32(0), 0
	for _, one := range f.all {
		top += facetGap + facetRow
		within := int((y - top) / facetRow)
		if y >= top && within < len(one.Values) {
			return row + within
		}
		row += len(one.Values)
		top += facetRow * float32(len(one.Values))
		if one.More > 0 {
			top += facetRow
		}
	}
	return -1
}

func (f *facets) choose(row int, out bool) {
	if all := f.values(); row >= 0 && row < len(all) {
		f.filter(all[row].Term, out)
	}
}

// MouseDown notes whether Alt is held: a tap does not say.
func (f *facets) MouseDown(e *desktop.MouseEvent) { f.alt = e.Modifier&fyne.KeyModifierAlt != 0 }

// MouseUp does nothing.
func (f *facets) MouseUp(*desktop.MouseEvent) {}

// Tapped filters for the value under the pointer, or filters it out.
func (f *facets) Tapped(e *fyne.PointEvent) { f.choose(f.rowAt(e.Position.Y), f.alt) }

// TappedSecondary filters out the value under the pointer.
func (f *facets) TappedSecondary(e *fyne.PointEvent) { f.choose(f.rowAt(e.Position.Y), true) }

func (f *facets) hover(row int) {
	if row != f.hovered {
		f.hovered = row
		f.Refresh()
	}
}

// MouseIn follows the pointer.
func (f *facets) MouseIn(e *desktop.MouseEvent) { f.hover(f.rowAt(e.Position.Y)) }

// MouseMoved follows the pointer.
func (f *facets) MouseMoved(e *desktop.MouseEvent) { f.hover(f.rowAt(e.Position.Y)) }

// MouseOut lets all be as before.
func (f *facets) MouseOut() { f.hover(-1) }

// Cursor is a hand where a click does something.
func (f *facets) Cursor() desktop.Cursor {
	if f.hovered >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// FocusGained puts the cursor at the first value.
func (f *facets) FocusGained() { f.move(max(f.cursor, 0)) }

// FocusLost hides the cursor.
func (f *facets) FocusLost() { f.cursor = -1; f.Refresh() }

func (f *facets) move(row int) {
	f.cursor = min(max(row, 0), len(f.values())-1)
	f.Refresh()
}

// TypedKey moves through the values, and filters for the one at the cursor.
func (f *facets) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		f.move(f.cursor - 1)
	case fyne.KeyDown:
		f.move(f.cursor + 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		f.choose(f.cursor, false)
	case fyne.KeyEscape:
		f.leave()
	default:
		ui.PassKey(f, e)
	}
}

// TypedRune filters out the value at the cursor with a minus sign, and passes other characters on.
func (f *facets) TypedRune(r rune) {
	if r == '-' {
		f.choose(f.cursor, true)
		return
	}
	ui.PassRune(f, r)
}
