package alarms

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// The titles of the columns.
const (
	titleState     = "State"
	titleName      = "Name"
	titleCondition = "Conditions"
	titleLast      = "Last value"
	titleFor       = "For"
	titleFlaps     = "24 h"
	titleChanged   = "Edited"
	titleOwner     = "Owner"
	titleRegion    = "Region"
	titleAccount   = "Account"
)

const stateWidth = 124 // room for "Insufficient data" with its mark, indented

const lastWidth = chart.SparkWidth + 76 // room for "22 min 30 s"

const indent = 14 // of an alarm below the heading of its group

// columns are the columns of the table of alarms.
func (v *View) columns() []ui.Column[line] {
	ofAlarm := func(cell func(*Row) ui.Cell) func(line) ui.Cell {
		return func(l line) ui.Cell {
			if l.row == nil {
				return ui.Cell{}
			}
			return cell(l.row)
		}
	}
	quiet := func(text func(*Row) string) func(line) ui.Cell {
		return ofAlarm(func(r *Row) ui.Cell { return ui.Cell{Text: text(r), Style: ui.Note} })
	}
	right := fyne.TextAlignTrailing
	return []ui.Column[line]{
		{Title: titleState, Width: stateWidth, Order: true, Cell: v.stateCell},
		{Title: titleName, Share: 2, Order: true, Cell: nameCell},
		{Title: titleCondition, Share: 4, Above: 680, Order: true,
			Cell: quiet(func(r *Row) string { return r.condition })},
		{Title: titleLast, Width: lastWidth, Above: 560, Align: right, Cell: ofAlarm(v.lastCell)},
		{Title: titleFor, Width: 76, Align: right, Order: true, Cell: ofAlarm(v.forCell)},
		{Title: titleFlaps, Width: 36, Align: right, Above: 560, Order: true, Cell: ofAlarm(flapCell)},
		{Title: titleChanged, Width: 52, Align: right, Above: 1180, Order: true,
			Cell: quiet(func(r *Row) string { return v.ago(r.Alarm) })},
		{Title: titleOwner, Share: 1, Above: 1180, Order: true, Cell: quiet(func(r *Row) string { return r.owner })},
		{Title: titleRegion, Width: 92, Above: 640, Order: true,
			Cell: quiet(func(r *Row) string { return r.Alarm.Region })},
		{Title: titleAccount, Width: 96, Above: 1100, Order: true,
			Cell: quiet(func(r *Row) string { return r.Alarm.Account })},
	}
}

func (v *View) stateCell(l line) ui.Cell {
	if l.group != nil {
		return groupCell(l.group)
	}
	shape, color, _ := ui.OfState(l.row.Alarm.State)
	style, in := ui.Note, float32(0)
	switch {
	case !l.row.Alarm.Gone.IsZero():
		shape, color = ui.Dash, ui.ColorFaint
	case l.row.Alarm.State == app.InAlarm:
		style = ui.Small.In(ui.ColorAlarm)
	}
	if l.depth > 0 {
		in = indent
	}
	return ui.Cell{Text: stateWord(l.row.Alarm), Mark: shape, Ink: color, Style: style, Indent: in}
}

// groupCell is the heading of a group: whether it is folded, its name, and how many of its alarms are in which state.
// It spans the columns after it; the heading of a composite alarm has cells there.
func groupCell(g *group) ui.Cell {
	mark := ui.PointDown
	if g.folded {
		mark = ui.PointRight
	}
	if g.head != nil {
		_, ink, word := ui.OfState(g.head.Alarm.State)
		style := ui.Note
		if g.head.Alarm.State == app.InAlarm {
			style = ui.Small.In(ui.ColorAlarm)
		}
		return ui.Cell{Text: word, Mark: mark, Ink: ink, Style: style}
	}
	return ui.Cell{Text: g.title() + "   " + g.states(), Mark: mark, Ink: ui.ColorQuiet, Style: ui.Strong, Across: true}
}

func (g *group) title() string {
	if g.name == "" {
		return "Others"
	}
	return g.name
}

// states counts the alarms of a group: "2 in alarm, 1 insufficient data, 4 OK".
func (g *group) states() string {
	var counts []string
	for _, f := range []facet{facetInAlarm, facetInsufficientData, facetOK, facetDeleted} {
		if n := g.count[f]; n > 0 {
			word := facetNames[f]
			if f != facetOK {
				word = strings.ToLower(word)
			}
			counts = append(counts, phrase.Count(int64(n))+" "+word)
		}
	}
	return strings.Join(counts, ", ")
}

func nameCell(l line) ui.Cell {
	switch {
	case l.row == nil:
		return ui.Cell{}
	case !l.row.Alarm.Gone.IsZero():
		return ui.Cell{Text: l.row.Alarm.Name, Style: ui.Note}
	case l.row.Alarm.State == app.InAlarm || l.group != nil:
		return ui.Cell{Text: l.row.Alarm.Name, Style: ui.Strong}
	}
	return ui.Cell{Text: l.row.Alarm.Name}
}

// lastCell shows the metric over the window with its threshold, and its last value there. For metric math and anomaly
// detection it shows the last value in the reason that AWS gave for the state, and its time, as it may be old.
func (v *View) lastCell(r *Row) ui.Cell {
	unit := phrase.AlarmUnit(r.Alarm, v.presets)
	if _, ok := r.Alarm.Reading(); !ok && r.noted.Value != nil {
		return ui.Cell{Text: phrase.Amount(*r.noted.Value, unit) + " at " + v.moment(r.noted.At), Style: ui.Note}
	}
	s, ok := v.sparks.of(alarmSpark(r.Alarm))
	if !ok || s.chart == nil {
		return ui.Cell{Text: "–", Style: ui.Note}
	}
	style := ui.Small
	switch {
	case s.late: // the metric may have another value by now
		style = ui.Note
	case r.Alarm.Breaches(s.last.Value):
		style = ui.Strong.In(ui.ColorAlarm)
	}
	return ui.Cell{Spark: s.chart, Text: phrase.Amount(s.last.Value, unit), Style: style}
}

// forCell says how long the alarm has been in its state, or had been when AWS last listed it, or how long it has been
// deleted.
func (v *View) forCell(r *Row) ui.Cell {
	now := v.session.Now()
	switch {
	case !r.Alarm.Gone.IsZero():
		return ui.Cell{Text: phrase.Lasting(now.Sub(r.Alarm.Gone))}
	case phrase.SeenLate(r.Alarm, now):
		return ui.Cell{Text: phrase.Lasting(phrase.AsOf(r.Alarm, now).Sub(r.Alarm.Since)), Style: ui.Note}
	}
	return ui.Cell{Text: phrase.Lasting(now.Sub(r.Alarm.Since))}
}

// flapCell says how often an alarm went off in a day, in amber if it is flapping.
func flapCell(r *Row) ui.Cell {
	switch {
	case r.Flaps == 0:
		return ui.Cell{Text: "–", Style: ui.Note}
	case r.Flapping:
		return ui.Cell{Text: phrase.Count(int64(r.Flaps)) + " ×", Style: ui.Strong.In(ui.ColorWarning)}
	}
	return ui.Cell{Text: phrase.Count(int64(r.Flaps)) + " ×"}
}

// ago says how long ago somebody last changed the configuration of the alarm.
func (v *View) ago(a app.Alarm) string {
	if a.Configured.IsZero() {
		return ""
	}
	return phrase.Age(v.session.Now().Sub(a.Configured))
}
