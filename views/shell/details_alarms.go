package shell

import "github.com/nephograph/nephograph/app"

// alarmDetails returns how the drawer shows alarms, lists of them, and resources without one.
func alarmDetails(r Reader) Opener {
	return Bind(r, func(item app.Item) Detail[Reader] {
		switch item := item.(type) {
		case app.Alarm:
			return alarmDetail{alarm: item}
		case app.AlarmList:
			return alarmsDetail{list: item}
		case allTurns:
			return turnsDetail{alarm: item.alarm}
		case app.Unwatched:
			return unwatchedDetail{resource: item}
		}
		return nil
	})
}
