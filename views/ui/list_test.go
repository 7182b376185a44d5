package ui

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// dress starts a test app in the design's dark theme; call it before anything is made.
func dress(t testing.TB) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(NewTheme(nil))
}

// window shows an object in a window of that size.
func window(t *testing.T, o fyne.CanvasObject, width, height float32) fyne.Window {
	t.Helper()
	w := test.NewTempWindow(t, o)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	return w
}

func numbers(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

func numberList(opened *[]int) *List[int] {
	l := NewList(func(i int) string { return fmt.Sprint("item ", i) },
		Column[int]{Title: "State", Width: 80, Cell: func(i int) Cell {
			return Cell{Text: "In alarm", Mark: Disc, Ink: ColorAlarm}
		}},
		Column[int]{Title: "Name", Cell: func(i int) Cell {
			return Cell{Text: fmt.Sprint("a name that is rather long ",
				i)}
		}},
		Column[int]{Title: "Extra", Width: 60, Above: 400, Cell: func(i int) Cell { return Cell{Text: "extra"} }},
		Column[int]{Title: "Count", Width: 50, Align: fyne.TextAlignTrailing,
			Cell: func(i int) Cell { return Cell{Text: fmt.Sprint(i)} }},
	)
	l.OnOpen = func(i int) { *opened = append(*opened, i) }
	return l
}

func TestListKeys(t *testing.T) {
	dress(t)
	var opened []int
	l := numberList(&opened)
	l.SetItems(numbers(100))
	w := window(t, l.Table(), 420, 320)
	w.Canvas().Focus(l)
	page := l.page()
	if page < 5 || page > 12 {
		t.Fatalf("a page of %d rows in 320 pixels", page)
	}
	for _, step := range []struct {
		key  fyne.KeyName
		want int
	}{
		{fyne.KeyUp, 0}, {fyne.KeyDown, 1}, {fyne.KeyDown, 2}, {fyne.KeyPageDown, 2 + page}, {fyne.KeyEnd, 99},
		{fyne.KeyDown, 99}, {fyne.KeyPageUp, 99 - page}, {fyne.KeyHome, 0}, {fyne.KeyPageUp, 0},
	} {
		l.TypedKey(&fyne.KeyEvent{Name: step.key})
		if at, _ := l.Cursor(); at != step.want {
			t.Errorf("after %s at %d, want %d", step.key, at, step.want)
		}
	}
	if len(opened) > 0 {
		t.Errorf("moving opened %v", opened)
	}
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // the drawer may have been closed since
	if !slices.Equal(opened, []int{1, 1}) {
		t.Errorf("Enter opened %v, want 1 twice", opened)
	}
}

func TestListPassesKeysOn(t *testing.T) {
	dress(t)
	var opened []int
	l := numberList(&opened)
	w := window(t, l, 420, 320)
	passed := ""
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { passed += string(e.Name) })
	w.Canvas().SetOnTypedRune(func(r rune) { passed += string(r) })
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF5})
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) // an empty list still keeps its own keys
	l.TypedRune('?')
	if passed != "F5?" {
		t.Errorf("passed on %q, want F5 and ?", passed)
	}
}

func TestListKeepsItsPlace(t *testing.T) {
	dress(t)
	var opened []int
	l := numberList(&opened)
	l.SetItems([]int{3, 5, 7})
	window(t, l, 420, 320)
	l.Select(1)
	l.SetItems([]int{1, 3, 4, 5})
	if at, _ := l.Cursor(); at != 5 {
		t.Errorf("the cursor is at %d, want 5", at)
	}
	if !slices.Equal(opened, []int{5}) {
		t.Errorf("opened %v, want 5 once", opened)
	}
	l.SetItems([]int{1})
	if at, ok := l.Cursor(); !ok || at != 1 {
		t.Errorf("the cursor is at %d, %v; want 1", at, ok)
	}
	l.SetItems(nil)
	if _, ok := l.Cursor(); ok {
		t.Error("an empty list has an item at the cursor")
	}
}

func TestListMarkup(t *testing.T) {
	dress(t)
	var opened []int
	l := numberList(&opened)
	l.SetItems(numbers(3))
	w := window(t, l.Table(), 300, 140)
	l.Mark("item 1")
	test.AssertRendersToMarkup(t, "list_narrow.xml", w.Canvas())
	w.Resize(fyne.NewSize(460, 140))
	test.AssertRendersToMarkup(t, "list_wide.xml", w.Canvas())
}

// BenchmarkListRow holds the cost of filling one row of five cells. Budget: 0.2 ms, so that a screen of 40 rows takes
// half a frame of 16 ms.
func BenchmarkListRow(b *testing.B) {
	dress(b)
	var opened []int
	r := newRow(numberList(&opened).columns, RowDense)
	r.Resize(fyne.NewSize(420, RowDense))
	i := 0
	for b.Loop() {
		r.show(i)
		i++
	}
}

func TestListStaysWhereItIsWhenReadAnew(t *testing.T) {
	dress(t)
	var opened []int
	l := numberList(&opened)
	l.SetItems(numbers(100))
	w := window(t, l.Table(), 420, 320)
	w.Canvas().Focus(l)
	l.Select(1)
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	offset := l.GetScrollOffset()
	l.SetItems(numbers(100))
	if got := l.GetScrollOffset(); got != offset || offset == 0 {
		t.Errorf("scrolled from %v to %v", offset, got)
	}
	if at, _ := l.Cursor(); at != 99 {
		t.Errorf("the cursor went to %d", at)
	}
	if !slices.Equal(opened, []int{1}) {
		t.Errorf("opened %v, want 1 once", opened)
	}
}

// TestListHoldsWhatIsRead puts items before those that are seen: they stay where they are seen, unless the list shows
// its beginning.
func TestListHoldsWhatIsRead(t *testing.T) {
	dress(t)
	var opened []int
	l := numberList(&opened)
	window(t, l.Table(), 420, 320)
	l.SetItems(numbers(100)[50:])
	l.SetItems(numbers(100)[40:])
	if at, _ := l.Cursor(); l.GetScrollOffset() != 0 || at != 40 {
		t.Errorf("at the beginning the list scrolls to %v, with the cursor at %d", l.GetScrollOffset(), at)
	}
	l.Hold()
	l.SetItems(numbers(100)[38:])
	if at, _ := l.Cursor(); l.GetScrollOffset() != 2*l.pitch() || at != 40 {
		t.Errorf("what is held scrolls to %v, with the cursor at %d", l.GetScrollOffset(), at)
	}
	l.SetItems(numbers(100)[40:])
	l.Go(12) // item 52, which is seen
	seen := float32(12)*l.pitch() - l.GetScrollOffset()
	l.SetItems(numbers(100)[20:])
	if at, _ := l.Cursor(); at != 52 || float32(32)*l.pitch()-l.GetScrollOffset() != seen {
		t.Errorf("the cursor is at %d, %v below the top, want 52 and %v", at, 32*l.pitch()-l.GetScrollOffset(), seen)
	}
	l.ScrollToOffset(40 * l.pitch()) // item 60, the cursor is above
	l.SetItems(numbers(100))
	if got, want := l.GetScrollOffset(), 60*l.pitch(); got != want {
		t.Errorf("scrolled to %v, want %v", got, want)
	}
}

func TestFieldPassesFunctionKeysOn(t *testing.T) {
	dress(t)
	f := NewField("")
	w := window(t, f, 200, 40)
	passed := ""
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { passed += string(e.Name) })
	for _, k := range []fyne.KeyName{fyne.KeyF5, fyne.KeyF, fyne.KeyHome, fyne.KeyF12} {
		f.TypedKey(&fyne.KeyEvent{Name: k})
	}
	if passed != "F5F12" {
		t.Errorf("passed on %q, want F5 and F12", passed)
	}
}
