// Package window puts the screens into the shell and keeps the window going: it asks AWS who the caller is, pulls when
// told to, and tells the screens what has become new. It can also visit every screen by itself, for pictures.
package window

import (
	"context"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/incident"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/alarms"
	"github.com/nephograph/nephograph/views/incidents"
	"github.com/nephograph/nephograph/views/logs"
	"github.com/nephograph/nephograph/views/metrics"
	"github.com/nephograph/nephograph/views/overview"
	"github.com/nephograph/nephograph/views/pulls"
	"github.com/nephograph/nephograph/views/settings"
	"github.com/nephograph/nephograph/views/shell"
	"github.com/nephograph/nephograph/views/timeline"
	"github.com/nephograph/nephograph/views/traces"
	"github.com/nephograph/nephograph/views/trail"
	"github.com/nephograph/nephograph/views/ui"
)

// Reader is what all screens together read from the cache; cache.DB satisfies it.
type Reader interface {
	shell.Reader
	overview.Reader
	timeline.Reader
	alarms.Reader
	logs.Reader
	metrics.Reader
	pulls.ScreenReader
	incident.Reader
}

// Puller asks AWS for what the cache lacks; pull.Engine is one.
type Puller interface {
	Plan(context.Context, pull.Want) (pull.Plan, error)
	Discover(context.Context, pull.Want) pull.Report
	Run(context.Context, pull.Want, func(pull.Progress)) pull.Report
	Reach(context.Context, pull.Want, func(pull.Progress)) pull.Report
	FollowCost(context.Context, []app.Scope, map[app.Signal]time.Duration) (pull.FollowCost, error)
}

// Parts is what the window is made of. All but Boards, Setup, SignIn and Visit are needed.
type Parts struct {
	App     fyne.App
	Reader  Reader
	Presets app.Presets
	Boards  timeline.BoardStore
	Puller  Puller
	// Connect returns the places that can be asked, without asking any.
	Connect func(context.Context) ([]*pull.Place, error)
	Follow  map[app.Signal]time.Duration // how often each signal is asked while following
	// Hear sets who is told that AWS slows a call down, on any goroutine; nil: nobody is ever told.
	Hear func(func(app.Slowdown))
	// Notice is what the status bar tells from the beginning, such as that the cache may not be written; nil as a rule.
	Notice error
	Cap    app.Money // on the month's paid calls; negative: none
	Keep   app.Retention
	Held   settings.Held // what is set, for a person to read
	// Incidents keeps incidents; Report and Bundle write one into a file, and may be nil.
	Incidents incidents.Store
	Report    func(context.Context, app.Incident) (path string, err error)
	Bundle    func(context.Context, app.Incident, string) (path string, left app.BundleContents, err error)
	// First is the screen that the window opens on, "" for the first of the rail, and Look what it looks at then; zero
	// for the last hour.
	First  string
	Look   app.Range
	Setup  *Setup      // what the guide to a first pull needs; nil: it is never shown
	SignIn Credentials // how a person signs in; the zero value: nobody can
	About  shell.About // of this program
	// Screen returns how much of the screen windows may fill, zero where that is not known. It is asked once, after the
	// first window was made.
	Screen func() fyne.Size
	// Shown is called once, on the UI goroutine, when the window stands on the screen.
	Shown func(fyne.Window)
	Visit *Visit // goes through the screens and closes the window; nil lets a person look
}

// How often the window says anew how old its data is; and its size, which is the design's.
const (
	heartbeat     = 5 * time.Second
	width, height = 1440, 900
)

// fitting returns the design's size, or as much of it as the screen has room for: a window manager would see to that,
// but not every screen has one.
func fitting(screen fyne.Size) fyne.Size {
	size := fyne.NewSize(width, height)
	if screen.IsZero() {
		return size
	}
	return size.Min(screen)
}

// Show shows the window until it is closed, visited, or ctx ends, whose error it then returns. It has to be called on
// the main goroutine.
func Show(ctx context.Context, p Parts) error {
	within, stop := context.WithCancel(ctx)
	defer stop()
	var busy atomic.Int64 // reads on their way to a screen
	threads := ui.Threads{Back: ui.Real.Back, Away: func(f func()) {
		busy.Add(1)
		ui.Real.Away(func() { defer busy.Add(-1); f() })
	}}
	ui.UseAppearance(p.App)
	session := ui.NewSession(app.Focus{}.Last(firstWindow), time.Local, threads, time.Now)
	if p.Look.Empty() {
		lookAtFirst(session, p.Reader)
	} else {
		session.Slide(session.Focus.Now().On(p.Look))
	}
	pulling := newPuller(within, p.Puller, p.Connect, p.Follow, session, ui.Real)
	if p.Hear != nil {
		pulling.hear = p.Hear
	}
	pulling.heed(p.Notice)
	w := p.App.NewWindow("Nephograph")
	session.Save = saveWith(w)
	var content *shell.Shell
	entries := entries(p, session, pulling, func() *shell.Shell { return content })
	signing := newSigner(within, p, w, pulling)
	first := newGuide(p, w, session, pulling, signing)
	content = fill(w, p, session, pulling, entries, first.show, signing.offerFirst)
	session.Screen.Set(p.First)
	w.Resize(fitting(p.Screen()))
	visited := make(chan error, 1)
	p.App.Lifecycle().SetOnStarted(func() {
		ui.Real.Back(func() { p.Shown(w) })
		signing.watch(first.credentialsChanged)
		first.showWhereNothingIsCached()
		ui.Every(ui.Real, heartbeat, content.Tick)
		// as Fyne does on a signal: App.Quit panics after it
		context.AfterFunc(within, func() { ui.Real.Back(p.App.Driver().Quit) })
		if p.Visit != nil {
			v := visitor{*p.Visit, w.Canvas(), func() bool { return busy.Load() > 0 },
				func() bool { return pulling.state.Now().Running || pulling.reaching }, ui.Real.Back}
			ui.Real.Away(func() {
				visited <- v.all(within, entries, content.Visit)
				stop()
			})
		}
	})
	w.ShowAndRun()
	stop()
	pulling.wait()
	if p.Visit != nil && ctx.Err() == nil {
		return <-visited
	}
	return ctx.Err()
}

// entries are the screens, in the order of the rail. frame returns what they will stand in, nil until it is made.
func entries(p Parts, s *ui.Session, pulling *puller, frame func() *shell.Shell) []shell.Entry {
	return []shell.Entry{
		{Name: "Overview", Key: 1, Icon: ui.IconOverview, Screen: overview.New(s, p.Reader, p.Presets)},
		{Name: "Timeline", Key: 2, Icon: ui.IconTimeline,
			Screen: timeline.New(s, p.Reader, p.Presets).KeepBoards(p.Boards)},
		{Name: "Alarms", Key: 3, Icon: ui.IconAlarms, Screen: alarms.New(s, p.Reader, p.Presets), Badge: true},
		{Name: "Metrics", Key: 4, Icon: ui.IconMetrics, Screen: metrics.New(s, p.Reader, p.Presets)},
		{Name: "Logs", Key: 5, Icon: ui.IconLogs, Screen: logs.New(s, p.Reader)},
		{Name: "Traces", Key: 6, Icon: ui.IconTraces, Screen: traces.New(s, p.Reader)},
		{Name: "Trail", Key: 7, Icon: ui.IconTrail, Screen: trail.New(s, p.Reader)},
		// The last key, so that the others stay: a hand knows them.
		{Name: "Incidents", Key: 0, Icon: ui.IconIncident, Screen: incidents.New(incidents.Parts{Session: s,
			Reader: p.Reader, Store: p.Incidents, Presets: p.Presets, Report: p.Report, Bundle: p.Bundle})},
		{Name: "Pulls", Key: 8, Icon: ui.IconPulls, Screen: pulls.New(pulling.forScreen(p))},
		{Name: "Settings", Key: 9, Icon: ui.IconSettings, Screen: settings.New(forSettings(p, s, frame))},
	}
}

// fill puts the frame with its screens into w.
func fill(w fyne.Window, p Parts, s *ui.Session, pulling *puller, entries []shell.Entry,
	setUp, signIn func()) *shell.Shell {
	content := shell.New(shell.Parts{
		App: p.App, Window: w, Session: s, Reader: p.Reader, Presets: p.Presets, Details: details(p.Reader),
		Entries: entries,
		Pull:    pulling.forShell(), Cap: p.Cap, Who: pulling.who, About: p.About, Incidents: pins(entries),
		SetUp: setUp, SignIn: signIn,
	})
	w.SetContent(content)
	return content
}

// pins returns the screen that keeps what is pinned, nil if there is none.
func pins(entries []shell.Entry) shell.Incidents {
	for _, e := range entries {
		if screen, ok := e.Screen.(shell.Incidents); ok {
			return screen
		}
	}
	return nil
}
