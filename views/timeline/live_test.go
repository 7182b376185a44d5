package timeline

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/ui"
)

// openLive opens the screen on the last hour by a clock that the test moves.
func openLive(t *testing.T, cache Reader) (s *screen, clock *time.Time) {
	t.Helper()
	s = open(t, cache, full, dark)
	at := now
	s.session.Now = func() time.Time { return at }
	s.session.Go(s.session.Focus.Now().Last(time.Hour))
	return s, &at
}

// hold presses a button at an instant and moves to another one without letting go.
func (s *screen) hold(button desktop.MouseButton, from, to time.Time) *desktop.MouseEvent {
	e := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(s.x(from), 400)}, Button: button}
	end := s.x(to)
	s.field.MouseDown(e)
	s.field.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(end, 400)}})
	e.Position.X = end
	return e
}

// letGo ends what hold began.
func (s *screen) letGo(e *desktop.MouseEvent) {
	s.field.MouseUp(e)
	s.field.DragEnd()
}

func TestADragOwnsTheAxisUntilItIsLetGo(t *testing.T) {
	for name, button := range map[string]desktop.MouseButton{"brush": desktop.MouseButtonPrimary,
		"pan": desktop.MouseButtonTertiary} {
		t.Run(name, func(t *testing.T) {
			cache := incident()
			s, clock := openLive(t, cache)
			e := s.hold(button, ago(40), ago(30))
			held, before := s.axis.Range, cache.AskedFor("Alarms")
			*clock = clock.Add(time.Minute)
			s.session.Changed.Set(ui.Change{Serial: 1})
			s.Tick()
			if !s.axis.Range.Equal(held) {
				t.Fatalf("while it is held, a pull moves the axis from %v to %v", held, s.axis.Range)
			}
			if cache.AskedFor("Alarms") == before {
				t.Error("while it is held, nothing of the pull is shown")
			}
			s.letGo(e)
			if name == "brush" {
				s.looksAt(t, 40, 30)
			} else {
				s.looksAt(t, 70, 10)
			}
		})
	}
}

func TestADragToWhereItBeganLeavesTheWindowLive(t *testing.T) {
	for name, button := range map[string]desktop.MouseButton{"brush": desktop.MouseButtonPrimary,
		"pan": desktop.MouseButtonTertiary} {
		t.Run(name, func(t *testing.T) {
			s, clock := openLive(t, incident())
			e := s.hold(button, ago(40), ago(30))
			*clock = clock.Add(time.Minute)
			s.field.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(s.field.press.from.X,
				400)}})
			s.letGo(e)
			if f := s.session.Focus.Now(); f.Window != time.Hour {
				t.Errorf("it looks at %+v", f)
			}
			if want := app.Since(*clock, time.Hour); !s.axis.Range.Equal(want) {
				t.Errorf("let go, the axis is at %v and not at %v", s.axis.Range, want)
			}
		})
	}
}

func TestAFocusEndsADrag(t *testing.T) {
	s := open(t, incident(), full, dark)
	e := s.hold(desktop.MouseButtonPrimary, ago(40), ago(30))
	s.look(app.Since(now, 3*time.Hour))
	s.letGo(e)
	s.looksAt(t, 180, 0)
	if s.field.brushed.Visible() {
		t.Error("the brush stays")
	}
}

func TestADragThatTheDriverLosesEnds(t *testing.T) {
	s, clock := openLive(t, incident())
	s.hold(desktop.MouseButtonTertiary, ago(40), ago(30))
	s.field.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(500, 400)}})
	if want := app.Since(*clock, time.Hour); s.field.gesturing() || !s.axis.Range.Equal(want) {
		t.Errorf("with no button pressed the axis is at %v", s.axis.Range)
	}
}

func TestALiveWindowMovesWithTheClock(t *testing.T) {
	cache := incident()
	s, clock := openLive(t, cache)
	pixel := s.axis.Wide(1)
	for _, step := range []struct {
		by    time.Duration
		moves bool
	}{{pixel / 3, false}, {pixel / 3, false}, {pixel / 2, true}, {5 * time.Second, true}} {
		before, read := s.axis.Range, cache.AskedFor("Alarms")
		*clock = clock.Add(step.by)
		s.Tick()
		if moved := !s.axis.Range.Equal(before); moved != step.moves ||
			(cache.AskedFor("Alarms") > read) != step.moves {
			t.Errorf("after %v more it moved: %v, and read: %v", step.by, moved, cache.AskedFor("Alarms") > read)
		}
	}
	if want := app.Since(*clock, time.Hour); !s.axis.Range.Equal(want) {
		t.Errorf("it is at %v, want %v", s.axis.Range, want)
	}
	s.Leave()
	before := s.axis.Range
	*clock = clock.Add(time.Hour)
	if s.Tick(); !s.axis.Range.Equal(before) {
		t.Error("a screen that was left moves on")
	}
}

// A window of what is cached stands while nothing is pulled, so that nothing leaves it.
func TestAWindowOfWhatIsCachedMovesWithIt(t *testing.T) {
	s, clock := openLive(t, incident())
	s.session.Known = now.Add(-13 * time.Minute)
	s.session.Go(s.session.Focus.Now().LastCached(time.Hour))
	s.looksAt(t, 73, 13)
	lanes := s.laneNames()
	for range 3 {
		*clock = clock.Add(10 * time.Minute)
		s.Tick()
		s.looksAt(t, 73, 13)
	}
	if after := s.laneNames(); !slices.Equal(after, lanes) {
		t.Errorf("while it stands, its lanes change from %v to %v", lanes, after)
	}
	s.session.Known = now.Add(5 * time.Minute)
	s.Tick()
	s.looksAt(t, 55, -5)
	s.session.Go(s.session.Focus.Now().Last(time.Hour))
	s.looksAt(t, 30, -30)
}

// The first picture is of the width that the window has in the end: bars would be drawn twice.
func TestTheFirstPictureIsOfTheWindowsWidth(t *testing.T) {
	cache := incident()
	s, h := openHeld(t, cache, dark)
	s.window.Resize(small)
	s.window.Resize(wide)
	for s.snapshot.places == nil && h.step() {
	}
	if got, want := s.snapshot.axis.Width, s.axis.Width; got != want || s.snapshot.bucket != lane.BucketFor(s.axis) {
		t.Errorf("the first that is shown was read for a width of %v, the window's is %v", got, want)
	}
	if n := cache.AskedFor("LogVolume"); n != 1 {
		t.Errorf("bars were counted %d times", n)
	}
}

// What is said of now grows old in a window that stays.
func TestAgesGrowInAWindowThatStays(t *testing.T) {
	s := open(t, incident(), full, dark)
	at := now
	s.session.Now = func() time.Time { return at }
	age := func() string {
		for _, w := range slices.Concat(s.field.drawn.words...) {
			if w.Style == ui.Note {
				return w.Text
			}
		}
		return ""
	}
	before := age()
	at = at.Add(30 * time.Second)
	if s.Tick(); age() != before {
		t.Errorf("after half a minute it says %q", age())
	}
	at = at.Add(90 * time.Second)
	if s.Tick(); before != "by deploy-role/pipeline-482 · 1 more beside it · 47 min ago" ||
		age() != "by deploy-role/pipeline-482 · 1 more beside it · 49 min ago" {
		t.Errorf("it said %q, and two minutes later %q", before, age())
	}
}

func TestADoubleClickOnlyZoomsOut(t *testing.T) {
	s := open(t, incident(), full, dark)
	at := fyne.NewPos(s.x(ago(5.5)), 34+17)
	e := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary}
	for range 2 {
		s.field.MouseDown(e)
		s.field.MouseUp(e)
		if item := s.session.Selected.Now(); item != nil {
			t.Fatalf("a half of a double click opened %T", item)
		}
	}
	if s.row != 0 {
		t.Error("a click does not give its lane the keys at once")
	}
	s.field.DoubleTapped(&e.PointEvent)
	s.looksAt(t, 120, 0)
	if item := s.session.Selected.Now(); item != nil {
		t.Errorf("a double click opened %T", item)
	}
}

func TestTwoFastClicksAtDifferentPlacesAreTheSecond(t *testing.T) {
	s := open(t, incident(), full, dark)
	var first fyne.PointEvent
	for i, y := range []float32{34, 34 + 3*lane.RowHeight} {
		e := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(s.x(ago(5.5)), y)},
			Button: desktop.MouseButtonPrimary}
		if i == 0 {
			first = e.PointEvent
		}
		s.field.MouseDown(e)
		s.field.MouseUp(e)
	}
	s.field.DoubleTapped(&first)
	s.looksAt(t, 60, 0)
	if a, ok := s.session.Selected.Now().(app.Alarm); !ok || a.Name != s.field.scene.rows[0].head().Rows[3].Name {
		t.Errorf("it opened %v", s.session.Selected.Now())
	}
}

func TestNamesOpenAtOnce(t *testing.T) {
	s := open(t, incident(), full, dark)
	e := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(40, 34+17)},
		Button: desktop.MouseButtonPrimary}
	s.field.MouseDown(e)
	s.field.MouseUp(e)
	if _, ok := s.session.Selected.Now().(app.Alarm); !ok {
		t.Errorf("a click on an alarm's name opened %v", s.session.Selected.Now())
	}
}

func TestZoomingOutReachesNoFurtherAheadOfNow(t *testing.T) {
	s := open(t, incident(), full, dark)
	for range 3 {
		s.field.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(s.x(ago(30)), 300)},
			Scrolled: fyne.Delta{DY: -notch}})
	}
	if r := s.session.Range(); r.To.After(now) || r.Length() < 110*time.Minute {
		t.Errorf("the wheel leads to %v", r)
	}
	rapid.Check(t, func(t *rapid.T) {
		minutes := func(name string) time.Time { return ago(float64(rapid.IntRange(-600, 600).Draw(t, name))) }
		before := app.Range{From: minutes("from"), To: minutes("to")}
		if before.Empty() {
			t.Skip("no range")
		}
		at, factor := minutes("at"), rapid.Float64Range(0.1, 10).Draw(t, "factor")
		r, after := before.Zoom(at, factor), zoomed(before, at, factor, now)
		if after.Length() != r.Length() {
			t.Fatalf("%v becomes %v", r, after)
		}
		if after.To.After(now) && after.To.After(before.To) {
			t.Fatalf("from %v it goes to %v", before, after)
		}
		if !r.To.After(now) && !after.Equal(r) {
			t.Fatalf("%v in the past becomes %v", r, after)
		}
	})
}

// The crosshair stays under the pointer, however the axis moves.
func TestTheCrosshairStaysUnderThePointer(t *testing.T) {
	under := func(s *screen, x float32) bool {
		off := s.field.hair.Position().X - (x - plotLeft)
		return s.field.hair.Visible() && off*off < 0.01
	}
	pointAt := func(x float32) *desktop.MouseEvent {
		return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 400)}}
	}
	for name, move := range map[string]func(*screen, *time.Time) float32{
		"a brush": func(s *screen, _ *time.Time) float32 {
			x := s.x(ago(20))
			s.letGo(s.hold(desktop.MouseButtonPrimary, ago(50), ago(20)))
			return x
		},
		"a pan": func(s *screen, _ *time.Time) float32 {
			x := s.x(ago(20))
			s.letGo(s.hold(desktop.MouseButtonTertiary, ago(50), ago(20)))
			return x
		},
		"a wheel sideways": func(s *screen, _ *time.Time) float32 {
			s.field.MouseMoved(pointAt(600))
			s.field.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(600, 400)},
				Scrolled: fyne.Delta{DX: 90}})
			return 600
		},
		"the clock": func(s *screen, clock *time.Time) float32 {
			s.field.MouseMoved(pointAt(600))
			*clock = clock.Add(5 * time.Minute)
			s.Tick()
			return 600
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, clock := openLive(t, incident())
			if x := move(s, clock); !under(s, x) {
				t.Errorf("the pointer is at %v, the crosshair at %v", x-plotLeft, s.field.hair.Position().X)
			}
			s.field.MouseOut()
			s.cross(ago(30))
			if s.look(app.Since(now, 2*time.Hour)); !s.crossAt.Equal(ago(30)) {
				t.Errorf("put there by key, it moved to %v", s.crossAt)
			}
		})
	}
}
