package app

import (
	"encoding/json"
	"time"
)

// AlarmReason is what CloudWatch looked at when it set an alarm's state, read from StateReasonData.
type AlarmReason struct {
	Threshold  float64          // as it was then
	Datapoints []AlarmDatapoint // oldest first is not promised: they stand as AWS gave them
}

// AlarmDatapoint is one of the periods that were evaluated.
type AlarmDatapoint struct {
	At    time.Time // where its period begins
	Value *float64  // nil where the datapoint was missing
}

// reasonTime is how StateReasonData writes a time: 2026-03-01T10:02:00.000+0000.
const reasonTime = "2006-01-02T15:04:05.000-0700"

// ParseAlarmReason reads StateReasonData; false where it does not name a threshold and the datapoints that were
// evaluated, as for a composite alarm or an alarm on a band.
func ParseAlarmReason(data string) (AlarmReason, bool) {
	var raw struct {
		Threshold *float64
		Evaluated []struct {
			Timestamp string
			Value     *float64
		} `json:"evaluatedDatapoints"`
	}
	if json.Unmarshal([]byte(data), &raw) != nil || raw.Threshold == nil || len(raw.Evaluated) == 0 {
		return AlarmReason{}, false
	}
	r := AlarmReason{Threshold: *raw.Threshold}
	for _, d := range raw.Evaluated {
		at, err := time.Parse(reasonTime, d.Timestamp)
		if err != nil {
			return AlarmReason{}, false
		}
		r.Datapoints = append(r.Datapoints, AlarmDatapoint{at.UTC(), d.Value})
	}
	return r, true
}

// Span returns the first and the last time of the datapoints.
func (r AlarmReason) Span() (first, last time.Time) {
	for i, d := range r.Datapoints {
		if i == 0 || d.At.Before(first) {
			first = d.At
		}
		if i == 0 || d.At.After(last) {
			last = d.At
		}
	}
	return first, last
}

// Count returns how many of the datapoints breach by the alarm's comparison, at the threshold of then, and how many are
// missing.
func (r AlarmReason) Count(a Alarm) (breaching, missing int) {
	a.Threshold = &r.Threshold
	for _, d := range r.Datapoints {
		switch {
		case d.Value == nil:
			missing++
		case a.Breaches(*d.Value):
			breaching++
		}
	}
	return breaching, missing
}

// Reason returns why a state update turned the alarm, as StateReason and StateReasonData would have said it then; ""
// where its data does not say.
func (h AlarmHistoryItem) Reason() (text, data string) {
	var raw struct {
		New struct {
			Reason string          `json:"stateReason"`
			Data   json.RawMessage `json:"stateReasonData"`
		} `json:"newState"`
	}
	if json.Unmarshal([]byte(h.Data), &raw) != nil {
		return "", ""
	}
	return raw.New.Reason, string(raw.New.Data)
}
