package shell

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/ui"
)

// Entry is one screen on the rail.
type Entry struct {
	Name   string
	Key    int // with Ctrl: 0 to 9
	Icon   ui.IconName
	Screen ui.Screen
	Badge  bool // shows how many alarms are in alarm
}

const (
	railTop    = 12 // above the first entry
	railPitch  = 54 // from entry to entry
	railHeight = 48 // of an entry
)

// railEntry is an entry as the rail shows it: icon above name, a bar while it is the current one.
type railEntry struct {
	widget.BaseWidget
	entry            Entry
	tapped           func()
	current, hovered bool
	count            int
	old              bool // the count is not of now

	bar, glow, badge *canvas.Rectangle
	icon             *ui.Icon
	name, number     *canvas.Text
}

func newRailEntry(e Entry, tapped func()) *railEntry {
	clear := func() *canvas.Rectangle { return canvas.NewRectangle(color.Transparent) }
	r := &railEntry{entry: e, tapped: tapped, bar: clear(), glow: clear(), badge: clear(),
		icon: ui.NewIcon(e.Icon, ui.ColorQuiet, 22), name: canvas.NewText(e.Name, nil), number: canvas.NewText("", nil)}
	r.glow.CornerRadius, r.badge.CornerRadius = 8, 8
	r.ExtendBaseWidget(r)
	r.paint()
	return r
}

// Tapped goes to the screen.
func (r *railEntry) Tapped(*fyne.PointEvent) { r.tapped() }

// MouseIn lights the entry up.
func (r *railEntry) MouseIn(*desktop.MouseEvent) { r.hovered = true; r.Refresh() }

// MouseMoved does nothing.
func (r *railEntry) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends it.
func (r *railEntry) MouseOut() { r.hovered = false; r.Refresh() }

// CreateRenderer draws the entry.
func (r *railEntry) CreateRenderer() fyne.WidgetRenderer {
	return &ui.Face{
		Widget: r, Parts: []fyne.CanvasObject{r.glow, r.bar, r.icon, r.name, r.badge, r.number}, Paint: r.paint,
		Place: r.place,
		Min:   func() fyne.Size { return fyne.NewSize(ui.RailWidth, railHeight) },
	}
}

func (r *railEntry) paint() {
	ink := ui.ColorQuiet
	r.bar.FillColor, r.glow.FillColor = color.Transparent, color.Transparent
	if r.current {
		ink = ui.ColorText
		r.bar.FillColor = ui.Color(ui.ColorAccent)
	}
	if r.hovered {
		r.glow.FillColor = ui.Color(ui.ColorRaised)
	}
	r.icon.SetColor(ink)
	ui.Style{Color: ink, Size: 11}.Apply(r.name)
	ui.Style{Color: ui.ColorOnFill, Size: 10.5, Bold: true}.Apply(r.number)
	r.badge.FillColor, r.number.Text = color.Transparent, ""
	if r.count > 0 {
		r.badge.FillColor, r.number.Text = ui.Color(ui.ColorAlarm), fmt.Sprint(min(r.count, 99))
		if r.old {
			r.badge.FillColor = ui.Color(ui.ColorNoData)
		}
	}
}

func (r *railEntry) place(s fyne.Size) {
	r.glow.Resize(fyne.NewSize(s.Width-12, s.Height))
	r.glow.Move(fyne.NewPos(6, 0))
	r.bar.Resize(fyne.NewSize(3, 38))
	r.bar.Move(fyne.NewPos(0, (s.Height-38)/2))
	r.icon.Resize(fyne.NewSquareSize(22))
	r.icon.Move(fyne.NewPos((s.Width-22)/2, 4))
	name := r.name.MinSize()
	r.name.Resize(name)
	r.name.Move(fyne.NewPos((s.Width-name.Width)/2, 29))
	number := r.number.MinSize()
	r.badge.Resize(fyne.NewSize(max(number.Width+9, 16), 16))
	r.badge.Move(fyne.NewPos(s.Width/2+3, 0))
	r.number.Resize(number)
	r.number.Move(r.badge.Position().AddXY((r.badge.Size().Width-number.Width)/2, (16-number.Height)/2))
}

// rail is the column of entries.
type rail struct {
	widget.BaseWidget
	ground  *ui.Surface
	entries []*railEntry
}

func newRail(entries []Entry, visit func(int)) *rail {
	r := &rail{ground: ui.NewSurface(ui.ColorSurface)}
	for i, e := range entries {
		r.entries = append(r.entries, newRailEntry(e, func() { visit(i) }))
	}
	r.ExtendBaseWidget(r)
	return r
}

// show marks the current entry and counts what is in alarm, or was when AWS was asked long ago.
func (r *rail) show(current, inAlarm int, old bool) {
	for i, e := range r.entries {
		e.current = i == current
		if e.entry.Badge {
			e.count, e.old = inAlarm, old
		}
		e.Refresh()
	}
}

// CreateRenderer draws the rail.
func (r *rail) CreateRenderer() fyne.WidgetRenderer {
	parts := []fyne.CanvasObject{r.ground}
	for _, e := range r.entries {
		parts = append(parts, e)
	}
	return &ui.Face{
		Widget: r, Parts: parts,
		Place: func(s fyne.Size) {
			r.ground.Resize(s)
			pitch := min(railPitch, (s.Height-railTop)/float32(max(len(r.entries), 1)))
			for i, e := range r.entries {
				e.Resize(fyne.NewSize(s.Width, railHeight))
				e.Move(fyne.NewPos(0, railTop+float32(i)*pitch))
			}
		},
		Min: func() fyne.Size { return fyne.NewSize(ui.RailWidth, railTop+railHeight*float32(len(r.entries))) },
	}
}
