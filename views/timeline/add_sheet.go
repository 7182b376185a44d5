package timeline

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

const (
	addWidth = 680
	addNames = 280 // of the column of names
	addRows  = 8   // that are shown at once
	addMost  = 200 // that keys go through; more letters find the rest
	addGap   = 12
)

// addSheet finds a metric, a log group or a service as one types, and adds its lane, or its series to the lane that
// keys go to.
type addSheet struct {
	*widget.PopUp
	view  *View
	field *ui.Field
	rows  *fyne.Container
	all   []offer
	found []offer
	first int // of what is found that is shown
	at    int // of what is found that Enter takes
	loads ui.Loader
	ready bool // what there is has been read
	note  *ui.Text
}

// showAdd opens the sheet.
func (v *View) showAdd() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		s := newAddSheet(v, c)
		s.Show()
		c.Focus(s.field)
	}
}

func newAddSheet(v *View, c fyne.Canvas) *addSheet {
	s := &addSheet{view: v, field: ui.NewField("orders writes, 5xx, /aws/lambda/checkout"), rows: container.NewVBox(),
		loads: ui.Loader{Threads: v.session.Threads}, note: ui.NewText("Reading the cache …", ui.Note)}
	s.field.OnChanged = func(string) { s.first, s.at = 0, 0; s.fill() }
	s.field.OnDown, s.field.OnUp = func() { s.move(1) }, func() { s.move(-1) }
	s.field.OnOther = s.join
	s.field.OnEscape = s.hide
	s.field.OnSubmitted = func(string) {
		if len(s.found) > 0 {
			s.take(s.found[s.at])
		}
	}
	room := ui.NewSpace(addWidth, addRows*(ui.ChipHeight+4))
	content := container.NewVBox(ui.NewText("Add a lane", ui.Title), ui.NewSpace(0, 8), s.field, s.note,
		container.NewStack(room, s.rows), container.NewHBox(layout.NewSpacer(), ui.NewButton("Cancel", s.hide)))
	s.PopUp = widget.NewModalPopUp(container.New(layout.NewCustomPaddedLayout(16, 16, 20, 20), content), c)
	s.load()
	return s
}

func (s *addSheet) hide() {
	s.loads.Stop()
	s.PopUp.Hide()
}

func (s *addSheet) take(o offer) {
	s.hide()
	s.view.addLane(o.lane)
}

// load reads what the places of the timeline have.
func (s *addSheet) load() {
	reader, presets, e := s.view.reader, s.view.presets, snapshot{places: s.view.snapshot.places}
	within := s.view.axis.Range
	ui.Load(&s.loads, func(ctx context.Context) ([]offer, error) {
		metrics, err := e.metrics(ctx, reader)
		if err != nil {
			return nil, err
		}
		groups, err := reader.LogGroups(ctx, e.places)
		if err != nil {
			return nil, err
		}
		services, err := e.services(ctx, reader, within)
		return append(offers(metrics, groups, presets), serviceOffers(services)...), err
	}, func(all []offer, err error) {
		if err != nil {
			what, _ := explain.Explain(err)
			s.note.Set(what)
			return
		}
		s.all, s.ready = all, true
		s.fill()
	})
}

// move goes to another of what is found.
func (s *addSheet) move(by int) {
	if len(s.found) == 0 {
		return
	}
	s.at = min(max(s.at+by, 0), len(s.found)-1)
	s.first = min(max(s.first, s.at-addRows+1), s.at)
	s.fill()
}

// join adds the series of what is chosen to the lane that keys go to.
func (s *addSheet) join() {
	if len(s.found) > 0 && s.found[s.at].lane.Kind == app.MetricLane && s.view.joinable() {
		s.hide()
		s.view.joinLane(s.found[s.at].lane)
	}
}

// fill lists what is found, as much of it as there is room for.
func (s *addSheet) fill() {
	s.found = matching(s.all, s.field.Text, addMost)
	s.note.Set(s.words())
	s.rows.Objects = nil
	for i := s.first; i < min(s.first+addRows, len(s.found)); i++ {
		s.rows.Add(s.row(s.found[i], i == s.at))
	}
	s.rows.Refresh()
}

// words say what keys do, or why nothing is listed.
func (s *addSheet) words() string {
	switch {
	case !s.ready:
		return "Reading the cache …"
	case len(s.all) == 0:
		return "Nothing is cached yet. Pull first; then there are metrics, log groups and services to add."
	case len(s.found) == 0:
		return "No metric, log group or service in the cache has these words."
	}
	said := "↑ ↓ choose · Enter adds the lane"
	if s.view.joinable() {
		said += " · Ctrl+Enter draws it in " + s.view.chosenName()
	}
	if more := len(s.found) - addRows; more > 0 {
		said += " · " + phrase.Count(int64(len(s.found))) + " found"
	}
	return said
}

// row shows an offer: its words, what tells it from others of the same words, and at the right where it is, which is
// never cut off.
func (s *addSheet) row(o offer, chosen bool) fyne.CanvasObject {
	name := ui.NewButton(ui.Body.Fit(o.words, addNames-addGap*2), func() { s.take(o) })
	name.Choose(chosen)
	cell := container.NewStack(ui.NewSpace(addNames, ui.ChipHeight), container.NewHBox(name))
	room := addWidth - addNames - ui.Note.Width(o.place) - 2*addGap
	return container.NewHBox(
		cell, ui.NewText(ui.Note.Fit(o.where, room), ui.Note), layout.NewSpacer(), ui.NewText(o.place, ui.Note),
	)
}
