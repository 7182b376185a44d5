package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// followWidth leaves room for a sentence with the parts of a cost.
const followWidth = 420

// newFollowSheet asks whether to follow at that cost, or says why the cost is not known.
func newFollowSheet(c fyne.Canvas, cost pull.FollowCost, problem error, begin func()) *sheet {
	if problem != nil {
		sentence, remedy := explain.Explain(problem)
		s := newSheet(c, "What following costs is not known", followWidth, container.NewVBox(
			ui.NewParagraph(sentence, ui.Body, followWidth), ui.NewParagraph(remedy, ui.Note, followWidth)))
		return s.add(ui.NewButton("Close", s.Hide).Primary())
	}
	body := container.NewVBox(ui.NewParagraph(explain.FollowCost(cost), ui.Body, followWidth), ui.NewSpace(0, 4))
	for _, p := range cost.Parts {
		body.Add(ui.NewText(paceOf(p), ui.Note))
	}
	s := newSheet(c, "Keep pulling?", followWidth, body)
	s.add(ui.NewButton("Cancel", s.Hide))
	return s.add(ui.NewButton("Follow", func() { s.Hide(); begin() }).Primary())
}

// paceOf says how often a signal is asked.
func paceOf(p pull.FollowPart) string {
	return phrase.SignalTitle(p.Signal) + " every " + phrase.Window(p.Every)
}
