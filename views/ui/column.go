package ui

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
)

// Column is one column of a List, as data.
type Column[T any] struct {
	Title string
	Width float32        // in pixels; 0: a share of what the others leave
	Share float32        // of the room that is left, against the other columns without a width; 0 counts as 1
	Align fyne.TextAlign // of the cells and the title
	Above float32        // the column is left out where the list is narrower than this
	Cell  func(T) Cell
	Order bool // the list can be put in this column's order: see List.OnOrder
}

// Cell is what a column shows of an item: a text, and perhaps a mark or a small chart before it.
type Cell struct {
	Text   string
	Style  Style // zero: Small
	Mark   Shape
	Ink    fyne.ThemeColorName // of the mark
	Spark  *chart.Spark        // nil: none
	Bar    *Bar                // over the whole column, in place of all else; nil: none
	Indent float32             // of mark, chart and text, in pixels
	Across bool                // the text goes on over the columns that follow, which have to be empty
	Spans  []Span              // of the text that are marked, such as what a search found, in order
	Ground fyne.ThemeColorName // of the marked parts; "": that of what a search found
	Tail   string              // a note right behind the text, which gives way to it; "": none
}

// Span is a part of a text, in bytes.
type Span struct{ From, To int }

const (
	cellGap   = 20 // between columns
	markGap   = 6  // between a mark and its text
	rowInset  = 12 // at both ends of a row
	spanAlpha = 80 // of the ground of a marked part of a text
	cellMark  = 9  // size of a mark, and the room it takes before the text is this and markGap
)

// slot is where a column lies in a row.
type slot struct {
	column  int
	x, wide float32
}

// slots lays columns out over a width; columns that are left out have none.
func slots[T any](columns []Column[T], width float32) []slot {
	var placed []slot
	left, shares := width-2*rowInset, float32(0)
	for i, c := range columns {
		if width < c.Above {
			continue
		}
		placed = append(placed, slot{column: i})
		left -= c.Width
		if c.Width == 0 {
			shares += max(c.Share, 1)
		}
	}
	left = max(left-cellGap*float32(len(placed)-1), 0)
	x := float32(rowInset)
	for i := range placed {
		c := columns[placed[i].column]
		placed[i].x, placed[i].wide = x, c.Width
		if c.Width == 0 {
			placed[i].wide = left * max(c.Share, 1) / shares
		}
		x += placed[i].wide + cellGap
	}
	return placed
}

// row draws one item, or the titles: a text for each column, and marks where cells have them.
type row[T any] struct {
	widget.BaseWidget
	columns []Column[T]
	height  float32
	cells   []Cell
	texts   []*canvas.Text
	tails   []*canvas.Text
	marks   []*Mark      // nil where a column had none yet
	sparks  []*sparkView // likewise
	bars    []*barView   // likewise
	face    *Face
}

func newRow[T any](columns []Column[T], height float32) *row[T] {
	r := &row[T]{}
	r.begin(columns, height)
	r.ExtendBaseWidget(r)
	return r
}

func (r *row[T]) begin(columns []Column[T], height float32) {
	r.columns, r.height, r.cells = columns, height, make([]Cell, len(columns))
	r.marks, r.sparks = make([]*Mark, len(columns)), make([]*sparkView, len(columns))
	r.bars = make([]*barView, len(columns))
	for range columns {
		r.texts = append(r.texts, canvas.NewText("", color.Transparent))
		r.tails = append(r.tails, canvas.NewText("", color.Transparent))
	}
}

// use takes other columns.
func (r *row[T]) use(columns []Column[T]) {
	if len(columns) == len(r.columns) && (len(columns) == 0 || &columns[0] == &r.columns[0]) {
		return
	}
	r.texts, r.tails = nil, nil
	r.begin(columns, r.height)
}

func (r *row[T]) show(item T) {
	for i, c := range r.columns {
		r.cells[i] = c.Cell(item)
	}
	r.Refresh()
}

// blank shows that the item of the row is being read.
func (r *row[T]) blank() {
	clear(r.cells)
	for i := range r.cells {
		if r.columns[i].Width == 0 {
			r.cells[i] = Cell{Text: "…", Style: Note}
		}
	}
	r.Refresh()
}

// CreateRenderer draws the row.
func (r *row[T]) CreateRenderer() fyne.WidgetRenderer { return r.drawnAs(r) }

// drawnAs makes the row's renderer for the widget that it is part of.
func (r *row[T]) drawnAs(w fyne.Widget) fyne.WidgetRenderer {
	r.face = &Face{Widget: w, Place: r.place, Min: func() fyne.Size { return fyne.NewSize(1, r.height) }}
	return r.face
}

// place fits the cells into the row's width. It also paints, because what fits depends on the width.
func (r *row[T]) place(s fyne.Size) {
	r.face.Parts = r.face.Parts[:0]
	for _, p := range slots(r.columns, s.Width) {
		r.placeCell(p, s.Height)
	}
}

func (r *row[T]) placeCell(p slot, height float32) {
	cell, text := r.cells[p.column], r.texts[p.column]
	if cell.Style == (Style{}) {
		cell.Style = Small
	}
	p.x, p.wide = p.x+cell.Indent, p.wide-cell.Indent
	if cell.Across {
		p.wide = r.Size().Width - rowInset - p.x
	}
	if cell.Bar != nil {
		r.placeBar(p, cell.Bar, height)
		return
	}
	if cell.Mark != NoShape {
		p = r.placeMark(p, cell, height)
	}
	if cell.Spark != nil {
		p = r.placeSpark(p, cell.Spark, height)
	}
	if cell.Text == "" {
		return
	}
	if cell.Tail != "" {
		p.wide = r.placeTail(p, cell, height)
	}
	cell.Style.Apply(text)
	text.Alignment = r.columns[p.column].Align
	if shown := phrase.VisibleLine(cell.Text); shown != cell.Text {
		cell.Text, cell.Spans = shown, nil // the places of the spans would be wrong
	}
	text.Text = cell.Style.Fit(cell.Text, p.wide)
	line := text.MinSize().Height
	text.Move(fyne.NewPos(p.x, (height-line)/2))
	text.Resize(fyne.NewSize(p.wide, line))
	r.placeSpans(cell, text)
	r.face.Parts = append(r.face.Parts, text)
}

// tailGap is between a text and the note behind it.
const tailGap = 10

// placeTail puts the note of a cell behind its text and returns how wide that may be.
func (r *row[T]) placeTail(p slot, cell Cell, height float32) float32 {
	tail := r.tails[p.column]
	Note.Apply(tail)
	tail.Text = cell.Tail
	size := tail.MinSize()
	room := max(p.wide-size.Width-tailGap, 0)
	tail.Resize(size)
	tail.Move(fyne.NewPos(p.x+min(cell.Style.Width(phrase.VisibleLine(cell.Text)), room)+tailGap,
		(height-size.Height)/2))
	r.face.Parts = append(r.face.Parts, tail)
	return room
}

// placeSpans puts the marked parts of a text below it, as far as they are seen.
func (r *row[T]) placeSpans(cell Cell, text *canvas.Text) {
	seen := len(strings.TrimSuffix(text.Text, "…"))
	if text.Text == cell.Text {
		seen = len(text.Text)
	}
	for _, s := range cell.Spans {
		if s.From >= seen {
			return
		}
		left, right := cell.Style.Width(cell.Text[:s.From]), cell.Style.Width(cell.Text[:min(s.To, seen)])
		ground := Fade(Color(ColorWarning), spanAlpha)
		if cell.Ground != "" {
			ground = Color(cell.Ground)
		}
		mark := canvas.NewRectangle(ground)
		mark.CornerRadius = 2
		mark.Move(text.Position().AddXY(left-1, 0))
		mark.Resize(fyne.NewSize(right-left+2, text.Size().Height))
		r.face.Parts = append(r.face.Parts, mark)
	}
}

// placeMark puts the mark of a cell at its left end and returns what is left of the slot.
func (r *row[T]) placeMark(p slot, cell Cell, height float32) slot {
	if r.marks[p.column] == nil {
		r.marks[p.column] = NewMark(cell.Mark, cell.Ink, cellMark)
	}
	mark := r.marks[p.column]
	mark.Set(cell.Mark, cell.Ink)
	mark.Resize(fyne.NewSquareSize(cellMark))
	mark.Move(fyne.NewPos(p.x, (height-cellMark)/2))
	r.face.Parts = append(r.face.Parts, mark)
	p.x, p.wide = p.x+cellMark+markGap, p.wide-cellMark-markGap
	return p
}

// placeSpark puts the chart of a cell at its left end and returns what is left of the slot.
func (r *row[T]) placeSpark(p slot, s *chart.Spark, height float32) slot {
	if r.sparks[p.column] == nil {
		r.sparks[p.column] = newSparkView()
	}
	view := r.sparks[p.column]
	view.Resize(fyne.NewSize(chart.SparkWidth, height-2*sparkInset))
	view.Move(fyne.NewPos(p.x, sparkInset))
	view.show(s)
	r.face.Parts = append(r.face.Parts, view)
	p.x, p.wide = p.x+chart.SparkWidth+markGap, p.wide-chart.SparkWidth-markGap
	return p
}

// placeBar lets the bar of a cell fill its slot.
func (r *row[T]) placeBar(p slot, b *Bar, height float32) {
	if r.bars[p.column] == nil {
		r.bars[p.column] = newBarView()
	}
	view := r.bars[p.column]
	view.Resize(fyne.NewSize(p.wide, height-2*barInset))
	view.Move(fyne.NewPos(p.x, barInset))
	view.show(b)
	r.face.Parts = append(r.face.Parts, view)
}

// header is the row of titles; a tap on one asks for the order of its column. One that has an order lights up under the
// pointer.
type header[T any] struct {
	row[T]
	order func(column int)
	by    int // the column whose order the list is in, -1: none
	down  bool
	over  int // the column with an order under the pointer, -1: none
}

func newHeader[T any](columns []Column[T], height float32, order func(column int)) *header[T] {
	h := &header[T]{order: order, by: -1, over: -1}
	h.begin(columns, height)
	h.ExtendBaseWidget(h)
	h.write()
	return h
}

// say marks the column whose order the list is in; -1: none.
func (h *header[T]) say(column int, down bool) {
	h.by, h.down = column, down
	h.write()
}

// write writes the titles, with an arrow at the column whose order the list is in.
func (h *header[T]) write() {
	for i, c := range h.columns {
		cell := Cell{Text: c.Title, Style: Section}
		if i == h.by {
			cell.Text += map[bool]string{false: " ↑", true: " ↓"}[h.down]
		}
		if i == h.by || i == h.over {
			cell.Style = Section.In(ColorText)
		}
		h.cells[i] = cell
	}
	h.Refresh()
}

// at returns the column with an order at a place, -1 for none.
func (h *header[T]) at(x float32) int {
	for _, p := range slots(h.columns, h.Size().Width) {
		if h.columns[p.column].Order && x >= p.x-cellGap/2 && x < p.x+p.wide+cellGap/2 {
			return p.column
		}
	}
	return -1
}

// Tapped asks for the order of the column under the pointer.
func (h *header[T]) Tapped(e *fyne.PointEvent) {
	if column := h.at(e.Position.X); column >= 0 {
		h.order(column)
	}
}

func (h *header[T]) hover(column int) {
	if column != h.over {
		h.over = column
		h.write()
	}
}

// MouseIn follows the pointer.
func (h *header[T]) MouseIn(e *desktop.MouseEvent) { h.hover(h.at(e.Position.X)) }

// MouseMoved follows the pointer.
func (h *header[T]) MouseMoved(e *desktop.MouseEvent) { h.hover(h.at(e.Position.X)) }

// MouseOut lets all titles be as before.
func (h *header[T]) MouseOut() { h.hover(-1) }

// Cursor is a hand where a tap does something.
func (h *header[T]) Cursor() desktop.Cursor {
	if h.over >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer draws the titles.
func (h *header[T]) CreateRenderer() fyne.WidgetRenderer { return h.drawnAs(h) }
