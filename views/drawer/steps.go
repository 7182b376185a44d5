package drawer

import (
	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/views/ui"
)

// Steps is a part of a page whose rows can be stepped through by keys, as the spans of a trace. It takes the keyboard
// for that and keeps it while the page is drawn anew, so that its object must outlive pages.
type Steps interface {
	fyne.CanvasObject
	// Attach tells it the canvas that it is on, and whom to tell where its current row is, in pixels below its top.
	Attach(on fyne.Canvas, moved func(top, bottom float32))
	Bindings() ui.Bindings // while it has the keyboard
	Row() string           // the row that keys are at; "": the first
	SetRow(string)
	HasKeyboard() bool
	TakeKeyboard(bool) // takes it, or gives it up
}

// AddSteps adds rows that can be stepped through; a page has at most one such part.
func (p *Page) AddSteps(s Steps) {
	p.steps = s
	p.Add(s)
}
