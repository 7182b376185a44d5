package explore

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/views/ui"
)

// barOf returns a screen whose query bar has the keyboard.
func barOf(t *testing.T) *Screen[string] {
	t.Helper()
	ui.UseAppearance(test.NewTempApp(t))
	at := time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)
	session := ui.NewSession(app.Focus{}.Last(time.Hour), time.UTC, ui.Inline, func() time.Time { return at })
	s := New(Parts[string]{Name: "Things", Session: session, Signal: app.Logs,
		Columns: []ui.Column[string]{{Title: "x", Cell: func(s string) ui.Cell { return ui.Cell{Text: s} }}},
		Key:     func(s string) string { return s }, Item: func(s string) app.Item { return s },
		KeyOf: func(app.Item) string { return "" }, Fields: []string{"trace"},
		Check: func(text string) error { _, err := query.Parse(text); return err },
		Read: func(_ context.Context, q Question) (Answer[string], error) {
			if strings.HasSuffix(q.Text, ":") || strings.HasSuffix(q.Text, ":4") { // as what is half typed
				return Answer[string]{Known: true}, nil
			}
			return Answer[string]{Items: []string{"x"}, Total: 1, Known: true, Facets: []Facet{
				NewFacet("Status", "status", map[string]int{"200": 1234, "404": 2, "a b": 1})}}, nil
		}})
	w := test.NewTempWindow(t, s)
	w.Resize(fyne.NewSize(900, 600))
	s.Enter(nil)
	s.search()
	return s
}

// typed types into the bar; ↓ ↑ ⏎ ⎋ ⇥ are keys, ^ is Ctrl+H.
func typed(s *Screen[string], text string) {
	keys := map[rune]fyne.KeyName{'↓': fyne.KeyDown, '↑': fyne.KeyUp, '⏎': fyne.KeyReturn, '⎋': fyne.KeyEscape,
		'⇥': fyne.KeyTab}
	for _, r := range text {
		switch key, ok := keys[r]; {
		case ok && (key != fyne.KeyTab || s.query.AcceptsTab()):
			s.query.TypedKey(&fyne.KeyEvent{Name: key})
		case r == '^':
			s.query.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyH, Modifier: fyne.KeyModifierControl})
		case !ok:
			s.query.TypedRune(r)
		}
	}
}

// offered is what the list of suggestions says.
func offered(s *Screen[string]) string {
	var all []string
	for _, r := range s.assist.list.rows {
		all = append(all, strings.TrimSpace(r.text+" "+r.note))
	}
	return strings.Join(all, ", ")
}

func TestSuggestions(t *testing.T) {
	for _, c := range []struct{ keys, text, offers string }{
		{"st", "st", "status field"},
		{"st⇥", "status:", "200 1,234, 404 2, a b 1, * any value"},
		{"st⇥⇥", "status:200 ", ""},
		{"st⇥↓↓⏎", "status:404 ", ""},
		{"st⇥↓↓↓↑↑⏎", "status:200 ", ""},
		{"status:a⇥", `status:"a b" `, ""},
		{"st⎋", "st", ""},
		{"status:4", "status:4", "404 2"},
		{"x O", "x O", "OR"},
		{"x O⇥tr", "x OR tr", "trace field"},
		{"404", "404", "status:404 2"},
		{"-40⏎", "-40", ""},
		{"zzz", "zzz", ""},
	} {
		s := barOf(t)
		typed(s, c.keys)
		if got := offered(s); s.query.Text != c.text || got != c.offers {
			t.Errorf("%s: %q and %q, want %q and %q", c.keys, s.query.Text, got, c.text, c.offers)
		}
	}
}

func TestHistory(t *testing.T) {
	s := barOf(t)
	for _, text := range []string{"one⏎", "two⏎", "one⏎", "(⏎"} {
		s.query.SetText("")
		s.search()
		typed(s, text)
	}
	s.query.SetText("")
	s.search()
	typed(s, "↑")
	if got := offered(s); got != "one, two" {
		t.Errorf("the last queries are %s", got)
	}
	typed(s, "↓⏎")
	if s.query.Text != "two" {
		t.Errorf("the second is asked as %q", s.query.Text)
	}
	typed(s, "↑") // not empty
	if got := offered(s); got != "" {
		t.Errorf("↑ in a query offers %s", got)
	}
	if typed(s, "^"); offered(s) != "one, two" {
		t.Errorf("Ctrl+H offers %s", offered(s))
	}
}

func TestErrorIsPointedAt(t *testing.T) {
	s := barOf(t)
	typed(s, "ab (c")
	if m := s.assist.mark; !m.Visible() || m.Position().X <= s.assist.origin().X+10 || m.Size().Width < 4 {
		t.Errorf("the mark is at %v, %v, shown: %v", m.Position(), m.Size(), m.Visible())
	}
	if typed(s, ")"); s.assist.mark.Visible() {
		t.Error("the mark stays when the query is right")
	}
}

func TestSuggestionsByMouse(t *testing.T) {
	s := barOf(t)
	typed(s, "status:")
	list := s.assist.list
	list.MouseIn(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(30,
		suggestionAir+suggestionRow*1.5)}})
	fyne.CurrentApp().Driver().CanvasForObject(s).Unfocus() // as a press does
	if !list.Visible() {
		t.Fatal("a press on the list closes it before the tap comes")
	}
	list.Tapped(&fyne.PointEvent{Position: fyne.NewPos(30, suggestionAir+suggestionRow*1.5)})
	if s.query.Text != "status:404 " || !s.assist.focused() {
		t.Errorf("a tap makes it %q", s.query.Text)
	}
}
