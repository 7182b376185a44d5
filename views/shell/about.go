package shell

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/nephograph/nephograph/views/ui"
)

// About is what the About sheet says of the program.
type About struct {
	Version string
	Commit  string
}

func newAboutSheet(c fyne.Canvas, a About) *sheet {
	s := newSheet(c, "Nephograph "+a.Version, sheetWidth, container.NewVBox(
		ui.NewText("Commit "+cmp.Or(a.Commit, "not known"), ui.Note),
		ui.NewParagraph("A console for AWS on this machine: metrics, logs, traces, CloudTrail events and alarms on "+
			"one time line, "+
			"kept in one file. It never writes to AWS.", ui.Quiet, sheetWidth),
		ui.NewParagraph("Text is set in Inter by The Inter Project Authors, under the SIL Open Font License.", ui.Note,
			sheetWidth),
	))
	return s.add(ui.NewButton("Close", s.Hide).Primary())
}
