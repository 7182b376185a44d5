package shell

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// drawerStage is a drawer by itself in a window, on a cache of a test.
type drawerStage struct {
	app     fyne.App
	window  fyne.Window
	session *ui.Session
	drawer  *drawer
	shelf   *shelf
	hold    bool // what leaves the UI goroutine waits in held
	held    []func()
	visited []string // the screens that it led to
}

// newDrawerStage opens a drawer of that height, on details of that shelf.
func newDrawerStage(t testing.TB, s *shelf, height float32, details ...Opener) *drawerStage {
	t.Helper()
	local := time.Local
	time.Local = cet
	t.Cleanup(func() { time.Local = local })
	st := &drawerStage{app: test.NewTempApp(t), shelf: s}
	Dress(st.app)
	threads := ui.Threads{Back: func(f func()) { f() }, Away: func(f func()) {
		if st.hold {
			st.held = append(st.held, f)
			return
		}
		f()
	}}
	st.session = ui.NewSession(app.Focus{Window: time.Hour}, cet, threads, func() time.Time { return now })
	known := s.presets
	if known == nil {
		known = presets
	}
	st.window = test.NewTempWindow(t, widget.NewLabel(""))
	st.window.SetPadded(false)
	st.drawer = newDrawer(drawerParts{
		canvas: st.window.Canvas(), session: st.session, presets: known, details: append(details, openNamed), copy: st.app.Clipboard().SetContent,
		visit:  func(screen string) { st.visited = append(st.visited, screen) },
		titled: func() {},
	})
	st.session.Selected.Follow(func(item app.Item) { st.drawer.show(item); st.drawer.Refresh() })
	st.session.Focus.Follow(func(app.Focus) { st.drawer.fill() })
	st.session.Changed.Follow(func(ui.Change) { st.drawer.fill() })
	st.session.Zone.Follow(func(*time.Location) { st.drawer.again() })
	st.window.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) {
		if !st.drawer.bindings().Key(e) && e.Name == fyne.KeyEscape {
			st.session.Selected.Set(nil)
		}
	})
	st.window.Canvas().SetOnTypedRune(func(r rune) { st.drawer.bindings().Rune(r) })
	st.window.SetContent(st.drawer)
	st.window.Resize(fyne.NewSize(ui.DrawerWidth, height))
	return st
}

// release runs what waits.
func (s *drawerStage) release() {
	held := s.held
	s.held = nil
	for _, f := range held {
		f()
	}
}

func (s *drawerStage) key(k fyne.KeyName) { s.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: k}) }
func (s *drawerStage) rune(r rune)        { s.window.Canvas().OnTypedRune()(r) }

// types types into what has the keyboard, or into the window; see typeOn.
func (s *drawerStage) types(keys string) { typeOn(s.window.Canvas(), keys) }

// openNamed shows what the details of a test do not know by its name alone, so that a test sees where a pivot leads.
func openNamed(item app.Item) Content {
	if item == nil {
		return nil
	}
	return bound[struct{}]{detail: named{item}}
}

// named is an item of another package.
type named struct{ item app.Item }

func (n named) read(context.Context, struct{}, outlook) (Detail[struct{}], error) { return n, nil }

func (n named) page(desk) *page {
	switch item := n.item.(type) {
	case app.Alarm:
		return newPage("", item.Name, nil, "")
	case app.AlarmList:
		return newPage("", item.Title, nil, "")
	case app.ChangeList:
		return newPage("", item.Title, nil, "")
	case app.LogList:
		return newPage("", item.Title, nil, "")
	case app.TraceList:
		return newPage("", item.Title, nil, "")
	case app.Series:
		return newPage("", item.Name, nil, "")
	}
	return newPage("", fmt.Sprintf("%T", n.item), nil, "")
}
