package shell

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/ui"
)

// blank is a screen that records how it is used.
type blank struct {
	widget.BaseWidget
	name    string
	log     *[]string
	pressed []string
	more    ui.Bindings
	ticks   int
}

func newBlank(name string, log *[]string) *blank {
	b := &blank{name: name, log: log}
	b.ExtendBaseWidget(b)
	return b
}

func (b *blank) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewCenter(ui.NewText(b.name, ui.Title)))
}
func (b *blank) Enter(s ui.State) { *b.log = append(*b.log, "enter "+b.name+" "+s["at"]) }
func (b *blank) Leave() ui.State {
	*b.log = append(*b.log, "leave "+b.name)
	return ui.State{"at": "here"}
}
func (b *blank) Tick() { b.ticks++ }
func (b *blank) Bindings() ui.Bindings {
	press := func(k string) func() { return func() { b.pressed = append(b.pressed, k) } }
	return append(b.more, ui.Bindings{{Keys: "→", Does: "Later", Key: fyne.KeyRight, Do: press("right")},
		{Keys: "b", Does: "Brush", Rune: 'b', Do: press("b")}}...)
}

// stage is a window on a shelf, with what it did.
type stage struct {
	*Shell
	shelf     *drawertest.Cache
	log       []string
	screens   [2]*blank
	started   []app.Focus
	offer     Offer
	cost      pull.FollowCost
	costFails error
	held      []func() // work that waits, if the stage holds it
	hold      bool
}

// newStage opens a window of that size. With hold, what leaves the UI goroutine waits in held.
func newStage(t *testing.T, s *drawertest.Cache, width, height float32, hold bool) *stage {
	t.Helper()
	local := time.Local
	time.Local = drawertest.Cet
	t.Cleanup(func() { time.Local = local })
	a := test.NewTempApp(t)
	ui.UseAppearance(a)
	s.Open(t)
	st := &stage{shelf: s, offer: Offer{Requests: 40, Cost: 4_000_000}, hold: hold}
	threads := ui.Threads{Back: func(f func()) { f() }, Away: func(f func()) {
		if st.hold {
			st.held = append(st.held, f)
			return
		}
		f()
	}}
	session := ui.NewSession(app.Focus{Window: time.Hour}, drawertest.Cet, threads,
		func() time.Time { return drawertest.Now })
	st.screens = [2]*blank{newBlank("Timeline", &st.log), newBlank("Alarms", &st.log)}
	w := test.NewTempWindow(t, widget.NewLabel(""))
	w.SetPadded(false)
	st.Shell = New(Parts{
		App: a, Window: w, Session: session, Reader: s, Presets: drawertest.Presets, Details: details(s),
		Cap: 5 * app.Dollar,
		Entries: []Entry{{Name: "Timeline", Key: 1, Icon: ui.IconTimeline, Screen: st.screens[0]},
			{Name: "Alarms", Key: 2, Icon: ui.IconAlarms, Screen: st.screens[1], Badge: true}},
		Pull: Pull{Offer: func(context.Context, app.Focus) (Offer, error) { return st.offer, nil },
			Start:  func(f app.Focus) { st.started = append(st.started, f) },
			Cancel: func() { st.log = append(st.log, "cancel") }, Progress: NewProgress(),
			Cost:      func(context.Context, app.Focus) (pull.FollowCost, error) { return st.cost, st.costFails },
			Follow:    func(_ app.Focus, on bool) { st.log = append(st.log, fmt.Sprint("follow ", on)) },
			Following: NewFollowing()},
		Who: NewWho(), About: About{Version: "0.1.0", Commit: "abc1234"},
	})
	w.SetContent(st.Shell)
	w.Resize(fyne.NewSize(width, height))
	return st
}

// release runs what waits.
func (s *stage) release() {
	held := s.held
	s.held = nil
	for _, f := range held {
		f()
	}
}
