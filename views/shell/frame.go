package shell

import (
	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/views/ui"
)

// leastScreen is the width below which a screen has no use: the drawer then lies over it instead of beside it.
const leastScreen = 560

// CreateRenderer draws the frame.
func (s *Shell) CreateRenderer() fyne.WidgetRenderer {
	parts := []fyne.CanvasObject{s.ground, s.rail, s.bar, s.screens, s.drawer, s.status}
	for _, l := range s.lines {
		parts = append(parts, l)
	}
	return &ui.Face{Widget: s, Parts: parts, Place: s.place, Min: func() fyne.Size { return fyne.NewSize(900, 560) }}
}

func (s *Shell) place(size fyne.Size) {
	put := func(o fyne.CanvasObject, x, y, width, height float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(width, height))
	}
	const left, top = ui.RailWidth, ui.FocusHeight
	bottom := size.Height - ui.StatusHeight
	put(s.ground, 0, 0, size.Width, size.Height)
	put(s.rail, 0, 0, left, bottom)
	put(s.bar, left, 0, size.Width-left, top)
	put(s.status, 0, bottom, size.Width, ui.StatusHeight)
	put(s.lines[0], left-1, 0, 1, bottom)
	put(s.lines[1], left, top-1, size.Width-left, 1)
	put(s.lines[2], 0, bottom, size.Width, 1)
	room := size.Width - left
	screen := room
	if s.drawer.IsOpen() {
		put(s.drawer, size.Width-ui.DrawerWidth, top, ui.DrawerWidth, bottom-top)
		if room-ui.DrawerWidth >= leastScreen {
			screen = room - ui.DrawerWidth
		}
	}
	put(s.screens, left, top, screen, bottom-top)
}
