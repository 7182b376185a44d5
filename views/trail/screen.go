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

// Screen lists the trail events of the focus that a query finds: who did what; or those of them that most deserve a
// look. Above them are the changes among them over the window, beside them how many there are by what, who and where.
type Screen = explore.Tabs

// firstQuery is what the screen begins with: reads are most of a trail, and change nothing.
const firstQuery = "-kind:read"

const hint = "Words, name:Update*, who:deploy*, service:dynamodb, kind:denied, -without"

// New returns the screen; it reads nothing until it is entered.
func New(session *ui.Session, r Reader) *Screen {
	return explore.NewTabs('p', newEvents(session, r), newTriage(session, r))
}

// newEvents returns the screen of the events themselves.
func newEvents(session *ui.Session, r Reader) *explore.Screen[row] {
	return explore.New(explore.Parts[row]{
		Name: "Trail", Tab: "Events", Hint: hint, Query: firstQuery,
		Session: session, Signal: app.Trail,
		Columns: columns(session), Key: func(r row) string { return r.key },
		Item:   func(r row) app.Item { return r.item() },
		KeyOf:  keyOf,
		Read:   func(ctx context.Context, q explore.Question) (explore.Answer[row], error) { return search(ctx, r, q) },
		Check:  check,
		Fields: fieldNames,
	})
}

// check returns what is wrong with a query.
func check(text string) error { _, err := query.ParseFilter(text, fieldNames); return err }

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
	a.Count = phrase.Count(found)
	a.Items = rows[:min(len(rows), q.Limit)]
	a.Facets = facets.Facets()
	a.Found = phrase.Plural(int64(all), "event", "events")
	if q.Text != "" {
		a.Found = phrase.Count(int64(found)) + " of " + a.Found
	}
	if !q.Turned {
		slices.Reverse(changes)
	}
	return describe(ctx, r, q, changes, explore.Words{Items: "trail events",
		Absent: "Nobody called an API that CloudTrail records as a management event."}, a)
}

// describe adds the lane to an answer, what is missing, and what stands in place of an empty list. The changes are in
// order of time.
func describe[T any](ctx context.Context, r Reader, q explore.Question, changes []app.TrailEvent, w explore.Words,
	a explore.Answer[T]) (explore.Answer[T], error) {
	known, err := explore.ReadKnown(ctx, r, app.Trail, "", q)
	if err != nil {
		return a, err
	}
	a.Lane = lane.NewTrail(lane.TrailData{Window: known.Window(q), Changes: changes, Lead: -1})
	w.Late = "CloudTrail gives those of the last 90 days, some minutes late."
	explore.Say(&a, q, known, w)
	return a, nil
}
