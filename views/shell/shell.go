// Package shell is the frame around the screens: the rail, the focus bar, the status bar, the drawer for details, the
// menu, and the keys that work everywhere.
package shell

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/ui"
)

// Parts is what a window is made of; main hands it over. All are needed.
type Parts struct {
	App     fyne.App
	Window  fyne.Window
	Session *ui.Session
	Reader  Reader
	Presets app.Presets
	Entries []Entry // at least one
	Details []drawer.Opener
	Pull    Pull
	Cap     app.Money // on the month's paid calls; negative: none
	Who     *ui.Value[Who]
	About   About
	// Incidents pins items, and opens incidents from alarms; nil where there are none.
	Incidents Incidents
}

// Incidents is what the frame asks of the screen of incidents.
type Incidents interface {
	// Pin pins an item to the current incident, and tells said what became of it.
	Pin(item app.Item, said func(string))
	OpenFrom(app.Alarm)
}

// Shell is the content of the window. It belongs to the UI goroutine.
type Shell struct {
	widget.BaseWidget
	app     fyne.App
	window  fyne.Window
	session *ui.Session
	reader  Reader
	presets app.Presets
	entries []Entry
	pull    Pull
	who     *ui.Value[Who]
	about   About
	pins    Incidents
	said    said // of what was pinned

	rail    *rail
	bar     *focusBar
	status  *statusBar
	drawer  *drawer.Drawer
	ground  *ui.Surface
	lines   [3]*ui.Surface // right of the rail, below the focus bar, above the status bar
	screens *fyne.Container
	current int
	states  []ui.State

	vitals  vitals
	failure error // of the last reading of the vitals
	pulse   ui.Loader
	price   ui.Loader
	cost    ui.Loader // of following
	wanted  bool      // a person asked for the pull that runs
}

// New makes the window's content, its menu and its keys, and shows the first screen. Call ui.UseAppearance before.
func New(p Parts) *Shell {
	s := &Shell{app: p.App, window: p.Window, session: p.Session, reader: p.Reader, presets: p.Presets,
		entries: p.Entries, pull: p.Pull,
		who: p.Who, about: p.About, pins: p.Incidents, ground: ui.NewSurface(ui.ColorBackground), screens: container.NewStack(),
		states: make([]ui.State, len(p.Entries)),
		pulse:  ui.Loader{Threads: p.Session.Threads}, price: ui.Loader{Threads: p.Session.Threads},
		cost: ui.Loader{Threads: p.Session.Threads}}
	s.rail = newRail(s.entries, s.Visit)
	s.bar = newFocusBar(s.session, focusActions{s.chooseRange, s.chooseResource, s.pullOrCancel, s.followOrEnd,
		s.showPalette})
	s.status = newStatusBar(p.Cap, s.showScopes)
	s.drawer = drawer.New(drawer.Parts{
		Canvas: s.window.Canvas(), Session: s.session, Presets: p.Presets, Details: p.Details, Visit: s.visitNamed,
		Adder: s.adder,
		Copy:  s.app.Clipboard().SetContent, Titled: s.sayTitle, Pin: s.pinner(),
	})
	for i := range s.lines {
		s.lines[i] = ui.NewHairline()
	}
	for i, e := range s.entries {
		if i > 0 {
			e.Screen.Hide()
		}
		s.screens.Add(e.Screen)
	}
	s.ExtendBaseWidget(s)
	s.session.Ahead.Awaits = s.awaits
	s.follow()
	s.window.SetPadded(false)
	s.window.SetMainMenu(s.mainMenu())
	s.window.Canvas().SetOnTypedKey(s.typedKey)
	s.window.Canvas().SetOnTypedRune(s.typedRune)
	s.entries[0].Screen.Enter(nil)
	s.sayTitle()
	s.takePulse()
	s.askPrice()
	return s
}

// follow keeps the frame true to what changes.
func (s *Shell) follow() {
	s.session.Focus.Follow(func(app.Focus) { s.session.Ahead.Drop(); s.takePulse(); s.askPrice(); s.drawer.Fill() })
	s.session.Changed.Follow(func(ui.Change) { s.takePulse(); s.drawer.Fill() })
	s.session.Selected.Follow(func(item app.Item) { s.drawer.Open(item); s.sayTitle(); s.Refresh() })
	s.session.Screen.Follow(s.visitNamed)
	s.who.Follow(func(Who) { s.sayStatus(); s.tellContact() })
	s.session.Zone.Follow(func(*time.Location) { s.takePulse(); s.drawer.Again() })
	s.pull.Following.Follow(func(f Following) {
		s.bar.following = f
		s.bar.say()
		s.sayStatus()
	})
	running, reached := false, 0
	s.pull.Progress.Follow(func(p Progress) {
		s.bar.pull.show(p)
		s.bar.Refresh()
		s.sayStatus()
		s.tellContact()
		if running && !p.Running {
			s.takePulse()
			s.tellBlocked(p)
		}
		if n := p.reached(); !p.Running && (running || n != reached) {
			s.askPrice()
			reached = n
		}
		running = p.Running
	})
}

// Tick lets time pass: what is shown of it is said anew. Call it every few seconds.
func (s *Shell) Tick() {
	s.takePulse()
	s.tickScreen()
}

// takePulse reads how fresh the cache is, what it cost and what is in alarm.
func (s *Shell) takePulse() {
	s.bar.say()
	s.sayStatus()
	scopes, month := s.session.Focus.Now().Scopes, app.MonthOf(s.session.Now())
	ui.Again(&s.pulse, func(ctx context.Context) (vitals, error) { return readVitals(ctx, s.reader, scopes, month) },
		func(v vitals, err error) {
			s.failure = err
			if err == nil || !s.vitals.known { // what was known is better than a part of it
				s.vitals = v
			}
			s.learn(s.vitals.knownTo)
			s.bar.know(s.vitals.scopes)
			s.sayAlarms()
			s.sayStatus()
		})
}

// tellContact tells the screens how it stands with AWS.
func (s *Shell) tellContact() {
	s.session.Contact.Set(ui.Contact{Pulling: s.pull.Progress.Now().Running, Trouble: s.who.Now().Problem})
}

// learn takes it how far the cache knows of anything: a window that ends there goes on.
func (s *Shell) learn(known time.Time) {
	if known.IsZero() || known.Equal(s.session.Known) {
		return
	}
	s.session.Known = known
	s.tickScreen()
}

// tickScreen lets time pass on the screen that is shown.
func (s *Shell) tickScreen() {
	if t, ok := s.entries[s.current].Screen.(ui.Ticker); ok {
		t.Tick()
	}
}

// askPrice asks what pulling the focus would cost; the old price stays until the new one is known.
func (s *Shell) askPrice() {
	f := s.session.Focus.Now()
	ui.Again(&s.price, func(ctx context.Context) (Offer, error) { return s.pull.Offer(ctx, f) },
		func(o Offer, err error) {
			s.bar.pull.price(o, err == nil)
			s.bar.Refresh()
		})
}

func (s *Shell) state() status {
	return status{s.vitals, s.who.Now(), s.pull.Progress.Now(), s.pull.Following.Now(), s.failure, s.session.Now(),
		s.said.at(s.session.Now())}
}

func (s *Shell) sayAlarms() {
	s.rail.show(s.current, s.vitals.inAlarm, stale(s.vitals.freshness[app.Alarms], s.session.Now()))
}

func (s *Shell) sayStatus() { s.status.show(s.state()) }

// Visit goes to the screen of that entry; the one before keeps its state.
func (s *Shell) Visit(entry int) {
	if entry == s.current || entry < 0 || entry >= len(s.entries) {
		return
	}
	s.session.Ahead.Drop()
	s.drawer.ReleaseKeyboard()
	s.window.Canvas().Unfocus() // the keyboard goes to the screen: what is hidden must not keep it
	s.states[s.current] = s.entries[s.current].Screen.Leave()
	s.entries[s.current].Screen.Hide()
	s.current = entry
	s.entries[entry].Screen.Show()
	s.entries[entry].Screen.Enter(s.states[entry])
	s.sayAlarms()
	s.sayTitle()
	s.Refresh()
}

// sayTitle puts what is looked at into the window's title, where the task bar shows it: the item, the screen, the
// program.
func (s *Shell) sayTitle() {
	title := s.entries[s.current].Name + " – Nephograph"
	if s.drawer.IsOpen() {
		title = s.drawer.Title() + " – " + title
	}
	s.window.SetTitle(title)
}

// visitNamed goes to the screen of that name, if the rail has it.
func (s *Shell) visitNamed(name string) {
	name, tab, _ := strings.Cut(name, "/")
	for i, e := range s.entries {
		if e.Name != name {
			continue
		}
		s.Visit(i)
		if screen, ok := e.Screen.(ui.Tabbed); ok && tab != "" {
			screen.ChooseNamed(tab)
		}
	}
}

// adder returns what shows an item beside others, on the first screen that can; nil if none can.
func (s *Shell) adder() func(app.Item) {
	for i, e := range s.entries {
		if screen, ok := e.Screen.(ui.Adder); ok {
			return func(item app.Item) { s.Visit(i); screen.Add(item) }
		}
	}
	return nil
}

func (s *Shell) pullOrCancel() {
	if s.pull.Progress.Now().Running {
		s.wanted = false
		s.pull.Cancel()
		return
	}
	s.wanted = true
	s.pull.Start(s.session.Focus.Now())
}

// tellBlocked shows what keeps a pull that a person asked for from even beginning: no Region is set, nobody is signed
// in. What goes wrong on the way stands in the status bar.
func (s *Shell) tellBlocked(ended Progress) {
	if s.wanted && len(ended.Problems) > 0 && ended.reached() == 0 && s.window.Canvas().Overlays().Top() == nil {
		s.showScopes()
	}
	s.wanted = false
}

// followOrEnd ends following at once, and begins it when a person has seen what it costs. Where no place can be asked
// before something is set on this machine, it tells that.
func (s *Shell) followOrEnd() {
	f := s.session.Focus.Now()
	if s.pull.Following.Now().On {
		s.pull.Follow(f, false)
		return
	}
	if app.KindOf(s.who.Now().Problem) == app.NotFound {
		s.showScopes()
		return
	}
	ui.Load(&s.cost, func(ctx context.Context) (pull.FollowCost, error) { return s.pull.Cost(ctx, f) },
		func(c pull.FollowCost, err error) {
			newFollowSheet(s.window.Canvas(), c, err, func() { s.pull.Follow(f, true) }).Show()
		})
}

func (s *Shell) chooseRange() {
	sheet := newRangeSheet(s.window.Canvas(), s.session,
		func(r app.Range) { s.session.Go(s.session.Focus.Now().On(r)) })
	sheet.Show()
	s.window.Canvas().Focus(sheet.from)
}

func (s *Shell) chooseResource() {
	sheet, name := newResourceSheet(s.window.Canvas(), s.narrow)
	sheet.Show()
	s.window.Canvas().Focus(name)
}

// narrow looks only at what names a resource.
func (s *Shell) narrow(resource string) {
	f := s.session.Focus.Now()
	f.Resource = resource
	s.session.Go(f)
}

func (s *Shell) closeDetail() { s.session.Selected.Set(nil) }
