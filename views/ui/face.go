package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Face is the renderer of the console's own widgets: the objects they are made of, and how these are placed and
// painted. State stays in the widget, because Fyne may drop a renderer that is not seen. Min must be set.
type Face struct {
	Widget fyne.Widget
	Parts  []fyne.CanvasObject
	Place  func(fyne.Size)  // lays the parts out; nil: there is nothing to place
	Min    func() fyne.Size // the smallest size
	Paint  func()           // gives the parts the theme's colours and the widget's state; nil: nothing changes
}

// Layout places the parts.
func (f *Face) Layout(size fyne.Size) {
	if f.Place != nil {
		f.Place(size)
	}
}

// MinSize returns the smallest size.
func (f *Face) MinSize() fyne.Size { return f.Min() }

// Refresh paints, places and redraws the parts.
func (f *Face) Refresh() {
	if f.Paint != nil {
		f.Paint()
	}
	f.Layout(f.Widget.Size())
	for _, p := range f.Parts {
		p.Refresh()
	}
	canvas.Refresh(f.Widget)
}

// Objects returns the parts.
func (f *Face) Objects() []fyne.CanvasObject { return f.Parts }

// Destroy has nothing to free.
func (f *Face) Destroy() {}

// SetShown shows or hides an object, without asking for a repaint where nothing changes.
func SetShown(o fyne.CanvasObject, shown bool) {
	switch {
	case shown && !o.Visible():
		o.Show()
	case !shown && o.Visible():
		o.Hide()
	}
}
