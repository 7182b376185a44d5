package drawertest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/ui"
)

// Stage is a drawer by itself in a window, on a cache of a test.
type Stage struct {
	App     fyne.App
	Window  fyne.Window
	Session *ui.Session
	Drawer  *drawer.Drawer
	Shelf   *Cache
	Hold    bool // what leaves the UI goroutine waits in held
	held    []func()
	Visited []string // the screens that it led to
}

// New opens a drawer of that height, on details of that shelf, which it opens.
func New(t testing.TB, s *Cache, height float32, details ...drawer.Opener) *Stage {
	t.Helper()
	s.Open(t)
	local := time.Local
	time.Local = Cet
	t.Cleanup(func() { time.Local = local })
	st := &Stage{App: test.NewTempApp(t), Shelf: s}
	ui.UseAppearance(st.App)
	threads := ui.Threads{Back: func(f func()) { f() }, Away: func(f func()) {
		if st.Hold {
			st.held = append(st.held, f)
			return
		}
		f()
	}}
	st.Session = ui.NewSession(app.Focus{Window: time.Hour}, Cet, threads, func() time.Time { return Now })
	known := s.Presets
	if known == nil {
		known = Presets
	}
	st.Window = test.NewTempWindow(t, widget.NewLabel(""))
	st.Window.SetPadded(false)
	st.Drawer = drawer.New(drawer.Parts{
		Canvas: st.Window.Canvas(), Session: st.Session, Presets: known, Details: append(details, openNamed),
		Copy:   st.App.Clipboard().SetContent,
		Visit:  func(screen string) { st.Visited = append(st.Visited, screen) },
		Titled: func() {},
	})
	st.Session.Selected.Follow(func(item app.Item) { st.Drawer.Open(item); st.Drawer.Refresh() })
	st.Session.Focus.Follow(func(app.Focus) { st.Drawer.Fill() })
	st.Session.Changed.Follow(func(ui.Change) { st.Drawer.Fill() })
	st.Session.Zone.Follow(func(*time.Location) { st.Drawer.Again() })
	st.Window.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) {
		if !st.Drawer.Bindings().Key(e) && e.Name == fyne.KeyEscape {
			st.Session.Selected.Set(nil)
		}
	})
	st.Window.Canvas().SetOnTypedRune(func(r rune) { st.Drawer.Bindings().Rune(r) })
	st.Window.SetContent(st.Drawer)
	st.Window.Resize(fyne.NewSize(ui.DrawerWidth, height))
	return st
}

// Release runs what waits.
func (s *Stage) Release() {
	held := s.held
	s.held = nil
	for _, f := range held {
		f()
	}
}

// Key presses a key that nothing has the keyboard for.
func (s *Stage) Key(k fyne.KeyName) { s.Window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: k}) }

// Rune types a character that nothing has the keyboard for.
func (s *Stage) Rune(r rune) { s.Window.Canvas().OnTypedRune()(r) }

// Types types into what has the keyboard, or into the window; see typeOn.
func (s *Stage) Types(keys string) { TypeOn(s.Window.Canvas(), keys) }

// openNamed shows what the details of a test do not know by its name alone, so that a test sees where a pivot leads.
func openNamed(item app.Item) drawer.Content {
	if item == nil {
		return nil
	}
	return drawer.Bind(struct{}{}, func(app.Item) drawer.Detail[struct{}] { return named{item} })(item)
}

// named is an item of another package.
type named struct{ item app.Item }

func (n named) Read(context.Context, struct{}, drawer.ReadContext) (drawer.Detail[struct{}], error) {
	return n, nil
}

func (n named) Page(drawer.PageContext) *drawer.Page {
	switch item := n.item.(type) {
	case app.Alarm:
		return drawer.NewPage("", item.Name, nil, "")
	case app.AlarmList:
		return drawer.NewPage("", item.Title, nil, "")
	case app.ChangeList:
		return drawer.NewPage("", item.Title, nil, "")
	case app.LogList:
		return drawer.NewPage("", item.Title, nil, "")
	case app.TraceList:
		return drawer.NewPage("", item.Title, nil, "")
	case app.Series:
		return drawer.NewPage("", item.Name, nil, "")
	}
	return drawer.NewPage("", fmt.Sprintf("%T", n.item), nil, "")
}
