package insight

import (
	"cmp"
	"slices"

	"github.com/nephograph/nephograph/app"
)

// Ranked is an alarm in its place in the lane.
type Ranked struct {
	Watch
	Depth int // below how many composite alarms
}

// Rank puts the alarms that matter in order: the gravest first, and under each composite alarm those of its rule. At
// least some alarms are there, so that a quiet window shows that it is watched. The rest are left out.
func Rank(all []Watch) []Ranked {
	byWeight := slices.Clone(all)
	slices.SortStableFunc(byWeight, func(a, b Watch) int {
		return cmp.Or(cmp.Compare(a.Weight, b.Weight), composite(b)-composite(a), cmp.Compare(a.Name, b.Name))
	})
	under := ChildrenOf(all)
	parents := map[int]bool{} // alarms that stand below another one that matters
	for _, w := range byWeight {
		if w.Weight < QuietAlarm {
			for _, c := range under(w) {
				parents[c] = true
			}
		}
	}
	var rows []Ranked
	seen := map[int]bool{}
	var add func(w Watch, depth int)
	add = func(w Watch, depth int) {
		i := IndexOf(all, w)
		if seen[i] || w.Weight == QuietAlarm && len(rows) >= AtLeastAlarms {
			return
		}
		seen[i] = true
		rows = append(rows, Ranked{w, depth})
		for _, c := range under(w) {
			if all[c].Weight < QuietAlarm {
				add(all[c], min(depth+1, 2))
			}
		}
	}
	for _, w := range byWeight {
		if !parents[IndexOf(all, w)] {
			add(w, 0)
		}
	}
	for _, w := range byWeight { // those of a rule that goes round in a circle
		add(w, 0)
	}
	return rows
}

// AtLeastAlarms is how many alarms a quiet window shows.
const AtLeastAlarms = 3

func composite(w Watch) int {
	if w.Kind == app.CompositeAlarm {
		return 1
	}
	return 0
}

func IndexOf(all []Watch, w Watch) int {
	i, _ := slices.BinarySearchFunc(all, w, func(a, b Watch) int { return app.CompareAlarms(a.Alarm, b.Alarm) })
	return i
}

// ChildrenOf returns a function that finds the alarms of a composite alarm's rule, in the order of the rule.
func ChildrenOf(all []Watch) func(Watch) []int {
	return func(w Watch) []int {
		var found []int
		for _, name := range w.Children() {
			i, ok := slices.BinarySearchFunc(all, app.Alarm{Scope: w.Place(), Name: name}, func(a Watch, want app.Alarm) int {
				return app.CompareAlarms(a.Alarm, want)
			})
			if ok {
				found = append(found, i)
			}
		}
		return found
	}
}

// Is reports whether both are the same alarm.
func (w Ranked) Is(o Ranked) bool { return app.CompareAlarms(w.Alarm, o.Alarm) == 0 }

// Indented returns the rows with those set in no longer that stand below no composite alarm of theirs.
func Indented(rows []Ranked) []Ranked {
	for i, r := range rows {
		if !slices.ContainsFunc(rows[:i], func(o Ranked) bool { return slices.Contains(o.Children(), r.Name) }) {
			rows[i].Depth = 0
		}
	}
	return rows
}

// QuietAlarm is the weight of an alarm that was OK all the time.
const QuietAlarm = 5
