package terminal

import (
	"context"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

func (q *question) alarmHistory(ctx context.Context, r alarmReader, query app.AlarmQuery) error {
	state := query.State
	query.State = app.NotKnown // of the alarm as it is now; here it is the state that was entered
	items, err := r.AlarmHistory(ctx, query)
	if err != nil {
		return err
	}
	if state != app.NotKnown {
		items = slices.DeleteFunc(items, func(h app.AlarmHistoryItem) bool { return h.To != state })
	}
	slices.SortFunc(items, app.CompareHistory)
	all := len(items)
	if n := q.rows(); n > 0 && all > n {
		items = items[all-n:]
	}
	if q.json {
		if err := printLines(q.commandLine, items); err != nil {
			return err
		}
		return q.noteGaps(ctx, app.Alarms)
	}
	t := newTable(q.timeHead("TIME"), "ALARM", "WHAT", "TO", "SUMMARY", "PLACE")
	for _, h := range items {
		t.add(q.at(h.At), h.Alarm, string(h.Kind), stateCellOf(h), historySummary(h), h.Scope)
	}
	q.show(t)
	if len(items) == 0 {
		return q.noteNothing(ctx, app.Alarms)
	}
	if all > len(items) {
		q.note("The newest %s of %s; --limit 0 shows all.", phrase.Count(len(items)), phrase.Count(all))
	}
	return q.noteGaps(ctx, app.Alarms)
}

// stateCellOf shows the state that an item led to; most kinds lead to none.
func stateCellOf(h app.AlarmHistoryItem) cell {
	if h.Kind != app.StateUpdate && h.Kind != app.ContributorStateUpdate {
		return cell{}
	}
	return stateCell(h.To)
}

// historySummary is what happened, and to which contributor.
func historySummary(h app.AlarmHistoryItem) string {
	if h.Contributor == "" {
		return h.Summary
	}
	return app.AlarmContributor{ID: h.Contributor, Attributes: h.Attributes}.Name() + ": " + h.Summary
}
