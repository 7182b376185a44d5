package timeline

import (
	"fmt"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
)

// fewestAlarms is how many rows the lane has where the others need its room, the one that counts the rest among them. What is in
// alarm is not hidden for that.
const fewestAlarms = 4

// cut leaves so many rows, and counts the rest. What was OK all through the window gives way first, wherever it stands; those
// that stay keep their order.
func (l *alarmLane) cut(rows int) {
	l.rows, l.more = l.all, max(len(l.all)-rows, 0)
	if l.more == 0 {
		return
	}
	l.rows = slices.Clone(l.all)
	for i := len(l.rows) - 1; i >= 0 && len(l.rows) > rows; i-- {
		if l.rows[i].Weight == insight.Quiet {
			l.rows = slices.Delete(l.rows, i, i+1)
		}
	}
	l.rows = insight.Indented(l.rows[:rows])
}

// fit returns the lane with as many rows as that height has room for.
func (l *alarmLane) fit(height float32) *alarmLane {
	room := int((height-alarmFoot-alarmHead)/alarmRow) + 1
	cut := *l
	if cut.cut(room); cut.more > 0 {
		cut.cut(max(room-1, 1)) // and one that counts them
	}
	return &cut
}

// fewest is the least height to which the lane gives way.
func (l *alarmLane) fewest() float32 {
	_, best := l.height()
	rows, loud := fewestAlarms, 0
	for _, r := range l.rows {
		if r.Weight < insight.Quiet {
			loud++
		}
		if r.Last() == app.InAlarm {
			rows = max(rows, loud+1) // it, and the row that counts the rest
		}
	}
	return min(best, l.middle(rows-1)+alarmFoot)
}

// giveWay takes from the lanes of alarms what all lanes together lack, in whole rows; but not for a lane that a person made
// higher, who scrolls for it.
func giveWay(list []lane, heights []float32, room float32) {
	lack := -room
	for i, l := range list {
		if s, ok := l.(sizedLane); ok {
			least, _ := s.lane.height()
			lack += least
			continue
		}
		lack += heights[i]
	}
	for i, l := range list {
		alarms, ok := l.(*alarmLane)
		if !ok || lack <= 0 {
			continue
		}
		rows := float32(int(lack/alarmRow) + 1)
		before := heights[i]
		heights[i] = max(before-rows*alarmRow, alarms.fewest())
		lack -= before - heights[i]
	}
}

// fitted returns the lanes as their heights allow.
func fitted(list []lane, heights []float32) []lane {
	for i, l := range list {
		if alarms, ok := l.(*alarmLane); ok {
			list[i] = alarms.fit(heights[i])
		}
	}
	return list
}

// rest are all alarms that matter, where the lane shows only some: the drawer lists them.
func (l *alarmLane) rest() app.AlarmList {
	list := app.AlarmList{Title: fmt.Sprintf("%d alarms of this window", len(l.all))}
	for _, r := range l.all {
		list.Alarms = append(list.Alarms, r.Alarm)
	}
	return list
}
