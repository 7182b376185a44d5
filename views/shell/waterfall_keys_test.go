package shell

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// at is the name of the span that the keys are at, "" while they are elsewhere.
func (s *drawerStage) at(t *testing.T) string {
	w := s.waterfallOf(t)
	if s.window.Canvas().Focused() != w {
		return ""
	}
	return w.bars[w.cursor()].name
}

// deep is a trace of forty spans.
func deep() app.Trace {
	trace := slow
	trace.Spans = nil
	for i := range 40 {
		s := app.Span{ID: fmt.Sprintf("s%02d", i), Kind: app.Subsegment, Name: fmt.Sprint("call-", i), Service: "checkout", Start: now, End: now.Add(3e9)}
		if i > 0 {
			s.Parent = "s00"
		}
		trace.Spans = append(trace.Spans, s)
	}
	return trace
}

func deepStage(t *testing.T, width, height float32) *drawerStage {
	shelf := joinedShelf()
	shelf.traces = []app.Trace{deep()}
	s := newDrawerStage(t, shelf, height, traceDetails(shelf))
	s.session.Selected.Set(deep())
	return s
}

func TestKeysStepThroughTheSpans(t *testing.T) {
	s := deepStage(t, 1440, 900)
	for _, step := range []struct{ keys, at string }{
		{"↓", ""}, {"s", "call-0"}, {"↓↓", "call-2"}, {"↑", "call-1"}, {"⇟", "call-11"}, {"⇟⇞", "call-11"}, {"⇲", "call-39"}, {"↓", "call-39"}, {"⇱", "call-0"}, {"↑", "call-0"},
		{"↓s", ""}, {"s", "call-1"},
	} {
		s.types(step.keys)
		if got := s.at(t); got != step.at {
			t.Errorf("%s leads to %q, want %q", step.keys, got, step.at)
		}
	}
	s.drawer.releaseKeyboard() // as on another screen
	if got := s.at(t); got != "" {
		t.Errorf("on another screen the keys are at %q", got)
	}
	s.types("s⎋")
	if s.drawer.isOpen() || s.window.Canvas().Focused() != nil {
		t.Errorf("Esc leaves the drawer open: %v, and the keys at %v", s.drawer.isOpen(), s.window.Canvas().Focused())
	}
}

func TestASpanIsWalkedBackFrom(t *testing.T) {
	s := deepStage(t, 1440, 500)
	s.types("s⇲↑⏎")
	if s.drawer.Title() != "call-38" || s.window.Canvas().Focused() != nil {
		t.Fatalf("Enter opens %q, and the keys are at %v", s.drawer.Title(), s.window.Canvas().Focused())
	}
	s.types("l⌫⌫")
	if got := s.at(t); got != "call-38" || !s.seesSpan(t, 38) {
		t.Errorf("back leads to %q, in sight: %v", got, s.seesSpan(t, 38))
	}
	s.session.Changed.Set(ui.Change{Serial: 1}) // it is drawn anew
	if got := s.at(t); got != "call-38" {
		t.Errorf("drawn anew the keys are at %q", got)
	}
	s.session.Selected.Set(slow)
	s.types("s")
	if got := s.at(t); got != "call-0" {
		t.Errorf("another trace begins at %q", got)
	}
}

// seesSpan reports whether a row lies in sight, clear of the head.
func (s *drawerStage) seesSpan(t *testing.T, row int) bool {
	w := s.waterfallOf(t)
	seen := fyne.CurrentApp().Driver().AbsolutePositionForObject(w).Y
	top, clear := seen+float32(row)*barRow, float32(0)
	if w.Position().Y-seen > headHeight { // so far scrolled the name of the trace stands above the page
		clear = headHeight
	}
	return top >= clear && top+barRow <= s.drawer.Size().Height
}

func TestTheSpanThatKeysAreAtIsInSight(t *testing.T) {
	s := deepStage(t, 1024, 400)
	s.types("s")
	for i, keys := range strings.Split("⇱ ↓ ⇟ ⇟ ⇲ ↑ ⇞ ⇞ ⇱", " ") {
		s.types(keys)
		if w := s.waterfallOf(t); !s.seesSpan(t, w.cursor()) || w.at.Position().Y != float32(w.cursor())*barRow || !w.edge.Visible() {
			t.Errorf("%d: row %d is not in sight", i, w.cursor())
		}
	}
}

// A click opens a span, and the keys go on from there when it is walked back from.
func TestTheKeysGoOnFromTheSpanThatWasClicked(t *testing.T) {
	s := deepStage(t, 1440, 900)
	test.TapAt(s.waterfallOf(t), fyne.NewPos(10, 5*barRow+3))
	s.types("⌫s")
	if got := s.at(t); got != "call-5" {
		t.Errorf("the keys go on from %q", got)
	}
}

func TestTheKeysOfTheSpansAreShown(t *testing.T) {
	s := deepStage(t, 1440, 900)
	sheet := func() (said string) {
		for _, b := range s.drawer.bindings() {
			said += b.Keys + " " + b.Does + " "
		}
		return said
	}
	if said := sheet(); !strings.Contains(said, "s Step through the spans") || strings.Contains(said, "Span by span") {
		t.Errorf("before it says %s", said)
	}
	s.types("s")
	if said := sheet(); !strings.Contains(said, "↑ ↓ Span by span") || !strings.Contains(said, "Enter Open the span") {
		t.Errorf("then it says %s", said)
	}
}

func TestATraceInPicture(t *testing.T) {
	shelf := joinedShelf()
	s := newDrawerStage(t, shelf, 2130, traceDetails(shelf))
	s.session.Selected.Set(slow)
	s.types("s↓")
	test.AssertObjectRendersToMarkup(t, "detail_trace.xml", s.drawer)
}
