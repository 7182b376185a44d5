package terminal

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/app/query/pipe"
	"github.com/nephograph/nephograph/views/export"
	"github.com/nephograph/nephograph/views/phrase"
)

// searchArgs is what a search asks for: terms, all of which must hold, and the commands after the first "|".
type searchArgs struct {
	terms    [2]query.Search // of the arguments, and of the text that holds the "|"
	commands pipe.Query
}

// narrow puts the terms into a query.
func (s searchArgs) narrow(q app.LogQuery) app.LogQuery {
	return s.terms[1].Narrow(s.terms[0].Narrow(q))
}

// readSearch reads the arguments of a search. One that holds a "|" is a text as in a query bar.
func readSearch(args []string) (s searchArgs, err error) {
	before, text := "", ""
	for i, arg := range args {
		search, commands, at := pipe.Cut(strings.Join(args[i:], " "))
		if commands != "" && at <= len(arg)+1 {
			args, before, text = args[:i], search, commands
			break
		}
	}
	if s.terms[0], err = query.ParseArgs(args); err == nil {
		s.terms[1], err = query.Parse(before)
	}
	if err == nil {
		s.commands, err = pipe.Parse(text)
		err = pointed(text, err)
	}
	if err != nil {
		err = fmt.Errorf("%w: %w", errUsage, err)
	}
	return s, err
}

// pointed adds to what is wrong with a query where it is, and what to do where AWS would evaluate it.
func pointed(text string, err error) error {
	var wrong *pipe.Error
	if !errors.As(err, &wrong) {
		return err
	}
	if wrong.AWS {
		return fmt.Errorf("%w; nephograph insights asks AWS", err)
	}
	if rest := strings.TrimSpace(text[min(wrong.At, len(text)):]); rest != "" {
		return fmt.Errorf("%w (at %q)", err, short(rest))
	}
	return err
}

// short is the beginning of a text.
func short(text string) string {
	const most = 30
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return text
}

// printTable evaluates commands over the events of a query and prints or writes the result.
func (q *question) printTable(ctx context.Context, r logReader, asked app.LogQuery, commands pipe.Query,
	f fileFlags) error {
	asked.Newest = true
	table, err := commands.Evaluate(r.LogEvents(ctx, asked), pipe.Options{Range: q.within, Now: q.deps.Now()})
	if err != nil {
		return err
	}
	if err := q.showResult(table, f); err != nil {
		return err
	}
	if len(table.Rows) == 0 {
		if err := q.noteNothing(ctx, app.Logs); err != nil {
			return err
		}
	} else {
		q.note("%s of %s.", phrase.Plural(int64(len(table.Rows)), "row", "rows"),
			phrase.Plural(int64(table.Events), "event", "events"))
	}
	return q.noteGaps(ctx, app.Logs)
}

// showResult prints a table of a query as a table or JSON lines, or writes it as the options say, and says what is left
// out of it.
func (c *commandLine) showResult(table pipe.Table, f fileFlags) (err error) {
	shown := len(table.Rows)
	if limit := c.rows(); limit > 0 && (!f.wanted || c.limitGiven) {
		shown = min(shown, limit)
	}
	switch {
	case f.wanted:
		_, err = f.write(below(c.Out), func(w io.Writer) (int, error) { return shown, c.writeResult(w, table, shown, f.as) })
		if err == nil && f.path != "" {
			c.note("Wrote %s to %s.", phrase.Plural(shown, "row", "rows"), f.path)
		}
	case c.json:
		err = c.writeResult(c.Out, table, shown, export.JSONLines)
	default:
		c.show(c.resultTable(table, shown))
		c.noteCut(shown, len(table.Rows))
	}
	for _, cut := range table.Cut {
		c.note("%s", cut)
	}
	return err
}

// writeResult writes the first rows of a table.
func (c *commandLine) writeResult(w io.Writer, result pipe.Table, shown int, as export.Format) error {
	switch as {
	case export.CSV:
		return c.printCSV(w, result, shown)
	case export.JSONLines:
		out := newLines(w)
		for i := range shown {
			if err := out.Encode(result.Line(i)); err != nil {
				return err
			}
		}
		return out.Flush()
	}
	c.resultTable(result, shown).print(w, false)
	return nil
}

// resultTable shows the first rows of a table.
func (c *commandLine) resultTable(result pipe.Table, shown int) *table {
	heads := make([]string, len(result.Columns))
	for i, column := range result.Columns {
		heads[i] = column.Name
		if result.Numeric(i) {
			heads[i] += ">"
		}
	}
	t := newTable(heads...)
	for i := range heads {
		if i < len(heads)-1 {
			t.upTo[i] = messageWidth
		}
	}
	for _, row := range result.Rows[:shown] {
		cells := make([]any, len(row))
		for i, v := range row {
			cells[i] = app.PlainText(strings.TrimRight(c.value(v), "\r\n"))
		}
		t.add(cells...)
	}
	return t
}

// value shows a value in the zone asked for.
func (c *commandLine) value(v pipe.Value) string {
	if v.Kind() == pipe.Time {
		return phrase.StampMillis(v.Instant(), c.zone())
	}
	return v.String()
}

// printCSV prints rows with the names of their columns above them (RFC 4180), with times in the zone asked for.
func (c *commandLine) printCSV(w io.Writer, result pipe.Table, shown int) error {
	out := csv.NewWriter(w)
	fields := make([]string, len(result.Columns))
	for i, column := range result.Columns {
		fields[i] = phrase.Visible(column.Name) // @timestamp is no formula to a reader of the title
	}
	if err := out.Write(fields); err != nil {
		return err
	}
	for _, row := range result.Rows[:shown] {
		for i, v := range row {
			switch fields[i] = v.String(); v.Kind() {
			case pipe.Time:
				fields[i] = v.Instant().In(c.zone()).Format(export.TimeFormat)
			case pipe.Number:
			default:
				fields[i] = export.Cell(fields[i])
			}
		}
		if err := out.Write(fields); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
