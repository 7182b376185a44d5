package timeline

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// menuItem returns what the menu of the chosen lane offers under that beginning.
func (s *screen) menuItem(t *testing.T, says string) *fyne.MenuItem {
	t.Helper()
	items := s.laneMenu()
	i := slices.IndexFunc(items, func(m *fyne.MenuItem) bool { return strings.HasPrefix(m.Label, says) })
	if i < 0 {
		t.Fatalf("the menu has no %q", says)
	}
	return items[i]
}

func TestARightClickOpensTheMenuOfALane(t *testing.T) {
	s := open(t, incident(), full, dark)
	s.field.TappedSecondary(&fyne.PointEvent{Position: fyne.NewPos(60, s.field.top(3)+10)})
	if s.row != 3 || s.window.Canvas().Overlays().Top() == nil {
		t.Fatalf("lane %d is chosen, above all is %v", s.row, s.window.Canvas().Overlays().Top())
	}
	name := s.laneNames()[3]
	s.menuItem(t, "Pin").Action()
	if s.laneNames()[0] != name {
		t.Errorf("pinned, the first lane is %q", s.laneNames()[0])
	}
	s.menuItem(t, "Let go").Action()
	s.menuItem(t, "Collapse").Action()
	if s.field.scene.rows[s.row].height != collapsedHeight {
		t.Errorf("collapsed, it is %v high", s.field.scene.rows[s.row].height)
	}
	s.menuItem(t, "Open").Action()
	s.menuItem(t, "Remove").Action()
	if slices.Contains(s.laneNames(), name) {
		t.Error("removed, it is still there")
	}
	s.menuItem(t, "Undo").Action()
	if !slices.Contains(s.laneNames(), name) {
		t.Error("undone, it does not come back")
	}
}

func TestTheHandleBesideANameOpensTheMenu(t *testing.T) {
	s := open(t, incident(), full, dark)
	s.moveTo(60, s.field.top(4)+30)
	if !s.field.handle.Visible() || s.field.handle.Position().Y != s.field.top(4)+howMiddle-handleSize/2 {
		t.Fatalf("over a name the handle is at %v", s.field.handle.Position())
	}
	s.tap(handleLeft+5, s.field.top(4)+howMiddle)
	if s.row != 4 || s.window.Canvas().Overlays().Top() == nil {
		t.Errorf("a click on it opens no menu of lane %d", s.row)
	}
	s.moveTo(s.x(ago(30)), s.field.top(4)+30)
	if s.field.handle.Visible() {
		t.Error("over the pictures it stays")
	}
}

func TestTheTitleAddsSavesAndUndoes(t *testing.T) {
	s := open(t, incident(), full, dark)
	says := func() (all []string) {
		for _, c := range s.title.chips {
			all = append(all, c.Says())
		}
		return all
	}
	if got := says(); !slices.Equal(got, []string{"Boards", "Save board", "+ Lane"}) {
		t.Fatalf("the title has %q", got)
	}
	test.Tap(s.title.chips[2])
	if s.window.Canvas().Overlays().Top() == nil {
		t.Error("+ Lane opens nothing")
	}
	s.window.Canvas().Overlays().Remove(s.window.Canvas().Overlays().Top())
	s.choose(2)
	name := s.laneNames()[2]
	s.types("x")
	if got, want := s.title.undo.Says(), "Removed "+name+" · Undo"; got != want || !s.title.undo.Visible() {
		t.Fatalf("after a removal it says %q, want %q", got, want)
	}
	test.Tap(s.title.undo)
	if s.laneNames()[2] != name || s.title.undo.Visible() {
		t.Errorf("undone, lane 2 is %q", s.laneNames()[2])
	}
	s.types("xc")
	if s.title.undo.Visible() {
		t.Error("after another change it still offers to undo the removal")
	}
	test.Tap(s.title.chips[1])
	if s.window.Canvas().Overlays().Top() == nil {
		t.Error("a board without a name is saved without asking for one")
	}
	s.saveBoard("night")
	s.choose(0)
	s.types("c")
	test.Tap(s.title.chips[1])
	if b := s.saved[s.find("night")]; !b.Lanes[0].Collapsed {
		t.Error("Save board does not keep a board that has a name")
	}
}
