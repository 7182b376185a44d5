package logs

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/mattn/go-runewidth"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/app/query/pipe"
	"github.com/nephograph/nephograph/views/explore"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// newTable returns the screen of what the commands after a "|" make of the events: rows of columns, which are those of
// the query, so that they are laid out in one text of equal letters.
func newTable(session *ui.Session, r Reader) *explore.Screen[resultRow] {
	return explore.New(explore.Parts[resultRow]{
		Name: "Logs", Tab: "Table", Hint: hint, Session: session, Signal: app.Logs,
		Columns: []ui.Column[resultRow]{{Title: "Result", Cell: func(r resultRow) ui.Cell {
			if r.head {
				return ui.Cell{Text: r.text, Style: ui.Code.In(ui.ColorQuiet)}
			}
			return ui.Cell{Text: r.text, Style: ui.Code.In(ui.ColorText)}
		}}},
		Key:  func(r resultRow) string { return r.key },
		Item: func(r resultRow) app.Item { return r },
		KeyOf: func(item app.Item) string {
			row, _ := item.(resultRow)
			return row.key
		},
		Read: func(ctx context.Context, q explore.Question) (explore.Answer[resultRow], error) {
			return evaluate(ctx, r, q)
		},
		Orders: [2]string{"Rows as they come", "The last row first"},
		Check:  check,
	})
}

// resultRow is a row of a result, or the names of its columns above all rows.
type resultRow struct {
	key    string // its number, and the query
	head   bool
	text   string // its values, laid out
	query  string
	names  []string
	values []string
}

// readQuery reads the text of the query bar: which events are meant, and the commands after a "|".
func readQuery(text string) (query.Search, pipe.Query, error) {
	before, after, _ := pipe.Cut(text)
	search, err := query.Parse(before)
	if err != nil {
		return search, pipe.Query{}, err
	}
	commands, err := pipe.Parse(after)
	if err != nil {
		err = fmt.Errorf("after the |: %w", err)
	}
	return search, commands, err
}

// evaluate reads what a question finds, and what its commands make of it.
func evaluate(ctx context.Context, r Reader, q explore.Question) (a explore.Answer[resultRow], err error) {
	search, commands, err := readQuery(q.Text)
	if err != nil {
		return a, err
	}
	asked := search.Narrow(app.LogQuery{Scopes: q.Focus.Scopes, Range: q.Range, Resource: q.Focus.Resource})
	if commands.Empty() {
		a, err = describe(ctx, r, q, asked, a)
		a.Title = "No commands"
		a.Why = "Write commands of Logs Insights after a | in the query, such as error | stats count(*) by bin(5m). " +
			"They are evaluated over what is cached, free of charge."
		return a, err
	}
	asked.Newest = true
	table, err := commands.Evaluate(r.LogEvents(ctx, asked), pipe.Options{Range: q.Range, Now: q.Now})
	if err != nil {
		return a, err
	}
	if a.Total = len(table.Rows); q.Turned {
		for i, j := 0, len(table.Rows)-1; i < j; i, j = i+1, j-1 {
			table.Rows[i], table.Rows[j] = table.Rows[j], table.Rows[i]
		}
	}
	a.Items = layOut(table, q)
	a.Count = phrase.Count(int64(a.Total))
	a.Found = phrase.Plural(int64(a.Total), "row", "rows") + " of " +
		phrase.Plural(int64(table.Events), "event", "events")
	asked.Newest = false
	if a, err = describe(ctx, r, q, asked, a); err == nil {
		a.Missing = strings.TrimSpace(strings.Join(append(table.Cut, a.Missing), " "))
	}
	return a, err
}

// widest is how many letters a column but the last has at most, so that a message does not push the others away.
const widest = 48

// layOut makes the first rows of a table texts of equal letters, below the names of the columns.
func layOut(t pipe.Table, q explore.Question) []resultRow {
	if len(t.Rows) == 0 {
		return nil
	}
	var rows []resultRow
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	for i, values := range t.Rows[:min(q.Limit, len(t.Rows))] {
		row := resultRow{key: fmt.Sprint(i, " ", q.Text), query: q.Text, names: names}
		for _, v := range values {
			row.values = append(row.values, shownIn(v, q.Zone))
		}
		rows = append(rows, row)
	}
	widths := make([]int, len(names))
	for i, name := range names {
		widths[i] = runewidth.StringWidth(name)
		for _, r := range rows {
			widths[i] = max(widths[i], min(runewidth.StringWidth(oneLine(r.values[i])), widest))
		}
	}
	numeric := make([]bool, len(names))
	for i := range names {
		numeric[i] = t.Numeric(i)
	}
	for i := range rows {
		rows[i].text = lineOf(rows[i].values, widths, numeric)
	}
	return append([]resultRow{{key: "head " + q.Text, head: true, text: lineOf(names, widths, numeric)}}, rows...)
}

func shownIn(v pipe.Value, zone *time.Location) string { return app.PlainText(v.In(zone)) }

// lineOf puts values at the places of their columns, numbers at the right of them.
func lineOf(values []string, widths []int, numeric []bool) string {
	var b strings.Builder
	for i, v := range values {
		v = oneLine(v)
		if last := i == len(values)-1; !last {
			v = runewidth.Truncate(v, widths[i], "…")
		}
		room := strings.Repeat(" ", max(0, widths[i]-runewidth.StringWidth(v)))
		if i > 0 {
			b.WriteString("   ")
		}
		if numeric[i] {
			b.WriteString(room + v)
		} else {
			b.WriteString(v + room)
		}
	}
	return strings.TrimRight(b.String(), " ")
}
