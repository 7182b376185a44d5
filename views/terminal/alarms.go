package terminal

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

type alarmReader interface {
	Alarms(context.Context, app.AlarmQuery) ([]app.Alarm, error)
	AlarmHistory(context.Context, app.AlarmQuery) ([]app.AlarmHistoryItem, error)
}

// states are the states of alarms in the order in which a table has them, each with its colour.
var states = []struct {
	state app.AlarmState
	color string
}{{app.InAlarm, red}, {app.InsufficientData, grey}, {app.OK, green}, {app.NotKnown, grey}}

func stateCell(s app.AlarmState) cell { return cell{phrase.AlarmState(s), states[stateRank(s)].color} }

// stateRank returns the place of a state in the order of a table.
func stateRank(s app.AlarmState) int {
	for i, known := range states {
		if known.state == s {
			return i
		}
	}
	return len(states) - 1
}

// alarms is the command that lists alarms, or what happened to them.
func (c *commandLine) alarms() *cobra.Command {
	var history, gone bool
	var state, name string
	cmd := &cobra.Command{
		Use: "alarms", Short: "Alarms as they were last seen, or their history", Args: cobra.NoArgs,
		Long: `Alarms as they were last seen, those in alarm first. The time range says over which time to
count how often they went off; with --history it is the time of the history, also of alarms that AWS
no longer lists. Those are kept as long as their history; --gone shows them.`,
		Example: "  nephograph alarms --state alarm\n  nephograph alarms --history --since 3d --name checkout-5xx",
	}
	cmd.Flags().BoolVar(&history, "history", false, "list what happened to alarms")
	cmd.Flags().BoolVar(&gone, "gone", false, "also list alarms that AWS no longer lists, and since when")
	cmd.Flags().StringVar(&state, "state", "", "only in this `state`: ok, alarm or insufficient_data")
	completeWith(cmd, "state", "ok", "alarm", "insufficient_data")
	cmd.Flags().StringVar(&name, "name", "", "only the alarm of this `name`")
	return c.reading(cmd, func(ctx context.Context, q *question, r Reader) error {
		asked, err := parseState(state)
		if err != nil {
			return err
		}
		query := app.AlarmQuery{Scopes: q.scopes, Name: name, State: asked, Gone: gone, Range: q.within}
		if history {
			return q.alarmHistory(ctx, r, query)
		}
		return q.alarmList(ctx, r, query)
	})
}

// parseState reads a state in any case, with - or _.
func parseState(text string) (app.AlarmState, error) {
	switch strings.ReplaceAll(strings.ToLower(text), "-", "_") {
	case "":
		return app.NotKnown, nil
	case "ok":
		return app.OK, nil
	case "alarm":
		return app.InAlarm, nil
	case "insufficient_data", "no_data":
		return app.InsufficientData, nil
	}
	return "", fmt.Errorf("%w: --state is ok, alarm or insufficient_data, not %q", errUsage, text)
}

func (q *question) alarmList(ctx context.Context, r alarmReader, query app.AlarmQuery) error {
	alarms, err := r.Alarms(ctx, query)
	if err != nil {
		return err
	}
	if q.json {
		if err := printLines(q.commandLine, first(alarms, q.rows())); err != nil {
			return err
		}
		return q.noteGaps(ctx, app.Alarms)
	}
	history, err := r.AlarmHistory(ctx, app.AlarmQuery{Scopes: q.scopes, Name: query.Name, Range: q.within})
	if err != nil {
		return err
	}
	of := map[string][]app.AlarmHistoryItem{}
	for _, h := range history {
		key := h.Scope.String() + " " + h.Alarm
		of[key] = append(of[key], h)
	}
	slices.SortStableFunc(alarms, func(a, b app.Alarm) int {
		_, rankA, sinceA := stateOf(a)
		_, rankB, sinceB := stateOf(b)
		return cmp.Or(cmp.Compare(rankA, rankB), sinceB.Compare(sinceA))
	})
	t := newTable("STATE", q.timeHead("SINCE"), "ALARM", "WENT OFF", "CONDITION", "PLACE")
	for _, a := range first(alarms, q.rows()) {
		state, _, since := stateOf(a)
		t.add(state, q.at(since), a.Name, q.wentOff(of[a.Scope.String()+" "+a.Name]),
			phrase.AlarmConditionNow(a, q.deps.Presets, q.deps.Now()), a.Scope)
	}
	q.show(t)
	if len(alarms) == 0 {
		return q.noteNothing(ctx, app.Alarms)
	}
	q.noteCut(len(t.rows), len(alarms))
	return q.noteGaps(ctx, app.Alarms)
}

// stateOf returns the state of an alarm as a table shows it, its place in the order and since when it has been so.
// Deleted alarms come last.
func stateOf(a app.Alarm) (state cell, rank int, since time.Time) {
	if !a.Gone.IsZero() {
		return cell{"Deleted", grey}, len(states), a.Gone
	}
	return stateCell(a.State), stateRank(a.State), a.Since
}

// first returns at most n items; all if n is 0.
func first[T any](items []T, n int) []T {
	if n > 0 && len(items) > n {
		return items[:n]
	}
	return items
}

// wentOff says how often an alarm went into alarm in the time asked for.
func (q *question) wentOff(history []app.AlarmHistoryItem) string {
	n := app.Flaps(q.within, history)
	switch {
	case n == 0:
		return "-"
	case app.Flapping(q.within, history):
		return fmt.Sprintf("%d× flapping", n)
	}
	return fmt.Sprintf("%d×", n)
}
