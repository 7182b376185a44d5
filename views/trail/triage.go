package trail

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/views/explore"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// finding is a finding of the triage as the list shows it.
type finding struct {
	insight.Finding
	key string
}

// item is what the drawer shows of it: the event, or the events that it is made of.
func (f finding) item() app.Item { return row{events: f.Events}.item() }

// newTriage returns the screen of what most deserves a look among the events that a query finds.
func newTriage(session *ui.Session, r Reader) *explore.Screen[finding] {
	return explore.New(explore.Parts[finding]{
		Name: "Trail", Tab: "Triage", Hint: hint, Session: session, Signal: app.Trail,
		Columns: triageColumns(session), Key: func(f finding) string { return f.key },
		Item:  finding.item,
		KeyOf: keyOf,
		Read: func(ctx context.Context, q explore.Question) (explore.Answer[finding], error) {
			return readTriage(ctx, r, q)
		},
		Orders: [2]string{"What matters most first", "The latest first"},
		Check:  check,
		Fields: fieldNames,
	})
}

// readTriage ranks the events of a question. All of the window are judged together; the query narrows what is listed.
func readTriage(ctx context.Context, r Reader, q explore.Question) (a explore.Answer[finding], err error) {
	filter, err := query.ParseFilter(q.Text, fieldNames)
	if err != nil {
		return a, err
	}
	all, err := readEvents(ctx, r, q)
	if err != nil {
		return a, err
	}
	facets := explore.NewCounter(facetFields)
	var shown []app.TrailEvent
	for _, f := range insight.Triage(all) {
		if f.Events = matching(f.Events, filter); len(f.Events) == 0 {
			continue
		}
		for _, e := range f.Events {
			facets.Count(eventFields{e}.counted)
		}
		shown = append(shown, f.Events...)
		a.Items = append(a.Items, finding{f, keyOf(f.Events[0])})
	}
	if q.Turned {
		slices.SortStableFunc(a.Items, func(a, b finding) int { return b.From().Compare(a.From()) })
	}
	a.Total = len(a.Items)
	a.Items = a.Items[:min(a.Total, q.Limit)]
	a.Facets = facets.Facets()
	a.Count = phrase.Count(a.Total)
	a.Found = "of " + phrase.Plural(len(all), "event", "events")
	return describe(ctx, r, q, slices.SortedFunc(slices.Values(shown), app.CompareTrail),
		explore.Words{Items: "findings",
			Absent: "None of the events weakened logging, shared data, opened something to the internet, gave new " +
				"credentials, read secrets in bulk, ran commands or deleted data."}, a)
}

// readEvents reads the events of a question, the oldest first, whatever its query says.
func readEvents(ctx context.Context, r Reader, q explore.Question) (all []app.TrailEvent, err error) {
	asked := app.TrailQuery{Scopes: q.Focus.Scopes, Range: q.Range}
	if q.Focus.Resource != "" {
		asked.Concerning = []string{q.Focus.Resource}
	}
	for e, err := range r.TrailEvents(ctx, asked) {
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

func matching(events []app.TrailEvent, filter query.Filter) (found []app.TrailEvent) {
	for _, e := range events {
		if filter.Match(eventFields{e}) {
			found = append(found, e)
		}
	}
	return found
}

// triageColumns are those of the list: what it is, by which calls, why it stands there, who and when.
func triageColumns(session *ui.Session) []ui.Column[finding] {
	return []ui.Column[finding]{
		{Title: "Time", Width: 102, Cell: func(f finding) ui.Cell { return timeCell(session, f.Events[0]) }},
		{Title: "Finding", Width: 226, Cell: func(f finding) ui.Cell {
			mark, ink := triageMark(f.Finding)
			return ui.Cell{Text: phrase.TriageTitle(f.Finding), Style: ui.Small, Mark: mark, Ink: ink}
		}},
		{Title: "×", Width: 36, Above: 420, Cell: func(f finding) ui.Cell { return timesCell(len(f.Events)) }},
		{Title: "Calls", Share: 3, Above: 520, Cell: func(f finding) ui.Cell {
			return ui.Cell{Text: phrase.TriageCalls(f.Finding), Style: ui.Small}
		}},
		{Title: "Why here", Share: 2, Above: 860, Cell: func(f finding) ui.Cell {
			return ui.Cell{Text: phrase.TriageReasons(f.Finding), Style: ui.Note}
		}},
		{Title: "Who", Share: 2, Above: 620, Cell: func(f finding) ui.Cell {
			return ui.Cell{Text: f.Events[0].Principal.Name(), Style: ui.Small}
		}},
	}
}

// triageMark is the mark of a finding, in the colour of alarms or of warnings by its weight; a ring if nothing of it
// succeeded or if it was undone.
func triageMark(f insight.Finding) (ui.Shape, fyne.ThemeColorName) {
	shape, ink := ui.Disc, ui.ColorWarning
	if f.Failed || f.Open() > 0 {
		shape = ui.Ring
	}
	if f.Heavy() {
		ink = ui.ColorAlarm
	}
	return shape, ink
}
