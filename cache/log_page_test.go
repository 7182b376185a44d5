package cache

import (
	"context"
	"testing"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

// TestLogPage compares pages with what a look at every event finds, also after more events have come.
func TestLogPage(t *testing.T) {
	check(t, func(t *rapid.T, d *DB) {
		ctx, events := context.Background(), genEvents(t)
		q := genLogQuery(t)
		for kept := 0; kept < len(events); {
			more := min(rapid.IntRange(1, 6).Draw(t, "kept"), len(events)-kept)
			must[int](t)(d.KeepLogEvents(ctx, append([]app.LogEvent(nil), events[kept:kept+more]...)))
			kept += more
			all := q
			all.Limit = 0
			want := wantedEvents(events[:kept], all)
			skip := rapid.IntRange(0, len(want)+1).Draw(t, "skip")
			got := must[app.LogResult](t)(d.LogPage(ctx, q, skip))
			rest := want[min(skip, len(want)):]
			if q.Limit > 0 {
				rest = rest[:min(q.Limit, len(rest))]
			}
			if got.Total != len(want) || len(got.Events) != len(rest) {
				t.Fatalf("%d events of %d, want %d of %d", len(got.Events), got.Total, len(rest), len(want))
			}
			for i := range rest {
				if app.CompareLogEvents(got.Events[i], rest[i]) != 0 || got.Events[i].Message != rest[i].Message {
					t.Fatalf("event %d is %+v, want %+v", i, got.Events[i], rest[i])
				}
			}
		}
	})
}
