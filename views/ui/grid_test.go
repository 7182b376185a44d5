package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

func TestGridRowsFit(t *testing.T) {
	for _, c := range []struct {
		like   []float32
		height float32
		want   []float32
	}{
		{[]float32{100, 200}, 400, []float32{150, 250}}, // what is left over is shared
		{[]float32{100, 300}, 300, []float32{100, 200}}, // who likes more gives more
		{[]float32{200, 300}, 200, []float32{100, 100}},
		{[]float32{200, 300}, 150, []float32{100, 100}}, // never less than the least
		{[]float32{100, 100}, 100, []float32{100, 100}},
	} {
		got := fit(c.like, c.height, 100)
		for i := range c.want {
			if got[i] != c.want[i] {
				t.Errorf("%v in %v: %v, want %v", c.like, c.height, got, c.want)
				break
			}
		}
	}
}

func TestGridPlacesByShare(t *testing.T) {
	g := &Grid{Natural: func(int) float32 { return 100 },
		Rows: func(width float32) [][]GridCell {
			if width > 600 {
				return [][]GridCell{{{0, 1}, {1, 3}}}
			}
			return [][]GridCell{{{0, 1}}, {{1, 1}}}
		}}
	one, two := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	g.Layout([]fyne.CanvasObject{one, two}, fyne.NewSize(844, 224))
	if one.Size() != fyne.NewSize(200, 200) || two.Size() != fyne.NewSize(600, 200) ||
		two.Position() != fyne.NewPos(228, 8) {
		t.Errorf("wide: %v and %v at %v", one.Size(), two.Size(), two.Position())
	}
	g.Layout([]fyne.CanvasObject{one, two}, fyne.NewSize(432, 236))
	if one.Size() != fyne.NewSize(400, 100) || two.Position() != fyne.NewPos(16, 120) {
		t.Errorf("narrow: %v, the second at %v", one.Size(), two.Position())
	}
}
