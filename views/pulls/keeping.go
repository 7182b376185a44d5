package pulls

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// keepingSection says what following costs, and what is kept of the cache.
type keepingSection struct {
	*ui.Panel
	view  *View
	prose *ui.Prose

	load    ui.Loader
	cost    *pull.FollowCost // nil: not read yet
	problem error
	size    ui.Loader
	room    *app.Room // nil: not read yet
}

func newKeeping(v *View) *keepingSection {
	s := &keepingSection{view: v, prose: ui.NewProse(), load: ui.Loader{Threads: v.Session.Threads},
		size: ui.Loader{Threads: v.Session.Threads}}
	s.Panel = ui.NewPanel("Following and keeping", "", s.prose)
	s.Action = ui.NewButton("Follow", func() { v.Follow(v.Session.Focus.Now(), !v.State.Now().Following) })
	s.arrange()
	return s
}

func (s *keepingSection) panel() *ui.Panel     { return s.Panel }
func (s *keepingSection) list() fyne.Focusable { return nil }
func (s *keepingSection) natural() float32     { return ui.PanelHead + ui.PanelBelow + s.prose.Natural() }
func (s *keepingSection) stop()                { s.load.Stop(); s.size.Stop() }
func (s *keepingSection) read()                { s.readCost() }

func (s *keepingSection) readCost() {
	if !s.view.entered {
		return
	}
	f := s.view.Session.Focus.Now()
	read := func(ctx context.Context) (pull.FollowCost, error) { return s.view.Cost(ctx, f) }
	ui.Again(&s.load, read, func(c pull.FollowCost, err error) {
		if s.problem = err; err == nil {
			s.cost = &c
		}
		s.arrange()
	})
}

// readRoom reads what fills the cache file. That reads every page, a second for each GB, so that it is read once.
func (s *keepingSection) readRoom() {
	ui.Again(&s.size, s.view.Reader.Room, func(r app.Room, err error) {
		if err == nil { // or else the other sections say what is the matter with the cache
			s.room = &r
			s.arrange()
		}
	})
}

func (s *keepingSection) arrange() {
	var parts []fyne.CanvasObject
	add := func(text string, style ui.Style) { parts = append(parts, ui.NewParagraph(text, style, proseWidth)) }
	word := "Follow"
	if s.view.State.Now().Following {
		word = "Stop following"
	}
	s.Action.Set(ui.Word{Text: word, Style: ui.Body})
	switch {
	case s.problem != nil:
		sentence, remedy := explain.Explain(s.problem)
		add("What following costs is not known: "+sentence+" "+remedy, ui.Small)
	case s.cost == nil:
		add("Working out what following costs …", ui.Quiet)
	case s.cost.Places == 0:
		add("No place can be followed yet: pull once.", ui.Small)
	default:
		add(explain.FollowCost(*s.cost), ui.Small)
	}
	if s.cost != nil {
		for _, p := range s.cost.Parts {
			parts = append(parts, row(ui.NewText(phrase.SignalTitle(p.Signal), ui.Note),
				ui.NewText("every "+phrase.Window(p.Every), ui.Note)))
		}
	}
	parts = append(parts, ui.NewSpace(0, 4), ui.NewHairline(), ui.NewSpace(0, 4))
	parts = append(parts, s.roomLines()...)
	s.SetNote("", ui.Note)
	s.prose.Set(parts...)
	s.view.arranged()
}

// roomLines say how large the cache file is and may grow, and what fills it.
func (s *keepingSection) roomLines() []fyne.CanvasObject {
	if s.room == nil {
		return []fyne.CanvasObject{ui.NewParagraph(explain.Keep(s.view.Keep), ui.Small, proseWidth)}
	}
	size := "The cache file is " + phrase.Bytes(s.room.Bytes+s.room.Log) + ". " + explain.Keep(s.view.Keep)
	lines := []fyne.CanvasObject{ui.NewParagraph(size, ui.Small, proseWidth)}
	for _, h := range s.room.Holdings {
		name, items := "Ledger and the rest", ""
		if h.Signal != "" {
			name, items = phrase.SignalTitle(h.Signal), phrase.CountItems(h.Signal, h.Items)+" · "
		}
		lines = append(lines, row(ui.NewText(name, ui.Note), ui.NewText(items+phrase.Bytes(h.Bytes), ui.Note)))
	}
	return lines
}
