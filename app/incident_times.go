package app

import "time"

// IncidentTimes are the instants that the figures of a review are made of; zero where they are not known.
type IncidentTimes struct {
	Began        time.Time // the first breaching datapoint of the first alarm that went off
	Detected     time.Time // the first alarm went off
	Acknowledged time.Time // by hand
	Recovered    time.Time // the last alarm was OK again, and none went off after it
}

// ToDetect is how long the trouble went on before an alarm told; false where that is not known.
func (t IncidentTimes) ToDetect() (time.Duration, bool) { return between(t.Began, t.Detected) }

// ToAcknowledge is how long it took from the first alarm until somebody took the incident on.
func (t IncidentTimes) ToAcknowledge() (time.Duration, bool) {
	return between(t.Detected, t.Acknowledged)
}

// ToRecover is how long it took from the first alarm until all were OK again.
func (t IncidentTimes) ToRecover() (time.Duration, bool) { return between(t.Detected, t.Recovered) }

func between(from, to time.Time) (time.Duration, bool) {
	if from.IsZero() || to.IsZero() || to.Before(from) {
		return 0, false
	}
	return to.Sub(from), true
}

// Times reads the times of an incident from its alarms and their state updates, oldest first. Only turns within the
// incident's range count; an alarm whose end lies beyond what its history tells has not recovered.
func (i Incident) Times(alarms []Alarm, history []AlarmHistoryItem) IncidentTimes {
	t := IncidentTimes{Acknowledged: i.Acknowledged}
	recovered := true
	for _, a := range alarms {
		went, ended := i.turns(a, history)
		if went == nil {
			continue
		}
		if t.Detected.IsZero() || went.At.Before(t.Detected) {
			t.Detected, t.Began = went.At, firstBreach(a, *went)
		}
		recovered = recovered && !ended.IsZero()
		t.Recovered = latest(t.Recovered, ended)
	}
	if !recovered {
		t.Recovered = time.Time{}
	}
	return t
}

// turns returns when an alarm first went off within the range, nil if it did not, and when it was last OK again; zero
// while it is not.
func (i Incident) turns(a Alarm, history []AlarmHistoryItem) (went *AlarmHistoryItem, ended time.Time) {
	for n := range history {
		h := &history[n]
		if h.Kind != StateUpdate || h.Alarm != a.Name || h.Place() != a.Place() || !i.Range.Contains(h.At) {
			continue
		}
		switch {
		case h.To == InAlarm:
			ended = time.Time{}
			if went == nil {
				went = h
			}
		case h.To == OK && went != nil && ended.IsZero():
			ended = h.At
		}
	}
	return went, ended
}

// firstBreach is when the first of the breaching datapoints that made an alarm go off began, as AWS noted them with the
// turn; zero where it did not.
func firstBreach(a Alarm, turn AlarmHistoryItem) time.Time {
	a.State, a.Since = turn.To, turn.At
	a.Reason, a.ReasonData = turn.Reason()
	v, _, ok := a.Noted()
	if !ok {
		return time.Time{}
	}
	for _, p := range v.Periods {
		if p.Counted && p.Breaching {
			return p.At
		}
	}
	return time.Time{}
}
