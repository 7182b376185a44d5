package cache

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

// TestLogNeighbours compares the neighbours of an event with a look at every event of its stream.
func TestLogNeighbours(t *testing.T) {
	check(t, func(t *rapid.T, d *DB) {
		ctx := context.Background()
		var events []app.LogEvent
		n := rapid.IntRange(1, 60).Draw(t, "events")
		for i := range n {
			at := epoch.Add(time.Duration(rapid.IntRange(0, 40).Draw(t, "ms")) * time.Millisecond)
			events = append(events, app.LogEvent{
				Scope:  app.Scope{Account: "111122223333", Region: "eu-west-1"},
				Group:  rapid.SampledFrom([]string{"a", "b"}).Draw(t, "group"),
				Stream: rapid.SampledFrom([]string{"s1", "s2"}).Draw(t, "stream"), ID: fmt.Sprintf("%03d", i), At: at,
				Ingested: at,
				Message:  fmt.Sprintf("line %d", i),
			})
		}
		for _, part := range slices.Collect(slices.Chunk(events, rapid.IntRange(1, 20).Draw(t, "page"))) {
			must[int](t)(d.KeepLogEvents(ctx, slices.Clone(part)))
		}
		of := rapid.SampledFrom(events).Draw(t, "of")
		before, after := rapid.IntRange(0, 8).Draw(t, "before"), rapid.IntRange(0, 8).Draw(t, "after")
		got := must[app.LogNeighbours](t)(d.LogNeighbours(ctx, of, before, after))
		same(t, "neighbours", got, wantedNeighbours(events, of, before, after))
	})
}

// wantedNeighbours is what LogNeighbours promises, in Go.
func wantedNeighbours(all []app.LogEvent, of app.LogEvent, before, after int) (n app.LogNeighbours) {
	stream := slices.DeleteFunc(slices.Clone(all), func(e app.LogEvent) bool {
		return e.Group != of.Group || e.Stream != of.Stream
	})
	slices.SortFunc(stream, app.CompareLogEvents)
	at := slices.IndexFunc(stream, func(e app.LogEvent) bool { return e.ID == of.ID })
	from, to := max(at-before, 0), min(at+1+after, len(stream))
	n.EarlierExist, n.LaterExist = before > 0 && from > 0, after > 0 && to < len(stream)
	if from < at {
		n.Before = stream[from:at]
	}
	if at+1 < to {
		n.After = stream[at+1 : to]
	}
	return n
}

// TestLogNeighboursEndWithTheDay sees that what is a day away from an event is no neighbour of it.
func TestLogNeighboursEndWithTheDay(t *testing.T) {
	d := openFile(t)
	at := func(h int) app.LogEvent {
		when := epoch.Add(time.Duration(h) * time.Hour)
		return app.LogEvent{Scope: app.Scope{Account: "1", Region: "r"}, Group: "g", Stream: "s", ID: fmt.Sprint(h),
			At:       when,
			Ingested: when, Message: "m"}
	}
	for _, h := range []int{0, 30, 40, 80} {
		must[int](t)(d.KeepLogEvents(t.Context(), []app.LogEvent{at(h)}))
	}
	n := must[app.LogNeighbours](t)(d.LogNeighbours(t.Context(), at(40), 5, 5))
	if len(n.Before) != 1 || n.Before[0].ID != "30" || len(n.After) != 0 || n.EarlierExist || n.LaterExist {
		t.Errorf("neighbours are %+v", n)
	}
}

// TestLogRecords compares the records of some events with the records of all of them.
func TestLogRecords(t *testing.T) {
	line := rapid.SampledFrom([]string{"one", "\tat f", "Caused by: x", "two", "Traceback (most recent call last):"})
	check(t, func(t *rapid.T, d *DB) {
		ctx := context.Background()
		var events []app.LogEvent
		at := epoch
		for i := range rapid.IntRange(1, 60).Draw(t, "events") {
			at = at.Add(time.Duration(rapid.SampledFrom([]int{0, 1, 900, 1001, 5000}).Draw(t,
				"later")) * time.Millisecond)
			events = append(events, app.LogEvent{
				Scope: app.Scope{Account: "111122223333", Region: "eu-west-1"}, Group: "g",
				Stream: rapid.SampledFrom([]string{"s1", "s2"}).Draw(t, "stream"), ID: fmt.Sprintf("%03d", i), At: at,
				Ingested: at,
				Message:  line.Draw(t, "line"),
			})
		}
		for _, part := range slices.Collect(slices.Chunk(events, rapid.IntRange(1, 20).Draw(t, "page"))) {
			must[int](t)(d.KeepLogEvents(ctx, slices.Clone(part)))
		}
		of := rapid.SliceOfNDistinct(rapid.SampledFrom(events), 1, 8,
			func(e app.LogEvent) string { return e.ID }).Draw(t, "of")
		var want []app.LogRecord
		seen := map[string]bool{}
		for _, e := range of {
			for _, r := range app.JoinLines(events) {
				has := slices.ContainsFunc(r.Events(), func(l app.LogEvent) bool { return l.ID == e.ID })
				if has && !seen[r.ID] {
					seen[r.ID] = true
					want = append(want, r)
				}
			}
		}
		same(t, "records", must[[]app.LogRecord](t)(d.LogRecords(ctx, of)), want)
	})
}
