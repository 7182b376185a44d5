package alarms

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// Row is an alarm as the list shows it.
type Row struct {
	Alarm    app.Alarm
	Flaps    int  // how often it went off in the window
	Flapping bool // too often to mean anything
}

// Key tells rows apart.
func (r Row) Key() string { return r.Alarm.Scope.String() + "/" + r.Alarm.Name }

// says is all that the row says, in lower case, to be searched.
func (r Row) says(presets app.Presets) string {
	_, _, word := ui.OfState(r.Alarm.State)
	return strings.ToLower(strings.Join([]string{word, r.Alarm.Name, kindWord(r.Alarm), ui.AlarmMetric(r.Alarm), ui.AlarmSubject(r.Alarm, presets),
		ui.AlarmRule(r.Alarm, presets), r.Alarm.Account, r.Alarm.Region, r.Alarm.Description}, "\n"))
}

// board is what was read of the alarms.
type board struct {
	known   bool // read at least once
	asked   bool // AWS was asked for alarms at least once
	rows    []Row
	at      time.Time // when it was read
	problem error     // of the last reading, if that failed
}

// readBoard reads the alarms of a focus and how often each went off in its window.
func readBoard(ctx context.Context, r Reader, f app.Focus, now time.Time) (board, error) {
	b := board{known: true, at: now}
	found, err := r.Alarms(ctx, app.AlarmQuery{Scopes: f.Scopes})
	if err != nil {
		return b, err
	}
	within := f.At(now)
	history, err := r.AlarmHistory(ctx, app.AlarmQuery{Scopes: f.Scopes, Range: within})
	if err != nil {
		return b, err
	}
	fresh, err := r.Freshness(ctx)
	if err != nil {
		return b, err
	}
	b.asked = slices.ContainsFunc(fresh, func(f app.Freshness) bool { return f.Signal == app.Alarms && !f.AskedAt.IsZero() })
	b.rows = rowsOf(found, history, within, f.Resource)
	return b, nil
}

// rowsOf joins alarms with their history: what is in alarm first, then what has no data, the newest change first.
func rowsOf(found []app.Alarm, history []app.AlarmHistoryItem, within app.Range, resource string) []Row {
	byAlarm := map[string][]app.AlarmHistoryItem{}
	for _, h := range history {
		key := Row{Alarm: app.Alarm{Scope: h.Scope, Name: h.Alarm}}.Key()
		byAlarm[key] = append(byAlarm[key], h)
	}
	var rows []Row
	for _, a := range found {
		if !names(a, resource) {
			continue
		}
		r := Row{Alarm: a}
		own := byAlarm[r.Key()]
		r.Flaps, r.Flapping = app.Flaps(within, own), app.Flapping(within, own)
		rows = append(rows, r)
	}
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(rank[a.Alarm.State], rank[b.Alarm.State]), b.Alarm.Since.Compare(a.Alarm.Since),
			app.CompareAlarms(a.Alarm, b.Alarm))
	})
	return rows
}

// rank orders the states: what needs a person first.
var rank = map[app.AlarmState]int{app.InAlarm: 0, app.InsufficientData: 1, app.OK: 2, app.NotKnown: 3}

// names reports whether an alarm watches a resource: by a dimension, or by its own name. Every alarm does "".
func names(a app.Alarm, resource string) bool {
	if resource == "" || strings.Contains(a.Name, resource) {
		return true
	}
	return a.Metric != nil && slices.ContainsFunc(a.Metric.Dimensions, func(d app.Dimension) bool { return d.Value == resource })
}
