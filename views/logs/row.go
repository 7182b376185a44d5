package logs

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// row is a log event as the list shows it.
type row struct {
	event  app.LogEvent
	rest   []app.LogEvent // that go on with it, as the lines of a stack trace do
	lines  int            // of all of them
	key    string
	said   string            // on one line
	marks  []ui.Span         // of said, where a term of the query was found
	below  bool              // it is unfolded from another one
	fields map[string]string // of the message by their paths; nil until a column asks for one
	set    bool              // it goes on with the event before it, and is set in
}

func newRow(r app.LogRecord, matches marker) *row {
	said := oneLine(app.Gist(r.Message))
	marks := matches.in(said)
	lines := lineCount(r.Message)
	for _, e := range r.Rest {
		lines += lineCount(e.Message)
		if len(matches) > 0 && len(marks) == 0 { // what was found stands in this line, or in one below
			found := oneLine(app.Gist(e.Message))
			for _, m := range matches.in(found) {
				shift := len(said) + len(lineBreak)
				marks = append(marks, ui.Span{From: m.From + shift, To: m.To + shift})
			}
			if len(marks) > 0 {
				said += lineBreak + found
			}
		}
	}
	return &row{event: r.LogEvent, rest: r.Rest, lines: lines, key: keyOf(r.LogEvent), said: said, marks: marks}
}

// lineCount is how many lines a message has.
func lineCount(message string) int {
	return 1 + strings.Count(strings.TrimRight(message, "\r\n"), "\n")
}

// lineBreak stands for a line break and the blanks around it.
const lineBreak = " ⏎ "

// rowKey tells rows apart; "" is that of a row that was not read.
func rowKey(r *row) string {
	if r == nil {
		return ""
	}
	return r.key
}

// rowItem is what the drawer shows of a row.
func rowItem(r *row) app.Item { return r.event }

// unfoldedRow returns the row of an event that is shown in place, unfolded from another one.
func unfoldedRow(of *row, e app.LogEvent) *row {
	r := newRow(app.LogRecord{LogEvent: e}, nil)
	r.key, r.below = of.key+"\n"+r.key, true
	return r
}

// linesOf returns a row for each line of a record but the first; none where it has no others.
func linesOf(of *row) (rows []*row) {
	for i, e := range append([]app.LogEvent{of.event}, of.rest...) {
		for j, line := range strings.Split(strings.TrimRight(app.PlainText(e.Message), "\r\n"), "\n") {
			if i == 0 && j == 0 {
				continue
			}
			rows = append(rows, &row{event: e, lines: 1, below: true,
				key:  fmt.Sprintf("%s\n%d %d", of.key, i, j),
				said: strings.ReplaceAll(strings.TrimRight(line, "\r"), "\t", "    ")})
		}
	}
	return rows
}

// around returns how the events around one in its stream are read, those of the first order being the newest first.
func around(r Reader) func(context.Context, *row, int, bool) (above, below []*row, err error) {
	return func(ctx context.Context, of *row, n int, oldestFirst bool) (above, below []*row, err error) {
		near, err := r.LogNeighbours(ctx, of.event, n, n)
		if err != nil {
			return nil, nil, err
		}
		rows := func(events []app.LogEvent) (all []*row) {
			for _, e := range events {
				all = append(all, unfoldedRow(of, e))
			}
			return all
		}
		before, after := rows(near.Before), rows(near.After)
		if oldestFirst {
			return before, after, nil
		}
		slices.Reverse(before)
		slices.Reverse(after)
		return after, before, nil
	}
}

// level is the gravest that any line of the record says.
func (r *row) level() (worst app.Level) {
	worst = r.event.Level
	for _, e := range r.rest {
		worst = max(worst, e.Level)
	}
	return worst
}

// keyOf tells log events apart; "" stands for an item of another kind.
func keyOf(item app.Item) string {
	e, ok := item.(app.LogEvent)
	if !ok {
		return ""
	}
	return e.Scope.Place().String() + " " + e.Group + " " + e.ID
}

// oneLine writes what is on several lines on one: a line break and the blanks around it become one sign.
func oneLine(text string) string {
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	for i, line := range lines {
		lines[i] = strings.TrimSpace(strings.ReplaceAll(line, "\t", "  "))
	}
	return strings.Join(lines, lineBreak)
}

// columns are those of the list: when, how grave, of which group, and what it says.
func columns(session *ui.Session) []ui.Column[*row] {
	return []ui.Column[*row]{
		{Title: "Time", Width: 102, Cell: func(r *row) ui.Cell {
			format := "15:04:05.000"
			if session.Range().Length() > 24*time.Hour {
				format = "01-02 15:04:05"
			}
			return ui.Cell{Text: r.event.At.In(session.Zone.Now()).Format(format), Style: ui.Code.In(ui.ColorQuiet)}
		}},
		{Title: "Level", Width: 62, Above: 480, Cell: func(r *row) ui.Cell { return levelCell(r.level()) }},
		{Title: "Group", Width: 148, Above: 620, Cell: func(r *row) ui.Cell {
			return ui.Cell{Text: resource.OfGroup(r.event.Group).Detailed(), Style: ui.Note}
		}},
		{Title: "Message", Cell: func(r *row) ui.Cell {
			if r.below {
				return ui.Cell{Text: r.said, Style: ui.Code.In(ui.ColorQuiet), Indent: unfoldedIndent}
			}
			cell := ui.Cell{Text: r.said, Style: ui.Code.In(messageColor(r.event.Level)), Spans: r.marks}
			if r.set {
				cell.Indent = unfoldedIndent
			}
			if r.lines > 1 {
				cell.Tail = "▸ " + phrase.Plural(int64(r.lines), "line", "lines")
			}
			return cell
		}},
	}
}

// unfoldedIndent sets the message of a row that is unfolded from another one off.
const unfoldedIndent = 16

// messageColor is the colour of a message: what is only for those who look for it is quiet.
func messageColor(level app.Level) fyne.ThemeColorName {
	if level == app.LevelDebug {
		return ui.ColorQuiet
	}
	return ui.ColorText
}

// levelCell says a level with a mark and its word; what says none has neither.
func levelCell(level app.Level) ui.Cell {
	if level == app.LevelNone {
		return ui.Cell{}
	}
	ink, _ := ui.OfLevel(level)
	return ui.Cell{Text: level.String(), Style: ui.Note, Mark: ui.Square, Ink: ink}
}

// marker finds in a text what a query has found in its message.
type marker []string // folded

// newMarker returns the marker of terms. Expressions, comparisons, what is asked of the event itself and what must not
// be there mark nothing.
func newMarker(terms []app.LogTerm) (m marker) {
	for _, t := range terms {
		if text := app.Fold(strings.TrimSuffix(t.Text, "*")); !t.Not && !t.Regexp && t.Op == "" && t.Key == "" &&
			text != "" {
			m = append(m, text)
		}
	}
	return m
}

// in returns where the terms stand in a text, in order.
func (m marker) in(text string) (spans []ui.Span) {
	folded := app.Fold(text)
	if len(folded) != len(text) { // a letter whose other case is longer: the places would be wrong
		return nil
	}
	for at := 0; at < len(folded); {
		next := ui.Span{From: len(folded)}
		for _, term := range m {
			if i := strings.Index(folded[at:], term); i >= 0 && at+i < next.From {
				next = ui.Span{From: at + i, To: at + i + len(term)}
			}
		}
		if next.To == 0 {
			break
		}
		spans = append(spans, next)
		at = cmp.Or(next.To, len(folded))
	}
	return spans
}
