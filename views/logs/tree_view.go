package logs

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/ui"
)

// The measures of the fields of an event in the drawer.
const (
	treeLeading = 18 // from line to line
	treeGap     = 2  // below a row
	treeStep    = 12 // by which what lies within a field is set in
	treeDeep    = 6  // steps at most
	treeArrow   = 12 // for the arrow of what can be closed
	treeNames   = 132
	treeBetween = 8  // names and values
	treeGlow    = 6  // how far what lies behind a row reaches beyond it
	treeCursor  = 40 // opacity behind the row that the keys are at
)

var (
	treeName = ui.Note
	treeCode = ui.Style{Color: ui.ColorText, Size: drawer.MessageStyle, Mono: true}
)

// treeView shows the fields of a message as a tree. A tap on a value filters the events for it, with Alt it filters
// them out; a tap on what holds other values closes or opens it. The drawer has one for all events, so that the
// keyboard stays with it when a page is drawn anew.
type treeView struct {
	widget.BaseWidget
	rows    []treeRow
	closed  map[string]bool
	of      string // the event whose rows they are
	actions treeActions
	on      fyne.Canvas
	went    func(top, bottom float32) // the keys are at the row that reaches from there to there

	seen  []placedRow
	row   string // that the keys are at; "": the first
	keyed bool
	alt   bool
	over  int
	glow  *ui.Surface
	at    *ui.Surface
}

// treeActions is what can be done with a value.
type treeActions struct {
	filter func(term string, out bool)
	copy   func(text string)
	column func(field string) // shows or hides the field as a column of the list
}

// placedRow is a row that is seen, with its lines and where it stands.
type placedRow struct {
	treeRow
	lines       []string
	style       ui.Style
	x           float32 // of the value
	first       float32 // how far below the row's top the value begins
	top, height float32
}

func newTreeView() *treeView {
	v := &treeView{glow: ui.NewSurface(ui.ColorRaised), at: ui.NewSurface(ui.ColorAccent), over: -1}
	v.at.SetColor(ui.ColorAccent, treeCursor)
	v.glow.Hide()
	v.ExtendBaseWidget(v)
	return v
}

// show takes the rows of an event. What a person has closed stays closed while the same event is shown.
func (v *treeView) show(of string, rows []treeRow, actions treeActions) {
	if v.of != of || len(v.rows) != len(rows) {
		v.of, v.closed, v.row = of, closedAtFirst(rows), ""
	}
	v.rows, v.actions = rows, actions
	v.arrange()
}

// arrange places the rows that are seen.
func (v *treeView) arrange() {
	names := float32(40)
	open := openRows(v.rows, v.closed)
	open = open[:min(len(open), mostShown)]
	for _, r := range open {
		if w := v.inset(r) + treeArrow + treeName.Width(r.name); r.kind != treeLine && w <= treeNames {
			names = max(names, w)
		}
	}
	v.seen = v.seen[:0]
	y := float32(0)
	for _, r := range open {
		p := v.placed(r, names+treeBetween)
		p.top = y
		y += p.height + treeGap
		v.seen = append(v.seen, p)
	}
	v.Refresh()
}

// placed breaks a row into lines. A name that is wider than its column has a line of its own above the value.
func (v *treeView) placed(r treeRow, values float32) placedRow {
	p := placedRow{treeRow: r, x: values, style: ui.Small}
	switch {
	case r.kind == treeLine:
		p.x, p.style = v.inset(r), treeCode
	case r.kind != treeValue:
		p.style = ui.Note
	}
	if r.kind != treeLine && v.inset(r)+treeArrow+treeName.Width(r.name) > values-treeBetween {
		p.x, p.first = v.inset(r)+treeArrow, treeLeading
	}
	p.lines = ui.Wrap(r.value, p.style, drawer.PageWidth-p.x)
	p.height = p.first + treeLeading*float32(max(len(p.lines), 1))
	return p
}

func (v *treeView) inset(r treeRow) float32 { return float32(min(r.depth, treeDeep)) * treeStep }

// CreateRenderer draws the rows.
func (v *treeView) CreateRenderer() fyne.WidgetRenderer {
	f := &ui.Face{Widget: v, Min: func() fyne.Size { return fyne.NewSize(drawer.PageWidth, v.height()) }}
	f.Place = func(size fyne.Size) { f.Parts = v.draw(size) }
	return f
}

func (v *treeView) height() float32 {
	if len(v.seen) == 0 {
		return 0
	}
	last := v.seen[len(v.seen)-1]
	return last.top + last.height
}

// draw returns the objects of all rows that are seen.
func (v *treeView) draw(size fyne.Size) []fyne.CanvasObject {
	ui.SetShown(v.at, v.keyed && len(v.seen) > 0)
	parts := []fyne.CanvasObject{v.at, v.glow}
	if v.keyed && len(v.seen) > 0 {
		v.placeBehind(v.at, v.cursor(), size.Width)
	}
	put := func(text string, style ui.Style, x, y float32) {
		t := canvas.NewText(text, color.Transparent)
		style.Apply(t)
		t.Move(fyne.NewPos(x, y))
		t.Resize(fyne.NewSize(max(size.Width-x, 0), treeLeading))
		parts = append(parts, t)
	}
	for _, p := range v.seen {
		if p.holds() {
			put(map[bool]string{false: "▾", true: "▸"}[v.closed[p.id]], treeName, v.inset(p.treeRow), p.top)
		}
		if p.kind != treeLine {
			put(treeName.Fit(p.name, drawer.PageWidth-v.inset(p.treeRow)-treeArrow), treeName,
				v.inset(p.treeRow)+treeArrow, p.top)
		}
		for i, line := range p.lines {
			put(line, p.style, p.x, p.top+p.first+treeLeading*float32(i))
		}
	}
	return parts
}

func (v *treeView) placeBehind(o fyne.CanvasObject, i int, width float32) {
	o.Move(fyne.NewPos(-treeGlow, v.seen[i].top))
	o.Resize(fyne.NewSize(width+2*treeGlow, v.seen[i].height))
}

// rowAt returns the index of the row at a height, -1 for none.
func (v *treeView) rowAt(y float32) int {
	return slices.IndexFunc(v.seen, func(p placedRow) bool { return y >= p.top && y < p.top+p.height+treeGap })
}

// choose closes or opens a row that holds others, and filters for or against one that has a value.
func (v *treeView) choose(i int, out bool) {
	if i < 0 || i >= len(v.seen) {
		return
	}
	r := v.seen[i].treeRow
	if v.row = r.id; r.holds() && !out {
		v.closed[r.id] = !v.closed[r.id]
		v.arrange()
		return
	}
	if term, ok := r.term(); ok {
		v.actions.filter(term, out)
	}
}

// MouseDown notes whether Alt is held: a tap does not say.
func (v *treeView) MouseDown(e *desktop.MouseEvent) { v.alt = e.Modifier&fyne.KeyModifierAlt != 0 }

// MouseUp does nothing.
func (v *treeView) MouseUp(*desktop.MouseEvent) {}

// Tapped does what a row is for.
func (v *treeView) Tapped(e *fyne.PointEvent) { v.choose(v.rowAt(e.Position.Y), v.alt) }

// TappedSecondary offers all that can be done with the value of a row.
func (v *treeView) TappedSecondary(e *fyne.PointEvent) {
	i := v.rowAt(e.Position.Y)
	c := fyne.CurrentApp().Driver().CanvasForObject(v)
	if i < 0 || c == nil {
		return
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", v.menu(v.seen[i].treeRow)...), c, e.AbsolutePosition)
}

// menu is what can be done with the value of a row.
func (v *treeView) menu(r treeRow) []*fyne.MenuItem {
	items := []*fyne.MenuItem{fyne.NewMenuItem("Copy the value", func() { v.actions.copy(r.whole) })}
	if term, ok := r.term(); ok {
		items = append(items, fyne.NewMenuItem("Filter for it", func() { v.actions.filter(term, false) }),
			fyne.NewMenuItem("Filter it out", func() { v.actions.filter(term, true) }))
	}
	if r.path != "" && r.kind != treeParent {
		items = append(items, fyne.NewMenuItem("Column of "+r.path, func() { v.actions.column(r.path) }))
	}
	return items
}

// MouseIn follows the pointer.
func (v *treeView) MouseIn(e *desktop.MouseEvent) { v.MouseMoved(e) }

// MouseMoved lights up the row below the pointer.
func (v *treeView) MouseMoved(e *desktop.MouseEvent) {
	v.over = v.rowAt(e.Position.Y)
	ui.SetShown(v.glow, v.over >= 0)
	if v.over >= 0 {
		v.placeBehind(v.glow, v.over, v.Size().Width)
	}
}

// MouseOut ends it.
func (v *treeView) MouseOut() { v.over = -1; v.glow.Hide() }

// Cursor is a hand where a tap does something.
func (v *treeView) Cursor() desktop.Cursor {
	if v.over >= 0 && v.over < len(v.seen) {
		if _, ok := v.seen[v.over].term(); ok || v.seen[v.over].holds() {
			return desktop.PointerCursor
		}
	}
	return desktop.DefaultCursor
}

// Bindings are the keys of the rows while they have the keyboard, none while they do not.
func (v *treeView) Bindings() ui.Bindings {
	if !v.keyed || len(v.seen) == 0 {
		return nil
	}
	by := func(rows int) func() { return func() { v.goTo(v.cursor() + rows) } }
	choose := func(out bool) func() { return func() { v.choose(v.cursor(), out) } }
	at := func(do func(treeRow)) func() { return func() { do(v.seen[v.cursor()].treeRow) } }
	return ui.Bindings{
		{Keys: "↑ ↓", Does: "Field by field", Key: fyne.KeyDown, Do: by(1)}, {Key: fyne.KeyUp, Do: by(-1)},
		{Key: fyne.KeyPageDown, Do: by(treePage)}, {Key: fyne.KeyPageUp, Do: by(-treePage)},
		{Key: fyne.KeyHome, Do: func() { v.goTo(0) }}, {Key: fyne.KeyEnd, Do: func() { v.goTo(len(v.seen) - 1) }},
		{Keys: "Enter", Does: "Filter for the value, or close what holds others", Key: fyne.KeyReturn,
			Do: choose(false)},
		{Key: fyne.KeyEnter, Do: choose(false)}, {Key: fyne.KeySpace, Do: choose(false)},
		{Keys: "-", Does: "Filter the value out", Rune: '-', Do: choose(true)},
		{Keys: "y", Does: "Copy the value", Rune: 'y', Do: at(func(r treeRow) { v.actions.copy(r.whole) })},
		{Keys: "+", Does: "The field as a column of the list, or no longer", Rune: '+', Do: at(func(r treeRow) {
			if r.path != "" && r.kind != treeParent {
				v.actions.column(r.path)
			}
		})},
	}
}

// treePage is by how many rows a page key moves.
const treePage = 10

// cursor returns the row that the keys are at.
func (v *treeView) cursor() int {
	return max(slices.IndexFunc(v.seen, func(p placedRow) bool { return p.id == v.row }), 0)
}

// goTo moves the keys to a row, or to the nearest there is.
func (v *treeView) goTo(i int) {
	if len(v.seen) > 0 {
		v.row = v.seen[min(max(i, 0), len(v.seen)-1)].id
		v.Refresh()
		v.tell()
	}
}

// tell says where the row is that the keys are at.
func (v *treeView) tell() {
	if len(v.seen) > 0 && v.went != nil {
		p := v.seen[v.cursor()]
		v.went(p.top, p.top+p.height)
	}
}

// TakeKeyboard gives the rows the keyboard, or takes it from them.
func (v *treeView) TakeKeyboard(keyed bool) {
	switch {
	case keyed && v.on != nil:
		v.on.Focus(v)
	case v.keyed:
		v.on.Unfocus()
	}
}

// Row returns the row that the keys are at.
func (v *treeView) Row() string { return v.row }

// SetRow moves the keys to a row.
func (v *treeView) SetRow(id string) { v.row = id }

// HasKeyboard reports whether the rows have the keyboard.
func (v *treeView) HasKeyboard() bool { return v.keyed }

// Attach tells where the rows are shown; moved is called with the place of the row that the keys are at.
func (v *treeView) Attach(on fyne.Canvas, moved func(top, bottom float32)) { v.on, v.went = on, moved }

// FocusGained shows where the keys are.
func (v *treeView) FocusGained() { v.keyed = true; v.Refresh(); v.tell() }

// FocusLost ends it.
func (v *treeView) FocusLost() { v.keyed = false; v.Refresh() }

// TypedKey passes keys on: the window gives those of the bindings back.
func (v *treeView) TypedKey(e *fyne.KeyEvent) { ui.PassKey(v, e) }

// TypedRune passes characters on.
func (v *treeView) TypedRune(r rune) { ui.PassRune(v, r) }

// hidden reports whether there are more rows than are shown.
func (v *treeView) hidden() bool {
	return len(openRows(v.rows, v.closed)) > mostShown
}

var _ drawer.Steps = (*treeView)(nil)
