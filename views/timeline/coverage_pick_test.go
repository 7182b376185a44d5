package timeline

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
)

// Where the lane of coverage has its first strip, and how far below it the next.
const (
	coverTop  = 11
	coverStep = 7
)

func TestCoverageOpensWhatItSays(t *testing.T) {
	s := open(t, incident(), full, dark)
	last := len(s.field.scene.rows) - 1
	top := s.field.top(last)
	for i, c := range []struct {
		signal  app.Signal
		minutes float64
		state   app.CoverState
		from    float64
		to      float64
		covers  int
	}{
		{app.Metrics, 43.5, app.Missing, 45, 42, 5}, // of five series it is known, of the three of checkout it is not
		{app.Metrics, 50, app.Settling, 60, 45, 8},
		{app.Trail, 3, app.Missing, 7, 0, 0},
	} {
		row := 0
		for row < len(app.Signals) && app.Signals[row] != c.signal {
			row++
		}
		s.tap(s.x(ago(c.minutes)), top+coverTop+float32(row*coverStep)+2)
		got, ok := s.session.Selected.Now().(app.Coverage)
		if !ok || got.Signal != c.signal || got.State != c.state || len(got.Covers) != c.covers ||
			!got.Range.Equal(app.Range{From: ago(c.from), To: ago(c.to)}) {
			t.Errorf("%d: it opens %+v", i, got)
		}
	}
	s.session.Selected.Set(nil)
	s.tap(s.x(ago(30)), top+1)
	if item := s.session.Selected.Now(); item != nil {
		t.Errorf("above the strips it opens %T", item)
	}
}

func TestACollapsedLaneOpensWhatItShowsOpen(t *testing.T) {
	s := open(t, incident(), full, dark)
	for _, c := range []struct {
		lane    int
		minutes float64
	}{{0, 5}, {1, 47}, {5, 20}, {8, 20}} {
		at := s.field.open(c.lane, ago(c.minutes))
		s.choose(c.lane)
		s.types("c")
		s.session.Selected.Set(nil)
		s.tap(s.x(ago(c.minutes)), s.field.top(c.lane)+collapsedHeight/2)
		if got := s.session.Selected.Now(); at == nil || !app.SameItem(got, at) {
			t.Errorf("lane %d opens %T collapsed, %T open", c.lane, got, at)
		}
		s.types("c")
	}
	if item := s.field.pick(fyne.NewPos(20, 5)); item != nil {
		t.Errorf("a lane's name is %T", item)
	}
}
