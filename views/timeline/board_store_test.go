package timeline

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// shelf keeps boards in memory.
type shelf struct {
	boards []app.Board
	err    error
}

func (s *shelf) Load(context.Context) ([]app.Board, error) { return s.boards, s.err }
func (s *shelf) Save(_ context.Context, boards []app.Board) error {
	if s.err == nil {
		s.boards = boards
	}
	return s.err
}

// openWith is open with a shelf.
func openWith(t testing.TB, kept *shelf) *screen {
	s := open(t, incident(), full, dark)
	s.KeepBoards(kept).Enter(nil)
	return s
}

func TestABoardIsSavedAndOpenedInItsWindow(t *testing.T) {
	kept := &shelf{}
	s := openWith(t, kept)
	s.choose(1)
	s.types("x")
	if s.title.words != "Board: not saved" {
		t.Errorf("the title is %q", s.title.words)
	}
	s.session.Go(s.session.Focus.Now().Last(3 * time.Hour))
	s.saveBoard(" night ")
	want := s.laneNames()
	if s.title.words != "Board: night" || strings.Contains(s.title.beside, "saved") {
		t.Errorf("saved, the title is %q, %q", s.title.words, s.title.beside)
	}
	s.types("x")
	if !strings.Contains(s.title.beside, "changed, not saved") {
		t.Errorf("changed, it says %q", s.title.beside)
	}

	again := openWith(t, kept)
	again.openBoard(again.saved[0])
	if got := again.laneNames(); !slices.Equal(got, want) {
		t.Errorf("opened, there are %q and were %q", got, want)
	}
	if f := again.session.Focus.Now(); f.Window != 3*time.Hour {
		t.Errorf("it is opened in %v", f)
	}
	again.proposedLanes()
	if again.title.words != "Timeline" || again.laneNames()[1] != "Changes" {
		t.Errorf("as proposed, %s has %q", again.title.words, again.laneNames())
	}
}

func TestBoardsThatCannotBeKeptAreSaidSo(t *testing.T) {
	kept := &shelf{err: &app.Error{Kind: app.Malformed, Op: "settings", Err: errBroken}}
	s := openWith(t, kept)
	s.saveBoard("night")
	if !strings.Contains(s.title.beside, "boards are not kept") {
		t.Errorf("it says %q", s.title.beside)
	}
}

func TestTheSheetDeletesWithUndo(t *testing.T) {
	kept := &shelf{boards: []app.Board{{Name: "day", Lanes: []app.Lane{{Kind: app.LogLane}}},
		{Name: "night", Lanes: []app.Lane{{Kind: app.AlarmLane}}}}}
	s := openWith(t, kept)
	sheet := newBoardsSheet(s.View, s.window.Canvas())
	press := func(says string) {
		t.Helper()
		for _, o := range sheet.rows.Objects {
			row, _ := o.(*fyne.Container)
			if row == nil {
				continue
			}
			for _, c := range row.Objects {
				if c, ok := c.(*ui.Chip); ok && c.Says() == says {
					c.Tapped(nil)
					return
				}
			}
		}
		t.Fatalf("there is no %q", says)
	}
	press("Delete")
	if len(kept.boards) != 1 || kept.boards[0].Name != "night" {
		t.Fatalf("deleted, %v are kept", kept.boards)
	}
	press("Undo: bring back day")
	if len(kept.boards) != 2 || kept.boards[0].Name != "day" {
		t.Fatalf("brought back, %v are kept", kept.boards)
	}
	press("night")
	if got := s.laneNames(); !slices.Equal(got, []string{"Alarms"}) {
		t.Errorf("opened, there are %q", got)
	}
}

func TestCommandsName(t *testing.T) {
	kept := &shelf{boards: []app.Board{{Name: "night", Lanes: []app.Lane{{Kind: app.AlarmLane}}}}}
	s := openWith(t, kept)
	do := func(title string) {
		t.Helper()
		for _, c := range s.Commands() {
			if c.Title == title {
				c.Do()
				return
			}
		}
		t.Fatalf("there is no command %q", title)
	}
	do("Board: night")
	do("Add the lane of logs")
	if got := s.laneNames(); !slices.Equal(got, []string{"Alarms", "Logs"}) {
		t.Errorf("there are %q", got)
	}
	do("Remove the lane")
	do("Undo the last change of lanes")
	do("Move the lane up")
	if got := s.laneNames(); !slices.Equal(got, []string{"Logs", "Alarms"}) {
		t.Errorf("there are %q", got)
	}
	do("Lanes as proposed")
	for _, a := range s.snapshot.alarms {
		if a.Name == "checkout-5xx" {
			s.session.Selected.Set(a.Alarm)
		}
	}
	do("Board from this alarm")
	if s.title.words != "Board: checkout-5xx" {
		t.Errorf("the title is %q", s.title.words)
	}
}
