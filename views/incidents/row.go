package incidents

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/incident"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// incidentColumns are those of the list: how severe, what, since when.
func (v *View) incidentColumns() []ui.Column[app.Incident] {
	return []ui.Column[app.Incident]{
		{Cell: func(i app.Incident) ui.Cell {
			shape, ink := markOf(i)
			return ui.Cell{Text: i.Title, Mark: shape, Ink: ink}
		}},
		{Width: 92, Align: fyne.TextAlignTrailing, Cell: func(i app.Incident) ui.Cell {
			return ui.Cell{Text: phrase.Moment(i.Range.From, v.Session.Now(), v.Session.Zone.Now()), Style: ui.Note}
		}},
	}
}

// markOf tells by shape and colour how far an incident has come and how severe it is.
func markOf(i app.Incident) (ui.Shape, fyne.ThemeColorName) {
	switch {
	case i.State == app.Validate:
		return ui.Ring, ui.ColorOK
	case i.Severity == 1 || i.Severity == 2:
		return ui.Disc, ui.ColorAlarm
	case i.Severity > 3:
		return ui.Disc, ui.ColorNoData
	}
	return ui.Disc, ui.ColorWarning
}

// evidenceColumns are those of the evidence: its place, its kind, what it is and what a person says of it, when.
func (v *View) evidenceColumns() []ui.Column[incident.Exhibit] {
	return []ui.Column[incident.Exhibit]{
		{Width: 18, Align: fyne.TextAlignTrailing, Cell: func(x incident.Exhibit) ui.Cell {
			return ui.Cell{Text: fmt.Sprint(v.placeOf(x) + 1), Style: ui.Note}
		}},
		{Width: 76, Cell: func(x incident.Exhibit) ui.Cell { return ui.Cell{Text: string(x.Kind), Style: ui.Note} }},
		{Share: 3, Cell: func(x incident.Exhibit) ui.Cell { return v.subject(x) }},
		{Share: 2, Above: 720, Cell: func(x incident.Exhibit) ui.Cell {
			if x.Kind == app.NoteEvidence {
				return ui.Cell{}
			}
			return ui.Cell{Text: x.Caption, Style: ui.Note}
		}},
		{Width: 120, Above: 600, Align: fyne.TextAlignTrailing, Cell: func(x incident.Exhibit) ui.Cell {
			if x.Range.Empty() {
				return ui.Cell{}
			}
			return ui.Cell{Text: phrase.Moment(x.Range.From, v.Session.Now(), v.Session.Zone.Now()), Style: ui.Note}
		}},
	}
}

// subject is what evidence is of, and how it stands with it.
func (v *View) subject(x incident.Exhibit) ui.Cell {
	read := v.facts.ID == v.current && slices.ContainsFunc(v.facts.Exhibits,
		func(o incident.Exhibit) bool { return o.ID == x.ID })
	switch {
	case x.Kind == app.NoteEvidence:
		return ui.Cell{Text: x.Caption}
	case x.Problem != nil:
		return ui.Cell{Text: x.Title + " (cannot be read)", Style: ui.Bad}
	case read && !x.Found:
		return ui.Cell{Text: x.Title + " (not in the cache)", Style: ui.Small.In(ui.ColorFaint)}
	case x.Kind == app.AlarmEvidence && x.Of != nil:
		shape, ink, _ := ui.OfState(x.Of.State)
		return ui.Cell{Text: x.Title + ": " + phrase.AlarmCondition(*x.Of, v.Presets), Mark: shape, Ink: ink}
	case x.Kind == app.MetricEvidence:
		return ui.Cell{Text: phrase.Metric(x.Reading.Metric, v.Presets) + ", " + x.Reading.Statistic}
	case x.Kind == app.QueryEvidence || x.Kind == app.PatternEvidence:
		return ui.Cell{Text: x.Title + " · " + phrase.Plural(x.Counted, "event", "events")}
	case x.Log != nil:
		ink, _ := ui.OfLevel(x.Log.Level)
		return ui.Cell{Text: x.Title, Mark: ui.Square, Ink: ink, Style: ui.Code}
	}
	return ui.Cell{Text: x.Title}
}

func (v *View) placeOf(x incident.Exhibit) int {
	i, _ := v.now()
	return i.Find(x.ID)
}
