package terminal

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

type logReader interface {
	neighbourReader
	LogEvents(context.Context, app.LogQuery) iter.Seq2[app.LogEvent, error]
	SearchLogs(context.Context, app.LogQuery) (app.LogResult, error)
}

var levelColors = map[app.Level]string{app.LevelError: red, app.LevelWarn: yellow, app.LevelDebug: grey}

// search is the command that finds log events.
func (c *commandLine) search() *cobra.Command {
	var groups []string
	var level, trace, request, of string
	var around contextFlags
	var file fileFlags
	cmd := &cobra.Command{
		Use: "search [TERM...]", Short: "Log events that meet all the terms",
		Long: `Log events that meet all the terms; without a term, all events.

A term is
  timeout               text anywhere in the message, in any case
  "connection reset"    text with spaces
  status:500            a field with this value, as JSON, key=value or "key: value"; 5* is any ending,
                        and a value that begins with / or : stands in quotation marks: 'path:"/login"'
  user.id:42            a field within others, id within user
  took>1.5s             a field with a number, or a length of time, that compares so: > >= < <=
  level:warn            that level and worse
  trace:ID request:ID   of this trace, in X-Ray or W3C form, or this request
  group:NAME            of this log group; stream:, account: and region: likewise
  '"group":admins'      a field that is itself called group, level, request or trace, or has another
                        character in its name: the name stands in quotation marks
  "/time(d )?out/"      a regular expression, in which case counts; $ is the end of the message,
                        before the line break there
Messages are searched as they are shown: "café" finds "caf\u00e9" in JSON, and colours do not matter.
OR, NOT and parentheses join terms: 'timeout OR (status:500 NOT health)'. nephograph help query has
all of the language. Put -- before the terms to leave out what a term finds: -- timeout -health.

After a | come commands of the Logs Insights query language, which are evaluated here over what is
cached, for nothing: fields, filter, parse, stats (count, count_distinct, sum, avg, min, max, pct,
stddev, earliest, latest; by fields and bin()), sort, limit, dedup, display and pattern, with AWS's
functions. @level is the level that a message says in any form. nephograph insights asks AWS.`,
		Example: "  nephograph search timeout --level error --since 1h\n" +
			"  nephograph search status:500 \"connection reset\"\n" +
			"  nephograph search timeout -C 3\n" +
			"  nephograph search level:error --since 7d --output csv --out errors.csv\n" +
			"  nephograph search --trace 1-5fad4cc9-70259536495de84a2a6282cd\n" +
			"  nephograph search 'level:error | stats count(*) by bin(5m), @logStream'",
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&groups, "group", nil, "only of these log `groups`")
	flags.StringVar(&of, "resource", "", "only of the log groups of the resource of this `name` or ARN")
	flags.StringVar(&level, "level", "", "at least this `level`: debug, info, warn or error")
	completeWith(cmd, "level", "debug", "info", "warn", "error")
	flags.StringVar(&trace, "trace", "", "only of this trace `id`, in X-Ray or W3C form")
	flags.StringVar(&request, "request", "", "only of this request `id`")
	around.add(cmd)
	file.add(cmd)
	return c.reading(cmd, func(ctx context.Context, q *question, r Reader) error {
		asked, err := readSearch(q.args)
		if err != nil {
			return err
		}
		earlier, later, err := around.read()
		if err != nil {
			return err
		}
		query := asked.narrow(app.LogQuery{
			Scopes: q.scopes, Range: q.within, Groups: groups, Resource: of, Request: request})
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
		q.names = append(slices.Clone(query.Groups), of)
		if err := file.read(q.commandLine); err != nil {
			return err
		}
		print := q.printEvents
		switch around := earlier > 0 || later > 0; {
		case !asked.commands.Empty() && around:
			return fmt.Errorf("%w: what commands after a | give has no lines around it", errUsage)
		case !asked.commands.Empty():
			print = func(ctx context.Context, r logReader, query app.LogQuery) error {
				return q.printTable(ctx, r, query, asked.commands, file)
			}
		case file.wanted && around:
			return fmt.Errorf("%w: a file holds what was found, without -A, -B and -C", errUsage)
		case file.wanted:
			print = func(ctx context.Context, r logReader, query app.LogQuery) error {
				return q.writeEvents(ctx, r, query, file)
			}
		case around:
			print = func(ctx context.Context, r logReader, query app.LogQuery) error {
				return q.printPassages(ctx, r, query, earlier, later)
			}
		}
		if err := print(ctx, r, query); err != nil {
			return err
		}
		return q.noteGroups(ctx, r, query.Groups)
	})
}

// printEvents prints the events of a query: with a limit the newest of them, and how many there are.
func (q *question) printEvents(ctx context.Context, r logReader, query app.LogQuery) error {
	events := listing[app.LogEvent]{app.Logs, func(limit int, newest bool) iter.Seq2[app.LogEvent, error] {
		query.Limit, query.Newest = limit, newest
		return r.LogEvents(ctx, query)
	}, q.logTable}
	if q.rows() == 0 {
		return events.print(ctx, q)
	}
	query.Limit, query.Newest = q.rows(), true
	found, err := r.SearchLogs(ctx, query)
	if err != nil {
		return err
	}
	return events.printNewest(ctx, q, found.Events, found.Total-len(found.Events))
}

// messageWidth is how far the column of messages reaches: one long message does not push the places of all others away.
const messageWidth = 60

// logTable shows each event with the further lines of its message below it.
func (q *question) logTable(events []app.LogEvent) *table {
	t := q.newLogTable()
	for _, e := range events {
		q.addEvent(t, e, plain)
	}
	return t
}

func (q *question) newLogTable() *table {
	t := newTable(q.timeHead("TIME"), "LEVEL", "GROUP", "MESSAGE", "PLACE")
	t.upTo[3] = messageWidth
	return t
}

// addEvent adds an event in a colour, with the further lines of its message below it.
func (q *question) addEvent(t *table, e app.LogEvent, color string) {
	message := strings.Split(strings.TrimRight(app.PlainText(e.Message), "\r\n"), "\n")
	t.add(cell{phrase.StampMillis(e.At, q.zone()), color}, cell{e.Level.String(), levelColors[e.Level]},
		cell{e.Group, color}, cell{message[0], color}, cell{e.Scope.String(), color})
	for _, more := range message[1:] {
		t.add("", "", "", cell{"  " + strings.ReplaceAll(more, "\t", "    "), color}, "")
	}
}
