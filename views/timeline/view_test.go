package timeline

import (
	"errors"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

var cet = time.FixedZone("CET", 3600)

// dark and light fix the theme's variant.
var dark, light = theme.VariantDark, theme.VariantLight

// screen is a Timeline in a window of that size, which looks at the last hour of a cache.
type screen struct {
	*View
	session *ui.Session
	window  fyne.Window
}

func open(t testing.TB, cache Reader, size fyne.Size, variant fyne.ThemeVariant) *screen {
	t.Helper()
	if f, ok := cache.(*stored); ok {
		f.open(t)
	}
	a := test.NewTempApp(t)
	a.Settings().SetTheme(ui.NewTheme(&variant))
	session := ui.NewSession(app.Focus{Range: hour}, cet, ui.Inline, func() time.Time { return now })
	s := &screen{New(session, cache, presets), session, nil}
	w := test.NewTempWindow(t, s.View)
	w.SetPadded(false)
	w.Resize(size)
	s.window = w
	s.Enter(nil)
	return s
}

// The screen's own size in the two windows of the design: less the rail, the focus bar, the status bar and the drawer.
var (
	full  = fyne.NewSize(1440-ui.RailWidth-ui.DrawerWidth, 900-ui.FocusHeight-ui.StatusHeight)
	small = fyne.NewSize(1024-ui.RailWidth-ui.DrawerWidth, 700-ui.FocusHeight-ui.StatusHeight)
	wide  = fyne.NewSize(1440-ui.RailWidth, 900-ui.FocusHeight-ui.StatusHeight)
)

// states are the screen in every state that a person meets it in.
var states = map[string]func(*testing.T, fyne.ThemeVariant) *screen{
	"full": func(t *testing.T, v fyne.ThemeVariant) *screen {
		s := open(t, incident(), full, v)
		s.cross(ago(13.5))
		s.session.Selected.Set(s.field.pick(fyne.NewPos(plotLeft+20, 34+17)))
		return s
	},
	"narrow": func(t *testing.T, v fyne.ThemeVariant) *screen {
		s := open(t, incident(), small, v)
		s.cross(ago(2))
		s.choose(2)
		return s
	},
	"wide": func(t *testing.T, v fyne.ThemeVariant) *screen { return open(t, incident(), wide, v) },
	"long": func(t *testing.T, v fyne.ThemeVariant) *screen {
		s := open(t, incident(), full, v)
		s.session.Go(s.session.Focus.Now().Last(24 * time.Hour))
		s.cross(ago(13.5))
		return s
	},
	"short": func(t *testing.T, v fyne.ThemeVariant) *screen {
		s := open(t, incident(), full, v)
		s.look(app.Range{From: ago(24), To: ago(18)})
		return s
	},
	"brushing": func(t *testing.T, v fyne.ThemeVariant) *screen {
		s := open(t, incident(), full, v)
		s.field.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(s.x(ago(50)), 300)},
			Button: desktop.MouseButtonPrimary})
		s.field.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(s.x(ago(30)), 300)}})
		return s
	},
	"arranged": func(t *testing.T, v fyne.ThemeVariant) *screen {
		s := open(t, incident(), full, v)
		s.choose(6)
		s.types("P>>>")
		for _, row := range []int{1, 2, 8} {
			s.choose(row)
			s.types("c")
		}
		s.saveBoard("checkout-5xx")
		return s
	},
	"pinned": func(t *testing.T, v fyne.ThemeVariant) *screen {
		s := open(t, incident(), small, v)
		s.choose(5)
		s.types("P")
		s.scrollTo(120)
		s.cross(ago(13.5))
		return s
	},
	"related": func(t *testing.T, v fyne.ThemeVariant) *screen {
		s := open(t, incident(), full, v)
		s.moveTo(s.x(ago(13.5)), firstRow)
		s.session.Selected.Set(s.snapshot.changes[4])
		return s
	},
	"refused": func(t *testing.T, v fyne.ThemeVariant) *screen {
		s := open(t, deniedIncident(), full, v)
		s.choose(slices.Index(s.laneNames(), "Logs"))
		s.openChosen()
		return s
	},
	"removed": func(t *testing.T, v fyne.ThemeVariant) *screen {
		s := open(t, incident(), small, v)
		s.choose(2)
		s.types("x")
		s.moveTo(60, s.field.top(3)+30)
		return s
	},
	"measured": func(t *testing.T, v fyne.ThemeVariant) *screen {
		s := open(t, incident(), full, v)
		s.pinAt(ago(40))
		s.cross(ago(13.5))
		return s
	},
	"several": func(t *testing.T, v fyne.ThemeVariant) *screen {
		s := open(t, incident(), full, v)
		s.choose(4)
		for _, m := range []app.Metric{latency, failures} {
			s.joinLane(app.Lane{Kind: app.MetricLane, Scope: shop, Readings: []app.Reading{presets.Reading(m)}})
		}
		s.cross(ago(13.5))
		return s
	},
	"boards": func(t *testing.T, v fyne.ThemeVariant) *screen {
		s := open(t, incident(), full, v)
		s.choose(1)
		s.types("x")
		s.saveBoard("checkout-5xx")
		s.saveBoard("night")
		s.types("b")
		return s
	},
	"add": func(t *testing.T, v fyne.ThemeVariant) *screen {
		s := open(t, incident(), full, v)
		s.types("a")
		return s
	},
	"unpulled": func(t *testing.T, v fyne.ThemeVariant) *screen { return open(t, pulled(22), full, v) },
	"denied":   func(t *testing.T, v fyne.ThemeVariant) *screen { return open(t, deniedIncident(), full, v) },
	"unread": func(t *testing.T, v fyne.ThemeVariant) *screen {
		cache := incident()
		s := open(t, cache, small, v)
		cache.err = errBroken
		s.look(app.Range{From: ago(150), To: ago(30)})
		s.cross(ago(140))
		return s
	},
	"ahead": func(t *testing.T, v fyne.ThemeVariant) *screen {
		s := open(t, incident(), full, v)
		s.look(app.Range{From: ago(60), To: ago(-30)})
		s.cross(ago(-15))
		return s
	},
	"empty": func(t *testing.T, v fyne.ThemeVariant) *screen { return open(t, &stored{}, full, v) },
	"nothing": func(t *testing.T, v fyne.ThemeVariant) *screen {
		s := open(t, incident(), full, v)
		s.look(app.Range{From: ago(60 * 30), To: ago(60 * 29)})
		return s
	},
	"stale": func(t *testing.T, v fyne.ThemeVariant) *screen {
		cache := incident()
		s := open(t, cache, full, v)
		cache.err = errBroken
		s.session.Changed.Set(ui.Change{Serial: 1})
		return s
	},
	"failed": func(t *testing.T, v fyne.ThemeVariant) *screen {
		cache := incident()
		cache.err = errBroken
		return open(t, cache, full, v)
	},
	"loading": func(t *testing.T, v fyne.ThemeVariant) *screen {
		s, _ := openHeld(t, incident(), v)
		return s
	},
}

var errBroken = &app.Error{Kind: app.Damaged, Op: "read the cache", Err: errors.New("disk I/O error")}

func TestMarkup(t *testing.T) {
	for name, make := range states {
		t.Run(name, func(t *testing.T) {
			test.AssertRendersToMarkup(t, name+".xml", make(t, dark).window.Canvas())
		})
	}
}

// TestLook writes pictures of the screen in every state into the folder that TIMELINE_PICTURES names, to be looked at.
func TestLook(t *testing.T) {
	folder := os.Getenv("TIMELINE_PICTURES")
	if folder == "" {
		t.Skip("TIMELINE_PICTURES names no folder")
	}
	for name, make := range states {
		for theme, variant := range map[string]fyne.ThemeVariant{"dark": dark, "light": light} {
			t.Run(name+"-"+theme, func(t *testing.T) {
				file, err := os.Create(filepath.Join(folder, name+"-"+theme+".png"))
				if err != nil {
					t.Fatal(err)
				}
				defer file.Close()
				if err := png.Encode(file, make(t, variant).window.Canvas().Capture()); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// held are threads that do nothing until they are told to.
type held struct{ waiting []func() }

func (h *held) threads() ui.Threads {
	return ui.Threads{Away: func(f func()) { h.waiting = append(h.waiting, f) }, Back: func(f func()) { f() }}
}

// step does what is waiting now, and reports whether anything was.
func (h *held) step() bool {
	now := h.waiting
	h.waiting = nil
	for _, f := range now {
		f()
	}
	return len(now) > 0
}

func (h *held) all() {
	for h.step() {
	}
}

// openHeld opens the screen with threads that the test steps.
func openHeld(t *testing.T, cache *stored, variant fyne.ThemeVariant) (*screen, *held) {
	t.Helper()
	cache.open(t)
	test.NewTempApp(t).Settings().SetTheme(ui.NewTheme(&variant))
	h := &held{}
	session := ui.NewSession(app.Focus{Range: hour}, cet, h.threads(), func() time.Time { return now })
	s := &screen{New(session, cache, presets), session, nil}
	s.window = test.NewTempWindow(t, s.View)
	s.window.SetPadded(false)
	s.window.Resize(full)
	s.Enter(nil)
	return s, h
}

func TestOldPicturesStretchUntilNewOnesCome(t *testing.T) {
	s, h := openHeld(t, incident(), dark)
	h.all()
	width := s.axis.Width
	old := s.field.drawn.images[0].Image
	s.look(app.Range{From: ago(30), To: ago(0)})
	if img := s.field.drawn.images[0]; img.Image != old || img.Size().Width != 2*width || img.Position().X != -width {
		t.Errorf("zoomed in twice on the second half, the old picture is %v wide at %v", img.Size().Width,
			img.Position().X)
	}
	h.all()
	if img := s.field.drawn.images[0]; img.Image == old || img.Size().Width != width || img.Position().X != 0 {
		t.Errorf("the new picture is %v wide at %v", img.Size().Width, img.Position().X)
	}
}

func TestChangesOfTheCacheAreReadOnceMore(t *testing.T) {
	cache := incident()
	s, h := openHeld(t, cache, dark)
	h.all()
	before := cache.AskedFor("Alarms")
	for i := range 50 {
		s.session.Changed.Set(ui.Change{Serial: i})
	}
	h.all()
	if got := cache.AskedFor("Alarms") - before; got < 1 || got > 2 {
		t.Errorf("fifty changes in a row were read %d times", got)
	}
}

func TestAfterLeavingNothingIsRead(t *testing.T) {
	cache := incident()
	s := open(t, cache, full, dark)
	s.cross(ago(10))
	s.choose(3)
	state := s.Leave()
	before := len(cache.Asked())
	s.session.Changed.Set(ui.Change{Serial: 1})
	s.look(app.Since(now, 2*time.Hour))
	if len(cache.Asked()) != before {
		t.Error("a screen that was left reads on")
	}
	s.choose(-1)
	s.uncross()
	s.Enter(state)
	if s.row != 3 || !s.crossed || !s.crossAt.Equal(ago(10)) {
		t.Errorf("it comes back with lane %d and the crosshair at %v", s.row, s.crossAt)
	}
}

func TestAnErrorKeepsWhatWasThere(t *testing.T) {
	cache := incident()
	s := open(t, cache, full, dark)
	lanes := len(s.field.scene.rows)
	cache.err = errors.New("broken")
	s.session.Changed.Set(ui.Change{Serial: 1})
	if len(s.field.scene.rows) != lanes || s.trouble() == nil {
		t.Errorf("after an error there are %d lanes, and it says %v", len(s.field.scene.rows), s.trouble())
	}
	cache.err = nil
	s.session.Changed.Set(ui.Change{Serial: 2})
	if s.trouble() != nil {
		t.Errorf("after a good read it still says %v", s.trouble())
	}
}

func TestTheThemeRepaints(t *testing.T) {
	s := open(t, incident(), full, dark)
	old := s.field.drawn.images[0].Image
	fyne.CurrentApp().Settings().SetTheme(ui.NewTheme(&light))
	s.Refresh()
	s.field.Refresh()
	if s.field.drawn.images[0].Image == old {
		t.Error("the pictures keep the colours of the dark theme")
	}
}

func TestTheZoneMovesTheLabels(t *testing.T) {
	s := open(t, incident(), full, dark)
	first := s.ruler.labels[0].Text
	s.session.Zone.Set(time.UTC)
	if got := s.ruler.labels[0].Text; first != "10:15" || got != "09:15" {
		t.Errorf("the first label was %q and is %q", first, got)
	}
}

func TestAResizeDrawsAnew(t *testing.T) {
	s := open(t, incident(), full, dark)
	for _, size := range []fyne.Size{wide, small, {Width: 200, Height: 100}, full} {
		s.window.Resize(size)
		if got, want := s.field.drawn.images[0].Image.Bounds().Dx(), int(s.axis.Width+0.5); got != want {
			t.Errorf("at %v the picture has %d columns for %v pixels", size, got, s.axis.Width)
		}
	}
}

// BenchmarkRedraw draws all lanes of the incident at 1440x900, from what was read: budget 50 ms of CPU.
func BenchmarkRedraw(b *testing.B) {
	s := open(b, incident(), wide, dark)
	e, f := s.snapshot, frame{s.axis.Width, s.scroll.Size().Height, 1, ui.NewPalette()}
	for b.Loop() {
		compose(e, f)
	}
}

// BenchmarkHover moves the crosshair, which draws nothing anew: budget 2 ms.
func BenchmarkHover(b *testing.B) {
	s := open(b, incident(), wide, dark)
	for i := 0; b.Loop(); i++ {
		s.cross(ago(float64(i % 60)))
	}
}
