package incidents

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/incident"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// Store keeps incidents; incident.Store is one.
type Store interface {
	Load(context.Context) ([]app.Incident, error)
	Save(context.Context, app.Incident) error
	Remove(context.Context, app.Incident) error
}

// Parts is what the screen is made of. Report and Bundle may be nil, where nothing can be handed on.
type Parts struct {
	Session *ui.Session
	Reader  incident.Reader
	Store   Store
	Presets app.Presets
	// Report writes an incident down as HTML and returns where.
	Report func(context.Context, app.Incident) (path string, err error)
	// Bundle writes an incident into one file, encrypted by a passphrase unless that is "", and returns where it is and
	// what has left.
	Bundle func(ctx context.Context, i app.Incident, passphrase string) (path string, left app.BundleContents,
		err error)
}

// View is the screen. It belongs to the UI goroutine.
type View struct {
	widget.BaseWidget
	Parts
	entered bool
	loaded  bool
	all     []app.Incident // the newest first
	current string         // id of the one that is looked at, and that evidence is pinned to; "": none
	touched bool           // a person has chosen or made it in this window
	facts   incident.Facts // of the current one, as it was last read
	problem error          // of the last load or save
	said    string         // of what was handed on or undone
	unsaved map[string]app.Incident
	undone  []removal // the newest last

	load, read, save, hand ui.Loader

	list     *ui.ListPanel[app.Incident]
	evidence *ui.ListPanel[incident.Exhibit]
	notes    *notesPanel
	head     *head
	editor   *editor
	content  *fyne.Container
}

// The widths of the screen.
const (
	listWidth  = 300
	proseWidth = 400
)

// New returns the screen; it reads nothing until it is entered or something is pinned.
func New(p Parts) *View {
	v := &View{Parts: p, unsaved: map[string]app.Incident{}}
	for _, l := range []*ui.Loader{&v.load, &v.read, &v.save, &v.hand} {
		l.Threads = p.Session.Threads
	}
	v.list = ui.NewListPanel("Incidents", "1", func(i app.Incident) string { return i.ID }, v.incidentColumns()...)
	v.list.List.OnOpen = func(i app.Incident) { v.choose(i.ID) }
	v.evidence = ui.NewListPanel("Evidence", "2", func(x incident.Exhibit) string { return x.ID },
		v.evidenceColumns()...)
	v.evidence.List.OnOpen = v.openExhibit
	v.notes, v.head, v.editor = newNotes(v), newHead(), newEditor(v)
	left := container.NewStack(ui.NewSpace(listWidth, 0), v.list)
	title := container.New(layout.NewCustomPaddedLayout(10, 2, 16, 16),
		container.NewHBox(ui.NewText("Incidents", ui.Title)))
	rows := func(float32) [][]ui.GridCell {
		return [][]ui.GridCell{{{Object: 0, Share: 1}}, {{Object: 1, Share: 1}}}
	}
	natural := func(i int) float32 { return []float32{v.evidence.Natural(), v.notes.natural()}[i] }
	right := container.NewBorder(container.NewVBox(v.head, v.editor), nil, nil, nil,
		ui.NewGrid(&ui.Grid{Rows: rows, Natural: natural}, v.evidence, v.notes))
	v.content = container.NewBorder(title, nil, container.New(layout.NewCustomPaddedLayout(8, 16, 16, 0), left), nil,
		right)
	v.ExtendBaseWidget(v)
	v.follow()
	v.show()
	return v
}

func (v *View) follow() {
	v.Session.Changed.Follow(func(ui.Change) { v.readFacts() })
	v.Session.Zone.Follow(func(*time.Location) { v.show() })
	v.Session.Selected.Follow(func(item app.Item) {
		if item == nil {
			v.evidence.List.Mark("")
		}
	})
}

// Enter shows the screen, as it was left: with the incident that was looked at.
func (v *View) Enter(s ui.State) {
	v.entered = true
	if v.current == "" {
		v.current = s["incident"]
	}
	v.loadAll(nil)
	v.readFacts()
	v.show()
	v.focus(v.list.List)
}

// Leave stops reading; what is being saved is saved.
func (v *View) Leave() ui.State {
	v.entered = false
	v.read.Stop()
	v.editor.close()
	return ui.State{"incident": v.current}
}

// loadAll reads the incidents, and calls then once they are there.
func (v *View) loadAll(then func()) {
	ui.Again(&v.load, v.Store.Load, func(all []app.Incident, err error) {
		v.problem, v.loaded = err, true
		for n := range all {
			if edited, ok := v.unsaved[all[n].ID]; ok {
				all[n] = edited
			}
		}
		v.all = all
		if _, ok := v.now(); !ok && len(all) > 0 {
			v.current = all[0].ID
		}
		v.show()
		v.readFacts()
		if then != nil {
			then()
		}
	})
}

// now returns the incident that is looked at; false if there is none.
func (v *View) now() (app.Incident, bool) {
	n := slices.IndexFunc(v.all, func(i app.Incident) bool { return i.ID == v.current })
	if n < 0 {
		return app.Incident{}, false
	}
	return v.all[n], true
}

// choose looks at an incident.
func (v *View) choose(id string) {
	v.touched, v.said = true, ""
	if id != v.current {
		v.current, v.facts = id, incident.Facts{}
		v.editor.close()
	}
	v.show()
	v.readFacts()
	v.focus(v.evidence.List)
}

// readFacts reads what the evidence shows.
func (v *View) readFacts() {
	i, ok := v.now()
	if !v.entered || !ok {
		return
	}
	now := v.Session.Now()
	ui.Again(&v.read, func(ctx context.Context) (incident.Facts, error) { return incident.Read(ctx, v.Reader, i, now) },
		func(f incident.Facts, err error) {
			if i, ok := v.now(); ok && err == nil && f.ID == i.ID {
				v.facts = f
				v.show()
			}
		})
}

// exhibits are the evidence of the incident with what was read of it so far.
func (v *View) exhibits(i app.Incident) []incident.Exhibit {
	read := map[string]incident.Exhibit{}
	if v.facts.ID == i.ID {
		for _, x := range v.facts.Exhibits {
			read[x.ID] = x
		}
	}
	list := make([]incident.Exhibit, len(i.Evidence))
	for n, e := range i.Evidence {
		list[n] = read[e.ID]
		list[n].Evidence = e
	}
	return list
}

// show shows what is known.
func (v *View) show() {
	v.list.SetItems(v.all, v.emptyList())
	v.list.List.Mark(v.current)
	i, ok := v.now()
	ui.SetShown(v.evidence, ok)
	ui.SetShown(v.notes, ok)
	if !ok {
		v.head.none(v.problem)
		v.content.Refresh()
		return
	}
	v.head.show(v, i)
	v.evidence.SetItems(v.exhibits(i),
		"Nothing is pinned yet. Open an alarm, a chart, a log event, a trace or a change "+
			"on any screen and press Ctrl+D.")
	v.evidence.SetNote(phrase.Plural(len(i.Evidence), "piece", "pieces"), ui.Note)
	v.notes.show(i.Notes)
	v.content.Refresh()
}

func (v *View) emptyList() string {
	switch {
	case !v.loaded:
		return "Reading the incidents …"
	case v.problem != nil:
		sentence, remedy := explain.Explain(v.problem)
		return sentence + " " + remedy
	}
	return "No incidents yet. Open an alarm and press Ctrl+I, or press o to open one for the current window."
}

// openExhibit shows what evidence shows in the drawer; a note is edited.
func (v *View) openExhibit(x incident.Exhibit) {
	if x.Kind == app.NoteEvidence {
		v.editCaption()
		return
	}
	if item := x.Item(); item != nil {
		v.Session.Selected.Set(item)
	}
}

// focus gives a list the keyboard, if the screen is shown.
func (v *View) focus(list fyne.Focusable) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil && v.entered {
		c.Focus(list)
	}
}

// CreateRenderer draws the screen.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.content) }
