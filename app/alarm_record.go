package app

import "time"

// AlarmRecord is how an alarm has behaved over a time.
type AlarmRecord struct {
	Known   time.Duration // of the time, for how much its state is known
	InAlarm time.Duration // of that, in alarm
	Went    int           // times that it went off
	Back    int           // times that it went back to OK, or to no data, after having gone off
	Recover time.Duration // from going off to being back, in the mean over Back; 0 if Back is 0
	Longest time.Duration // the longest stretch in alarm, one that still lasts among them
	Flaps   bool          // too often to mean anything: see Flapping
}

// RecordOf sums up consecutive spans of an alarm's states, as StateSpans returns them. A stretch whose beginning is not
// known does not count as going off, and not in the mean.
func RecordOf(spans []StateSpan) AlarmRecord {
	var r AlarmRecord
	for i, s := range spans {
		if s.State == NotKnown {
			continue
		}
		length := s.Range.Length()
		r.Known += length
		if s.State != InAlarm {
			continue
		}
		r.InAlarm += length
		r.Longest = max(r.Longest, length)
		if i == 0 || spans[i-1].State == NotKnown {
			continue
		}
		r.Went++
		if i+1 < len(spans) && spans[i+1].State != NotKnown {
			r.Recover += length
			r.Back++
		}
	}
	if r.Back > 0 {
		r.Recover /= time.Duration(r.Back)
	}
	r.Flaps = flaps(r.Went, r.Known)
	return r
}
