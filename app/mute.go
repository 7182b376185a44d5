package app

import (
	"cmp"
	"slices"
	"time"
)

// MuteStatus is the status of a mute rule, in CloudWatch's words.
type MuteStatus string

// The statuses.
const (
	MuteScheduled MuteStatus = "SCHEDULED"
	MuteActive    MuteStatus = "ACTIVE"
	MuteExpired   MuteStatus = "EXPIRED"
)

// Mute is when a mute rule holds back the actions of its alarms, which are evaluated and change state all the same.
type Mute struct {
	Name        string     `json:"name"`
	Description string     `json:"description,omitempty"`
	Status      MuteStatus `json:"status"`             // as AWS said when it was last listed
	Schedule    string     `json:"schedule,omitempty"` // cron(0 2 * * SUN) or at(2026-05-10T14:00)
	Length      string     `json:"length,omitempty"`   // of each time, ISO 8601: PT4H
	Zone        string     `json:"zone,omitempty"`     // of schedule, Start and Expire; "": UTC
	Start       time.Time  `json:"start,omitzero"`     // zero: at once
	Expire      time.Time  `json:"expire,omitzero"`    // zero: never
	Seen        time.Time  `json:"-"`                  // when AWS last listed it
}

// MuteRule is a mute rule with the names of its alarms, at most 100 in its place (CloudWatch API reference,
// GetAlarmMuteRule).
type MuteRule struct {
	Scope
	Mute
	ARN     string    `json:"arn"`
	Alarms  []string  `json:"alarms"`
	Updated time.Time `json:"updated"`
}

// CompareMuteRules orders by scope, then name.
func CompareMuteRules(a, b MuteRule) int {
	return cmp.Or(CompareScopes(a.Scope, b.Scope), cmp.Compare(a.Name, b.Name))
}

// Times returns the stretches of a range in which the rule mutes, by its schedule, each whole and in order; false where
// its schedule cannot be read here. A rule that was changed may have muted at other times before.
func (m Mute) Times(within Range) ([]Range, bool) {
	length, ok := parseISOLength(m.Length)
	if !ok {
		return nil, false
	}
	zone, err := time.LoadLocation(cmp.Or(m.Zone, "UTC"))
	if err != nil {
		return nil, false
	}
	schedule, ok := parseMuteSchedule(m.Schedule, zone)
	if !ok {
		return nil, false
	}
	var all []Range
	for _, at := range schedule.begins(Range{within.From.Add(-length), within.To}) {
		r := Range{at, at.Add(length)}
		switch {
		case at.Before(m.Start), !m.Expire.IsZero() && !at.Before(m.Expire):
			continue
		case !m.Expire.IsZero() && r.To.After(m.Expire):
			r.To = m.Expire
		}
		if !r.Intersect(within).Empty() {
			all = append(all, r)
		}
	}
	return Union(all), true
}

// At returns the time for which the rule mutes at an instant: by its schedule, or where that cannot be read, an empty
// one while AWS says that it is active.
func (m Mute) At(t time.Time) (Range, bool) {
	times, ok := m.Times(Range{t, t.Add(time.Millisecond)})
	if !ok {
		return Range{}, m.Status == MuteActive
	}
	if len(times) == 0 {
		return Range{}, false
	}
	return times[0], true
}

// nextMute is how far ahead the next time of a schedule is looked for: two years have each day of a month and a week.
const nextMute = 2 * 366 * 24 * time.Hour

// Next returns the first time after an instant in which the rule mutes; false where there is none, or none is known.
func (m Mute) Next(after time.Time) (Range, bool) {
	for ahead := 24 * time.Hour; ahead <= nextMute; ahead *= 4 {
		times, ok := m.Times(Range{after, after.Add(ahead)})
		if !ok {
			return Range{}, false
		}
		for _, r := range times {
			if r.From.After(after) {
				return r, true
			}
		}
	}
	return Range{}, false
}

// MutedAt returns the mute rule by which the actions of the alarm are held back at an instant, with its time: the one
// that ends last. The time is empty where the rule's schedule cannot be read.
func (a Alarm) MutedAt(t time.Time) (by Mute, during Range, muted bool) {
	for _, m := range a.Mutes {
		if r, ok := m.At(t); ok && (!muted || r.To.After(during.To)) {
			by, during, muted = m, r, true
		}
	}
	return by, during, muted
}

// Muted returns the stretches of a range in which mute rules hold back the actions of the alarm, as far as their
// schedules say, in order.
func (a Alarm) Muted(within Range) []Range {
	var all []Range
	for _, m := range a.Mutes {
		times, _ := m.Times(within)
		for _, r := range times {
			all = append(all, r.Intersect(within))
		}
	}
	return Union(slices.Clone(all))
}
