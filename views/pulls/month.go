package pulls

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// ways are how the requests of the month add up.
var ways = [...]string{"by request", "by day", "by place"}

// spending is what this month cost.
type spending struct {
	cost, projected app.Money
	lines           [len(ways)][]app.SpendLine
}

// monthSection says what this month cost, against its cap.
type monthSection struct {
	*ui.ListPanel[app.SpendLine]
	view    *View
	load    ui.Loader
	shown   spending
	loaded  bool
	problem error
	way     int
}

func newMonth(v *View) *monthSection {
	s := &monthSection{view: v, load: ui.Loader{Threads: v.Session.Threads}}
	right := fyne.TextAlignTrailing
	number := func(title string, width, above float32, of func(app.SpendLine) string) ui.Column[app.SpendLine] {
		return ui.Column[app.SpendLine]{Title: title, Width: width, Above: above, Align: right,
			Cell: func(l app.SpendLine) ui.Cell { return ui.Cell{Text: of(l), Style: ui.Note} }}
	}
	s.ListPanel = ui.NewListPanel("This month", "3", spendName,
		ui.Column[app.SpendLine]{Title: "Spent on", Cell: func(l app.SpendLine) ui.Cell {
			return ui.Cell{Text: spendName(l)}
		}},
		number("Requests", 64, 0, func(l app.SpendLine) string { return phrase.Count(l.Requests) }),
		number("Throttled", 62, 460, func(l app.SpendLine) string { return phrase.Count(l.Throttled) }),
		number("Failed", 48, 460, func(l app.SpendLine) string { return phrase.Count(l.Failed) }),
		number("Cost", 62, 0, func(l app.SpendLine) string { return l.Cost.String() }))
	s.Action = ui.NewButton(ways[0], s.next)
	s.arrange()
	return s
}

// spendName says what a line adds up: a day, an operation or a place.
func spendName(l app.SpendLine) string {
	switch {
	case !l.Day.IsZero():
		return l.Day.Format(time.DateOnly)
	case l.Operation != "":
		return resource.Service(l.Service) + ": " + l.Operation
	}
	return explain.ScopeName(app.Scope{Account: l.Account, Region: l.Region})
}

// next adds the month up in the next way.
func (s *monthSection) next() {
	s.way = (s.way + 1) % len(ways)
	s.arrange()
}

func (s *monthSection) panel() *ui.Panel     { return s.Panel }
func (s *monthSection) list() fyne.Focusable { return s.ListPanel.List }
func (s *monthSection) natural() float32     { return s.Natural() }
func (s *monthSection) stop()                { s.load.Stop() }

func (s *monthSection) read() {
	now := s.view.Session.Now()
	read := func(ctx context.Context) (spending, error) { return readSpending(ctx, s.view.Reader, now) }
	ui.Again(&s.load, read, func(m spending, err error) {
		if s.problem = err; err == nil {
			s.shown, s.loaded = m, true
		}
		s.arrange()
	})
}

// readSpending adds the month up in all ways, and projects what it will have cost at its end.
func readSpending(ctx context.Context, r ScreenReader, now time.Time) (m spending, err error) {
	within := app.MonthOf(now)
	for i, read := range [...]func(context.Context, app.Range) ([]app.SpendLine, error){
		r.SpendByCall, r.SpendByDay, r.SpendByScope,
	} {
		if m.lines[i], err = read(ctx, within); err != nil {
			return m, err
		}
	}
	for _, d := range m.lines[1] {
		m.cost += d.Cost
	}
	lately := app.Range{From: now.UTC().AddDate(0, 0, -7), To: within.To}
	if within.From.Before(lately.From) {
		lately.From = within.From
	}
	days, err := r.SpendByDay(ctx, lately)
	m.projected = app.ProjectMonth(days, now)
	return m, err
}

func (s *monthSection) arrange() {
	s.Action.Set(ui.Word{Text: ways[s.way], Style: ui.Body})
	note, style := "", ui.Note
	empty := "No request was made this month. Each one will be listed here with its price."
	switch {
	case s.problem != nil:
		note, _ = explain.Explain(s.problem)
		style = ui.Bad
	case s.loaded:
		note = s.shown.cost.String() + " with no cap"
		if cap := s.view.Cap; cap >= 0 {
			note = s.shown.cost.String() + " of " + cap.String()
			if s.shown.cost > cap-cap/10 {
				style = ui.Note.In(ui.ColorWarning)
			}
		}
		note += ", by its end " + s.shown.projected.String()
	default:
		empty = "Reading the cache …"
	}
	s.SetNote(note, style)
	s.SetItems(s.shown.lines[s.way], empty)
	s.view.arranged()
}
