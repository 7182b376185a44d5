package timeline

import (
	"testing"

	"fyne.io/fyne/v2"
)

// scrollTo scrolls the lanes as the wheel does.
func (s *screen) scrollTo(y float32) {
	s.scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: s.scroll.Offset.Y - y}})
}

func TestAPinnedLaneStaysWhileTheOthersScroll(t *testing.T) {
	s := open(t, incident(), small, dark)
	s.choose(5)
	s.types("P")
	s.scrollTo(80)
	if s.scroll.Offset.Y != 80 {
		t.Fatalf("the lanes are scrolled by %v", s.scroll.Offset.Y)
	}
	height := s.field.scene.rows[0].height
	if y := s.field.drawn.images[0].Position().Y; y != 80 {
		t.Errorf("the pinned lane's picture is at %v", y)
	}
	if y := s.field.drawn.images[1].Position().Y; y != height {
		t.Errorf("the picture below it is at %v, want %v", y, height)
	}
	if y := s.field.pinnedArea.names.Position().Y; y != 80 || len(s.field.pinnedArea.names.Objects) == 0 {
		t.Errorf("its name is at %v", y)
	}
	if i := s.field.rowAt(80 + height/2); i != 0 {
		t.Errorf("a click on it reaches lane %d", i)
	}
	if !s.field.pinnedArea.under.Visible() || s.field.pinnedArea.under.Size().Height != height {
		t.Errorf("what scrolls under it is not hidden: %v", s.field.pinnedArea.under.Size())
	}
	s.cross(ago(30))
	for i, r := range s.field.readout[1:len(s.field.drawn.images)] {
		if r.Visible() && r.Position().Y < s.field.edge() {
			t.Errorf("the readout of lane %d lies on it", i+1)
		}
	}
	order := map[fyne.CanvasObject]int{}
	for i, o := range s.field.plot.Objects {
		order[o] = i
	}
	if order[s.field.drawn.images[1]] > order[s.field.pinnedArea.under] ||
		order[s.field.drawn.images[0]] < order[s.field.pinnedArea.under] {
		t.Error("it is not drawn above the others")
	}
	s.types("P")
	if y := s.field.drawn.images[0].Position().Y; y != 0 || s.field.pinnedArea.under.Visible() {
		t.Errorf("let go, it is at %v", y)
	}
}

func TestKeysFindALaneBelowPinnedOnes(t *testing.T) {
	s := open(t, incident(), small, dark)
	s.choose(5)
	s.types("P")
	for range 20 {
		s.press(t, "↓")
	}
	for s.row > 1 {
		s.press(t, "↑")
		if s.field.under(s.row, s.field.top(s.row)) {
			t.Fatalf("lane %d is chosen and lies under the pinned one", s.row)
		}
	}
}

func TestPinnedLanesLeaveRoomForOthers(t *testing.T) {
	s := open(t, incident(), small, dark)
	for i := range s.field.scene.rows {
		s.choose(i)
		s.types("P")
	}
	f := s.field
	if n := f.pinnedArea.rows; n == 0 ||
		f.scene.rows[n-1].top+f.scene.rows[n-1].height > s.scroll.Size().Height*pinnedPart {
		t.Errorf("%d lanes stay, %v of %v high", n, f.edge(), s.scroll.Size().Height)
	}
}
