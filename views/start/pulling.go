package start

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// pullStep shows how the pull goes; the window can be used meanwhile.
type pullStep struct {
	view    *View
	list    *ui.ListPanel[pull.ScopeStatus]
	content fyne.CanvasObject
}

func newPullStep(v *View) *pullStep {
	s := &pullStep{view: v}
	s.list = ui.NewListPanel("Places", "", func(p pull.ScopeStatus) string { return explain.ScopeName(p.Scope) },
		ui.Column[pull.ScopeStatus]{Title: "Place", Width: 220, Cell: func(p pull.ScopeStatus) ui.Cell {
			return ui.Cell{Text: explain.ScopeName(p.Scope)}
		}},
		ui.Column[pull.ScopeStatus]{Title: "How it goes", Cell: scopeCell},
		ui.Column[pull.ScopeStatus]{Title: "New", Width: 80, Align: fyne.TextAlignTrailing, Cell: newCell})
	s.content = container.NewBorder(ui.NewParagraph("The newest comes first, and each page is on the screens as soon "+
		"as "+
		"it is there. The pull goes on when this guide is closed.", ui.Note, width-40), nil, nil, nil, s.list)
	return s
}

func scopeCell(p pull.ScopeStatus) ui.Cell {
	c := ui.Cell{Text: explain.Scope(p), Style: ui.Note, Mark: ui.Ring, Ink: ui.ColorNoData}
	switch {
	case !p.State.Well():
		c.Mark, c.Ink = ui.Square, ui.ColorAlarm
	case p.State.Ended():
		c.Mark, c.Ink = ui.Disc, ui.ColorOK
	}
	return c
}

func newCell(p pull.ScopeStatus) ui.Cell { return ui.Cell{Text: phrase.Count(p.New), Style: ui.Note} }

func (s *pullStep) title() string           { return "Pull" }
func (s *pullStep) body() fyne.CanvasObject { return s.content }
func (s *pullStep) enter()                  {}
func (s *pullStep) leave()                  {}

func (s *pullStep) note() string {
	now := s.view.State.Now()
	s.list.SetItems(slices.Clone(now.Scopes), "Beginning …")
	switch {
	case now.Running && now.Total > 0:
		return phrase.Count(now.Done) + " of " + phrase.Plural(int64(now.Total), "step", "steps") + " · " + now.Doing
	case now.Running:
		return now.Doing
	case len(now.Problems) > 0:
		sentence, _ := explain.Explain(now.Problems[0])
		return sentence
	}
	return "All is there."
}

func (s *pullStep) action() string { return "Show the timeline" }

func (s *pullStep) proceed() bool {
	s.view.Session.Screen.Set("Timeline")
	s.view.Close()
	return true
}

func (s *pullStep) key(key) bool    { return false }
func (s *pullStep) buttons() []hint { return nil }
