package logs

import (
	"cmp"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/ui"
)

// row is a log event as the list shows it.
type row struct {
	event app.LogEvent
	key   string
	said  string    // on one line
	marks []ui.Span // of said, where a term of the query was found
}

func newRow(e app.LogEvent, matches marker) row {
	said := oneLine(gist(e.Message))
	return row{event: e, key: keyOf(e), said: said, marks: matches.in(said)}
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
	return strings.Join(lines, " ⏎ ")
}

// columns are those of the list: when, how grave, of which group, and what it says.
func columns(session *ui.Session) []ui.Column[row] {
	return []ui.Column[row]{
		{Title: "Time", Width: 102, Cell: func(r row) ui.Cell {
			format := "15:04:05.000"
			if session.Range().Length() > 24*time.Hour {
				format = "01-02 15:04:05"
			}
			return ui.Cell{Text: r.event.At.In(session.Zone.Now()).Format(format), Style: ui.Code.In(ui.ColorQuiet)}
		}},
		{Title: "Level", Width: 62, Above: 480, Cell: func(r row) ui.Cell { return levelCell(r.event.Level) }},
		{Title: "Group", Width: 148, Above: 620, Cell: func(r row) ui.Cell {
			return ui.Cell{Text: resource.OfGroup(r.event.Group).Detailed(), Style: ui.Note}
		}},
		{Title: "Message", Cell: func(r row) ui.Cell {
			return ui.Cell{Text: r.said, Style: ui.Code.In(messageColor(r.event.Level)), Spans: r.marks}
		}},
	}
}

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

// newMarker returns the marker of terms. Expressions, comparisons, what is asked of the event itself and what must not be
// there mark nothing.
func newMarker(terms []app.LogTerm) (m marker) {
	for _, t := range terms {
		if text := app.Fold(strings.TrimSuffix(t.Text, "*")); !t.Not && !t.Regexp && t.Op == "" && t.Key == "" && text != "" {
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
