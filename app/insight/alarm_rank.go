package insight

import (
	"cmp"
	"slices"

	"github.com/nephograph/nephograph/app"
)

// RankedAlarm is an alarm in its place among those that matter.
type RankedAlarm struct {
	AlarmWindow
	Depth int // how many composite alarms it stands below
}

// RankAlarms puts the alarms that matter in order: the most serious first, and under each composite alarm those of its
// rule. At least LeastAlarms are there, so that a quiet window shows that it is watched. The rest are left out. all is
// sorted as by app.CompareAlarms.
func RankAlarms(all []AlarmWindow) []RankedAlarm {
	byWeight := slices.Clone(all)
	slices.SortStableFunc(byWeight, func(a, b AlarmWindow) int {
		return cmp.Or(cmp.Compare(a.Weight, b.Weight), composite(b)-composite(a), cmp.Compare(a.Name, b.Name))
	})
	under := AlarmsUnder(all)
	parents := map[int]bool{} // alarms that stand below another one that matters
	for _, w := range byWeight {
		if w.Weight < Quiet {
			for _, c := range under(w) {
				parents[c] = true
			}
		}
	}
	var rows []RankedAlarm
	seen := map[int]bool{}
	var add func(w AlarmWindow, depth int)
	add = func(w AlarmWindow, depth int) {
		i, _ := FindAlarm(all, w.Alarm)
		if seen[i] || w.Weight == Quiet && len(rows) >= LeastAlarms {
			return
		}
		seen[i] = true
		rows = append(rows, RankedAlarm{w, depth})
		for _, c := range under(w) {
			if all[c].Weight < Quiet {
				add(all[c], min(depth+1, 2))
			}
		}
	}
	for _, w := range byWeight {
		if i, _ := FindAlarm(all, w.Alarm); !parents[i] {
			add(w, 0)
		}
	}
	for _, w := range byWeight { // those of a rule that goes round in a circle
		add(w, 0)
	}
	return rows
}

// LeastAlarms is how many alarms a quiet window shows.
const LeastAlarms = 3

func composite(w AlarmWindow) int {
	if w.Kind == app.CompositeAlarm {
		return 1
	}
	return 0
}

// FindAlarm returns the index of an alarm among all, which are sorted as by app.CompareAlarms, and whether it is there.
func FindAlarm(all []AlarmWindow, a app.Alarm) (int, bool) {
	return slices.BinarySearchFunc(all, a, func(w AlarmWindow, want app.Alarm) int {
		return app.CompareAlarms(w.Alarm, want)
	})
}

// AlarmsUnder returns a function that finds the alarms of a composite alarm's rule, as indexes into all, in the order
// of the rule.
func AlarmsUnder(all []AlarmWindow) func(AlarmWindow) []int {
	return func(w AlarmWindow) []int {
		var found []int
		for _, name := range w.Children() {
			i, ok := FindAlarm(all, app.Alarm{Scope: w.Place(), Name: name})
			if ok {
				found = append(found, i)
			}
		}
		return found
	}
}

// Is reports whether both are the same alarm.
func (w RankedAlarm) Is(o RankedAlarm) bool { return app.CompareAlarms(w.Alarm, o.Alarm) == 0 }

// Indented returns the rows with a depth of zero for those that no longer stand below a composite alarm of theirs.
func Indented(rows []RankedAlarm) []RankedAlarm {
	for i, r := range rows {
		if !slices.ContainsFunc(rows[:i], func(o RankedAlarm) bool { return slices.Contains(o.Children(), r.Name) }) {
			rows[i].Depth = 0
		}
	}
	return rows
}

// Quiet is the weight of an alarm that was OK all the time, and the greatest.
const Quiet = 5
