package traces

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/ui"
)

// keysAt is the name of the span that the keys are at, "" while they are elsewhere.
func keysAt(t *testing.T, s *drawertest.Stage) string {
	w := waterfallOf(t, s)
	if s.Window.Canvas().Focused() != w {
		return ""
	}
	return w.bars[w.cursor()].name
}

// deep is a trace of forty spans.
func deep() app.Trace {
	trace := drawertest.Slow
	trace.Spans = nil
	for i := range 40 {
		s := app.Span{ID: fmt.Sprintf("s%02d", i), Kind: app.Subsegment, Name: fmt.Sprint("call-", i),
			Service: "checkout", Start: drawertest.Now, End: drawertest.Now.Add(3e9)}
		if i > 0 {
			s.Parent = "s00"
		}
		trace.Spans = append(trace.Spans, s)
	}
	return trace
}

func deepStage(t *testing.T, width, height float32) *drawertest.Stage {
	shelf := drawertest.JoinedCache()
	shelf.AllTraces = []app.Trace{deep()}
	s := drawertest.New(t, shelf, height, Details(shelf))
	s.Session.Selected.Set(deep())
	return s
}

func TestKeysStepThroughTheSpans(t *testing.T) {
	s := deepStage(t, 1440, 900)
	for _, step := range []struct{ keys, at string }{
		{"↓", ""}, {"s", "call-0"}, {"↓↓", "call-2"}, {"↑", "call-1"}, {"⇟", "call-11"}, {"⇟⇞", "call-11"},
		{"⇲", "call-39"}, {"↓", "call-39"}, {"⇱", "call-0"}, {"↑", "call-0"},
		{"↓s", ""}, {"s", "call-1"},
	} {
		s.Types(step.keys)
		if got := keysAt(t, s); got != step.at {
			t.Errorf("%s leads to %q, want %q", step.keys, got, step.at)
		}
	}
	s.Drawer.ReleaseKeyboard() // as on another screen
	if got := keysAt(t, s); got != "" {
		t.Errorf("on another screen the keys are at %q", got)
	}
	s.Types("s⎋")
	if s.Drawer.IsOpen() || s.Window.Canvas().Focused() != nil {
		t.Errorf("Esc leaves the drawer open: %v, and the keys at %v", s.Drawer.IsOpen(), s.Window.Canvas().Focused())
	}
}

func TestASpanIsWalkedBackFrom(t *testing.T) {
	s := deepStage(t, 1440, 500)
	s.Types("s⇲↑⏎")
	if s.Drawer.Title() != "call-38" || s.Window.Canvas().Focused() != nil {
		t.Fatalf("Enter opens %q, and the keys are at %v", s.Drawer.Title(), s.Window.Canvas().Focused())
	}
	s.Types("l⌫⌫")
	if got := keysAt(t, s); got != "call-38" || !seesSpan(t, s, 38) {
		t.Errorf("back leads to %q, in sight: %v", got, seesSpan(t, s, 38))
	}
	s.Session.Changed.Set(ui.Change{Serial: 1}) // it is drawn anew
	if got := keysAt(t, s); got != "call-38" {
		t.Errorf("drawn anew the keys are at %q", got)
	}
	s.Session.Selected.Set(drawertest.Slow)
	s.Types("s")
	if got := keysAt(t, s); got != "call-0" {
		t.Errorf("another trace begins at %q", got)
	}
}

// seesSpan reports whether a row lies in sight, clear of the head.
func seesSpan(t *testing.T, s *drawertest.Stage, row int) bool {
	w := waterfallOf(t, s)
	seen := fyne.CurrentApp().Driver().AbsolutePositionForObject(w).Y
	top, clear := seen+float32(row)*barRow, float32(0)
	if w.Position().Y-seen > drawer.HeadHeight { // so far scrolled the name of the trace stands above the page
		clear = drawer.HeadHeight
	}
	return top >= clear && top+barRow <= s.Drawer.Size().Height
}

func TestTheSpanThatKeysAreAtIsInSight(t *testing.T) {
	s := deepStage(t, 1024, 400)
	s.Types("s")
	for i, keys := range strings.Split("⇱ ↓ ⇟ ⇟ ⇲ ↑ ⇞ ⇞ ⇱", " ") {
		s.Types(keys)
		if w := waterfallOf(t, s); !seesSpan(t, s, w.cursor()) || w.at.Position().Y != float32(w.cursor())*barRow ||
			!w.edge.Visible() {
			t.Errorf("%d: row %d is not in sight", i, w.cursor())
		}
	}
}

// A click opens a span, and the keys go on from there when it is walked back from.
func TestTheKeysGoOnFromTheSpanThatWasClicked(t *testing.T) {
	s := deepStage(t, 1440, 900)
	test.TapAt(waterfallOf(t, s), fyne.NewPos(10, 5*barRow+3))
	s.Types("⌫s")
	if got := keysAt(t, s); got != "call-5" {
		t.Errorf("the keys go on from %q", got)
	}
}

func TestTheKeysOfTheSpansAreShown(t *testing.T) {
	s := deepStage(t, 1440, 900)
	sheet := func() (said string) {
		for _, b := range s.Drawer.Bindings() {
			said += b.Keys + " " + b.Does + " "
		}
		return said
	}
	if said := sheet(); !strings.Contains(said, "s Step through the spans") || strings.Contains(said, "Span by span") {
		t.Errorf("before it says %s", said)
	}
	s.Types("s")
	if said := sheet(); !strings.Contains(said, "↑ ↓ Span by span") || !strings.Contains(said, "Enter Open the span") {
		t.Errorf("then it says %s", said)
	}
}

func TestATraceInPicture(t *testing.T) {
	shelf := drawertest.JoinedCache()
	s := drawertest.New(t, shelf, 2130, Details(shelf))
	s.Session.Selected.Set(drawertest.Slow)
	s.Types("s↓")
	test.AssertObjectRendersToMarkup(t, "detail_trace.xml", s.Drawer)
}
