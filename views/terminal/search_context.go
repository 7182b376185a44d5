package terminal

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

// neighbourReader reads what stands around an event in its stream.
type neighbourReader interface {
	LogNeighbours(ctx context.Context, of app.LogEvent, before, after int) (app.LogNeighbours, error)
}

// contextFlags say how many events of the stream of a match are printed around it, as those of grep do.
type contextFlags struct{ around, before, after int }

// mostContext bounds what is printed around each match.
const mostContext = 10_000

func (f *contextFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.IntVarP(&f.around, "context", "C", 0,
		"also print this many `events` of the same log stream around each match")
	flags.IntVarP(&f.before, "before-context", "B", 0, "also print this many `events` of the stream before each match")
	flags.IntVarP(&f.after, "after-context", "A", 0, "also print this many `events` of the stream after each match")
}

// read returns how many events are wanted before and after a match.
func (f *contextFlags) read() (before, after int, err error) {
	before, after = cmp.Or(f.before, f.around), cmp.Or(f.after, f.around)
	if least, most := min(before, after), max(before, after); least < 0 || most > mostContext {
		return 0, 0, fmt.Errorf("%w: -A, -B and -C are between 0 and %s", errUsage, phrase.Count(mostContext))
	}
	return before, after, nil
}

// contextEvent is a log event that matched, or stands around one that did.
type contextEvent struct {
	app.LogEvent
	Match bool `json:"match"`
}

// eventKey identifies a log event.
type eventKey struct {
	place     app.Scope
	group, id string
}

func keyOfEvent(e app.LogEvent) eventKey { return eventKey{e.Scope.Place(), e.Group, e.ID} }

// passages returns the matches with the events around them: those of one stream that touch each other in one piece, the
// pieces in the order of their first events.
func passages(ctx context.Context, r neighbourReader, matches []app.LogEvent, before, after int) (
	[][]contextEvent, error,
) {
	matched := map[eventKey]bool{}
	for _, e := range matches {
		matched[keyOfEvent(e)] = true
	}
	var all [][]contextEvent
	open := map[string]int{} // the last piece of each stream
	for _, e := range matches {
		n, err := r.LogNeighbours(ctx, e, before, after)
		if err != nil {
			return nil, err
		}
		stream := e.Scope.Place().String() + " " + e.Group + " " + e.Stream
		around := n.Around(e)
		if last, ok := open[stream]; ok {
			if more, touches := beyondOf(all[last], around); touches {
				all[last] = append(all[last], marked(more, matched)...)
				continue
			}
		}
		open[stream] = len(all)
		all = append(all, marked(around, matched))
	}
	slices.SortStableFunc(all, func(a, b []contextEvent) int {
		return app.CompareLogEvents(a[0].LogEvent,
			b[0].LogEvent)
	})
	return all, nil
}

// beyondOf returns what of some events a piece does not have yet, if they share an event with it.
func beyondOf(piece []contextEvent, events []app.LogEvent) (more []app.LogEvent, touches bool) {
	last := piece[len(piece)-1].LogEvent
	for i, e := range events {
		switch order := app.CompareLogEvents(e, last); {
		case order == 0:
			return events[i+1:], true
		case order > 0:
			return events, touches
		default:
			touches = touches || slices.ContainsFunc(piece, func(c contextEvent) bool {
				return app.CompareLogEvents(c.LogEvent, e) == 0
			})
		}
	}
	return nil, touches
}

func marked(events []app.LogEvent, matched map[eventKey]bool) (all []contextEvent) {
	for _, e := range events {
		all = append(all, contextEvent{e, matched[keyOfEvent(e)]})
	}
	return all
}

// printPassages prints the newest matches of a query with the events around them: tables with -- between those that do
// not follow each other, as grep does, or JSON lines that say which of them match.
func (q *question) printPassages(ctx context.Context, r logReader, query app.LogQuery, before, after int) error {
	query.Limit, query.Newest = q.rows(), true
	found, err := r.SearchLogs(ctx, query)
	if err != nil {
		return err
	}
	slices.Reverse(found.Events)
	all, err := passages(ctx, r, found.Events, before, after)
	if err != nil {
		return err
	}
	if q.json {
		if err := printLines(q.commandLine, slices.Concat(all...)); err != nil {
			return err
		}
		return q.noteGaps(ctx, app.Logs)
	}
	q.show(q.contextTable(all))
	switch shown := len(found.Events); {
	case shown == 0:
		if err := q.noteNothing(ctx, app.Logs); err != nil {
			return err
		}
	case shown < found.Total:
		q.note("Around the newest %s of %s; --limit 0 shows all.", phrase.Count(shown), phrase.Count(found.Total))
	}
	return q.noteGaps(ctx, app.Logs)
}

// contextTable is the table of log events with a line between passages; what did not match itself is grey.
func (q *question) contextTable(all [][]contextEvent) *table {
	t := q.newLogTable()
	for i, piece := range all {
		if i > 0 {
			t.add(cell{"--", grey}, "", "", "", "")
		}
		for _, c := range piece {
			color := grey
			if c.Match {
				color = plain
			}
			q.addEvent(t, c.LogEvent, color)
		}
	}
	return t
}
