package insight

import (
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// AlarmWindow is an alarm with what it did in a window.
type AlarmWindow struct {
	app.Alarm
	history  []app.AlarmHistoryItem // its state changes in the window and after it, oldest first
	Spans    []app.StateSpan        // its states, in order and without holes
	Flapping bool
	Weight   int // how much it matters in the window, from 0, the most, to Quiet
}

// AlarmWindows gives each alarm its history and its states. covers are those of app.Alarms: where there is none, the
// only state that is known is the one in which the alarm was listed. The result is sorted as by app.CompareAlarms.
func AlarmWindows(
	within app.Range, now time.Time, alarms []app.Alarm, history []app.AlarmHistoryItem, covers []app.Cover,
) []AlarmWindow {
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
	all := make([]AlarmWindow, 0, len(alarms))
	for _, a := range alarms {
		h := byAlarm[key{a.Place(), a.Name}]
		slices.SortFunc(h, app.CompareHistory)
		w := AlarmWindow{Alarm: a, history: h, Flapping: app.Flapping(within, h)}
		w.Spans = pastSpans(within, now, a, h, known[a.Place()])
		w.Weight = w.weigh(within) // once: every lane of alarms puts them in order
		all = append(all, w)
	}
	slices.SortFunc(all, func(a, b AlarmWindow) int { return app.CompareAlarms(a.Alarm, b.Alarm) })
	return all
}

// pastSpans returns the states of an alarm in the part of a window that is not ahead of now.
func pastSpans(
	within app.Range, now time.Time, a app.Alarm, history []app.AlarmHistoryItem, known []app.Range,
) []app.StateSpan {
	if within.To.After(now) {
		within.To = now
	}
	if within.Empty() {
		return nil
	}
	return app.StateSpans(within, a, history, known)
}

// Changed reports whether the alarm's state changed in the window.
func (w AlarmWindow) Changed(within app.Range) bool {
	return slices.ContainsFunc(w.history, func(h app.AlarmHistoryItem) bool { return within.Contains(h.At) })
}

// StateAt returns the state at an instant of the window.
func (w AlarmWindow) StateAt(t time.Time) app.AlarmState {
	for _, s := range w.Spans {
		if s.Range.Contains(t) {
			return s.State
		}
	}
	return app.NotKnown
}

// Deleted reports whether the alarm was deleted in the window.
func (w AlarmWindow) Deleted() bool {
	n := len(w.Spans)
	return n > 0 && w.GoneBy(w.Spans[n-1].Range.To)
}

// Last returns the last state of the window that is known; of an alarm that was deleted in it there is none.
func (w AlarmWindow) Last() app.AlarmState {
	if w.Deleted() {
		return app.NotKnown
	}
	for _, s := range slices.Backward(w.Spans) {
		if s.State != app.NotKnown {
			return s.State
		}
	}
	return app.NotKnown
}

// FirstAlarm returns when the alarm first was in ALARM in the window, and whether it ever was.
func (w AlarmWindow) FirstAlarm() (time.Time, bool) {
	for _, s := range w.Spans {
		if s.State == app.InAlarm {
			return s.Range.From, true
		}
	}
	return time.Time{}, false
}

// weigh says how much an alarm matters in a window.
func (w AlarmWindow) weigh(within app.Range) int {
	_, rang := w.FirstAlarm()
	switch {
	case w.Last() == app.InAlarm && !w.Flapping:
		return 0
	case w.Last() == app.InAlarm:
		return 1
	case rang && !w.Flapping:
		return 2
	case w.Changed(within):
		return 3
	case w.Last() == app.InsufficientData:
		return 4
	}
	return Quiet
}

// TroubleBegan returns when the trouble of a window began, and whether there is any: when the first alarm went into
// ALARM of those that were not in ALARM before and do not flap.
func TroubleBegan(within app.Range, all []AlarmWindow) (time.Time, bool) {
	var first time.Time
	for _, w := range all {
		if at, rang := w.FirstAlarm(); rang && !w.Flapping && at.After(within.From) &&
			(first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	return first, !first.IsZero()
}

// InAlarm are the stretches that an alarm spent in ALARM.
func (w AlarmWindow) InAlarm() []app.Range {
	var all []app.Range
	for _, s := range w.Spans {
		if s.State == app.InAlarm {
			all = append(all, s.Range)
		}
	}
	return all
}
