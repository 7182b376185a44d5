package timeline

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// dragName drags from one height of the label column to another.
func (s *screen) dragName(from, to float32, letGo bool) {
	s.field.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(30, from)},
		Button: desktop.MouseButtonPrimary})
	for _, y := range []float32{(from + to) / 2, to} {
		s.field.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(30, y)}})
	}
	if letGo {
		s.field.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(30, to)},
			Button: desktop.MouseButtonPrimary})
		s.field.DragEnd()
	}
}

// middle is the height of the middle of a lane.
func (s *screen) middle(row int) float32 {
	return s.field.scene.rows[row].top + s.field.scene.rows[row].height/2
}

func TestANameIsDraggedToAnotherPlace(t *testing.T) {
	for _, c := range []struct {
		from  int
		above float32 // of the middle of lane 4
		want  int
	}{{1, 3, 3}, {1, -3, 4}, {6, 3, 4}, {6, -3, 5}, {4, 3, 4}, {4, -3, 4}} {
		s := open(t, incident(), full, dark)
		first := s.laneNames()
		s.dragName(s.middle(c.from), s.middle(4)-c.above, false)
		if !s.field.dropLine.Visible() || !slices.Equal(s.laneNames(), first) {
			t.Fatal("while a lane is dragged, a line says where it goes and nothing else moves")
		}
		s.field.DragEnd()
		if got := slices.Index(s.laneNames(), first[c.from]); got != c.want || s.row != c.want ||
			s.field.dropLine.Visible() {
			t.Errorf("lane %d dropped %v above the middle of 4 stands at %d, want %d; lane %d is chosen", c.from,
				c.above, got, c.want, s.row)
		}
		if moved := c.from != c.want; moved != s.edits.CanUndo() {
			t.Errorf("lane %d to %d: there is something to undo: %v", c.from, c.want, s.edits.CanUndo())
		}
	}
}

func TestALowerEdgeIsDragged(t *testing.T) {
	s := open(t, incident(), full, dark)
	scene := s.field.scene
	edge := scene.rows[3].top + scene.rows[3].height
	s.dragName(edge-2, edge+40, true)
	if got, want := s.field.scene.rows[3].height, scene.rows[3].height+40; got != want {
		t.Errorf("it is %v high, want %v", got, want)
	}
	least := s.field.scene.rows[3].least()
	s.dragName(s.field.scene.rows[3].top+s.field.scene.rows[3].height-2, 0, true)
	if got := s.field.scene.rows[3].height; got != least {
		t.Errorf("dragged to nothing it is %v high, want %v", got, least)
	}
	s.field.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(30,
		s.field.scene.rows[3].top)}})
	if s.field.Cursor() != desktop.VResizeCursor {
		t.Error("the pointer does not say that an edge can be dragged")
	}
}
