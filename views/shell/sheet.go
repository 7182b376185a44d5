package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/ui"
)

// sheet is a small window within the window: a title, something to read or fill in, and what to do. Escape closes it.
type sheet struct {
	*widget.PopUp
	actions *fyne.Container
	last    *ui.Chip
}

// newSheet returns a sheet that is not shown yet. body is at least as wide as width.
func newSheet(c fyne.Canvas, title string, width float32, body fyne.CanvasObject) *sheet {
	s := &sheet{actions: container.NewHBox(layout.NewSpacer())}
	room := ui.NewSpace(width, 0)
	content := container.NewVBox(ui.NewText(title, ui.Title), ui.NewSpace(0, 8), body, room, ui.NewSpace(0, 8),
		s.actions)
	s.PopUp = widget.NewModalPopUp(container.New(layout.NewCustomPaddedLayout(16, 16, 20, 20), content), c)
	return s
}

// add puts an action at the bottom right. The last one added is what Enter does.
func (s *sheet) add(b *ui.Chip) *sheet {
	s.actions.Add(b)
	s.last = b
	return s
}

// Show shows the sheet, ready for Enter.
func (s *sheet) Show() {
	s.PopUp.Show()
	if s.last != nil {
		s.Canvas.Focus(s.last)
	}
}
