package terminal

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
)

var levelColors = map[app.Level]string{app.LevelError: red, app.LevelWarn: yellow, app.LevelDebug: grey}

// search is the command that finds log events.
func (c *console) search() *cobra.Command {
	var groups []string
	var level, trace, request string
	cmd := &cobra.Command{
		Use: "search [TERM...]", Short: "Log events that meet all the terms",
		Long: `Log events that meet all the terms; without a term, all events.

A term is
  timeout               text anywhere in the message, in any case
  "connection reset"    text with spaces
  status:500            a field with this value, as JSON, key=value or "key: value"; 5* is any ending,
                        and a value that begins with / or : stands in quotation marks: 'path:"/login"'
  user.id:42            a field within others, id within user
  level:warn            that level and worse
  trace:ID request:ID   of this trace, in X-Ray or W3C form, or this request
  group:NAME            of this log group
  '"group":admins'      a field that is itself called group, level, request or trace, or has another
                        character in its name: the name stands in quotation marks
  "/time(d )?out/"      a regular expression, in which case counts; $ is the end of the message,
                        before the line break there
Messages are searched as they are shown: "café" finds "caf\u00e9" in JSON, and colours do not matter.
Put -- before the terms to leave out what a term finds: -- timeout -health.`,
		Example: "  nephograph search timeout --level error --since 1h\n  nephograph search status:500 \"connection reset\"\n  nephograph search --trace 1-5fad4cc9-70259536495de84a2a6282cd",
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&groups, "group", nil, "only of these log `groups`")
	flags.StringVar(&level, "level", "", "at least this `level`: debug, info, warn or error")
	offer(cmd, "level", "debug", "info", "warn", "error")
	flags.StringVar(&trace, "trace", "", "only of this trace `id`, in X-Ray or W3C form")
	flags.StringVar(&request, "request", "", "only of this request `id`")
	return c.reading(cmd, func(ctx context.Context, q *question) error {
		asked, err := query.ParseArgs(q.args)
		if err != nil {
			return fmt.Errorf("%w: %w", errUsage, err)
		}
		query := asked.Narrow(app.LogQuery{Scopes: q.scopes, Range: q.within, Groups: groups, Request: request})
		if level != "" {
			least := app.ParseLevel(level)
			if least == app.LevelNone {
				return fmt.Errorf("%w: --level is debug, info, warn or error, not %q", errUsage, level)
			}
			query.Level = max(query.Level, least)
		}
		if trace != "" {
			id, ok := app.ParseTraceID(trace)
			if !ok {
				return fmt.Errorf("%w: --trace %q is not a trace id", errUsage, trace)
			}
			query.Trace = id
		}
		if err := q.found(ctx, query); err != nil {
			return err
		}
		if err := q.noteGroups(ctx, query.Groups); err != nil {
			return err
		}
		return q.gaps(ctx, app.Logs)
	})
}

// found prints the events of a query: with a limit the newest of them, and how many there are.
func (q *question) found(ctx context.Context, query app.LogQuery) error {
	if q.rows() == 0 {
		return answer(ctx, q, app.Logs, func(limit int, newest bool) iter.Seq2[app.LogEvent, error] {
			query.Limit, query.Newest = limit, newest
			return q.cache.LogEvents(ctx, query)
		}, q.logTable)
	}
	query.Limit, query.Newest = q.rows(), true
	r, err := q.cache.SearchLogs(ctx, query)
	if err != nil {
		return err
	}
	return show(ctx, q, app.Logs, r.Events, r.Total-len(r.Events), q.logTable)
}

// messageWidth is how far the column of messages reaches: one long message does not push the places of all others away.
const messageWidth = 60

// logTable shows each event with the further lines of its message below it.
func (q *question) logTable(events []app.LogEvent) *table {
	t := newTable(q.timeHead("TIME"), "LEVEL", "GROUP", "MESSAGE", "PLACE")
	t.upTo[3] = messageWidth
	for _, e := range events {
		message := strings.Split(strings.TrimRight(app.PlainText(e.Message), "\r\n"), "\n")
		t.add(e.At.In(q.zone()).Format(clock+".000"), cell{e.Level.String(), levelColors[e.Level]}, e.Group, message[0], e.Scope)
		for _, more := range message[1:] {
			t.add("", "", "", "  "+strings.ReplaceAll(more, "\t", "    "), "")
		}
	}
	return t
}

// groups is the command that lists log groups.
func (c *console) groups() *cobra.Command {
	cmd := &cobra.Command{
		Use: "groups", Short: "Log groups, and how many of their events the cache holds", Args: cobra.NoArgs,
		Example: "  nephograph groups --since 24h",
	}
	return c.reading(cmd, func(ctx context.Context, q *question) error {
		groups, err := q.cache.LogGroups(ctx, q.scopes)
		if err != nil {
			return err
		}
		shown := first(groups, q.rows())
		if q.json {
			return printLines(q.console, shown)
		}
		t := newTable("GROUP", "KEPT FOR", "AT AWS>", "EVENTS HERE>", "PLACE")
		for _, g := range shown {
			n, err := q.eventsOf(ctx, g)
			if err != nil {
				return err
			}
			events := count(n)
			if !g.Filtered() && n == 0 {
				events = "not read"
			}
			t.add(g.Name, retention(g), humanize.Bytes(uint64(max(g.Stored, 0))), events, g.Scope)
		}
		q.show(t)
		q.noteNotFiltered(groups)
		if len(groups) == 0 {
			return q.nothing(ctx, app.Logs)
		}
		q.noteCut(len(shown), len(groups))
		return nil
	})
}

// eventsOf counts the cached events of a group in the time asked for.
func (q *question) eventsOf(ctx context.Context, g app.LogGroup) (int, error) {
	query := app.LogQuery{Scopes: []app.Scope{g.Scope}, Range: q.within, Groups: []string{g.Name}}
	counts, err := q.cache.LogVolume(ctx, query, max(q.within.Length(), time.Second))
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
	return fmt.Sprintf("%d d", g.Retention)
}
