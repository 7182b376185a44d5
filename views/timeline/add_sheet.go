package timeline

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/ui"
)

// offer is a lane that can be added, by its words.
type offer struct {
	words, where string
	lane         app.Lane
}

// offers returns a lane for each metric and log group, by their words.
func offers(metrics []placed, groups []app.LogGroup, presets app.Presets) []offer {
	var all []offer
	for _, m := range metrics {
		l := app.Lane{Kind: app.MetricLane, Scope: m.Place(), Readings: []app.Reading{usualReading(m.Metric, presets)}}
		all = append(all, offer{m.Metric.Subject() + " " + words(m.Metric, presets), presets.Title(m.Namespace) + " " + m.Name + " · " + m.Region, l})
	}
	for _, g := range groups {
		l, _ := laneFor(g)
		all = append(all, offer{g.Name, "Logs · " + g.Region, l})
	}
	slices.SortStableFunc(all, func(a, b offer) int { return cmp.Compare(a.words, b.words) })
	return all
}

// matching returns the first offers that hold every word that is looked for, in any case; at most most.
func matching(all []offer, text string, most int) []offer {
	wanted := strings.Fields(strings.ToLower(text))
	var found []offer
	for _, o := range all {
		said := strings.ToLower(o.words + " " + o.where)
		if !slices.ContainsFunc(wanted, func(w string) bool { return !strings.Contains(said, w) }) {
			if found = append(found, o); len(found) == most {
				break
			}
		}
	}
	return found
}

const (
	addWidth = 480
	addRows  = 8 // that are shown; more letters find the rest
)

// addSheet finds a metric or a log group as one types, and adds its lane.
type addSheet struct {
	*widget.PopUp
	view  *View
	field *ui.Field
	rows  *fyne.Container
	all   []offer
	found []offer
	loads ui.Loader
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
	s.field.OnChanged = func(string) { s.fill() }
	s.field.OnEscape = s.hide
	s.field.OnSubmitted = func(string) {
		if len(s.found) > 0 {
			s.take(s.found[0])
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
	reader, presets, e := s.view.reader, s.view.presets, evidence{places: s.view.evidence.places}
	ui.Load(&s.loads, func(ctx context.Context) ([]offer, error) {
		metrics, err := e.metrics(ctx, reader)
		if err != nil {
			return nil, err
		}
		groups, err := reader.LogGroups(ctx, e.places)
		return offers(metrics, groups, presets), err
	}, func(all []offer, err error) {
		if err != nil {
			what, _ := explain.Explain(err)
			s.note.Set(what)
			return
		}
		s.all = all
		s.fill()
	})
}

// fill lists what is found; Enter adds the first.
func (s *addSheet) fill() {
	s.found = matching(s.all, s.field.Text, addRows)
	s.note.Set("Enter adds the first.")
	if len(s.found) == 0 {
		s.note.Set("No metric and no log group in the cache has these words.")
	}
	s.rows.Objects = nil
	for _, o := range s.found {
		name := ui.NewButton(ui.Body.Fit(o.words, addWidth/2), func() { s.take(o) })
		s.rows.Add(container.NewHBox(name, ui.NewText(ui.Note.Fit(o.where, addWidth/2-40), ui.Note)))
	}
	s.rows.Refresh()
}
