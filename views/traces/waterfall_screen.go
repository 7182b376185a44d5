package traces

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/calltree"
	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/views/explore"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// waterfallScreen is where the whole waterfall of the trace in the drawer is.
const waterfallScreen = "Traces/Waterfall"

// newWaterfall returns the screen of the spans of the trace that the drawer shows, or showed last: who called whom,
// when and for how long.
func newWaterfall(session *ui.Session, r Reader) *explore.Screen[spanRow] {
	trees := &treeCache{folded: map[string]bool{}}
	var screen *explore.Screen[spanRow]
	fold := func(hide bool) func() {
		return func() {
			if row, ok := screen.At(); ok && trees.fold(row, hide) {
				screen.Again()
			}
		}
	}
	screen = explore.New(explore.Parts[spanRow]{
		Name: "Traces", Tab: "Waterfall", Own: true,
		Hint:    "Words, service:checkout, name:Dynamo*, result:fault, took>100ms, self>50ms, -without",
		Session: session, Signal: app.Traces, Bare: true, Follows: true,
		Orders:  [2]string{"As they were called", "Most of the critical path first"},
		Columns: spanColumns(), Key: spanRow.key, Item: spanRow.item,
		KeyOf: func(item app.Item) string {
			if s, ok := item.(app.TraceSpan); ok {
				return keyOf(item) + " " + s.Span.ID
			}
			return keyOf(item) // no row's, but the screen follows it
		},
		Read: func(ctx context.Context, q explore.Question) (explore.Answer[spanRow], error) {
			return readWaterfall(ctx, r, trees, q)
		},
		Check:  func(text string) error { _, err := query.ParseFilter(text, spanFields); return err },
		Fields: spanFields,
		Extra: func() ui.Bindings {
			return ui.Bindings{
				{Keys: "← →", Does: "Hide what a span called, show it", Key: fyne.KeyLeft, Do: fold(true)},
				{Key: fyne.KeyRight, Do: fold(false)},
				{Keys: "e", Does: "Next span that failed", Rune: 'e', Do: func() { screen.Next(spanRow.failed) }},
			}
		},
	})
	return screen
}

// readWaterfall reads the spans that a question finds, with those that led to them.
func readWaterfall(ctx context.Context, r Reader, trees *treeCache, q explore.Question) (
	a explore.Answer[spanRow], err error) {
	filter, err := query.ParseFilter(q.Text, spanFields)
	if err != nil {
		return a, err
	}
	t, err := trees.read(ctx, r, q.Open)
	if err != nil {
		return a, err
	}
	a.Known = true
	if t == nil {
		a.Title, a.Why = "No trace is open",
			"Open one in the list of traces, or on any other screen: all its spans are here."
		return a, nil
	}
	if len(t.Rows) == 0 {
		a.Title = "The spans of this trace are not in the cache"
		a.Why = "It was pulled without them, or was forgotten. X-Ray keeps traces for 30 days: Pull (F5) brings what " +
			"is missing."
		return a, nil
	}
	facets := explore.NewCounter(spanFacets)
	found := 0
	matches := func(i int32) bool {
		row := spanRow{tree: t, at: i}
		if q.Text != "" && !filter.Match(row) {
			return false
		}
		facets.Count(row.Values)
		found++
		return true
	}
	rows, kept := t.WithParents(matches)
	if q.Text == "" && !q.Turned {
		a.Items = trees.visible(t)
	} else {
		for k, i := range rows {
			if kept[k] || !q.Turned {
				a.Items = append(a.Items, spanRow{tree: t, at: i, above: !kept[k], flat: q.Turned})
			}
		}
	}
	if q.Turned {
		slices.SortStableFunc(a.Items, func(a, b spanRow) int { return int(b.row().Critical - a.row().Critical) })
	}
	a.Total = len(a.Items)
	a.Facets = facets.Facets()
	a.Found = waterfallWords(t, found, q.Text != "")
	if found == 0 {
		a.Title, a.Why = "Nothing found", "No span of this trace meets all of the query. Press x to empty it."
	}
	return a, nil
}

// waterfallWords says how many spans there are, how long the trace took, and which services kept it from its end.
func waterfallWords(t *spanTree, found int, narrowed bool) string {
	text := phrase.Plural(len(t.Rows), "span", "spans")
	if narrowed {
		text = phrase.Count(found) + " of " + text
	}
	text += " · " + phrase.Amount(t.Length.Seconds(), "Seconds")
	if t.trace.Partial {
		text += " · still in progress"
	}
	var path []string
	for _, p := range t.Services() {
		if share := t.Share(p.Critical); share >= 0.01 && len(path) < 3 {
			path = append(path, p.Service+" "+phrase.Share(share))
		}
	}
	if len(path) > 0 {
		text += " · critical path: " + strings.Join(path, ", ")
	}
	return text
}

// oddWords says what is wrong with a span.
func oddWords(o calltree.Odd) string {
	var all []string
	for _, is := range []struct {
		odd  calltree.Odd
		word string
	}{
		{calltree.InProgress, "in progress"}, {calltree.NoParent, "its parent is missing"},
		{calltree.Circle, "among its own parents"}, {calltree.SameID, "id of another span"},
		{calltree.EndsFirst, "ends before it starts"}, {calltree.Early, "starts before its caller"},
	} {
		if o&is.odd != 0 {
			all = append(all, is.word)
		}
	}
	return strings.Join(all, ", ")
}
