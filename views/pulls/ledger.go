package pulls

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// ledgerRows is how many of the newest requests are listed; nephograph ledger lists all.
const ledgerRows = 500

// ledgerSection lists the newest requests.
type ledgerSection struct {
	*ui.ListPanel[app.Request]
	view    *View
	load    ui.Loader
	shown   []app.Request
	loaded  bool
	problem error
}

func newLedger(v *View) *ledgerSection {
	s := &ledgerSection{view: v, load: ui.Loader{Threads: v.Session.Threads}}
	right := fyne.TextAlignTrailing
	s.ListPanel = ui.NewListPanel("Requests, newest first", "4", requestKey,
		ui.Column[app.Request]{Title: "Time", Width: 92, Cell: func(r app.Request) ui.Cell {
			return ui.Cell{Text: s.when(r), Style: ui.Note}
		}},
		ui.Column[app.Request]{Title: "Request", Share: 3, Cell: func(r app.Request) ui.Cell {
			return ui.Cell{Text: r.Operation}
		}},
		ui.Column[app.Request]{Title: "Service", Share: 2, Above: 900, Cell: func(r app.Request) ui.Cell {
			return ui.Cell{Text: resource.Service(r.Service), Style: ui.Note}
		}},
		ui.Column[app.Request]{Title: "Outcome", Share: 3, Above: 420, Cell: outcomeCell},
		ui.Column[app.Request]{Title: "Place", Share: 3, Above: 600, Cell: func(r app.Request) ui.Cell {
			return ui.Cell{Text: explain.ScopeName(r.Scope), Style: ui.Note}
		}},
		ui.Column[app.Request]{Title: "Took", Width: 56, Align: right, Above: 480, Cell: func(r app.Request) ui.Cell {
			return ui.Cell{Text: phrase.Duration(r.Took), Style: ui.Note}
		}},
		ui.Column[app.Request]{Title: "Cost", Width: 62, Align: right, Cell: func(r app.Request) ui.Cell {
			return ui.Cell{Text: r.Cost.String(), Style: ui.Note}
		}})
	s.arrange()
	return s
}

func requestKey(r app.Request) string {
	return r.At.Format("20060102150405.000000000") + " " + r.Scope.String() + " " + r.Operation
}

// when is the time of a request, with its day where that is not today.
func (s *ledgerSection) when(r app.Request) string {
	zone, now := s.view.Session.Zone.Now(), s.view.Session.Now()
	if phrase.Day(r.At, now, zone) == "Today" {
		return phrase.Clock(r.At, zone)
	}
	return r.At.In(zone).Format("01-02 15:04:05")
}

func outcomeCell(r app.Request) ui.Cell {
	style := ui.Note
	switch r.Outcome {
	case app.Refused:
		style = ui.Note.In(ui.ColorWarning)
	case app.Failed:
		style = ui.Note.In(ui.ColorAlarm)
	}
	said := string(r.Outcome)
	if r.Code != "" {
		said += " " + r.Code
	}
	return ui.Cell{Text: said, Style: style}
}

func (s *ledgerSection) panel() *ui.Panel     { return s.Panel }
func (s *ledgerSection) list() fyne.Focusable { return s.ListPanel.List }
func (s *ledgerSection) natural() float32     { return s.Natural() }
func (s *ledgerSection) stop()                { s.load.Stop() }

func (s *ledgerSection) read() {
	now := s.view.Session.Now()
	within := app.Range{From: now.AddDate(-1, 0, 0), To: now.AddDate(0, 0, 1)} // another clock may be ahead of this one
	read := func(ctx context.Context) ([]app.Request, error) {
		return s.view.Reader.Requests(ctx, within, ledgerRows)
	}
	ui.Again(&s.load, read, func(found []app.Request, err error) {
		if s.problem = err; err == nil {
			s.shown, s.loaded = found, true
		}
		s.arrange()
	})
}

func (s *ledgerSection) arrange() {
	note, style, empty := "", ui.Note, "No request was made yet. Each one is listed here, retries too."
	switch {
	case s.problem != nil:
		note, _ = explain.Explain(s.problem)
		style = ui.Bad
	case !s.loaded:
		empty = "Reading the cache …"
	case len(s.shown) == ledgerRows:
		note = "the newest " + phrase.Count(ledgerRows)
	}
	s.SetNote(note, style)
	s.SetItems(s.shown, empty)
	s.view.arranged()
}
