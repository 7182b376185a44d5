package lane

import (
	"fmt"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
)

// fewestAlarms is how many rows remain where other lanes need the room, including the one that counts the rest. What is
// in alarm is never hidden for that.
const fewestAlarms = 4

// cut leaves so many rows, and counts the rest. Alarms that were OK all through the window are left out first; those
// that stay keep their order.
func (l *Alarm) cut(rows int) {
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

// Fit returns the lane with as many rows as a height has room for.
func (l *Alarm) Fit(height float32) Lane {
	room := int((height-alarmFoot-alarmHead)/RowHeight) + 1
	fitting := *l
	if fitting.cut(room); fitting.more > 0 {
		fitting.cut(max(room-1, 1)) // and one that counts them
	}
	return &fitting
}

// Shrink gives up whole rows, as many as other lanes lack, down to the least height.
func (l *Alarm) Shrink(height, lack float32) float32 {
	rows := float32(int(lack/RowHeight) + 1)
	return max(height-rows*RowHeight, l.fewest())
}

// fewest is the least height to which the lane shrinks.
func (l *Alarm) fewest() float32 {
	_, best := l.Height()
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

// rest are all alarms that matter, where the lane shows only some: the drawer lists them.
func (l *Alarm) rest() app.AlarmList {
	list := app.AlarmList{Title: fmt.Sprintf("%d alarms of this window", len(l.all))}
	for _, r := range l.all {
		list.Alarms = append(list.Alarms, r.Alarm)
	}
	return list
}
