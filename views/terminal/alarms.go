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

// stateWords are the states as a table shows them, and the order in which they matter.
var stateWords = map[app.AlarmState]struct {
	word, color string
	rank        int
}{
	app.InAlarm:          {"ALARM", red, 0},
	app.InsufficientData: {"NO DATA", grey, 1},
	app.OK:               {"OK", green, 2},
	app.NotKnown:         {"?", grey, 3},
}

func stateCell(s app.AlarmState) cell {
	known, ok := stateWords[s]
	if !ok {
		return cell{text: string(s)}
	}
	return cell{known.word, known.color}
}

// alarms is the command that lists alarms, or what happened to them.
func (c *console) alarms() *cobra.Command {
	var history, gone bool
	var state, name string
	cmd := &cobra.Command{
		Use: "alarms", Short: "Alarms as they were last seen, or their history", Args: cobra.NoArgs,
		Long: `Alarms as they were last seen, those in ALARM first. The time range says over which time to count how often
they went off; with --history it is the time of the history, of alarms that AWS no longer lists too. Those are kept
as long as their history; --gone shows them.`,
		Example: "  nephograph alarms --state alarm\n  nephograph alarms --history --since 3d --name checkout-5xx",
	}
	cmd.Flags().BoolVar(&history, "history", false, "list what happened to alarms")
	cmd.Flags().BoolVar(&gone, "gone", false, "list alarms too that AWS no longer lists, and since when")
	cmd.Flags().StringVar(&state, "state", "", "only in this `state`: ok, alarm or insufficient_data")
	offer(cmd, "state", "ok", "alarm", "insufficient_data")
	cmd.Flags().StringVar(&name, "name", "", "only the alarm of this `name`")
	return c.reading(cmd, func(ctx context.Context, q *question) error {
		asked, err := parseState(state)
		if err != nil {
			return err
		}
		query := app.AlarmQuery{Scopes: q.scopes, Name: name, State: asked, Gone: gone, Range: q.within}
		if history {
			return q.alarmHistory(ctx, query)
		}
		return q.alarmList(ctx, query)
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

func (q *question) alarmList(ctx context.Context, query app.AlarmQuery) error {
	alarms, err := q.cache.Alarms(ctx, query)
	if err != nil {
		return err
	}
	if q.json {
		if err := printLines(q.console, first(alarms, q.rows())); err != nil {
			return err
		}
		return q.gaps(ctx, app.Alarms)
	}
	history, err := q.cache.AlarmHistory(ctx, app.AlarmQuery{Scopes: q.scopes, Name: query.Name, Range: q.within})
	if err != nil {
		return err
	}
	of := map[string][]app.AlarmHistoryItem{}
	for _, h := range history {
		key := h.Scope.String() + " " + h.Alarm
		of[key] = append(of[key], h)
	}
	slices.SortStableFunc(alarms, func(a, b app.Alarm) int {
		_, rankA, sinceA := standing(a)
		_, rankB, sinceB := standing(b)
		return cmp.Or(cmp.Compare(rankA, rankB), sinceB.Compare(sinceA))
	})
	t := newTable("STATE", q.timeHead("SINCE"), "ALARM", "WENT OFF", "CONDITION", "PLACE")
	for _, a := range first(alarms, q.rows()) {
		state, _, since := standing(a)
		t.add(state, q.at(since), a.Name, q.wentOff(of[a.Scope.String()+" "+a.Name]), condition(a, q.deps.Presets), a.Scope)
	}
	q.show(t)
	if len(alarms) == 0 {
		return q.nothing(ctx, app.Alarms)
	}
	q.noteCut(len(t.rows), len(alarms))
	return q.gaps(ctx, app.Alarms)
}

// standing says how an alarm stands, as a table shows it, and since when: in its state, or gone, which comes last.
func standing(a app.Alarm) (state cell, rank int, since time.Time) {
	if !a.Gone.IsZero() {
		return cell{"GONE", grey}, len(stateWords), a.Gone
	}
	return stateCell(a.State), stateWords[a.State].rank, a.Since
}

// first returns at most n items; all if n is 0.
func first[T any](items []T, n int) []T {
	if n > 0 && len(items) > n {
		return items[:n]
	}
	return items
}

// wentOff says how often an alarm went into ALARM in the time asked for.
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

// condition says when an alarm goes off, as a person would. Most alarms do not say their metric's unit; presets know it.
func condition(a app.Alarm, presets app.Presets) string {
	if a.Kind == app.CompositeAlarm {
		return strings.TrimSuffix(a.Rule+"; "+phrase.Suppressed(a), "; ")
	}
	words := []string{cmp.Or(a.Expression, "metric math")}
	unit := a.Unit
	if a.Metric != nil {
		known, _ := presets.Of(*a.Metric)
		unit = cmp.Or(unit, known.Unit)
		words = []string{a.Metric.Resource(), a.Metric.Name, a.Statistic}
	}
	words = append(words, a.Sign())
	if a.Threshold != nil {
		words = append(words, amount(*a.Threshold, unit))
	}
	if evaluation := a.Evaluation(); evaluation != "" {
		words = append(words, "for", evaluation, "periods")
	}
	if a.Period > 0 {
		words = append(words, "of", length(a.Period))
	}
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " ")
}

func (q *question) alarmHistory(ctx context.Context, query app.AlarmQuery) error {
	state := query.State
	query.State = app.NotKnown // of the alarm as it is now; here it is the state that was entered
	items, err := q.cache.AlarmHistory(ctx, query)
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
		if err := printLines(q.console, items); err != nil {
			return err
		}
		return q.gaps(ctx, app.Alarms)
	}
	t := newTable(q.timeHead("TIME"), "ALARM", "WHAT", "TO", "SUMMARY", "PLACE")
	for _, h := range items {
		t.add(q.at(h.At), h.Alarm, string(h.Kind), stateCellOf(h), h.Summary, h.Scope)
	}
	q.show(t)
	if len(items) == 0 {
		return q.nothing(ctx, app.Alarms)
	}
	if all > len(items) {
		q.note("The newest %s of %s; --limit 0 shows all.", count(len(items)), count(all))
	}
	return q.gaps(ctx, app.Alarms)
}

// stateCellOf shows the state that an item led to; most kinds lead to none.
func stateCellOf(h app.AlarmHistoryItem) cell {
	if h.Kind != app.StateUpdate {
		return cell{}
	}
	return stateCell(h.To)
}
