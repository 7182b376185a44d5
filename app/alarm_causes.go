package app

import (
	"cmp"
	"slices"
)

// Causes returns the metric alarms by which an alarm goes off, each once: itself, or of a composite alarm those of its
// rule, at any depth, as far as all has them in its place. Those that are in alarm come first, then as the rule names
// them.
func (a Alarm) Causes(all []Alarm) []Alarm {
	if a.Kind != CompositeAlarm {
		return []Alarm{a}
	}
	named := map[string]Alarm{}
	for _, o := range all {
		if o.Place() == a.Place() {
			named[o.Name] = o
		}
	}
	var found []Alarm
	seen := map[string]bool{}
	var add func(Alarm)
	add = func(o Alarm) {
		if seen[o.Name] {
			return
		}
		seen[o.Name] = true
		if o.Kind != CompositeAlarm {
			found = append(found, o)
			return
		}
		for _, name := range o.Children() {
			if child, ok := named[name]; ok {
				add(child)
			}
		}
	}
	add(a)
	slices.SortStableFunc(found, func(a, b Alarm) int { return cmp.Compare(quietness(a), quietness(b)) })
	return found
}

func quietness(a Alarm) int {
	if a.Alarming() {
		return 0
	}
	return 1
}

// Alarming reports whether an alarm is in alarm; one that was deleted is in no state.
func (a Alarm) Alarming() bool { return a.State == InAlarm && a.Gone.IsZero() }

// Alarming returns those of some alarms that are in alarm, or all if none is.
func Alarming(alarms []Alarm) []Alarm {
	in := slices.DeleteFunc(slices.Clone(alarms), func(a Alarm) bool { return !a.Alarming() })
	if len(in) == 0 {
		return alarms
	}
	return in
}
