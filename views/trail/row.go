package trail

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// row is a trail event as the list shows it, or several in a row that say the same.
type row struct {
	events []app.TrailEvent // in the order of the list, at least one
	key    string
}

// addRow adds an event to the rows, to the last of them if it says the same.
func addRow(rows []row, e app.TrailEvent) []row {
	if last := len(rows) - 1; last >= 0 && same(rows[last].events[0], e) {
		rows[last].events = append(rows[last].events, e)
		return rows
	}
	return append(rows, row{[]app.TrailEvent{e}, keyOf(e)})
}

// same reports whether two events are the same call by the same principal with the same end, on the same resources.
func same(a, b app.TrailEvent) bool {
	if a.Type == app.InsightEvent || b.Type == app.InsightEvent {
		return false // the beginning and the end of an unusual rate
	}
	return a.Name == b.Name && a.Source == b.Source && a.ErrorCode == b.ErrorCode &&
		a.Scope.Place() == b.Scope.Place() &&
		a.Principal.Name() == b.Principal.Name() && resource.Title(a) == resource.Title(b)
}

// item is what the drawer shows of the row.
func (r row) item() app.Item {
	if len(r.events) == 1 {
		return r.events[0]
	}
	return app.Changes(r.events)
}

// keyOf tells rows apart by the event that they begin with; "" stands for an item of another kind.
func keyOf(item app.Item) string {
	switch item := item.(type) {
	case app.TrailEvent:
		return item.Scope.Place().String() + " " + item.ID
	case app.Changes:
		if len(item) > 0 {
			return keyOf(item[0])
		}
	}
	return ""
}

// columns are those of the list: when, what on what, who, and where.
func columns(session *ui.Session) []ui.Column[row] {
	return []ui.Column[row]{
		{Title: "Time", Width: 102, Cell: func(r row) ui.Cell { return timeCell(session, r.events[0]) }},
		{Title: "Event", Share: 3, Cell: func(r row) ui.Cell {
			e := r.events[0]
			mark, ink := markOf(e)
			style := ui.Small
			if e.ReadOnly {
				style = ui.Note
			}
			return ui.Cell{Text: titleOf(e), Style: style, Mark: mark, Ink: ink}
		}},
		{Title: "×", Width: 36, Above: 420, Cell: func(r row) ui.Cell { return timesCell(len(r.events)) }},
		{Title: "Result", Width: 124, Above: 560, Cell: func(r row) ui.Cell {
			if i, ok := r.events[0].Insight(); ok {
				return ui.Cell{Text: phrase.Number(i.Average) + "/min", Style: ui.Small.In(ui.ColorWarning)}
			}
			return ui.Cell{Text: shortError(r.events[0].ErrorCode), Style: ui.Small.In(ui.ColorAlarm)}
		}},
		{Title: "Who", Share: 2, Above: 520, Cell: func(r row) ui.Cell {
			return ui.Cell{Text: r.events[0].Principal.Name(), Style: ui.Small}
		}},
		{Title: "Service", Width: 104, Above: 700, Cell: func(r row) ui.Cell {
			return ui.Cell{Text: r.events[0].Service(), Style: ui.Note}
		}},
		{Title: "Account and Region", Width: 170, Above: 980, Cell: func(r row) ui.Cell {
			return ui.Cell{Text: phrase.ScopeText(r.events[0].Scope), Style: ui.Note}
		}},
	}
}

// timeCell is when an event happened, with its day where the window is longer than one.
func timeCell(session *ui.Session, e app.TrailEvent) ui.Cell {
	format := "15:04:05"
	if session.Range().Length() > 24*hour {
		format = "01-02 15:04:05"
	}
	return ui.Cell{Text: e.At.In(session.Zone.Now()).Format(format), Style: ui.Code.In(ui.ColorQuiet)}
}

// timesCell is how many events a row stands for, if it is more than one.
func timesCell(n int) ui.Cell {
	if n == 1 {
		return ui.Cell{}
	}
	return ui.Cell{Text: phrase.Count(n), Style: ui.Note}
}

// markOf is the mark of an event: failed calls in the colour of alarms, insights in that of warnings, changes in that
// of changes, filled where a person made them, and a dash for reads.
func markOf(e app.TrailEvent) (ui.Shape, fyne.ThemeColorName) {
	switch {
	case e.ErrorCode != "":
		return ui.Square, ui.ColorAlarm
	case e.Type == app.InsightEvent:
		return ui.Ring, ui.ColorWarning
	case !e.Change():
		return ui.Dash, ui.ColorNoData
	case e.Principal.Person():
		return ui.Disc, ui.ColorChange
	}
	return ui.Ring, ui.ColorChange
}

// shortError leaves out what error codes begin with where it is only a namespace: Client.UnauthorizedOperation.
func shortError(code string) string {
	if i := strings.LastIndexByte(code, '.'); i >= 0 {
		return code[i+1:]
	}
	return code
}
