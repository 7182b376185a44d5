package overview

import "fyne.io/fyne/v2"

// The measures of the grid.
const (
	gridGap    = 12
	gridInset  = 16   // at the sides and below
	gridTop    = 8    // above
	threeWide  = 1120 // from here on three sections stand beside each other
	leastPanel = 96   // height of a section
)

// titled reports whether the columns of a section have titles.
func titled(section int) bool { return section == 3 || section == 4 }

// cell is where a section stands in a row of the grid, by its share of the width.
type cell struct {
	section int
	share   float32
}

// rows of the grid where it is wide, and where it is narrow.
var (
	wideRows   = [][]cell{{{0, 30}, {1, 36}, {2, 34}}, {{3, 62}, {4, 38}}}
	narrowRows = [][]cell{{{0, 50}, {1, 50}}, {{3, 60}, {4, 40}}, {{2, 100}}}
)

// grid lays the sections out in rows that fill the screen. Each row is as high as its longest section likes, or less by
// the same share where there is no room for that: sections scroll.
type grid struct{ view *View }

func (g *grid) rows(width float32) [][]cell {
	if width >= threeWide {
		return wideRows
	}
	return narrowRows
}

// Layout places the sections.
func (g *grid) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	rows := g.rows(size.Width)
	var like []float32
	for _, row := range rows {
		most := float32(leastPanel)
		for _, c := range row {
			most = max(most, g.view.sections[c.section].natural(titled(c.section)))
		}
		like = append(like, most)
	}
	heights := fit(like, size.Height-gridTop-gridInset-gridGap*float32(len(rows)-1), leastPanel)
	y := float32(gridTop)
	for i, row := range rows {
		x, room := float32(gridInset), size.Width-2*gridInset-gridGap*float32(len(row)-1)
		for _, c := range row {
			wide := room * c.share / 100
			objects[c.section].Move(fyne.NewPos(x, y))
			objects[c.section].Resize(fyne.NewSize(wide, heights[i]))
			x += wide + gridGap
		}
		y += heights[i] + gridGap
	}
}

// MinSize is what three rows need at least.
func (g *grid) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(520, 3*leastPanel+2*gridGap)
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
