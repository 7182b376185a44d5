package overview

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// View is the screen. It belongs to the UI goroutine.
type View struct {
	widget.BaseWidget
	session *ui.Session
	reader  Reader
	presets app.Presets
	entered bool
	at      time.Time // when the sections were last asked for

	fresh    ui.Loader // whether anything is cached
	freshErr error
	cached   bool // something is, or that is not known yet
	counted  bool // it is known

	sections []*section
	about    *ui.Text // the window, beside the title
	grid     *fyne.Container
	empty    *fyne.Container
	title    *ui.Text
	why      *fyne.Container
	told     string // what title and why say
	content  *fyne.Container
}

// New returns the screen; it reads nothing until it is entered.
func New(session *ui.Session, reader Reader, presets app.Presets) *View {
	v := &View{session: session, reader: reader, presets: presets, fresh: ui.Loader{Threads: session.Threads},
		cached: true, about: ui.NewShrinkingText("", ui.Note),
		title: ui.NewText("", ui.Title), why: container.NewVBox()}
	v.sections = []*section{
		{name: "Alarms", screen: "Alarms", columns: alarmColumns(), read: readAlarms,
			signals: []app.Signal{app.Alarms}},
		{name: "Changes", screen: "Trail", columns: changeColumns(), read: readChanges,
			signals: []app.Signal{app.Trail, app.Alarms}},
		{name: "Blind spots", screen: "Alarms", columns: blindColumns(), read: readBlindSpots, signals: app.Signals},
		{name: "Services", screen: "Traces", columns: serviceColumns(), read: readServices,
			signals: []app.Signal{app.Traces}},
		{name: "Errors in the logs", screen: "Logs", columns: logColumns(), read: readLogs,
			signals: []app.Signal{app.Logs}},
	}
	var panels []fyne.CanvasObject
	for i, s := range v.sections {
		s.build(string(rune('1'+i)), v)
		panels = append(panels, s.Panel)
	}
	natural := func(i int) float32 { return v.sections[i].Natural() }
	v.grid = ui.NewGrid(&ui.Grid{Rows: rows, Natural: natural}, panels...)
	titled := container.NewHBox(layout.NewSpacer(), v.title, layout.NewSpacer())
	v.empty = container.NewCenter(container.NewVBox(titled, v.why))
	name := container.NewHBox(ui.NewText("Overview", ui.Title), ui.NewSpace(6, 0))
	inset := layout.NewCustomPaddedLayout(10, 2, 16, 16)
	head := container.New(inset, container.NewBorder(nil, nil, name, nil, v.about))
	v.content = container.NewBorder(head, nil, nil, nil, container.NewStack(v.grid, v.empty))
	v.ExtendBaseWidget(v)
	v.follow()
	v.arrange()
	return v
}

func (v *View) follow() {
	v.session.Focus.Follow(func(app.Focus) { v.readAll() })
	v.session.Zone.Follow(func(*time.Location) { v.readAll() })
	v.session.Changed.Follow(func(c ui.Change) {
		for _, s := range v.sections {
			if s.shows(c.Signal) {
				v.read(s)
			}
		}
		v.readFresh()
	})
	v.session.Contact.Follow(func(ui.Contact) { v.arrange() })
	v.session.Selected.Follow(func(item app.Item) {
		if item == nil {
			v.unmark()
		}
	})
}

// unmark lets no line be the open one, once the drawer is closed.
func (v *View) unmark() {
	for _, s := range v.sections {
		s.List.Mark("")
	}
}

// open shows the item of a line in the drawer, or goes to its screen.
func (v *View) open(l line) {
	for _, s := range v.sections { // one line is open, not one of each section
		if at, ok := s.List.Cursor(); !ok || at.key != l.key {
			s.List.Mark("")
		}
	}
	switch {
	case l.item != nil:
		v.session.Selected.Set(l.item)
	case l.screen != "":
		v.session.Screen.Set(l.screen)
	}
}

// visit goes to the screen that shows more of a section.
func (v *View) visit(s *section) { v.session.Screen.Set(s.screen) }

// Enter shows the screen.
func (v *View) Enter(ui.State) {
	v.entered = true
	v.arrange()
	v.readFresh()
	v.readAll()
	v.focusFirst()
}

// Leave stops reading. Nothing of the screen is a person's choice, so that it has no state.
func (v *View) Leave() ui.State {
	v.entered = false
	v.fresh.Stop()
	for _, s := range v.sections {
		s.load.Stop()
	}
	return nil
}

// stale is after how long the sections are read again although no change was announced, where the window moves.
const stale = time.Minute

// Tick reads again what is old, or what could not be read.
func (v *View) Tick() {
	if !v.entered {
		return
	}
	if v.session.Focus.Now().Window > 0 && v.session.Now().Sub(v.at) >= stale {
		v.readAll()
		return
	}
	for _, s := range v.sections {
		if s.problem != nil {
			v.read(s)
		}
	}
}

// readFresh reads whether anything is cached.
func (v *View) readFresh() {
	if !v.entered {
		return
	}
	ui.Again(&v.fresh, v.reader.Freshness, func(fresh []app.Freshness, err error) {
		v.freshErr, v.counted = err, true
		v.cached = err != nil || !app.KnownTo(fresh).IsZero()
		v.arrange()
	})
}

func (v *View) readAll() {
	v.at = v.session.Now()
	for _, s := range v.sections {
		v.read(s)
	}
}

// read reads a section. What is shown stays until it is there.
func (v *View) read(s *section) {
	if !v.entered {
		return
	}
	q := question{focus: v.session.Focus.Now(), within: v.session.Range(), now: v.session.Now(),
		zone: v.session.Zone.Now(), presets: v.presets}
	if q.within.To.After(q.now) {
		q.within.To = q.now
	}
	read := func(ctx context.Context) (answer, error) { return s.read(ctx, v.reader, q) }
	ui.Again(&s.load, read, func(a answer, err error) {
		if s.problem = err; err != nil {
			v.session.Ahead.Drop()
		} else {
			s.shown, s.loaded = a, true
		}
		v.arrange()
		v.session.Ahead.Type()
		v.focusFirst()
	})
}

// arrange shows what was read.
func (v *View) arrange() {
	for _, s := range v.sections {
		s.arrange()
	}
	v.about.Set(v.aboutWords())
	title, why := v.emptyMessage()
	ui.SetShown(v.grid, title == "")
	ui.SetShown(v.empty, title != "")
	if title != "" && title+why != v.told {
		v.told = title + why
		v.title.Set(title)
		v.why.Objects = []fyne.CanvasObject{ui.NewParagraph(why, ui.Quiet, 380).Centered()}
		v.why.Refresh()
		v.empty.Refresh()
	}
	v.grid.Refresh()
}

// aboutWords says what the sections are about: which window, and what it is narrowed to.
func (v *View) aboutWords() string {
	said := phrase.Between(v.session.Range(), v.session.Now(), v.session.Zone.Now())
	if resource := v.session.Focus.Now().Resource; resource != "" {
		said += " · only what concerns " + resource
	}
	return said
}

// emptyMessage says why there is nothing on the whole screen and what to do about it; "" while there is something.
func (v *View) emptyMessage() (title, why string) {
	contact := v.session.Contact.Now()
	switch {
	case v.cached && (v.counted || v.freshErr == nil):
		return "", ""
	case contact.Pulling:
		return "Pulling …", "What AWS answers is shown as it comes."
	case contact.Trouble != nil:
		sentence, remedy := explain.Explain(contact.Trouble)
		return "Nothing is cached yet",
			sentence + " " + remedy + " Until then, nephograph demo shows a made-up incident."
	}
	return "Nothing is cached yet",
		"Press Pull (F5) above, or start nephograph demo to look at a made-up incident. Every read after that is local."
}

// focusFirst gives the first section with lines the keyboard, if nothing has it. One that is still read may have lines.
func (v *View) focusFirst() {
	c := fyne.CurrentApp().Driver().CanvasForObject(v)
	if c == nil || c.Focused() != nil || !v.entered {
		return
	}
	if s := v.sections[v.first()]; s.Listed() {
		c.Focus(s.List)
	}
}

// first returns the first section that has lines, or may have once it is read.
func (v *View) first() int {
	for i, s := range v.sections {
		if s.Listed() || !s.loaded && s.problem == nil {
			return i
		}
	}
	return 0
}

// CreateRenderer draws the screen.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.content) }
