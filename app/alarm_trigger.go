package app

import (
	"encoding/json"
	"time"
)

// AlarmTrigger is a child whose turn made a composite alarm turn.
type AlarmTrigger struct {
	Alarm string // its name
	State AlarmState
	At    time.Time // zero where AWS did not say
}

// ParseAlarmTriggers reads StateReasonData of a composite alarm; none where it names no alarm.
func ParseAlarmTriggers(data string) []AlarmTrigger {
	var raw struct {
		Triggering []struct {
			ARN   string
			State struct {
				Value     AlarmState
				Timestamp string
			}
		} `json:"triggeringAlarms"`
	}
	if json.Unmarshal([]byte(data), &raw) != nil {
		return nil
	}
	var all []AlarmTrigger
	for _, t := range raw.Triggering {
		name := alarmARN.FindStringSubmatch(t.ARN)
		if name == nil {
			continue
		}
		at, _ := time.Parse(reasonTime, t.State.Timestamp) // zero for what is no time
		all = append(all, AlarmTrigger{name[1], t.State.Value, at.UTC()})
	}
	return all
}
