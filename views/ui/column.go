package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Column is one column of a List, as data.
type Column[T any] struct {
	Title string
	Width float32        // in pixels; 0: a share of what the others leave
	Share float32        // of the room that is left, against the other columns without a width; 0 counts as 1
	Align fyne.TextAlign // of the cells and the title
	Above float32        // the column is left out where the list is narrower than this
	Cell  func(T) Cell
}

// Cell is what a column shows of an item: a text, and perhaps a mark before it.
type Cell struct {
	Text  string
	Style Style // zero: Small
	Mark  Shape
	Ink   fyne.ThemeColorName // of the mark
}

const (
	cellGap  = 20 // between columns
	markGap  = 6  // between a mark and its text
	rowInset = 12 // at both ends of a row
	cellMark = 9  // size of a mark, and the room it takes before the text is this and markGap
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
	marks   []*Mark
	face    *Face
}

func newRow[T any](columns []Column[T], height float32) *row[T] {
	r := &row[T]{columns: columns, height: height, cells: make([]Cell, len(columns))}
	for range columns {
		r.texts = append(r.texts, canvas.NewText("", color.Transparent))
		r.marks = append(r.marks, nil)
	}
	r.ExtendBaseWidget(r)
	return r
}

func (r *row[T]) show(item T) {
	for i, c := range r.columns {
		r.cells[i] = c.Cell(item)
	}
	r.Refresh()
}

// CreateRenderer draws the row.
func (r *row[T]) CreateRenderer() fyne.WidgetRenderer {
	r.face = &Face{Widget: r, Place: r.place, Min: func() fyne.Size { return fyne.NewSize(1, r.height) }}
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
	if cell.Mark != NoShape {
		if r.marks[p.column] == nil {
			r.marks[p.column] = NewMark(cell.Mark, cell.Ink, cellMark)
		}
		mark := r.marks[p.column]
		mark.Set(cell.Mark, cell.Ink)
		mark.Resize(fyne.NewSquareSize(cellMark))
		mark.Move(fyne.NewPos(p.x, (height-cellMark)/2))
		r.face.Parts = append(r.face.Parts, mark)
		p.x, p.wide = p.x+cellMark+markGap, p.wide-cellMark-markGap
	}
	cell.Style.Apply(text)
	text.Alignment = r.columns[p.column].Align
	text.Text = cell.Style.Fit(cell.Text, p.wide)
	line := text.MinSize().Height
	text.Move(fyne.NewPos(p.x, (height-line)/2))
	text.Resize(fyne.NewSize(p.wide, line))
	r.face.Parts = append(r.face.Parts, text)
}
