package timeline

import (
	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/ui"
)

// stepBy goes to the next or the previous thing of the lane that keys go to: to a row, or with the crosshair to an
// instant.
func (v *View) stepBy(direction int) {
	if len(v.field.scene.rows) == 0 {
		return
	}
	if v.row < 0 {
		v.choose(0)
	}
	if v.row >= len(v.field.scene.rows) || v.field.scene.rows[v.row].collapsed {
		return
	}
	steps := v.field.scene.rows[v.row].steps()
	i := v.nextStep(steps, direction)
	if i < 0 {
		return
	}
	v.step, v.stepped = steps[i], i
	if at := v.step.At; !at.IsZero() {
		v.cross(at)
	}
	v.bringIntoSight()
	v.field.placeChosen()
	v.field.highlight(v.step.Item)
	v.redraw()
}

// nextStep returns which step a key leads to, -1 for none: rows are counted, instants are seen from the crosshair.
func (v *View) nextStep(steps []lane.Place, direction int) int {
	if len(steps) == 0 {
		return -1
	}
	if steps[0].At.IsZero() {
		return min(max(v.stepped+direction, 0), len(steps)-1)
	}
	from := v.axis.At(0.5 - float64(direction)/2) // as if it came from that end
	if v.crossed && v.axis.Range.Contains(v.crossAt) {
		from = v.crossAt
	}
	best := -1
	for i, s := range steps {
		switch {
		case !v.axis.Range.Contains(s.At):
		case direction > 0 && s.At.After(from) && best < 0, direction < 0 && s.At.Before(from):
			best = i
		}
	}
	return best
}

// noStep forgets where the keys were in a lane.
func (v *View) noStep() { v.step, v.stepped = lane.Place{}, -1 }

// stepHere returns what keys went to, nil where they have gone elsewhere since.
func (v *View) stepHere() app.Item {
	if v.step.At.IsZero() || v.crossed && v.step.At.Equal(v.crossAt) {
		return v.step.Item
	}
	return nil
}

// pageKeep is as much of the lanes as stays in sight when a key scrolls them.
const pageKeep = 60

// page scrolls the lanes by what is seen of them.
func (v *View) page(direction float32) {
	seen := v.scroll.Size().Height - (v.field.edge() - v.field.scrolled())
	most := max(v.field.scene.height()-v.scroll.Size().Height, 0)
	v.scroll.Offset.Y = min(max(v.scroll.Offset.Y+direction*max(seen-pageKeep, pageKeep), 0), most)
	v.scroll.Refresh()
	v.field.follow(v.scroll.Offset)
}

// stepKeys go through what a lane shows, and scroll the lanes.
func (v *View) stepKeys() ui.Bindings {
	return ui.Bindings{
		{Keys: ".", Does: "In the lane, the next row, change, error or turn", Rune: '.', Do: func() { v.stepBy(1) }},
		{Keys: ",", Does: "The one before", Rune: ',', Do: func() { v.stepBy(-1) }},
		{Keys: "PgUp PgDn", Does: "Scroll the lanes", Key: fyne.KeyPageDown, Do: func() { v.page(1) }},
		{Does: "Scroll the lanes up", Key: fyne.KeyPageUp, Do: func() { v.page(-1) }},
	}
}

// alias is the name of a second key of a binding, shown only while the drawer is open, which may use the first key
// itself.
func (v *View) alias(key string) string {
	if v.session.Selected.Now() == nil {
		return ""
	}
	return key
}
