package cache

import (
	"context"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

func TestTrailRoundTrip(t *testing.T) {
	check(t, func(t *rapid.T, d *DB) {
		ctx := context.Background()
		events := rapid.SliceOfNDistinct(genTrail(), 0, 10,
			func(e app.TrailEvent) string { return e.Scope.String() + e.ID }).Draw(t, "events")
		if n := twice(t, func() (int, error) { return d.KeepTrail(ctx, events) }); n != len(events) {
			t.Fatalf("%d new, want %d", n, len(events))
		}
		q := app.TrailQuery{Scopes: genFew(genPlace).Draw(t, "scopes"), Range: genRange().Draw(t, "range"),
			Name:      rapid.SampledFrom([]string{"", "UpdateTable"}).Draw(t, "name"),
			Service:   rapid.SampledFrom([]string{"", "dynamodb", "s3.amazonaws.com"}).Draw(t, "service"),
			Principal: rapid.SampledFrom([]string{"", "ORDERS"}).Draw(t, "principal"),
			Concerning: rapid.SampledFrom([][]string{nil, nil, {"ORDERS", "größe"},
				{"arn:aws:lambda:eu-west-1:1:function:checkout:live"}, {""}}).Draw(t, "concerning"),
			Changes: rapid.Bool().Draw(t, "changes"), Failed: rapid.Bool().Draw(t, "failed"),
			Limit: rapid.IntRange(0, 3).Draw(t, "limit"), Newest: rapid.Bool().Draw(t, "newest")}
		same(t, "events", collect(t, d.TrailEvents(ctx, q)), wantedTrail(events, q))
	})
}

// wantedTrail is what TrailEvents promises, in Go.
func wantedTrail(all []app.TrailEvent, q app.TrailQuery) []app.TrailEvent {
	var wanted []app.TrailEvent
	for _, e := range all {
		if !inScopes(q.Scopes, e.Scope) || !inRange(q.Range, e.At) || q.Name != "" && e.Name != q.Name ||
			q.Service != "" && e.Service() != strings.TrimSuffix(q.Service, ".amazonaws.com") &&
				e.Source != q.Service ||
			!strings.Contains(lowerASCII(e.Principal.Name()), lowerASCII(q.Principal)) ||
			len(q.Concerning) > 0 && !resource.Concerns(e, resource.Names(q.Concerning...)) || q.Changes &&
			!e.Change() || q.Failed && e.ErrorCode == "" {
			continue
		}
		wanted = append(wanted, e)
	}
	slices.SortFunc(wanted, app.CompareTrail)
	if q.Newest {
		slices.Reverse(wanted)
	}
	if q.Limit > 0 && len(wanted) > q.Limit {
		wanted = wanted[:q.Limit]
	}
	return wanted
}
