package pulls

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// planSection says what the next pull of the focus asks and costs, and runs it.
type planSection struct {
	*ui.ListPanel[pull.Step]
	view    *View
	load    ui.Loader
	plan    pull.Plan
	loaded  bool
	problem error
}

func newPlan(v *View) *planSection {
	s := &planSection{view: v, load: ui.Loader{Threads: v.Session.Threads}}
	right := fyne.TextAlignTrailing
	s.ListPanel = ui.NewListPanel("Next pull", "2", stepKey,
		ui.Column[pull.Step]{Title: "Request", Share: 5, Cell: func(p pull.Step) ui.Cell {
			return ui.Cell{Text: p.Operation}
		}},
		ui.Column[pull.Step]{Title: "Service", Share: 4, Above: 640, Cell: func(p pull.Step) ui.Cell {
			return ui.Cell{Text: resource.Service(p.Service), Style: ui.Note}
		}},
		ui.Column[pull.Step]{Title: "Place", Share: 5, Above: 440, Cell: func(p pull.Step) ui.Cell {
			return ui.Cell{Text: explain.ScopeName(p.Scope), Style: ui.Note}
		}},
		ui.Column[pull.Step]{Title: "Requests", Width: 60, Align: right, Cell: func(p pull.Step) ui.Cell {
			return ui.Cell{Text: estimate(phrase.Count(p.Requests), p), Style: ui.Small}
		}},
		ui.Column[pull.Step]{Title: "Cost", Width: 76, Align: right, Above: 380, Cell: func(p pull.Step) ui.Cell {
			style := ui.Small
			if p.Cost == 0 {
				style = ui.Note
			}
			return ui.Cell{Text: estimate(p.Cost.String(), p), Style: style}
		}})
	s.Action = ui.NewButton("Pull", v.pullOrCancel).Primary()
	s.arrange()
	return s
}

func stepKey(p pull.Step) string {
	return p.Scope.Place().String() + " " + string(p.Signal) + " " + p.Service + ":" + p.Operation
}

// estimate marks a number of the plan as the focus bar does: one that is the least there is, and one that is a guess.
func estimate(number string, of pull.Step) string {
	switch {
	case of.Known:
		return number
	case of.Guessed:
		return "~" + number
	}
	return number + "+"
}

func (s *planSection) panel() *ui.Panel     { return s.Panel }
func (s *planSection) list() fyne.Focusable { return s.ListPanel.List }
func (s *planSection) natural() float32     { return s.Natural() }
func (s *planSection) stop()                { s.load.Stop() }

func (s *planSection) read() {
	if !s.view.entered {
		return
	}
	f := s.view.Session.Focus.Now()
	read := func(ctx context.Context) (pull.Plan, error) { return s.view.Plan(ctx, f) }
	ui.Again(&s.load, read, func(p pull.Plan, err error) {
		if s.problem = err; err == nil {
			s.plan, s.loaded = p, true
		}
		s.arrange()
	})
}

func (s *planSection) arrange() {
	running := s.view.State.Now().Running
	word := "Pull"
	if running {
		word = "Cancel"
	}
	s.Action.Set(ui.Word{Text: word, Style: ui.Body})
	s.Action.SetPrimary(!running)
	note, empty := "", "Working out what the cache lacks …"
	problem := s.problem
	if trouble := s.view.Session.Contact.Now().Trouble; problem != nil && trouble != nil {
		problem = trouble // which is why nobody knows what to ask
	}
	switch {
	case problem != nil && !s.loaded:
		sentence, remedy := explain.Explain(problem)
		empty = sentence + " " + remedy
	case problem != nil:
		note, _ = explain.Explain(problem)
	case s.loaded && len(s.plan.Steps) == 0:
		empty = "The cache lacks nothing of this window."
	case s.loaded:
		note = explain.Plan(s.plan)
	}
	s.SetNote(note, ui.Note)
	s.SetItems(s.plan.Sums(), empty)
	s.view.arranged()
}
