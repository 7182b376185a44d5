package logs

import (
	"context"
	"io"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/explore"
	"github.com/nephograph/nephograph/views/export"
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
	session.Asked.Follow(func(a ui.Ask) {
		if a.Signal != app.Logs {
			return
		}
		session.Screen.Set("Logs")
		if a.Term != "" {
			tabs.Filter(eventsTab, a.Term, a.Out)
		}
		if a.Column != "" {
			tabs.Column(eventsTab, a.Column)
		}
	})
	return tabs
}

const hint = `Words, "phrases", status:500, level:error, -without, /regex/ | stats count(*) by bin(5m)`

// newEvents returns the screen of the events themselves.
func newEvents(session *ui.Session, r Reader) *explore.Screen[*row] {
	return explore.New(explore.Parts[*row]{
		Name: "Logs", Tab: "Events", Hint: hint, Session: session, Signal: app.Logs,
		Columns: columns(session), Key: rowKey,
		Item:  rowItem,
		KeyOf: keyOf,
		Read: func(ctx context.Context, q explore.Question) (explore.Answer[*row],
			error) {
			return search(ctx, r, q)
		},
		Check:  check,
		Export: exportEvents(r), ColumnOf: columnOf,
		Pages:  explore.Pages[*row]{Read: pageOf(r), Absent: func(r *row) bool { return r == nil }},
		Unfold: explore.Unfolding[*row]{Around: around(r), Lines: linesOf},
		Fields: queryFields,
	})
}

// queryFields are what a query may ask of an event beside its message.
var queryFields = []string{"level", "group", "stream", "account", "region", "trace", "request"}

// check returns what is wrong with a query.
func check(text string) error { _, _, err := readQuery(text); return err }

// search reads what a question finds.
func search(ctx context.Context, r Reader, q explore.Question) (a explore.Answer[*row], err error) {
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
	records, err := recordsOf(ctx, r, q, found.Events)
	if err != nil {
		return a, err
	}
	matches := newMarker(parsed.Match.Terms())
	for _, one := range records {
		a.Items = append(a.Items, newRow(one, matches))
	}
	a.Total, a.Listed = found.Total, len(found.Events)
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

// pageOf returns how rows are read that a person gets to: each event is one, as their number is known before them.
func pageOf(r Reader) func(context.Context, explore.Question, int, int) ([]*row, error) {
	return func(ctx context.Context, q explore.Question, skip, n int) (rows []*row, err error) {
		parsed, _, err := readQuery(q.Text)
		if err != nil {
			return nil, err
		}
		asked := parsed.Narrow(app.LogQuery{Scopes: q.Focus.Scopes, Range: q.Range, Resource: q.Focus.Resource,
			Newest: !q.Turned, Limit: n})
		found, err := r.LogPage(ctx, asked, skip)
		if err != nil {
			return nil, err
		}
		matches := newMarker(parsed.Match.Terms())
		for _, e := range found.Events {
			one := newRow(app.LogRecord{LogEvent: e}, matches)
			one.set = app.ContinuesRecord(e.Message)
			rows = append(rows, one)
		}
		return rows, nil
	}
}

// exportEvents returns how all events that a question finds are written, in the order of the list.
func exportEvents(r Reader) explore.Export {
	return func(ctx context.Context, q explore.Question, w io.Writer, f export.Format, progress func(int)) (int,
		error) {
		parsed, _, err := readQuery(q.Text)
		if err != nil {
			return 0, err
		}
		asked := parsed.Narrow(app.LogQuery{Scopes: q.Focus.Scopes, Range: q.Range, Resource: q.Focus.Resource,
			Newest: !q.Turned})
		return export.Logs(w, f, q.Zone, r.LogEvents(ctx, asked), progress)
	}
}

// wholeRecords is of how many events of a search the other lines of their records are read: those that a person sees
// first. Of the others those lines are joined that were found.
const wholeRecords = 100

// recordsOf puts events that were found, in the order of the list, together to the records that they are lines of.
func recordsOf(ctx context.Context, r Reader, q explore.Question, events []app.LogEvent) ([]app.LogRecord, error) {
	var whole []app.LogRecord
	if q.Text != "" {
		var err error
		first := events[:min(len(events), wholeRecords)]
		if whole, err = r.LogRecords(ctx, first); err != nil {
			return nil, err
		}
		events = events[len(first):]
	}
	known := map[string]bool{}
	for _, one := range whole {
		for _, e := range one.Rest {
			known[keyOf(e)] = true
		}
	}
	events = slices.DeleteFunc(slices.Clone(events), func(e app.LogEvent) bool { return known[keyOf(e)] })
	if !q.Turned {
		slices.Reverse(events)
	}
	rest := app.JoinLines(events)
	if !q.Turned {
		slices.Reverse(rest)
	}
	return append(whole, rest...), nil
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
