package timeline

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// watch is an alarm with what it did in the window.
type watch struct {
	app.Alarm
	history  []app.AlarmHistoryItem // its state updates in the window and after it, oldest first
	spans    []app.StateSpan
	flapping bool
	weight   int // how much it matters in the window: the lower, the more
}

// watches gives each alarm its history and its states. covers are those of app.Alarms: where there is none, the states
// are not known, but for what the alarm was listed in.
func watches(within app.Range, now time.Time, alarms []app.Alarm, history []app.AlarmHistoryItem, covers []app.Cover) []watch {
	type key struct {
		place app.Scope
		name  string
	}
	byAlarm := map[key][]app.AlarmHistoryItem{}
	for _, h := range history {
		if h.Kind == app.StateUpdate {
			k := key{h.Place(), h.Alarm}
			byAlarm[k] = append(byAlarm[k], h)
		}
	}
	known := map[app.Scope][]app.Range{}
	for _, c := range covers {
		if c.Answered() {
			known[c.Scope.Place()] = append(known[c.Scope.Place()], c.Range)
		}
	}
	all := make([]watch, 0, len(alarms))
	for _, a := range alarms {
		h := byAlarm[key{a.Place(), a.Name}]
		slices.SortFunc(h, app.CompareHistory)
		w := watch{Alarm: a, history: h, spans: pastSpans(within, now, a, h, known[a.Place()]), flapping: app.Flapping(within, h)}
		w.weight = w.weigh(within) // once: every lane of alarms puts them in order
		all = append(all, w)
	}
	slices.SortFunc(all, func(a, b watch) int { return app.CompareAlarms(a.Alarm, b.Alarm) })
	return all
}

// pastSpans returns the states of an alarm in the part of a window that is not ahead of now.
func pastSpans(within app.Range, now time.Time, a app.Alarm, history []app.AlarmHistoryItem, known []app.Range) []app.StateSpan {
	if within.To.After(now) {
		within.To = now
	}
	if within.Empty() {
		return nil
	}
	return app.StateSpans(within, a, history, known)
}

// changed reports whether the alarm's state turned in the window.
func (w watch) changed(within app.Range) bool {
	return slices.ContainsFunc(w.history, func(h app.AlarmHistoryItem) bool { return within.Contains(h.At) })
}

// stateAt returns the state at an instant of the window.
func (w watch) stateAt(t time.Time) app.AlarmState {
	for _, s := range w.spans {
		if s.Range.Contains(t) {
			return s.State
		}
	}
	return app.NotKnown
}

// goneBy reports whether an alarm was deleted at an instant.
func goneBy(a app.Alarm, t time.Time) bool { return !a.Gone.IsZero() && !a.Gone.After(t) }

// deleted reports whether the alarm was deleted in the window.
func (w watch) deleted() bool {
	n := len(w.spans)
	return n > 0 && goneBy(w.Alarm, w.spans[n-1].Range.To)
}

// last returns the last state of the window that is known; of an alarm that was deleted in it there is none.
func (w watch) last() app.AlarmState {
	if w.deleted() {
		return app.NotKnown
	}
	for _, s := range slices.Backward(w.spans) {
		if s.State != app.NotKnown {
			return s.State
		}
	}
	return app.NotKnown
}

// firstAlarm returns when the alarm first was in ALARM in the window, and whether it ever was.
func (w watch) firstAlarm() (time.Time, bool) {
	for _, s := range w.spans {
		if s.State == app.InAlarm {
			return s.Range.From, true
		}
	}
	return time.Time{}, false
}

// weigh says how much an alarm matters in a window.
func (w watch) weigh(within app.Range) int {
	_, rang := w.firstAlarm()
	switch {
	case w.last() == app.InAlarm && !w.flapping:
		return 0
	case w.last() == app.InAlarm:
		return 1
	case rang && !w.flapping:
		return 2
	case w.changed(within):
		return 3
	case w.last() == app.InsufficientData:
		return 4
	}
	return quietAlarm
}

// quietAlarm is the weight of an alarm that was OK all the time.
const quietAlarm = 5

// ranked is an alarm in its place in the lane.
type ranked struct {
	watch
	depth int // below how many composite alarms
}

// rank puts the alarms that matter in order: the gravest first, and under each composite alarm those of its rule. At
// least some alarms are there, so that a quiet window shows that it is watched. The rest are left out.
func rank(all []watch) []ranked {
	byWeight := slices.Clone(all)
	slices.SortStableFunc(byWeight, func(a, b watch) int {
		return cmp.Or(cmp.Compare(a.weight, b.weight), composite(b)-composite(a), cmp.Compare(a.Name, b.Name))
	})
	under := childrenOf(all)
	parents := map[int]bool{} // alarms that stand below another one that matters
	for _, w := range byWeight {
		if w.weight < quietAlarm {
			for _, c := range under(w) {
				parents[c] = true
			}
		}
	}
	var rows []ranked
	seen := map[int]bool{}
	var add func(w watch, depth int)
	add = func(w watch, depth int) {
		i := indexOf(all, w)
		if seen[i] || w.weight == quietAlarm && len(rows) >= atLeastAlarms {
			return
		}
		seen[i] = true
		rows = append(rows, ranked{w, depth})
		for _, c := range under(w) {
			if all[c].weight < quietAlarm {
				add(all[c], min(depth+1, 2))
			}
		}
	}
	for _, w := range byWeight {
		if !parents[indexOf(all, w)] {
			add(w, 0)
		}
	}
	for _, w := range byWeight { // those of a rule that goes round in a circle
		add(w, 0)
	}
	return rows
}

// atLeastAlarms is how many alarms a quiet window shows.
const atLeastAlarms = 3

func composite(w watch) int {
	if w.Kind == app.CompositeAlarm {
		return 1
	}
	return 0
}

func indexOf(all []watch, w watch) int {
	i, _ := slices.BinarySearchFunc(all, w, func(a, b watch) int { return app.CompareAlarms(a.Alarm, b.Alarm) })
	return i
}

// childrenOf returns a function that finds the alarms of a composite alarm's rule, in the order of the rule.
func childrenOf(all []watch) func(watch) []int {
	return func(w watch) []int {
		var found []int
		for _, name := range w.Children() {
			i, ok := slices.BinarySearchFunc(all, app.Alarm{Scope: w.Place(), Name: name}, func(a watch, want app.Alarm) int {
				return app.CompareAlarms(a.Alarm, want)
			})
			if ok {
				found = append(found, i)
			}
		}
		return found
	}
}

// narrow keeps the alarms that name the resource: in a dimension of their metric, or in their own name.
func narrow(alarms []app.Alarm, resource string) []app.Alarm {
	if resource == "" {
		return alarms
	}
	return slices.DeleteFunc(slices.Clone(alarms), func(a app.Alarm) bool {
		if strings.Contains(a.Name, resource) {
			return false
		}
		return a.Metric == nil || !slices.ContainsFunc(a.Metric.Dimensions, func(d app.Dimension) bool { return d.Value == resource })
	})
}

// firstAlarm returns when the trouble of the window began: when the first alarm went off that had not been off before
// and does not flap.
func firstAlarm(within app.Range, all []watch) (time.Time, bool) {
	var first time.Time
	for _, w := range all {
		if at, rang := w.firstAlarm(); rang && !w.flapping && at.After(within.From) && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	return first, !first.IsZero()
}
