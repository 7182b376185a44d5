package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestATitleAsksForTheOrderOfItsColumn(t *testing.T) {
	dress(t)
	asked := -1
	l := NewList(func(s string) string { return s },
		Column[string]{Title: "Name", Order: true, Cell: func(s string) Cell { return Cell{Text: s} }},
		Column[string]{Title: "Chart", Width: 100, Cell: func(string) Cell { return Cell{} }},
		Column[string]{Title: "Age", Width: 60, Order: true, Cell: func(string) Cell { return Cell{} }})
	l.OnOrder = func(column int) { asked = column }
	w := test.NewTempWindow(t, l.Table())
	w.Resize(fyne.NewSize(500, 300))
	for x, want := range map[float32]int{20: 0, 350: -1, 470: 2} {
		asked = -1
		l.head.Tapped(&fyne.PointEvent{Position: fyne.NewPos(x, 10)})
		if asked != want {
			t.Errorf("a tap at %.0f asks for column %d, want %d", x, asked, want)
		}
	}
	for _, c := range []struct {
		x      float32
		over   int
		cursor desktop.Cursor
	}{{20, 0, desktop.PointerCursor}, {350, -1, desktop.DefaultCursor}, {470, 2, desktop.PointerCursor}} {
		l.head.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(c.x, 10)}})
		for i := range l.head.cells {
			if lit := l.head.cells[i].Style == Section.In(ColorText); lit != (i == c.over) {
				t.Errorf("with the pointer at %.0f title %d is lit: %v", c.x, i, lit)
			}
		}
		if l.head.Cursor() != c.cursor {
			t.Errorf("with the pointer at %.0f it is %v", c.x, l.head.Cursor())
		}
	}
	if l.head.MouseOut(); l.head.cells[2].Style != Section {
		t.Error("a title stays lit")
	}
	l.SayOrder(2, true)
	if got := l.head.cells[2].Text + l.head.cells[0].Text; got != "Age ↓Name" {
		t.Errorf("the titles say %q", got)
	}
	l.SayOrder(-1, false)
	if got := l.head.cells[2].Text; got != "Age" {
		t.Errorf("the title says %q", got)
	}
}
