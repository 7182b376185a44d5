package timeline

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/lane"
)

func TestRowsOfTheAlarmLaneAreReachedByKeys(t *testing.T) {
	s := open(t, incident(), full, dark)
	rows := s.field.scene.rows[0].lane.(lane.Lister).Things()
	for i := range rows {
		s.types(".")
		s.press(t, "Enter")
		if a, ok := s.session.Selected.Now().(app.Alarm); !ok || !app.SameItem(a, rows[i].Item) {
			t.Fatalf("row %d opens %v, want %s", i, s.session.Selected.Now(), rows[i].Item)
		}
		if y, want := s.field.chosen.Position().Y, rows[i].Middle-lane.RowHeight/2.0; y-want > 1 || want-y > 1 {
			t.Errorf("row %d is marked at %v, want %v", i, y, want)
		}
	}
	s.types(".,,")
	if s.stepped != len(rows)-3 {
		t.Errorf("beyond the last and two back leads to row %d", s.stepped)
	}
	s.press(t, "↓")
	if s.row != 1 || s.stepped != -1 {
		t.Errorf("down leads to lane %d, row %d", s.row, s.stepped)
	}
}

func TestMarksAreReachedByKeys(t *testing.T) {
	s := open(t, incident(), small, dark)
	s.choose(1)
	marks := s.field.scene.rows[1].lane.(lane.Stepper).Steps()
	for _, m := range marks {
		s.types(".")
		s.press(t, "Enter")
		if !s.crossAt.Equal(m.At) || !app.SameItem(s.session.Selected.Now(), m.Item) {
			t.Fatalf("at %v it opens %v, want %v", s.crossAt, s.session.Selected.Now(), m.Item)
		}
	}
	s.types(",")
	if want := marks[len(marks)-2].At; !s.crossAt.Equal(want) {
		t.Errorf("one back is %v, want %v", s.crossAt, want)
	}
	s.cross(ago(47).Add(s.axis.Wide(200)))
	s.session.Selected.Set(nil)
	s.press(t, "Enter")
	if item := s.session.Selected.Now(); app.SameItem(item, s.step.Item) {
		t.Error("with the crosshair elsewhere it opens what the keys went to before")
	}
}

func TestOtherLanesStepThroughWhatWentWrong(t *testing.T) {
	s := open(t, incident(), full, dark)
	for name, is := range map[string]func(app.Item) bool{
		"Traces": func(i app.Item) bool { d, ok := i.(app.Latency); return ok && d.Fault },
		"Logs": func(i app.Item) bool {
			b, ok := i.(app.LogBucket)
			return ok &&
				b.Counts[app.LevelError] > 0
		},
		"orders-stream age": func(i app.Item) bool {
			m, ok := i.(app.Series)
			return ok &&
				m.Metric.Key() == iterator.Key()
		},
	} {
		s.uncross()
		s.choose(slices.Index(s.laneNames(), name))
		s.types(".")
		s.press(t, "Enter")
		if item := s.session.Selected.Now(); !is(item) {
			t.Errorf("in %s the first step opens %T", name, item)
		}
	}
	if d := s.crossAt.Sub(ago(27)).Abs(); s.row == slices.Index(s.laneNames(), "orders-stream age") && d != 0 {
		t.Errorf("the turn into ALARM is %v beside", d)
	}
}

func TestPageKeysScroll(t *testing.T) {
	s := open(t, incident(), small, dark)
	most := s.field.scene.height() - s.scroll.Size().Height
	key := func(k fyne.KeyName) float32 {
		s.Bindings().Key(&fyne.KeyEvent{Name: k})
		return s.scroll.Offset.Y
	}
	if y := key(fyne.KeyPageDown); y <= 0 || y > most {
		t.Errorf("a page down is at %v of %v", y, most)
	}
	if y := key(fyne.KeyPageDown); y != most {
		t.Errorf("the end is at %v, want %v", y, most)
	}
	key(fyne.KeyPageUp)
	if y := key(fyne.KeyPageUp); y != 0 {
		t.Errorf("back at the top it is at %v", y)
	}
}

func TestAliasesAreShownWhileTheDrawerIsOpen(t *testing.T) {
	s := open(t, incident(), full, dark)
	shown := func() (n int) {
		for _, b := range s.Bindings() {
			if slices.Contains([]string{"A", "M", "C", "K", "J"}, b.Keys) {
				n++
			}
		}
		return n
	}
	if n := shown(); n != 0 {
		t.Errorf("without a drawer %d keys are shown twice", n)
	}
	s.session.Selected.Set(s.snapshot.changes[0])
	if n := shown(); n != 5 {
		t.Errorf("with one, %d of 5 are shown", n)
	}
}
