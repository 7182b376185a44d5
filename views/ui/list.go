package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// List is a table of items with columns, all rows of one height, for up to a million items (positions are float32). Up,
// Down, PageUp, PageDown, Home and End move through it, Enter, Space or a tap opens an item; other keys go on to the
// window.
type List[T any] struct {
	widget.List
	// OnOpen is called with the item that a person opens.
	OnOpen func(T)
	// OnOrder is called with the column whose title a person taps, if it has Order. Who owns the items puts them in
	// order, and says so with SayOrder.
	OnOrder func(column int)
	// OnEnd is called when a person presses End at the last item; nil: nothing happens then.
	OnEnd func()
	// Absent reports whether an item was not read yet, and OnAbsent is called with its row when that is seen; nil: all
	// items are there.
	Absent   func(T) bool
	OnAbsent func(row int)
	// Ahead keeps the keys that are for what is still being read; nil: none waits.
	Ahead *TypeAhead

	columns []Column[T]
	key     func(T) string
	items   []T
	cursor  int
	opened  string // key of the item that is open; "": none
	quiet   bool   // an item is being marked as open, not opened
	holding bool   // the first row keeps its place, too: see Hold
	head    *header[T]
}

// NewList returns an empty list. key tells items apart, so that the cursor and the open item stay with theirs when the
// items change.
func NewList[T any](key func(T) string, columns ...Column[T]) *List[T] {
	l := &List[T]{columns: columns, key: key}
	l.head = newHeader(columns, RowDense, func(column int) {
		if l.OnOrder != nil {
			l.OnOrder(column)
		}
	})
	l.HideSeparators = true
	l.Length = func() int { return len(l.items) }
	l.CreateItem = func() fyne.CanvasObject { return newRow(l.columns, RowDense) }
	l.UpdateItem = func(id widget.ListItemID, o fyne.CanvasObject) {
		o.(*row[T]).use(l.columns)
		switch {
		case id >= len(l.items):
		case l.absent(l.items[id]):
			o.(*row[T]).blank()
			l.OnAbsent(id)
		default:
			o.(*row[T]).show(l.items[id])
		}
	}
	l.OnSelected = l.selected
	l.ExtendBaseWidget(l)
	return l
}

// SetColumns shows other columns.
func (l *List[T]) SetColumns(columns []Column[T]) {
	l.columns = columns
	l.head.use(columns)
	l.head.write()
	l.Refresh()
}

// SayOrder marks the column whose order the items are in, up or down; -1 marks none.
func (l *List[T]) SayOrder(column int, down bool) { l.head.say(column, down) }

// Table returns the list with the titles of its columns above it.
func (l *List[T]) Table() fyne.CanvasObject {
	return container.NewBorder(container.NewVBox(l.head, NewHairline()), nil, nil, nil, l)
}

// Items returns what the list shows.
func (l *List[T]) Items() []T { return l.items }

// Cursor returns the item that the keys are at; false if the list is empty.
func (l *List[T]) Cursor() (T, bool) {
	if l.cursor < len(l.items) {
		return l.items[l.cursor], true
	}
	var none T
	return none, false
}

// Row returns the row that the keys are at.
func (l *List[T]) Row() int { return l.cursor }

// SetItems shows other items. The cursor stays on its item where that is still there, and what is read stays where it
// is seen: a list that is read anew every few seconds must not move under a person's eyes. One that shows its beginning
// goes on showing it.
func (l *List[T]) SetItems(items []T) {
	at, row, offset := "", l.cursor, l.GetScrollOffset()
	if item, ok := l.Cursor(); ok && !l.AtStart() && !l.absent(item) {
		at = l.key(item)
	}
	held := l.heldRow(offset)
	holds := ""
	if held >= 0 && !l.absent(l.items[held]) {
		holds = l.key(l.items[held])
	}
	l.items = items
	cursor := l.find(at)
	if cursor < 0 {
		cursor = max(min(row, len(items)-1), 0)
	}
	l.Mark(l.opened)
	if l.cursor = cursor; cursor != row {
		l.Highlight(cursor)
	}
	if now := l.find(holds); now >= 0 {
		offset += float32(now-held) * l.pitch()
	}
	l.ScrollToOffset(offset)
	l.Refresh()
}

// heldRow returns the row that keeps its place when the items change: the one at the cursor if it is seen, or the first
// that is seen; -1 where the list shows its beginning.
func (l *List[T]) heldRow(offset float32) int {
	first := int((offset + l.pitch() - 1) / l.pitch())
	switch {
	case len(l.items) == 0 || l.AtStart():
		return -1
	case l.cursor >= first && l.cursor <= first+l.page() && l.cursor < len(l.items):
		return l.cursor
	}
	return min(first, len(l.items)-1)
}

// AtStart reports whether the list shows its beginning, and a person has neither moved in it nor opened what is first.
func (l *List[T]) AtStart() bool {
	first, ok := l.Cursor()
	return l.cursor == 0 && l.GetScrollOffset() == 0 && !l.holding &&
		(!ok || l.opened == "" || l.absent(first) || l.key(first) != l.opened)
}

// Top returns the first row that is seen.
func (l *List[T]) Top() int { return int(l.GetScrollOffset() / l.pitch()) }

func (l *List[T]) absent(item T) bool { return l.Absent != nil && l.Absent(item) }

// Hold lets the first row keep its place as others do, until a person goes back to it.
func (l *List[T]) Hold() { l.holding = true }

// Mark shows the item with that key as the open one, without opening it; "" or a key that is not there marks none.
func (l *List[T]) Mark(key string) {
	l.quiet = true
	defer func() { l.quiet = false }()
	l.opened = key
	l.UnselectAll()
	if i := l.find(key); i >= 0 {
		l.cursor = i
		l.Select(i)
		l.Highlight(i) // where the keys go on from
	}
}

func (l *List[T]) find(key string) int {
	if key == "" {
		return -1
	}
	return slices.IndexFunc(l.items, func(item T) bool { return !l.absent(item) && l.key(item) == key })
}

func (l *List[T]) selected(id widget.ListItemID) {
	if l.quiet || id >= len(l.items) || l.absent(l.items[id]) {
		return
	}
	l.cursor = id
	l.opened = l.key(l.items[id])
	if l.OnOpen != nil {
		l.OnOpen(l.items[id])
	}
}

// TypedKey moves through the list, opens the item at the cursor, or passes the key on.
func (l *List[T]) TypedKey(e *fyne.KeyEvent) {
	if l.Ahead.Keep(l, Press{Key: e.Name}) {
		return
	}
	switch e.Name {
	case fyne.KeyUp:
		l.Go(l.cursor - 1)
	case fyne.KeyDown:
		l.Go(l.cursor + 1)
	case fyne.KeyPageUp:
		l.Go(l.cursor - l.page())
	case fyne.KeyPageDown:
		l.Go(l.cursor + l.page())
	case fyne.KeyHome:
		l.Go(0)
	case fyne.KeyEnd:
		if l.cursor == len(l.items)-1 && l.OnEnd != nil {
			l.OnEnd()
		}
		l.Go(len(l.items) - 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.open()
	default:
		PassKey(l, e)
	}
}

// TypedRune passes characters on.
func (l *List[T]) TypedRune(r rune) { PassRune(l, r) }

// Go moves the cursor to a row, or to the nearest one there is.
func (l *List[T]) Go(row int) {
	if len(l.items) == 0 {
		return
	}
	l.cursor, l.holding = min(max(row, 0), len(l.items)-1), false
	l.Highlight(l.cursor)
}

// open opens the item at the cursor, again if it is open already: the drawer may have been closed.
func (l *List[T]) open() {
	if _, ok := l.Cursor(); ok {
		l.quiet = true
		l.UnselectAll()
		l.quiet = false
		l.Select(l.cursor)
	}
}

// page is how many rows are seen at once, less one to keep the place.
func (l *List[T]) page() int {
	return max(int(l.Size().Height/l.pitch())-1, 1)
}

// pitch is how far rows are apart.
func (l *List[T]) pitch() float32 { return float32(RowDense) + l.Theme().Size(theme.SizeNamePadding) }
