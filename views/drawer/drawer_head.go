package drawer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/ui"
)

// drawerHead keeps the name of what the drawer shows in sight while one scrolls, and what is scrolled from running
// under the button that closes it.
type drawerHead struct {
	widget.BaseWidget
	ground, line *ui.Surface
	title        *ui.Text
}

// HeadHeight is its height, and how far a page is scrolled before it shows: its own title is then out of sight.
const HeadHeight = 44

func newDrawerHead() *drawerHead {
	h := &drawerHead{ground: ui.NewSurface(ui.ColorSurface), line: ui.NewHairline(),
		title: ui.NewShrinkingText("", ui.Head)}
	h.ExtendBaseWidget(h)
	h.Hide()
	return h
}

// follow shows the head over a page of that title, once the page is scrolled far enough.
func (h *drawerHead) follow(title string, scrolled float32) {
	h.title.Set(title)
	if shown := scrolled > HeadHeight; shown != h.Visible() {
		if shown {
			h.Show()
		} else {
			h.Hide()
		}
	}
}

// CreateRenderer draws the head.
func (h *drawerHead) CreateRenderer() fyne.WidgetRenderer {
	return &ui.Face{
		Widget: h, Parts: []fyne.CanvasObject{h.ground, h.line, h.title},
		Place: func(s fyne.Size) {
			h.ground.Resize(s)
			h.line.Resize(fyne.NewSize(s.Width, 1))
			h.line.Move(fyne.NewPos(0, s.Height-1))
			h.title.Resize(fyne.NewSize(s.Width-2*pageInset-2*ui.ChipHeight, s.Height))
			h.title.Move(fyne.NewPos(pageInset, 0))
		},
		Min: func() fyne.Size { return fyne.NewSize(100, HeadHeight) },
	}
}
