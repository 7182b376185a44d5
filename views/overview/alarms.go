package overview

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

func alarmColumns() []ui.Column[line] {
	return []ui.Column[line]{{Share: 3}, {Share: 4, Above: 560}, {Width: 136, Align: fyne.TextAlignTrailing}}
}

// readWindows reads the alarms of a question with what they did in its window.
func readWindows(ctx context.Context, r Reader, q question) ([]insight.AlarmWindow, error) {
	alarms, err := r.Alarms(ctx, app.AlarmQuery{Scopes: q.focus.Scopes, Gone: true})
	if err != nil {
		return nil, err
	}
	alarms = slices.DeleteFunc(alarms, func(a app.Alarm) bool { return a.GoneBy(q.within.From) })
	if name := q.focus.Resource; name != "" {
		of := resource.Read(name)
		alarms = slices.DeleteFunc(alarms, func(a app.Alarm) bool { return !of.WatchedBy(a) })
	}
	history, err := r.AlarmHistory(ctx, app.AlarmQuery{Scopes: q.focus.Scopes, Range: q.since()})
	if err != nil {
		return nil, err
	}
	covers, err := r.Coverage(ctx, app.CoverQuery{Scopes: q.focus.Scopes, Signal: app.Alarms, Range: q.since()})
	if err != nil {
		return nil, err
	}
	return insight.AlarmWindows(q.within, q.now, alarms, history, covers), nil
}

// readAlarms lists the alarms that matter in the window, the most serious first.
func readAlarms(ctx context.Context, r Reader, q question) (a answer, err error) {
	all, err := readWindows(ctx, r, q)
	if err != nil {
		return a, err
	}
	for _, w := range insight.RankAlarms(all) {
		a.lines = append(a.lines, alarmLine(w, q))
	}
	var alarming bool
	a.note, alarming = states(all)
	if alarming {
		a.style = ui.Strong.In(ui.ColorAlarm)
	}
	switch {
	case len(all) > 0:
	case q.focus.Resource != "":
		a.empty = "No alarm watches " + q.focus.Resource +
			". Remove the resource filter in the bar above to see all alarms."
	default:
		a.empty = "No alarms are cached. Press Pull (F5) above; " +
			"where that brings none, nothing would notify you of a problem."
	}
	return a, nil
}

// states counts alarms by their state at the end of the window, and says whether one is in alarm.
func states(all []insight.AlarmWindow) (said string, alarming bool) {
	counts := map[app.AlarmState]int{}
	for _, w := range all {
		counts[w.Last()]++
	}
	var parts []string
	for _, s := range []struct {
		state app.AlarmState
		words string
	}{{app.InAlarm, "in alarm"}, {app.InsufficientData, "insufficient data"}, {app.OK, "OK"},
		{app.NotKnown, "not known"}} {
		if n := counts[s.state]; n > 0 {
			parts = append(parts, phrase.Count(int64(n))+" "+s.words)
		}
	}
	return strings.Join(parts, " · "), counts[app.InAlarm] > 0
}

// indent is how far an alarm stands below the composite alarm whose rule names it.
const indent = 14

func alarmLine(w insight.RankedAlarm, q question) line {
	state := w.Last()
	shape, ink, word := ui.OfState(state)
	style := ui.Small
	if state == app.InAlarm {
		style = ui.Strong
	}
	return line{key: w.Place().String() + " " + w.Name, item: w.Alarm, cells: []ui.Cell{
		{Text: w.Name, Style: style, Mark: shape, Ink: ink, Indent: float32(w.Depth) * indent},
		{Text: phrase.AlarmConditionNow(w.Alarm, q.presets, q.now), Style: ui.Note},
		{Text: stateFor(w.AlarmWindow, word, q), Style: ui.Note},
	}}
}

// stateFor says in which state an alarm is at the end of the window, and since when.
func stateFor(w insight.AlarmWindow, word string, q question) string {
	switch {
	case w.Deleted():
		return "deleted"
	case w.Flapping:
		return "flapping"
	case w.Last() == app.NotKnown:
		return "not known"
	}
	end := q.within.To
	if asOf := phrase.AsOf(w.Alarm, q.now); asOf.Before(end) {
		end = asOf
	}
	if d := end.Sub(sinceOf(w)); d >= time.Second {
		return word + " " + phrase.Age(d)
	}
	return word
}

// sinceOf returns when the last known state of the window began, which may be before the window.
func sinceOf(w insight.AlarmWindow) time.Time {
	if w.State == w.Last() && !w.Since.IsZero() && !w.Since.After(w.Spans[0].Range.From) {
		return w.Since
	}
	for i := len(w.Spans) - 1; i >= 0; i-- {
		if w.Spans[i].State == w.Last() {
			return w.Spans[i].Range.From
		}
	}
	return w.Since
}
