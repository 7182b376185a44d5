package timeline

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/lane"
)

// x returns the place of an instant on the field.
func (s *screen) x(at time.Time) float32 { return plotLeft + s.axis.X(at) }

// drag presses a button at one instant, moves to another and lets go, as the driver reports it.
func (s *screen) drag(button desktop.MouseButton, held fyne.KeyModifier, from, to time.Time) {
	y := float32(400)
	a, b := fyne.NewPos(s.x(from), y), fyne.NewPos(s.x(to), y)
	down := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: a}, Button: button, Modifier: held}
	s.field.MouseDown(down)
	for _, p := range []fyne.Position{a.AddXY((b.X-a.X)/2, 0), b} {
		s.field.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: p}})
	}
	up := *down
	up.Position = b
	s.field.MouseUp(&up)
	s.field.DragEnd()
}

// tap clicks at an instant and a height of the lanes.
func (s *screen) tap(x, y float32) {
	e := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)},
		Button: desktop.MouseButtonPrimary}
	s.field.MouseDown(e)
	s.field.MouseUp(e)
	s.field.Tapped(&e.PointEvent)
}

// looksAt fails unless the window is from one time to another, in minutes ago, give or take a few seconds of pixels.
func (s *screen) looksAt(t *testing.T, from, to float64) {
	t.Helper()
	r := s.session.Range()
	if r.From.Sub(ago(from)).Abs() > 5*time.Second || r.To.Sub(ago(to)).Abs() > 5*time.Second {
		t.Errorf("it looks at %v to %v, want %v to %v", r.From, r.To, ago(from), ago(to))
	}
}

func TestDragSelectsAWindow(t *testing.T) {
	for name, ends := range map[string][2]float64{"to the right": {40, 20}, "to the left": {20, 40}} {
		t.Run(name, func(t *testing.T) {
			s := open(t, incident(), full, dark)
			s.drag(desktop.MouseButtonPrimary, 0, ago(ends[0]), ago(ends[1]))
			s.looksAt(t, 40, 20)
			if s.field.brushed.Visible() {
				t.Error("the brush stays")
			}
			if s.session.Selected.Now() != nil {
				t.Errorf("a drag selected %v", s.session.Selected.Now())
			}
			s.session.Back()
			s.looksAt(t, 60, 0)
		})
	}
}

func TestAnUnsteadyClickIsNoWindow(t *testing.T) {
	s := open(t, incident(), full, dark)
	s.drag(desktop.MouseButtonPrimary, 0, ago(40), ago(39.9))
	s.looksAt(t, 60, 0)
}

func TestShiftOrTheMiddleButtonPans(t *testing.T) {
	for name, b := range map[string]struct {
		button desktop.MouseButton
		held   fyne.KeyModifier
	}{"shift": {desktop.MouseButtonPrimary, fyne.KeyModifierShift}, "middle button": {desktop.MouseButtonTertiary, 0}} {
		t.Run(name, func(t *testing.T) {
			s := open(t, incident(), full, dark)
			s.drag(b.button, b.held, ago(40), ago(30))
			s.looksAt(t, 70, 10)
			s.session.Back()
			s.looksAt(t, 60, 0)
		})
	}
}

func TestTheWheelZoomsAtThePointer(t *testing.T) {
	s := open(t, incident(), full, dark)
	for range 3 {
		s.field.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(s.x(ago(15)), 300)},
			Scrolled: fyne.Delta{DY: notch}})
	}
	const left = notchZoom * notchZoom * notchZoom
	s.looksAt(t, 15+45*left, 15-15*left)
	s.session.Back() // one movement, one step
	s.looksAt(t, 60, 0)
}

func TestAWheelSidewaysPans(t *testing.T) {
	s := open(t, incident(), full, dark)
	s.field.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(500, 300)},
		Scrolled: fyne.Delta{DX: s.axis.Width / 6}})
	s.looksAt(t, 70, 10)
}

func TestTheWheelOverNamesScrollsTheLanes(t *testing.T) {
	s := open(t, incident(), small, dark)
	s.field.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(50, 300)},
		Scrolled: fyne.Delta{DY: -40}})
	s.looksAt(t, 60, 0)
	if s.scroll.Offset.Y != 40 {
		t.Errorf("the lanes are scrolled by %v", s.scroll.Offset.Y)
	}
}

func TestADoubleClickZoomsOut(t *testing.T) {
	s := open(t, incident(), full, dark)
	e := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(s.x(ago(30)), 300)},
		Button: desktop.MouseButtonPrimary}
	for range 2 {
		s.field.MouseDown(e)
		s.field.MouseUp(e)
	}
	s.field.DoubleTapped(&e.PointEvent)
	s.looksAt(t, 120, 0)
	s.session.Go(s.session.Focus.Now().On(app.Range{From: ago(600), To: ago(540)}))
	s.field.DoubleTapped(&e.PointEvent)
	s.looksAt(t, 630, 510)
}

func TestZoomKeepsTheInstantUnderThePointer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		axis := chart.Axis{Range: app.Since(now,
			time.Duration(rapid.Int64Range(int64(time.Minute), int64(400*24*time.Hour)).Draw(t, "length"))), Width: 800}
		x := rapid.Float32Range(0, 800).Draw(t, "x")
		later := now.Add(2 * 455 * 24 * time.Hour) // than any window reaches
		for _, scroll := range rapid.SliceOfN(rapid.Float32Range(-200, 200), 1, 30).Draw(t, "scrolls") {
			after := chart.Axis{Range: zoomed(axis.Range, axis.Time(x), turned(scroll), later), Width: 800}
			if off := after.X(axis.Time(x)) - x; off > 0.1 || off < -0.1 {
				t.Fatalf("what was at %v lies %v beside it", x, off)
			}
			axis = after
		}
	})
}

func TestZoomingOutEndsAtTheWidestWindow(t *testing.T) {
	for name, wider := range map[string]func(*screen){
		"the wheel": func(s *screen) {
			s.field.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(700, 300)},
				Scrolled: fyne.Delta{DY: -notch}})
		},
		"the key": func(s *screen) { s.types("-") },
		"a double click": func(s *screen) {
			e := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(700, 300)},
				Button: desktop.MouseButtonPrimary}
			s.field.MouseDown(e)
			s.field.MouseUp(e)
			s.field.DoubleTapped(&e.PointEvent)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, incident(), full, dark)
			for range 60 {
				wider(s)
			}
			r := s.session.Range()
			if r.Length() != 455*24*time.Hour || !r.To.Equal(now) {
				t.Errorf("it ends at %v, which is %s", r, r.Length())
			}
			s.session.Go(s.session.Focus.Now().Last(r.Length()))
			if wider(s); s.session.Focus.Now().Window == 0 {
				t.Error("where there is no further to go, a window that moves with now ceases to")
			}
		})
	}
}

func TestPanningThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		axis := chart.Axis{Range: app.Since(now,
			time.Duration(rapid.Int64Range(int64(time.Minute), int64(400*24*time.Hour)).Draw(t, "length"))), Width: 800}
		dx := rapid.Float32Range(-3000, 3000).Draw(t, "dx")
		there := chart.Axis{Range: panned(axis, dx), Width: 800}
		if back := panned(there, -dx); !back.Equal(axis.Range) {
			t.Fatalf("%v became %v", axis.Range, back)
		}
	})
}

func TestClicksSelect(t *testing.T) {
	s := open(t, incident(), full, dark)
	inRow := func(i int, part float32) float32 {
		return s.field.scene.rows[i].top + part*s.field.scene.rows[i].height
	}
	for _, c := range []struct {
		name string
		x, y float32
		is   func(app.Item) bool
	}{
		{"a strip", s.x(ago(30)), 34, func(i app.Item) bool {
			a, ok := i.(app.Alarm)
			return ok &&
				a.Name == "checkout-critical"
		}},
		{"an alarm's name", 40, 34 + 17, func(i app.Item) bool {
			a, ok := i.(app.Alarm)
			return ok &&
				a.Name == "checkout-5xx"
		}},
		{"the diamond", s.x(ago(47)), s.field.scene.rows[1].top + markMiddle, func(i app.Item) bool {
			e, ok := i.(app.Changes)
			return ok && len(e) == 2 && e[0].Name == "UpdateTable"
		}},
		{"a cluster", s.x(ago(56)), s.field.scene.rows[1].top + markMiddle,
			func(i app.Item) bool { e, ok := i.(app.Changes); return ok && len(e) == 3 }},
		{"a line", s.x(ago(5)), inRow(5, 0.2),
			func(i app.Item) bool { m, ok := i.(app.SeriesAt); return ok && m.Statistic == "p99" }},
		{"a bar", s.x(ago(5.5)), inRow(8, 0.8),
			func(i app.Item) bool { b, ok := i.(app.LogBucket); return ok && b.Range.Contains(ago(5.5)) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			s.session.Selected.Set(nil)
			s.tap(c.x, c.y)
			if item := s.session.Selected.Now(); !c.is(item) {
				t.Errorf("selected %T", item)
			}
		})
	}
	s.session.Selected.Set(nil)
	s.tap(50, inRow(9, 0.2))
	if item := s.session.Selected.Now(); item != nil {
		t.Errorf("the name of the traces selected %T", item)
	}
}

func TestTheCrosshairFollowsThePointer(t *testing.T) {
	s := open(t, incident(), full, dark)
	at := func(x float32) *desktop.MouseEvent {
		return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 300)}}
	}
	images := s.field.drawn.images[2].Image
	s.field.MouseIn(at(s.x(ago(13.5))))
	if !s.field.hair.Visible() || s.ruler.time.Text != "10:58:30" {
		t.Errorf("the crosshair is at %q", s.ruler.time.Text)
	}
	s.field.MouseMoved(at(s.x(ago(60))))
	if s.field.hair.Position().X != 0 || s.ruler.time.Text != "10:12:00" {
		t.Errorf("at the left edge it is at %v, %q", s.field.hair.Position().X, s.ruler.time.Text)
	}
	s.field.MouseMoved(at(s.x(ago(0.2))))
	for i, r := range s.field.readout {
		if r.Visible() && r.Position().X+r.Size().Width > s.axis.Width {
			t.Errorf("the readout of lane %d is cut off at the right", i)
		}
	}
	s.field.MouseMoved(at(20))
	if s.field.hair.Visible() {
		t.Error("over the names it is still shown")
	}
	s.field.MouseMoved(at(s.x(ago(10))))
	s.field.MouseOut()
	if s.field.hair.Visible() || s.ruler.tag.Visible() {
		t.Error("it stays when the pointer leaves")
	}
	if s.field.drawn.images[2].Image != images {
		t.Error("hovering drew anew")
	}
}

// press does what is bound to a key, named as the help names it.
func (s *screen) press(t *testing.T, keys string) {
	t.Helper()
	for _, b := range s.Bindings() {
		if b.Keys == keys {
			b.Do()
			return
		}
	}
	t.Fatalf("no key %q", keys)
}

func TestKeys(t *testing.T) {
	s := open(t, incident(), small, dark)
	s.press(t, "←")
	s.looksAt(t, 75, 15)
	s.press(t, "→")
	s.looksAt(t, 60, 0)
	s.press(t, "+")
	s.looksAt(t, 50, 10)
	s.press(t, "−")
	s.looksAt(t, 60, 0)
	s.press(t, "0")
	if f := s.session.Focus.Now(); f.Window != time.Hour {
		t.Errorf("0 looks at %+v", f)
	}
	s.press(t, "]")
	if want := s.axis.At(0.5).Add(s.axis.Wide(crossStep)); !s.crossAt.Equal(want) {
		t.Errorf("] puts the crosshair at %v, want %v", s.crossAt, want)
	}
	s.cross(hour.From)
	s.press(t, "[")
	if !s.crossAt.Equal(hour.From) {
		t.Errorf("at the start, [ puts it at %v", s.crossAt)
	}
}

func TestKeysChooseALaneAndOpenIt(t *testing.T) {
	s := open(t, incident(), small, dark)
	at := []float64{5.5, 47, 5.5} // something is to open in each
	for i, is := range []func(app.Item) bool{
		func(i app.Item) bool { _, ok := i.(app.Alarm); return ok },
		func(i app.Item) bool { _, ok := i.(app.Changes); return ok },
		func(i app.Item) bool { _, ok := i.(app.SeriesAt); return ok },
	} {
		s.cross(ago(at[i]))
		s.press(t, "↓")
		s.press(t, "Enter")
		if item := s.session.Selected.Now(); s.row != i || !is(item) {
			t.Errorf("lane %d opens %T", s.row, item)
		}
	}
	for range 20 {
		s.press(t, "↓")
	}
	if last := len(s.field.scene.rows) - 1; s.row != last || s.scroll.Offset.Y == 0 {
		t.Errorf("lane %d of %d is chosen, scrolled by %v", s.row, last, s.scroll.Offset.Y)
	}
	for range 20 {
		s.press(t, "↑")
	}
	if s.row != 0 || s.scroll.Offset.Y != 0 {
		t.Errorf("lane %d is chosen, scrolled by %v", s.row, s.scroll.Offset.Y)
	}
}

func TestEnterOpensOnlyTheChangeAtTheCrosshair(t *testing.T) {
	s := open(t, incident(), small, dark)
	s.choose(slices.IndexFunc(s.field.scene.rows, func(r row) bool { _, ok := r.lane.(*lane.Trail); return ok }))
	s.cross(ago(44)) // between changes
	s.press(t, "Enter")
	if item := s.session.Selected.Now(); item != nil {
		t.Errorf("far from any change it opens %v", item)
	}
	s.cross(ago(47).Add(s.axis.Wide(6)))
	s.press(t, "Enter")
	if item, ok := s.session.Selected.Now().(app.Changes); !ok || item[0].Name != "UpdateTable" {
		t.Errorf("beside a change it opens %v", s.session.Selected.Now())
	}
}

func TestTheCrosshairByKeyIsDrawnAtOnce(t *testing.T) {
	s := open(t, incident(), small, dark)
	drawn := 0
	s.redraw = func() { drawn++ }
	for _, step := range []struct {
		key  string
		want int // drawings so far
	}{{"↓", 0}, {"↓", 0}, {"[", 1}, {"]", 1}} { // once it is there, moving it asks for a drawing by itself
		s.press(t, step.key)
		if drawn != step.want || s.field.hair.Visible() != (step.want > 0) {
			t.Errorf("after %s it is drawn %d times, want %d", step.key, drawn, step.want)
		}
	}
	s.uncross()
	s.press(t, "]")
	if drawn != 2 {
		t.Errorf("after it had gone, ] draws it %d times", drawn)
	}
}

func TestKeysWithoutLanesDoNothing(t *testing.T) {
	s := open(t, &stored{}, full, dark)
	for _, b := range s.Bindings() {
		b.Do()
	}
	if item := s.session.Selected.Now(); item != nil {
		t.Errorf("an empty timeline opened %T", item)
	}
}

func TestPointText(t *testing.T) {
	for length, want := range map[time.Duration]string{time.Minute: "11:12:00.0", time.Hour: "11:12:00",
		48 * time.Hour: "14 Mar 11:12"} {
		if got := pointText(now, length, cet); got != want {
			t.Errorf("in %v it is %q, want %q", length, got, want)
		}
	}
}

func TestZoomingOutEndsAtNow(t *testing.T) {
	s := open(t, incident(), full, theme.VariantDark)
	s.zoomBy(2)
	if r := s.session.Range(); r.To.After(now) || r.Length() != 2*time.Hour {
		t.Errorf("out of the last hour leads to %v", r)
	}
	s.session.Go(s.session.Focus.Now().On(app.Range{From: ago(600), To: ago(540)}))
	s.zoomBy(2)
	if r := s.session.Range(); !r.Equal(app.Range{From: ago(630), To: ago(510)}) {
		t.Errorf("in the past zooming out leads to %v, off its middle", r)
	}
}

// A click opens the drawer, which takes room: what was clicked is still under the crosshair.
func TestTheCrosshairStaysAtItsInstantInLessRoom(t *testing.T) {
	s := open(t, incident(), full, dark)
	s.field.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(s.x(ago(20)), 300)}})
	was := s.crossAt
	s.Resize(full.SubtractWidthHeight(300, 0))
	if !s.crossed || !s.crossAt.Equal(was) {
		t.Errorf("it went from %v to %v", was, s.crossAt)
	}
	s.field.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(s.x(ago(40)), 300)}})
	if off := s.crossAt.Sub(ago(40)).Abs(); off > time.Minute {
		t.Errorf("it no longer follows the pointer: %v off", off)
	}
}

func TestWhatExplainsTheInstantAtTheCrosshair(t *testing.T) {
	s := open(t, incident(), full, dark)
	s.press(t, "e")
	if item := s.session.Selected.Now(); item != nil {
		t.Errorf("without a crosshair it opens %T", item)
	}
	s.cross(ago(30))
	s.press(t, "e")
	if item, ok := s.session.Selected.Now().(app.WhatExplains); !ok || !item.At.Equal(ago(30)) {
		t.Errorf("it opens %+v", s.session.Selected.Now())
	}
}
