package timeline

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/ui"
)

// emptyState says why there is nothing to see, and what to do about it.
type emptyState struct {
	widget.BaseWidget
	what, remedy string
	lines        [2]*canvas.Text
}

func newEmptyState() *emptyState {
	e := &emptyState{
		lines: [2]*canvas.Text{canvas.NewText("", color.Transparent), canvas.NewText("", color.Transparent)},
	}
	e.ExtendBaseWidget(e)
	return e
}

// CreateRenderer draws the two lines.
func (e *emptyState) CreateRenderer() fyne.WidgetRenderer {
	return &ui.Face{
		Widget: e, Parts: []fyne.CanvasObject{e.lines[0], e.lines[1]}, Place: e.place,
		Min: func() fyne.Size { return fyne.NewSize(0, 0) },
	}
}

// show says the two sentences; both empty: there is something to see.
func (e *emptyState) show(what, remedy string) {
	ui.SetShown(e, what != "")
	if what != e.what || remedy != e.remedy {
		e.what, e.remedy = what, remedy
		e.Refresh()
	}
}

// place puts the sentences in the middle, a little above the half: where lanes may be, they are at the top.
func (e *emptyState) place(size fyne.Size) {
	y := size.Height * 0.45
	for i, style := range []ui.Style{ui.Head, ui.Note} {
		style.Apply(e.lines[i])
		e.lines[i].Text = style.Fit([]string{e.what, e.remedy}[i], size.Width-2*nameLeft)
		min := e.lines[i].MinSize()
		e.lines[i].Resize(min)
		e.lines[i].Move(fyne.NewPos((size.Width-min.Width)/2, y))
		y += min.Height + 6
	}
}

// emptiness says why there is nothing to see and what to do about it; "" while there is something.
func (v *View) emptiness() (what, remedy string) {
	contact, e := v.session.Contact.Now(), v.snapshot
	nothing := e.board.Automatic() && e.empty() && !e.proposal.proposed
	switch {
	case !v.answered && v.failed != nil:
		return explain.Explain(v.failed)
	case !v.answered:
		return "Reading the cache …", ""
	case contact.Pulling && (len(e.places) == 0 || nothing && e.resource == ""):
		return "Pulling …", "What AWS answers is drawn as it comes."
	case len(e.places) == 0 && contact.Trouble != nil:
		return onTrouble(contact.Trouble)
	case len(e.places) == 0:
		return "Nothing is cached yet.",
			"Pull with the button above, or start nephograph demo to look at a made-up incident."
	case nothing && e.resource != "":
		return "Nothing in this window names " + resource.Short(e.resource) + ".",
			"Take the resource filter away in the bar above, or zoom out with −."
	case nothing:
		return "Nothing is cached for this window.",
			"Zoom out with −, go back with Alt+Left, or pull this window with the button above."
	}
	return "", ""
}

// onTrouble says why an empty cache cannot be filled, and what to do instead. What is missing on this machine is named
// with where to set it.
func onTrouble(err error) (what, remedy string) {
	what, remedy = explain.Explain(err)
	if app.KindOf(err) == app.NotFound {
		remedy = "Set it, start Nephograph again if it is an environment variable, and pull with F5."
	}
	return what, remedy + " Until then, nephograph demo shows a made-up incident."
}
