package trail

import (
	"context"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/views/explore"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// Screen lists the trail events of the focus that a query finds: who did what. Above them are the changes among them
// over the window, beside them how many there are by what, who and where.
type Screen = explore.Screen[row]

// firstQuery is what the screen begins with: reads are most of a trail, and change nothing.
const firstQuery = "-kind:read"

// New returns the screen; it reads nothing until it is entered.
func New(session *ui.Session, r Reader) *Screen {
	return explore.New(explore.Parts[row]{
		Name: "Trail", Hint: "Words, name:Update*, who:deploy*, service:dynamodb, kind:denied, -without",
		Query:   firstQuery,
		Session: session, Signal: app.Trail,
		Columns: columns(session), Key: func(r row) string { return r.key },
		Item:   func(r row) app.Item { return r.item() },
		KeyOf:  keyOf,
		Read:   func(ctx context.Context, q explore.Question) (explore.Answer[row], error) { return search(ctx, r, q) },
		Check:  func(text string) error { _, err := query.ParseFilter(text, fieldNames); return err },
		Fields: fieldNames,
	})
}

// search reads what a question finds. Without a limit of the list all that was found is counted.
func search(ctx context.Context, r Reader, q explore.Question) (a explore.Answer[row], err error) {
	filter, err := query.ParseFilter(q.Text, fieldNames)
	if err != nil {
		return a, err
	}
	asked := app.TrailQuery{Scopes: q.Focus.Scopes, Range: q.Range, Newest: !q.Turned}
	if q.Focus.Resource != "" {
		asked.Concerning = []string{q.Focus.Resource}
	}
	var rows []row
	var changes []app.TrailEvent
	facets := explore.NewCounter(facetFields)
	all, found := 0, 0
	for e, err := range r.TrailEvents(ctx, asked) {
		if err != nil {
			return a, err
		}
		all++
		if !filter.Match(eventFields{e}) {
			continue
		}
		found++
		facets.Count(eventFields{e}.counted)
		rows = addRow(rows, e)
		if e.Change() {
			changes = append(changes, e)
		}
	}
	a.Total = len(rows)
	a.Items = rows[:min(len(rows), q.Limit)]
	a.Facets = facets.Facets()
	a.Found = phrase.Plural(int64(all), "event", "events")
	if q.Text != "" {
		a.Found = phrase.Count(int64(found)) + " of " + a.Found
	}
	if !q.Turned {
		slices.Reverse(changes)
	}
	return describe(ctx, r, q, changes, a)
}

// describe adds the lane to an answer, what is missing, and what stands in place of an empty list.
func describe(ctx context.Context, r Reader, q explore.Question, changes []app.TrailEvent,
	a explore.Answer[row]) (explore.Answer[row], error) {
	known, err := explore.ReadKnown(ctx, r, app.Trail, "", q)
	if err != nil {
		return a, err
	}
	a.Lane = lane.NewTrail(lane.TrailData{Window: known.Window(q), Changes: changes, Lead: -1})
	explore.Say(&a, q, known, explore.Words{Items: "trail events",
		Late:   "CloudTrail gives those of the last 90 days, some minutes late.",
		Absent: "Nobody called an API that CloudTrail records as a management event."})
	return a, nil
}
