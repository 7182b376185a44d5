package terminal

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

type groupReader interface {
	LogGroups(context.Context, []app.Scope) ([]app.LogGroup, error)
	LogVolume(context.Context, app.LogQuery, time.Duration) ([]app.LogCount, error)
}

// groups is the command that lists log groups.
func (c *commandLine) groups() *cobra.Command {
	cmd := &cobra.Command{
		Use: "groups", Short: "Log groups, and how many of their events the cache holds", Args: cobra.NoArgs,
		Example: "  nephograph groups --since 24h",
	}
	return c.reading(cmd, func(ctx context.Context, q *question, r Reader) error { return q.printGroups(ctx, r) })
}

func (q *question) printGroups(ctx context.Context, r groupReader) error {
	groups, err := r.LogGroups(ctx, q.scopes)
	if err != nil {
		return err
	}
	shown := first(groups, q.rows())
	if q.json {
		return printLines(q.commandLine, shown)
	}
	t := newTable("GROUP", "KEPT FOR", "AT AWS>", "EVENTS HERE>", "PLACE")
	for _, g := range shown {
		n, err := q.eventsOf(ctx, r, g)
		if err != nil {
			return err
		}
		events := phrase.Count(n)
		if !g.Filtered() && n == 0 {
			events = "not read"
		}
		t.add(g.Name, retention(g), phrase.Bytes(max(g.Stored, 0)), events, g.Scope)
	}
	q.show(t)
	q.noteNotFiltered(groups)
	if len(groups) == 0 {
		return q.noteNothing(ctx, app.Logs)
	}
	q.noteCut(len(shown), len(groups))
	return nil
}

// eventsOf counts the cached events of a group in the time asked for.
func (q *question) eventsOf(ctx context.Context, r groupReader, g app.LogGroup) (int, error) {
	query := app.LogQuery{Scopes: []app.Scope{g.Scope}, Range: q.within, Groups: []string{g.Name}}
	counts, err := r.LogVolume(ctx, query, max(q.within.Length(), time.Second))
	n := 0
	for _, c := range counts {
		n += c.Count
	}
	return n, err
}

func retention(g app.LogGroup) string {
	if g.Retention == 0 {
		return "ever"
	}
	return phrase.Duration(time.Duration(g.Retention) * 24 * time.Hour)
}
