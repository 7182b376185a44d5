package timeline

import (
	"image"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/ui"
)

// row is a lane in its place on the screen, with what the board says of it.
type row struct {
	lane      lane.Lane
	of, name  string  // by which it is called; "": as the lane calls itself
	fixed     float32 // height that a person gave it; 0: as the room allows
	collapsed bool    // to one line: its name, the most important of what stands beside it, and its readout
	pinned    bool    // above all that is not
	relations laneRelations

	top, height float32
	picture     *image.RGBA
}

// collapsedHeight is that of one line of the label column.
const collapsedHeight = 2*lane.NameMiddle - 2

// head is what stands in the label column.
func (r row) head() lane.Head {
	h := r.lane.Head()
	if r.name != "" {
		h.Of, h.Name = r.of, r.name
	}
	if !r.collapsed {
		return h
	}
	h.Top, h.Bottom, h.Rows, h.Keys = "", "", nil, nil
	if h.Aside == "" && h.Of == "" {
		h.Aside, h.AsideStyle = h.Measures, ui.Note
		if room := ui.LabelColWidth - 2*nameLeft - ui.Head.Width(h.Name) - 12; ui.Note.Width(h.Aside) > room {
			h.Aside, _, _ = strings.Cut(h.Aside, " · ")
			h.Aside = ui.Note.Fit(h.Aside, room)
		}
	}
	h.Measures = ""
	return h
}

// title is how the row is called.
func (r row) title() string {
	h := r.head()
	return strings.TrimSpace(h.Of + " " + h.Name)
}

// bounds are the least and the best height of the row.
func (r row) bounds() (least, best float32) {
	if r.collapsed {
		return collapsedHeight, collapsedHeight
	}
	least, best = r.lane.Height()
	if r.fixed > 0 {
		return max(r.fixed, least), max(r.fixed, least)
	}
	return least, best
}

// least is how low a person may make the row.
func (r row) least() float32 {
	r.fixed = 0
	least, _ := r.bounds()
	return least
}

func (r row) paint(p *chart.Picture) {
	if !r.collapsed {
		r.lane.Paint(p)
	}
}

func (r row) notes() []lane.Note {
	if r.collapsed {
		return nil
	}
	return r.lane.Notes(r.height)
}

// readoutMiddle is the height of the middle of the row's readout: where it covers least.
func (r row) readoutMiddle() float32 {
	if p, ok := r.lane.(lane.ReadoutPlacer); ok && !r.collapsed {
		return p.ReadoutRows()[0]
	}
	return r.height/2 + readoutFall
}

// pick returns what lies at a place of the row, of which x is negative beside the picture; nil for nothing. A collapsed
// row opens what is uppermost in it when it is open.
func (r row) pick(axis chart.Axis, at fyne.Position) app.Item {
	switch named, ok := r.lane.(lane.NamePicker); {
	case at.X < 0 && (r.collapsed || !ok):
		return nil
	case at.X < 0:
		return named.PickName(axis, r.height, at)
	case r.collapsed:
		return lane.Uppermost(r.lane, axis, at.X)
	}
	return r.lane.Pick(axis, r.height, at)
}

// shown returns the uppermost thing of the row at x, nil for nothing.
func (r row) shown(axis chart.Axis, x float32) app.Item {
	if r.collapsed {
		return r.pick(axis, fyne.NewPos(x, 0))
	}
	return lane.Topmost(r.lane, axis, r.height, x)
}

// setHeights shares the room out: each row gets its best height, or less where all would not fit, but never less than
// its least. They may then be higher than the room together, and scroll.
func setHeights(rows []row, room float32) {
	var least, best float32
	for _, r := range rows {
		a, b := r.bounds()
		least, best = least+a, best+b
	}
	part := float32(1)
	if best > least {
		part = min(max((room-least)/(best-least), 0), 1)
	}
	for i, r := range rows {
		a, b := r.bounds()
		rows[i].height = float32(int(a + part*(b-a)))
	}
	shrink(rows, room)
}

// shrink takes from the lanes that can give room what all rows together lack; but not for a row that a person made
// higher, who scrolls for it.
func shrink(rows []row, room float32) {
	lack := -room
	for _, r := range rows {
		if r.fixed > 0 {
			lack += r.least()
			continue
		}
		lack += r.height
	}
	for i, r := range rows {
		l, ok := r.lane.(lane.Shrinker)
		if !ok || r.collapsed || r.fixed > 0 || lack <= 0 {
			continue
		}
		rows[i].height = l.Shrink(r.height, lack)
		lack -= r.height - rows[i].height
	}
}

// fit leaves out of the lanes what their heights have no room for.
func fit(rows []row) {
	for i, r := range rows {
		if l, ok := r.lane.(lane.Shrinker); ok && !r.collapsed {
			rows[i].lane = l.Fit(r.height)
		}
	}
}

// steps are the things that keys go to, none where the lane has none.
func (r row) steps() []lane.Place {
	if l, ok := r.lane.(lane.Stepper); ok {
		return l.Steps()
	}
	return nil
}
