package timeline

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// stop is a thing of a lane that keys go to: a row, or what happened at an instant.
type stop struct {
	item   app.Item
	at     time.Time // zero: of a row, which is of no instant
	middle float32   // of a row
}

// stopsOf are the things of a lane in order: its rows from the top, or what happened in it, oldest first. Of bars and dots
// only those that tell of an error, of metrics the turns into ALARM.
func stopsOf(l lane) []stop {
	var all []stop
	switch l := bare(l).(type) {
	case *alarmLane:
		for _, r := range l.head().rows {
			all = append(all, stop{item: r.item, middle: r.middle})
		}
	case *changeLane:
		for _, m := range l.marks {
			all = append(all, stop{item: m.item(), at: m.at()})
		}
	case *metricLane:
		for _, b := range l.breaches {
			if len(l.lines) > 0 {
				all = append(all, stop{item: l.lines[0].kept, at: b.From})
			}
		}
	case *logLane:
		for _, b := range l.bars {
			if b.Counts[app.LevelError] > 0 {
				all = append(all, stop{item: b, at: b.Range.From.Add(b.Range.Length() / 2)})
			}
		}
	case *traceLane:
		for _, d := range l.dots {
			if failed(d) {
				all = append(all, stop{item: d, at: d.At})
			}
		}
	}
	return all
}

// item is what the drawer shows of a mark.
func (m mark) item() app.Item {
	if len(m.events) == 1 {
		return m.events[0]
	}
	return app.Changes(m.events)
}

// stepBy goes to the thing before or after, of the lane that keys go to: to a row, or with the crosshair to an instant.
func (v *View) stepBy(direction int) {
	if len(v.field.scene.lanes) == 0 {
		return
	}
	if v.lane < 0 {
		v.choose(0)
	}
	if v.lane >= len(v.field.scene.lanes) || v.field.scene.board.Lanes[v.lane].Collapsed {
		return
	}
	stops := stopsOf(v.field.scene.lanes[v.lane])
	i := v.nextStep(stops, direction)
	if i < 0 {
		return
	}
	v.step, v.stepped = stops[i], i
	if at := v.step.at; !at.IsZero() {
		v.cross(at)
	}
	v.bringIntoSight()
	v.field.placeChosen()
	v.field.light(v.step.item)
	v.redraw()
}

// nextStep returns which step a key leads to, -1 for none: rows are counted, instants are seen from the crosshair.
func (v *View) nextStep(stops []stop, direction int) int {
	if len(stops) == 0 {
		return -1
	}
	if stops[0].at.IsZero() {
		return min(max(v.stepped+direction, 0), len(stops)-1)
	}
	from := v.axis.At(0.5 - float64(direction)/2) // as if it came in from the end
	if v.crossed && v.axis.Range.Contains(v.crossAt) {
		from = v.crossAt
	}
	best := -1
	for i, s := range stops {
		switch {
		case !v.axis.Range.Contains(s.at):
		case direction > 0 && s.at.After(from) && best < 0, direction < 0 && s.at.Before(from):
			best = i
		}
	}
	return best
}

// noStep forgets where the keys were in a lane.
func (v *View) noStep() { v.step, v.stepped = stop{}, -1 }

// stepHere returns what keys went to, nil where they have gone elsewhere since.
func (v *View) stepHere() app.Item {
	if v.step.at.IsZero() || v.crossed && v.step.at.Equal(v.crossAt) {
		return v.step.item
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

// alias is the name under which a second key of a binding is shown: only while the drawer is open, which may have taken the
// first.
func (v *View) alias(key string) string {
	if v.session.Selected.Now() == nil {
		return ""
	}
	return key
}
