package pulls

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// known is what is known of a signal in a place over the window.
type known struct {
	place     app.Scope
	signal    app.Signal
	within    app.Range
	stretches []app.Stretch
	covers    []app.Cover
	bar       *ui.Bar
}

func newKnown(place app.Scope, signal app.Signal, within app.Range, covers []app.Cover) known {
	k := known{place: place, signal: signal, within: within, stretches: lane.KnownOf(within, place, covers)}
	for _, c := range covers {
		if c.Scope.Place() == place.Place() {
			k.covers = append(k.covers, c)
		}
	}
	k.bar = &ui.Bar{Within: within, Paint: func(p *chart.Picture) {
		lane.PaintKnown(p, k.stretches, chart.Band{Top: 1, Bottom: p.Height - 1})
	}}
	return k
}

func (k known) key() string { return k.place.String() + " " + string(k.signal) }

// item is what the drawer shows: the window with the least that is known of any part of it, but for what passed since
// the last pull where that is too little to be told.
func (k known) item() app.Item {
	state := app.Settled
	_, tail := k.lengths()
	for i, s := range k.stretches {
		if i < len(k.stretches)-1 || i == 0 || tail == 0 || tail >= told {
			state = min(state, s.State)
		}
	}
	return app.Coverage{Signal: k.signal, Range: k.within, State: state, Places: []app.Scope{k.place}, Covers: k.covers}
}

// lengths adds up how much of the window has each state, and how much is missing at its end.
func (k known) lengths() (of [app.Settled + 1]time.Duration, tail time.Duration) {
	for i, s := range k.stretches {
		of[s.State] += s.Range.Length()
		if i == len(k.stretches)-1 && s.State == app.Missing {
			tail = s.Range.Length()
		}
	}
	return of, tail
}

// told is how much has to be missing at the end of the window to be told.
const told = time.Minute

// words say what is known, the worst first, and whether something is to be done about it.
func (k known) words() (said string, style ui.Style) {
	of, tail := k.lengths()
	warn := ui.Note.In(ui.ColorWarning)
	switch {
	case len(k.stretches) == 0:
		return "ahead of now", ui.Note
	case of[app.Forbidden] > 0:
		return phrase.Lasting(of[app.Forbidden]) + " denied", ui.Bad
	case of[app.Missing] == k.within.Length():
		return "not pulled", ui.Note
	case of[app.Truncated] > 0:
		return phrase.Lasting(of[app.Truncated]) + " cut short", warn
	case of[app.Missing]-tail > 0:
		return phrase.Lasting(of[app.Missing]-tail) + " missing", warn
	case tail >= told:
		return "last " + phrase.Lasting(tail) + " missing", ui.Note
	case of[app.Settling] > 0:
		return phrase.Lasting(of[app.Settling]) + " settling", ui.Note
	}
	return "all settled", ui.Note.In(ui.ColorOK)
}

// coverageSection shows, for each place and signal, how much of the window is known.
type coverageSection struct {
	*ui.ListPanel[known]
	view    *View
	load    ui.Loader
	loaded  bool
	problem error
	rows    []known
}

func newCoverage(v *View) *coverageSection {
	s := &coverageSection{view: v, load: ui.Loader{Threads: v.Session.Threads}}
	s.ListPanel = ui.NewListPanel("Known in this window", "1", known.key,
		ui.Column[known]{Title: "Signal", Width: 56, Cell: func(k known) ui.Cell {
			return ui.Cell{Text: phrase.SignalTitle(k.signal)}
		}},
		ui.Column[known]{Title: "Place", Width: 160, Above: 430, Cell: func(k known) ui.Cell {
			return ui.Cell{Text: explain.ScopeName(k.place), Style: ui.Note}
		}},
		ui.Column[known]{Title: "Known", Cell: func(k known) ui.Cell { return ui.Cell{Bar: k.bar} }},
		ui.Column[known]{Title: "", Width: 124, Cell: func(k known) ui.Cell {
			said, style := k.words()
			return ui.Cell{Text: said, Style: style}
		}})
	s.ListPanel.List.OnOpen = func(k known) { v.Session.Selected.Set(k.item()) }
	s.arrange()
	return s
}

func (s *coverageSection) panel() *ui.Panel     { return s.Panel }
func (s *coverageSection) list() fyne.Focusable { return s.ListPanel.List }
func (s *coverageSection) natural() float32     { return s.Natural() }
func (s *coverageSection) stop()                { s.load.Stop() }

func (s *coverageSection) read() {
	if !s.view.entered {
		return
	}
	f, within := s.view.Session.Focus.Now(), s.view.within()
	read := func(ctx context.Context) ([]known, error) { return readKnown(ctx, s.view.Reader, f, within) }
	ui.Again(&s.load, read, func(rows []known, err error) {
		if s.problem = err; err == nil {
			s.rows, s.loaded = rows, true
		}
		s.arrange()
	})
}

// readKnown reads what is known of each signal in each place.
func readKnown(ctx context.Context, r ScreenReader, f app.Focus, within app.Range) (rows []known, err error) {
	places := f.Scopes
	if len(places) == 0 {
		if places, err = r.Scopes(ctx); err != nil {
			return nil, err
		}
	}
	for _, signal := range app.Signals {
		covers, err := r.Coverage(ctx, app.CoverQuery{Scopes: places, Signal: signal, Range: within})
		if err != nil {
			return nil, err
		}
		for _, place := range places {
			rows = append(rows, newKnown(place, signal, within, covers))
		}
	}
	return rows, nil
}

func (s *coverageSection) arrange() {
	empty := "No place is cached yet. Press Pull (F5) above: every read after that is local."
	if !s.loaded {
		empty = "Reading the cache …"
	}
	note, style := phrase.Between(s.view.Session.Range(), s.view.Session.Now(), s.view.Session.Zone.Now()), ui.Note
	if s.problem != nil {
		note, _ = explain.Explain(s.problem)
		style = ui.Bad
	}
	s.SetNote(note, style)
	s.SetItems(s.rows, empty)
	s.view.arranged()
}
