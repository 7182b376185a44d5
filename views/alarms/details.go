package alarms

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
)

// Details returns how the drawer shows alarms, lists of them, and resources without one.
func Details(r DetailReader) drawer.Opener {
	return drawer.Bind(r, func(item app.Item) drawer.Detail[DetailReader] {
		switch item := item.(type) {
		case app.Alarm:
			return alarmDetail{alarm: item}
		case app.AlarmList:
			return alarmsDetail{list: item}
		case allTurns:
			return turnsDetail{alarm: item.alarm}
		case app.WhatExplains:
			return explainsDetail{item: item}
		case app.Unwatched:
			return unwatchedDetail{resource: item}
		}
		return nil
	})
}
