package logs

import (
	"context"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/explore"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// Screen shows the log events of the focus that a query finds, or their patterns; above them their volume by level,
// beside them how many there are by level, log group and field.
type Screen = explore.Tabs

// The tabs of the screen.
const (
	eventsTab = iota
	patternsTab
	tableTab
)

// New returns the screen; it reads nothing until it is entered.
func New(session *ui.Session, r Reader) *Screen {
	var tabs *Screen
	filter := func(query string) { tabs.Ask(eventsTab, query) }
	tabs = explore.NewTabs('p', newEvents(session, r), newPatterns(session, r, filter), newTable(session, r))
	return tabs
}

const hint = `Words, "phrases", status:500, level:error, -without, /regex/ | stats count(*) by bin(5m)`

// newEvents returns the screen of the events themselves.
func newEvents(session *ui.Session, r Reader) *explore.Screen[row] {
	return explore.New(explore.Parts[row]{
		Name: "Logs", Tab: "Events", Hint: hint, Session: session, Signal: app.Logs,
		Columns: columns(session), Key: func(r row) string { return r.key },
		Item:  func(r row) app.Item { return r.event },
		KeyOf: keyOf,
		Read:  func(ctx context.Context, q explore.Question) (explore.Answer[row], error) { return search(ctx, r, q) },
		Check: check,
	})
}

// check returns what is wrong with a query.
func check(text string) error { _, _, err := readQuery(text); return err }

// search reads what a question finds.
func search(ctx context.Context, r Reader, q explore.Question) (a explore.Answer[row], err error) {
	parsed, commands, err := readQuery(q.Text)
	if err != nil {
		return a, err
	}
	all := app.LogQuery{Scopes: q.Focus.Scopes, Range: q.Range, Resource: q.Focus.Resource}
	asked := parsed.Narrow(all)
	listed := asked
	listed.Limit, listed.Newest = q.Limit, !q.Turned
	found, err := r.SearchLogs(ctx, listed)
	if err != nil {
		return a, err
	}
	matches := newMarker(parsed.Terms)
	for _, e := range found.Events {
		a.Items = append(a.Items, newRow(e, matches))
	}
	a.Total = found.Total
	totals, err := r.LogTotals(ctx, asked)
	if err != nil {
		return a, err
	}
	window := totals
	if q.Text != "" {
		if window, err = r.LogTotals(ctx, all); err != nil {
			return a, err
		}
	}
	a.Count = phrase.Count(int64(a.Total))
	a.Found = foundText(a.Total, eventsOf(window), q.Text != "")
	a.Facets = facetsOf(totals, found.Events)
	if !commands.Empty() {
		a.Found += " · what the commands make of them is in Table (p)"
	}
	return describe(ctx, r, q, asked, a)
}

func eventsOf(totals []app.LogTotal) (n int) {
	for _, t := range totals {
		n += t.Events()
	}
	return n
}

// foundText counts the events that were found, and those of the window.
func foundText(found, window int, searched bool) string {
	if !searched {
		return phrase.Plural(int64(window), "event", "events")
	}
	return phrase.Count(int64(found)) + " of " + phrase.Plural(int64(window), "event", "events")
}

// describe adds the lane to an answer, what is missing, and what stands in place of an empty list.
func describe[T any](
	ctx context.Context, r Reader, q explore.Question, asked app.LogQuery, a explore.Answer[T],
) (explore.Answer[T], error) {
	known, err := explore.ReadKnown(ctx, r, app.Logs, q.Focus.Resource, q)
	if err != nil {
		return a, err
	}
	bucket := lane.BucketFor(q.Axis)
	asked.Range = q.Range.Align(bucket) // bars at the edges are counted whole, and shown in part
	volume, err := r.LogVolume(ctx, asked, bucket)
	if err != nil {
		return a, err
	}
	a.Lane = lane.NewLog(lane.LogData{Window: known.Window(q), Volume: volume, Bucket: bucket, Query: asked})
	explore.Say(&a, q, known, explore.Words{Items: "log events", Absent: "The log groups had none."})
	return a, nil
}
