package cache

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/app/resource"
)

func TestLogGroupsRoundTrip(t *testing.T) {
	check(t, func(t *rapid.T, d *DB) {
		ctx, place := context.Background(), genPlace.Draw(t, "scope")
		want := rapid.SliceOfNDistinct(genGroup(place), 0, 5, func(g app.LogGroup) string { return g.Name }).Draw(t,
			"groups")
		if n := twice(t, func() (int, error) { return d.KeepLogGroups(ctx, place, want) }); n != len(want) {
			t.Fatalf("%d new, want %d", n, len(want))
		}
		must[int](t)(d.KeepLogEvents(ctx, []app.LogEvent{{Scope: place, Group: "never listed", At: epoch,
			Ingested: epoch}}))
		slices.SortFunc(want, func(a, b app.LogGroup) int { return strings.Compare(a.Name, b.Name) })
		same(t, "groups", must[[]app.LogGroup](t)(d.LogGroups(ctx, nil)), append([]app.LogGroup(nil), want...))
		same(t, "groups elsewhere", must[[]app.LogGroup](t)(d.LogGroups(ctx, []app.Scope{{Account: "elsewhere"}})), nil)
		if len(want) > 0 {
			want[0].Stored++
			if n := twice(t, func() (int, error) { return d.KeepLogGroups(ctx, place, want) }); n != 1 {
				t.Fatalf("%d changed, want 1", n)
			}
		}
	})
}

func genEvents(t *rapid.T) []app.LogEvent {
	type identity struct {
		scope     app.Scope
		group, id string
	}
	return rapid.SliceOfNDistinct(genEvent(), 0, 12,
		func(e app.LogEvent) identity { return identity{e.Scope, e.Group, e.ID} }).Draw(t, "events")
}

var genTerm = rapid.SampledFrom([]app.LogTerm{{Text: "timeout"}, {Text: "TIMEOUT AFTER"}, {Text: "Table"}, {Text: ""},
	{Text: "größe"}, {Text: "[]\"'%_"},
	{Text: "table", Not: true}, {Field: "status", Text: "500"}, {Text: "[Tt]imeout", Regexp: true},
	{Text: "^a", Regexp: true, Not: true}})

// genExpr draws an expression of few terms.
func genExpr(t *rapid.T, depth int) app.LogExpr {
	if depth == 0 || rapid.IntRange(0, 2).Draw(t, "term") == 0 {
		return rapid.OneOf(genTerm, genKeyTerm).Draw(t, "match").Expr()
	}
	var parts []app.LogExpr
	for range rapid.IntRange(0, 2).Draw(t, "parts") {
		parts = append(parts, genExpr(t, depth-1))
	}
	switch rapid.IntRange(0, 3).Draw(t, "op") {
	case 0:
		return app.AnyOf(parts...)
	case 1:
		return app.NotOf(app.AllOf(parts...))
	}
	return app.AllOf(parts...)
}

// genKeyTerm draws a condition on what an event has beside its message.
var genKeyTerm = rapid.Custom(func(t *rapid.T) app.LogTerm {
	place := genPlace.Draw(t, "place")
	term := rapid.SampledFrom([]app.LogTerm{{Key: app.KeyLevel, Text: "warn"}, {Key: app.KeyLevel, Text: "error"},
		{Key: app.KeyAccount, Text: place.Account}, {Key: app.KeyRegion, Text: place.Region},
		{Key: app.KeyRegion, Text: "eu*"},
		{Key: app.KeyGroup}, {Key: app.KeyStream}, {Key: app.KeyRequest}, {Key: app.KeyGroup, Text: "*"}}).Draw(t,
		"key")
	if term.Text == "" {
		term.Text = genName.Draw(t, "name")
	}
	term.Not = rapid.Bool().Draw(t, "not")
	return term
})

func genLogQuery(t *rapid.T) app.LogQuery {
	q := app.LogQuery{Scopes: genFew(genPlace).Draw(t, "scopes"), Range: genRange().Draw(t, "range"),
		Groups:   genFew(genName).Draw(t, "groups"),
		Resource: rapid.SampledFrom([]string{"", "", "CHECKOUT", "lambda", "orders"}).Draw(t, "resource"),
		Level:    app.Level(rapid.IntRange(0, 4).Draw(t, "level")),
		Match:    genExpr(t, 2),
		Limit:    rapid.IntRange(0, 3).Draw(t, "limit"), Newest: rapid.Bool().Draw(t, "newest")}
	if rapid.IntRange(0, 3).Draw(t, "by trace") == 0 {
		q.Trace = genTraceID().Draw(t, "trace")
	}
	if rapid.IntRange(0, 3).Draw(t, "by request") == 0 {
		q.Request = genName.Draw(t, "request")
	}
	return q
}

func TestLogEventsRoundTrip(t *testing.T) {
	check(t, func(t *rapid.T, d *DB) {
		ctx, events := context.Background(), genEvents(t)
		if n := twice(t, func() (int, error) { return d.KeepLogEvents(ctx, events) }); n != len(events) {
			t.Fatalf("%d new, want %d", n, len(events))
		}
		q := genLogQuery(t)
		same(t, "events", collect(t, d.LogEvents(ctx, q)), wantedEvents(events, q))
	})
}

// wantedEvents is what LogEvents promises, in Go.
func wantedEvents(all []app.LogEvent, q app.LogQuery) []app.LogEvent {
	var wanted []app.LogEvent
	matcher, err := query.NewMatcher(q.Match)
	if err != nil {
		panic(err)
	}
	for _, e := range all {
		if !matcher.MatchEvent(e) || !inScopes(q.Scopes, e.Scope) || !inRange(q.Range, e.At) || e.Level < q.Level ||
			len(q.Groups) > 0 && !slices.Contains(q.Groups, e.Group) || q.Resource != "" &&
			!resource.Read(q.Resource).Logs(e.Group) ||
			q.Trace != "" && e.TraceID != q.Trace || q.Request != "" && e.RequestID != q.Request {
			continue
		}
		wanted = append(wanted, e)
	}
	slices.SortFunc(wanted, app.CompareLogEvents)
	if q.Newest {
		slices.Reverse(wanted)
	}
	if q.Limit > 0 && len(wanted) > q.Limit {
		wanted = wanted[:q.Limit]
	}
	return wanted
}

func TestLogVolume(t *testing.T) {
	check(t, func(t *rapid.T, d *DB) {
		ctx, events := context.Background(), genEvents(t)
		for _, e := range events { // in pages, so that counts add up
			must[int](t)(d.KeepLogEvents(ctx, []app.LogEvent{e}))
		}
		q := genLogQuery(t)
		bucket := rapid.SampledFrom([]time.Duration{time.Second, 10 * time.Second, time.Minute, 90 * time.Second,
			5 * time.Minute, time.Hour}).Draw(t, "bucket")
		same(t, "volume", must[[]app.LogCount](t)(d.LogVolume(ctx, q, bucket)), wantedVolume(events, q, bucket))
	})
}

func TestLogTotals(t *testing.T) {
	check(t, func(t *rapid.T, d *DB) {
		ctx, events := context.Background(), genEvents(t)
		for _, e := range events { // in pages, so that counts add up
			must[int](t)(d.KeepLogEvents(ctx, []app.LogEvent{e}))
		}
		q := genLogQuery(t)
		same(t, "totals", must[[]app.LogTotal](t)(d.LogTotals(ctx, q)), wantedTotals(events, q))
	})
}

func wantedTotals(all []app.LogEvent, q app.LogQuery) (totals []app.LogTotal) {
	q.Limit = 0
	for _, e := range wantedEvents(all, q) {
		i := slices.IndexFunc(totals, func(t app.LogTotal) bool {
			return t.Scope == e.Scope.Place() &&
				t.Group == e.Group
		})
		if i < 0 {
			i, totals = len(totals), append(totals, app.LogTotal{Scope: e.Scope.Place(), Group: e.Group})
		}
		totals[i].Counts[e.Level]++
	}
	slices.SortFunc(totals, func(a, b app.LogTotal) int {
		return cmp.Or(app.CompareScopes(a.Scope, b.Scope), cmp.Compare(a.Group, b.Group))
	})
	return totals
}

func wantedVolume(all []app.LogEvent, q app.LogQuery, bucket time.Duration) []app.LogCount {
	q.Limit = 0
	var counts []app.LogCount
	for _, e := range wantedEvents(all, q) {
		at := e.At.Add(-time.Duration(e.At.UnixMilli()%bucket.Milliseconds()) * time.Millisecond)
		i := slices.IndexFunc(counts, func(c app.LogCount) bool { return c.At.Equal(at) && c.Level == e.Level })
		if i < 0 {
			counts = append(counts, app.LogCount{At: at, Level: e.Level})
			i = len(counts) - 1
		}
		counts[i].Count++
	}
	slices.SortFunc(counts, func(a, b app.LogCount) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Level, b.Level))
	})
	return counts
}

func TestLogEventsStopsEarly(t *testing.T) {
	d := openFile(t)
	fill(t, d, daysLogs(2, 4000), nil, nil, nil)
	for range 3 * readers { // a reader that were not given back would be missed
		for _, err := range d.LogEvents(context.Background(), app.LogQuery{}) {
			if err != nil {
				t.Fatal(err)
			}
			break
		}
	}
}

func TestLogEventsHonoursTheContext(t *testing.T) {
	d := openFile(t)
	fill(t, d, daysLogs(2, 4000), nil, nil, nil)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	seen := 0
	var last error
	for _, err := range d.LogEvents(ctx, app.LogQuery{}) {
		if last = err; err == nil {
			seen++
		}
		cancel()
	}
	if seen != 1 || !errors.Is(last, context.Canceled) || app.KindOf(last) != app.Unknown {
		t.Errorf("%d events, then %v", seen, last)
	}
	if _, err := d.LogVolume(ctx, app.LogQuery{}, time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("volume: %v", err)
	}
	if n, err := count(d.LogEvents(context.Background(), app.LogQuery{})); n != 4000 || err != nil {
		t.Errorf("after a cancelled read: %d events, %v", n, err)
	}
}

// Every range whose ends lie at, just before or just after a minute.
func TestLogVolumeAtTheEdgesOfMinutes(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	var edges []time.Time
	for _, ms := range []int{0, 1, 59_999, 60_000, 60_001, 119_999, 120_000, 180_000} {
		edges = append(edges, epoch.Add(time.Duration(ms)*time.Millisecond))
	}
	var events []app.LogEvent
	for _, at := range edges {
		e := app.LogEvent{Scope: dayPlace, Group: "g", ID: at.String(), At: at, Ingested: at}
		e.Level = app.LevelInfo
		events = append(events, e)
	}
	must[int](t)(d.KeepLogEvents(ctx, events))
	for _, from := range edges {
		for _, to := range edges {
			for _, bucket := range []time.Duration{10 * time.Second, time.Minute, 2 * time.Minute} {
				q := app.LogQuery{Range: app.Range{From: from, To: to}}
				same(t, "volume", must[[]app.LogCount](t)(d.LogVolume(ctx, q, bucket)), wantedVolume(events, q, bucket))
			}
		}
	}
}
