package shell

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestTheNameStaysInSightWhileOneScrolls(t *testing.T) {
	s := newStage(t, fullShelf(), 1440, 500, false)
	s.session.Selected.Set(checkout)
	head := s.drawer.head
	if head.Visible() {
		t.Error("it covers a page that is not scrolled")
	}
	s.drawer.scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -200)})
	if !head.Visible() || head.title.Now() != "checkout-5xx" {
		t.Errorf("scrolled, it says %q, seen: %v", head.title.Now(), head.Visible())
	}
	if s.rune('c'); head.Visible() {
		t.Error("it covers the page that a pivot leads to")
	}
	if s.key(fyne.KeyBackspace); !head.Visible() {
		t.Error("back where it was scrolled it is not there")
	}
	s.session.Selected.Set(critical)
	if head.Visible() {
		t.Error("it covers another alarm")
	}
}
