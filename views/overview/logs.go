package overview

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

func logColumns() []ui.Column[line] {
	right := fyne.TextAlignTrailing
	return []ui.Column[line]{{Title: "Log group"}, {Title: "", Width: chart.SparkWidth + 4, Above: 360},
		{Title: "Errors", Width: 60, Align: right}, {Title: "of all", Width: 64, Align: right, Above: 420}}
}

// mostGroups is how many log groups with errors are listed: each is counted by itself over the window.
const mostGroups = 20

// readLogs lists the log groups that have errors in the window, those with the most first.
func readLogs(ctx context.Context, r Reader, q question) (a answer, err error) {
	asked := app.LogQuery{Scopes: q.focus.Scopes, Range: q.within, Resource: q.focus.Resource}
	totals, err := r.LogTotals(ctx, asked)
	if err != nil {
		return a, err
	}
	errors, events, groups := 0, 0, 0
	for _, t := range totals {
		errors += t.Counts[app.LevelError]
		events += t.Events()
	}
	failing := slices.DeleteFunc(totals, func(t app.LogTotal) bool { return t.Counts[app.LevelError] == 0 })
	groups = len(failing)
	slices.SortFunc(failing, func(a, b app.LogTotal) int {
		return cmp.Or(cmp.Compare(b.Counts[app.LevelError], a.Counts[app.LevelError]),
			strings.Compare(a.Group, b.Group), app.CompareScopes(a.Scope, b.Scope))
	})
	for _, t := range failing[:min(groups, mostGroups)] {
		l, err := logLine(ctx, r, q, t)
		if err != nil {
			return a, err
		}
		a.lines = append(a.lines, l)
	}
	if errors > 0 {
		a.note = phrase.Count(int64(errors)) + " of " + phrase.Plural(int64(events), "event", "events")
	}
	a.empty, err = noErrors(ctx, r, q, events)
	return a, err
}

func logLine(ctx context.Context, r Reader, q question, t app.LogTotal) (line, error) {
	asked := app.LogQuery{Scopes: []app.Scope{t.Place()}, Range: q.within, Groups: []string{t.Group},
		Level: app.LevelError}
	step := max(q.within.Length()/sparkBuckets, time.Second)
	counts, err := r.LogVolume(ctx, asked, step)
	if err != nil {
		return line{}, err
	}
	buckets := make([]float64, sparkBuckets)
	for _, c := range counts {
		at := int(float64(c.At.Sub(q.within.From)) / float64(q.within.Length()) * sparkBuckets)
		buckets[min(max(at, 0), sparkBuckets-1)] += float64(c.Count)
	}
	name := resource.OfGroup(t.Group).Detailed()
	item := app.LogList{Title: "Errors of " + name, Query: asked}
	n := t.Counts[app.LevelError]
	return line{key: t.Place().String() + " " + t.Group, item: item, cells: []ui.Cell{
		{Text: name, Mark: ui.Square, Ink: ui.ColorAlarm},
		{Spark: sparkOf(q.within, sparkBuckets, func(i int) (float64, bool) { return buckets[i], true })},
		{Text: phrase.Count(int64(n))},
		{Text: share(n, t.Events()), Style: ui.Note},
	}}, nil
}

// noErrors says why no log group is listed, of so many events that there are.
func noErrors(ctx context.Context, r Reader, q question, events int) (string, error) {
	missing, err := readMissing(ctx, r, q, app.Logs)
	switch {
	case err != nil:
		return "", err
	case events == 0 && missing.Any():
		return "No log events are cached of this window. " + sentenceOf(missing), nil
	case events == 0:
		return "No log events in this window. Zoom out with − to see more time.", nil
	}
	return "None of the " + phrase.Plural(int64(events), "log event", "log events") +
		" of this window is an error.", nil
}
