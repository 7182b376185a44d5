package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// GridCell is where an object stands in a row of a grid: which one, and its share of the row's width.
type GridCell struct {
	Object int
	Share  float32
}

// Grid lays objects out in rows that fill the room they are given, such as the panels of a screen. Each row is as high
// as its highest object likes, or less by the same share where there is no room for that: what is in them scrolls.
type Grid struct {
	Rows    func(width float32) [][]GridCell
	Natural func(object int) float32 // how high an object likes to be
}

// The measures of a grid.
const (
	gridGap   = 12
	gridInset = 16 // at the sides and below
	gridTop   = 8  // above
	gridLeast = 96 // height of a row
)

// NewGrid returns the objects in the grid.
func NewGrid(g *Grid, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(g, objects...)
}

// Layout places the objects.
func (g *Grid) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	rows := g.Rows(size.Width)
	var like []float32
	for _, row := range rows {
		most := float32(gridLeast)
		for _, c := range row {
			most = max(most, g.Natural(c.Object))
		}
		like = append(like, most)
	}
	heights := fit(like, size.Height-gridTop-gridInset-gridGap*float32(len(rows)-1), gridLeast)
	y := float32(gridTop)
	for i, row := range rows {
		x, room, whole := float32(gridInset), size.Width-2*gridInset-gridGap*float32(len(row)-1), float32(0)
		for _, c := range row {
			whole += c.Share
		}
		for _, c := range row {
			wide := room * c.Share / whole
			objects[c.Object].Move(fyne.NewPos(x, y))
			objects[c.Object].Resize(fyne.NewSize(wide, heights[i]))
			x += wide + gridGap
		}
		y += heights[i] + gridGap
	}
}

// MinSize is what three rows need at least.
func (g *Grid) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(520, gridTop+3*gridLeast+2*gridGap+gridInset)
}

// fit shares a height out: to each what it likes and the same part of what is left over, or, where there is too little,
// what it likes less by the same share, but for what is needed at least.
func fit(like []float32, height, least float32) []float32 {
	sum := float32(0)
	for _, h := range like {
		sum += h
	}
	heights := make([]float32, len(like))
	if sum <= height {
		for i, h := range like {
			heights[i] = h + (height-sum)/float32(len(like))
		}
		return heights
	}
	above, room := sum-least*float32(len(like)), max(height-least*float32(len(like)), 0)
	for i, h := range like {
		heights[i] = least
		if above > 0 {
			heights[i] += max(h-least, 0) * room / above
		}
	}
	return heights
}
