package timeline

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/ui"
)

// movement is how soon after a turn of the wheel another one belongs to it, so that Back leads to where both began.
const movement = time.Second

// look goes to a range, to which Back returns.
func (v *View) look(r app.Range) {
	v.session.Go(v.session.Focus.Now().On(r))
	v.moved = time.Time{}
}

// move goes to a range as one step of a movement; a wheel or a held key makes many. Where it leads nowhere, the window
// stays as it is, and one that moves with now still does.
func (v *View) move(r app.Range) {
	if r.Equal(v.axis.Range) {
		return
	}
	now := v.session.Now()
	f := v.session.Focus.Now().On(r)
	if now.Sub(v.moved) < movement {
		v.session.Slide(f)
	} else {
		v.session.Go(f)
	}
	v.moved = now
}

// preview shows another range without going there, while a picture is dragged.
func (v *View) preview(r app.Range) {
	v.axis.Range = r
	v.arrange()
	v.reread()
}

// cross shows the crosshair at an instant.
func (v *View) cross(at time.Time) {
	v.crossAt, v.crossed, v.under = at, true, -1
	v.placeCross()
}

// crossUnder shows the crosshair under the pointer, x pixels from the left of the pictures, where it stays while the
// axis moves.
func (v *View) crossUnder(x float32) {
	v.cross(v.axis.Time(x))
	v.under = x
}

// uncross takes the crosshair away.
func (v *View) uncross() {
	v.crossed, v.under = false, -1
	v.placeCross()
}

func (v *View) placeCross() {
	before := v.field.hair.Visible()
	v.ruler.point(v.pointed())
	v.field.placeCross()
	if !before && v.field.hair.Visible() {
		v.redraw()
	}
}

// pinCross pins the crosshair where it is, to be measured against, or removes the pin.
func (v *View) pinCross() {
	switch {
	case !v.pin.IsZero():
		v.pin = time.Time{}
	case v.crossed:
		v.pin = v.crossAt
	default:
		v.pin = v.axis.At(0.5)
	}
	v.placeCross()
	v.redraw()
}

// pointed returns the instant that is read, the one that it is measured against (zero: none), and whether any is.
func (v *View) pointed() (at, from time.Time, shown bool) {
	if !v.crossed {
		return v.pin, time.Time{}, !v.pin.IsZero()
	}
	return v.crossAt, v.pin, true
}

// click selects what lies at a place of the field.
func (v *View) click(at fyne.Position) {
	if v.field.onHandle(at) {
		v.openMenu(v.field.handle.lane, at)
		return
	}
	if item := v.field.pick(at); item != nil {
		var when time.Time
		if x := at.X - plotLeft; x >= 0 {
			when = v.axis.Time(x)
		}
		v.session.Selected.Set(v.dated(v.field.rowAt(at.Y), item, when))
	}
}

// dated returns an item of a row with the instant at which it was clicked, where that matters.
func (v *View) dated(row int, item app.Item, at time.Time) app.Item {
	if l, ok := v.field.scene.rows[row].lane.(lane.Dater); ok {
		return l.Dated(item, at)
	}
	return item
}

// choose gives a lane the keys.
func (v *View) choose(row int) {
	if row != v.row {
		v.noStep()
	}
	v.row = row
	v.field.placeChosen()
}

// The steps of the keys.
const (
	panPart   = 4   // a key moves the window by a quarter
	crossStep = 8   // pixels that a key moves the crosshair
	keyZoom   = 1.5 // what a key makes of the window's length
)

// resetWindow is where 0 leads: the last hour, as it is now.
const resetWindow = time.Hour

// Bindings are the keys of the timeline.
func (v *View) Bindings() ui.Bindings {
	return append(append(v.lookKeys(), v.stepKeys()...), v.laneKeys()...)
}

// lookKeys choose what is looked at.
func (v *View) lookKeys() ui.Bindings {
	return ui.Bindings{
		{Keys: "←", Does: "Earlier by a quarter of the window", Key: fyne.KeyLeft, Do: func() { v.panBy(-1) }},
		{Keys: "→", Does: "Later by a quarter of the window", Key: fyne.KeyRight, Do: func() { v.panBy(1) }},
		{Keys: "+", Does: "Zoom in at the crosshair", Rune: '+', Do: func() { v.zoomBy(1 / keyZoom) }},
		{Does: "Zoom in at the crosshair", Rune: '=', Do: func() { v.zoomBy(1 / keyZoom) }},
		{Keys: "−", Does: "Zoom out at the crosshair", Rune: '-', Do: func() { v.zoomBy(keyZoom) }},
		{Keys: "0", Does: "The last hour", Rune: '0', Do: v.lastHour},
		{Keys: "[", Does: "Crosshair to the left", Rune: '[', Do: func() { v.crossBy(-1) }},
		{Keys: "]", Does: "Crosshair to the right", Rune: ']', Do: func() { v.crossBy(1) }},
		{Keys: "m", Does: "Pin the crosshair to measure from it, or let it go (also M)", Rune: 'm', Do: v.pinCross},
		{Keys: "e", Does: "What explains the instant at the crosshair?", Rune: 'e', Do: v.explainInstant},
		{Keys: v.alias("M"), Does: "Pin the crosshair", Rune: 'M', Do: v.pinCross}, // an alarm in the drawer has m
		{Keys: "Home", Does: "Where the cache begins", Key: fyne.KeyHome, Do: v.toStart},
		{Keys: "End", Does: "Now, and on with it", Key: fyne.KeyEnd, Do: v.toNow},
		{Keys: "↑", Does: "The lane above", Key: fyne.KeyUp, Do: func() { v.chooseBy(-1) }},
		{Keys: "↓", Does: "The lane below", Key: fyne.KeyDown, Do: func() { v.chooseBy(1) }},
		{Keys: "Enter", Does: "Open what the lane shows at the crosshair", Key: fyne.KeyReturn, Do: v.openChosen},
		{Does: "Open what the lane shows at the crosshair", Key: fyne.KeyEnter, Do: v.openChosen},
	}
}

// laneKeys arrange the lanes: they change the one that is chosen.
func (v *View) laneKeys() ui.Bindings {
	return ui.Bindings{
		{Keys: "x", Does: "Remove the lane (also Delete)", Rune: 'x', Do: v.removeLane},
		{Does: "Remove the lane", Key: fyne.KeyDelete, Do: v.removeLane},
		{Keys: "u", Does: "Undo the last change of lanes", Rune: 'u', Do: v.undo},
		{Keys: "{", Does: "Lane up (also K)", Rune: '{', Do: func() { v.moveLane(-1) }},
		{Keys: v.alias("K"), Does: "Lane up", Rune: 'K', Do: func() { v.moveLane(-1) }},
		{Keys: "}", Does: "Lane down (also J)", Rune: '}', Do: func() { v.moveLane(1) }},
		{Keys: v.alias("J"), Does: "Lane down", Rune: 'J', Do: func() { v.moveLane(1) }},
		{Keys: "P", Does: "Pin the lane to the top, or let it go", Rune: 'P', Do: v.pinLane},
		{Keys: "c", Does: "Collapse the lane, or open it (also C)", Rune: 'c', Do: v.collapseLane},
		// c may be the detail's
		{Keys: v.alias("C"), Does: "Collapse the lane, or open it", Rune: 'C', Do: v.collapseLane},
		{Keys: ">", Does: "Lane higher", Rune: '>', Do: func() { v.resizeLane(resizeStep) }},
		{Keys: "a", Does: "Add a lane (also A)", Rune: 'a', Do: v.showAdd},
		{Keys: v.alias("A"), Does: "Add a lane", Rune: 'A', Do: v.showAdd}, // a may be the detail's
		{Keys: "b", Does: "Boards: open, save, delete", Rune: 'b', Do: v.showBoards},
		{Keys: "B", Does: "Board from the alarm that is selected", Rune: 'B', Do: v.proposeFromSelected},
		{Keys: "<", Does: "Lane lower", Rune: '<', Do: func() { v.resizeLane(-resizeStep) }},
	}
}

func (v *View) lastHour() { v.session.Go(v.session.Focus.Now().Last(resetWindow)) }

func (v *View) panBy(direction time.Duration) {
	v.move(v.axis.Range.Shift(direction * v.axis.Range.Length() / panPart))
}

// zoomBy zooms at the crosshair, or at the middle where it is not shown.
func (v *View) zoomBy(factor float64) {
	at := v.axis.At(0.5)
	if v.crossed && v.axis.Range.Contains(v.crossAt) {
		at = v.crossAt
	}
	v.move(zoomed(v.axis.Range, at, factor, v.session.Now()))
}

// crossBy moves the crosshair by a step, from the middle where it is not shown.
func (v *View) crossBy(direction time.Duration) {
	at := v.crossAt
	if !v.crossed || !v.axis.Range.Contains(at) {
		at = v.axis.At(0.5)
	}
	at = at.Add(direction * v.axis.Wide(crossStep))
	switch r := v.axis.Range; {
	case at.Before(r.From):
		at = r.From
	case at.After(r.To):
		at = r.To
	}
	v.cross(at)
}

// chooseBy gives the keys to the next lane above or below, and brings it into sight.
func (v *View) chooseBy(direction int) {
	n := len(v.field.scene.rows)
	if n == 0 {
		return
	}
	if v.row < 0 && direction < 0 {
		v.row = n
	}
	v.choose(min(max(v.row+direction, 0), n-1))
	v.bringIntoSight()
}

// bringIntoSight scrolls to the lane that keys go to.
func (v *View) bringIntoSight() {
	if v.row < v.field.pinnedArea.rows {
		return // it is always in sight
	}
	top, bottom := v.field.scene.rows[v.row].top, v.field.scene.rows[v.row].top+v.field.scene.rows[v.row].height
	switch seen, pinned := v.scroll.Size().Height, v.field.edge()-v.field.scrolled(); {
	case top < v.scroll.Offset.Y+pinned:
		v.scroll.Offset.Y = top - pinned
	case bottom > v.scroll.Offset.Y+seen:
		v.scroll.Offset.Y = bottom - seen
	default:
		return
	}
	v.scroll.Refresh()
	v.field.follow(v.scroll.Offset)
}

// openChosen selects what the chosen lane shows at the crosshair, or at the middle where it is not shown.
func (v *View) openChosen() {
	if v.row < 0 || v.row >= len(v.field.scene.rows) {
		return
	}
	if item := v.stepHere(); item != nil {
		v.session.Selected.Set(item)
		return
	}
	at := v.axis.At(0.5)
	if v.crossed {
		at = v.crossAt
	}
	if item := v.field.open(v.row, at); item != nil {
		v.session.Selected.Set(v.dated(v.row, item, at))
	}
}
