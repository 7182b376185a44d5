package ui

import (
	"testing"

	"fyne.io/fyne/v2"
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
	l.SayOrder(2, true)
	if got := l.head.cells[2].Text + l.head.cells[0].Text; got != "Age ↓Name" {
		t.Errorf("the titles say %q", got)
	}
	l.SayOrder(-1, false)
	if got := l.head.cells[2].Text; got != "Age" {
		t.Errorf("the title says %q", got)
	}
}
