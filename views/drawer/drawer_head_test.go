package drawer

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// long is an item whose page has a hundred lines, and leads to another one.
type long string

func (l long) Read(context.Context, struct{}, ReadContext) (Detail[struct{}], error) { return l, nil }

func (l long) Page(k PageContext) *Page {
	p := NewPage("Item", string(l), nil, "")
	for range 100 {
		p.Text("a line", ui.Small)
	}
	p.Pivot("On", "c", "", func() { k.Open(long("next")) })
	return p
}

func TestTheNameStaysInSightWhileOneScrolls(t *testing.T) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(ui.NewTheme(nil))
	session := ui.NewSession(app.Focus{Window: time.Hour}, time.UTC, ui.Inline, time.Now)
	w := test.NewTempWindow(t, ui.NewText("", ui.Note))
	d := New(Parts{Canvas: w.Canvas(), Session: session, Titled: func() {},
		Details: []Opener{Bind(struct{}{}, func(item app.Item) Detail[struct{}] {
			if l, ok := item.(long); ok {
				return l
			}
			return nil
		})}})
	session.Selected.Follow(d.Open)
	w.SetContent(d)
	w.Resize(fyne.NewSize(ui.DrawerWidth, 400))
	session.Selected.Set(long("first"))
	if d.head.Visible() {
		t.Error("it covers a page that is not scrolled")
	}
	d.scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -200)})
	if !d.head.Visible() || d.head.title.Now() != "first" {
		t.Errorf("scrolled, it says %q, seen: %v", d.head.title.Now(), d.head.Visible())
	}
	if d.Bindings().Rune('c'); d.title != "next" || d.head.Visible() {
		t.Errorf("it covers the page that a pivot leads to, %q", d.title)
	}
	if d.Bindings().Key(&fyne.KeyEvent{Name: fyne.KeyBackspace}); d.title != "first" || !d.head.Visible() {
		t.Errorf("back where it was scrolled, at %q, it is not there", d.title)
	}
	session.Selected.Set(long("another"))
	if d.head.Visible() {
		t.Error("it covers another item")
	}
}
