package overview

import "github.com/nephograph/nephograph/views/ui"

// threeWide is the width from which on three sections stand beside each other.
const threeWide = 1120

// rows of the grid, of sections in their order.
func rows(width float32) [][]ui.GridCell {
	cell := func(section int, share float32) ui.GridCell { return ui.GridCell{Object: section, Share: share} }
	if width >= threeWide {
		return [][]ui.GridCell{{cell(0, 30), cell(1, 36), cell(2, 34)}, {cell(3, 64), cell(4, 36)}}
	}
	return [][]ui.GridCell{{cell(0, 50), cell(1, 50)}, {cell(3, 60), cell(4, 40)}, {cell(2, 100)}}
}
