package explore

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// millionRows is a screen of close to a million items, of which an answer has the first hundred.
func millionRows(t *testing.T) (*Screen[*int], *int) {
	t.Helper()
	ui.UseAppearance(test.NewTempApp(t))
	at := time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)
	session := ui.NewSession(app.Focus{}.Last(time.Hour), time.UTC, ui.Inline, func() time.Time { return at })
	total := 999_900
	items := func(from, n int) (all []*int) {
		for i := from; i < from+n; i++ {
			all = append(all, &i)
		}
		return all
	}
	key := func(i *int) string {
		if i == nil {
			return ""
		}
		return fmt.Sprint("item ", *i)
	}
	s := New(Parts[*int]{Name: "Things", Session: session, Signal: app.Logs,
		Columns: []ui.Column[*int]{{Title: "Thing", Cell: func(i *int) ui.Cell { return ui.Cell{Text: key(i)} }}},
		Key:     key, Item: func(i *int) app.Item { return *i }, KeyOf: func(app.Item) string { return "" },
		Pages: Pages[*int]{Absent: func(i *int) bool { return i == nil },
			Read: func(_ context.Context, _ Question, skip, n int) ([]*int, error) { return items(skip, n), nil }},
		Read: func(context.Context, Question) (Answer[*int], error) {
			return Answer[*int]{Items: items(0, 100), Total: total, Known: true}, nil
		}})
	w := test.NewTempWindow(t, s)
	w.Resize(fyne.NewSize(900, 600))
	s.Enter(nil)
	return s, &total
}

func press(s *Screen[*int], key fyne.KeyName) { s.list.TypedKey(&fyne.KeyEvent{Name: key}) }

func TestAMillionRows(t *testing.T) {
	s, total := millionRows(t)
	at := func() int {
		item, ok := s.list.Cursor()
		if !ok || item == nil {
			return -1
		}
		return *item
	}
	if n := len(s.list.Items()); n != *total {
		t.Fatalf("the list has %d rows", n)
	}
	press(s, fyne.KeyEnd)
	if got := at(); got != *total-1 {
		t.Errorf("End leads to item %d", got)
	}
	press(s, fyne.KeyPageUp)
	press(s, fyne.KeyUp)
	if got := at(); got < *total-60 || got >= *total-2 {
		t.Errorf("a page up from the end leads to item %d", got)
	}
	deep := at()
	*total += 7
	s.read(false)
	if got := at(); got != deep || s.fresh.count != 7 {
		t.Errorf("what is read by page has moved to item %d, %d are new", got, s.fresh.count)
	}
	s.jump()
	if got := at(); got != 0 || len(s.list.Items()) != *total {
		t.Errorf("the way back leads to item %d of %d", got, len(s.list.Items()))
	}
	for i := range keptPages + 5 {
		s.list.Go(1000 + i*pageRows)
		if got := at(); got != 1000+i*pageRows {
			t.Fatalf("row %d has item %d", 1000+i*pageRows, got)
		}
	}
	read := 0
	for _, item := range s.list.Items() {
		if item != nil {
			read++
		}
	}
	if most := 100 + keptPages*pageRows; read > most {
		t.Errorf("%d rows are kept, want at most %d", read, most)
	}
}
