package cache

import (
	"cmp"
	"context"
	"slices"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"pgregory.net/rapid"
)

func TestLedgerRoundTrip(t *testing.T) {
	check(t, func(t *rapid.T, d *DB) {
		ctx := context.Background()
		requests := rapid.SliceOfN(genRequest(), 0, 8).Draw(t, "requests")
		for _, r := range requests {
			d.Record(r)
		}
		if err := d.Flush(ctx); err != nil {
			t.Fatal(err)
		}
		within, limit := genRange().Draw(t, "range"), rapid.IntRange(0, 3).Draw(t, "limit")
		var want []app.Request
		var spend app.Spend
		for _, r := range slices.Backward(requests) { // the later entered first, where they were made at once
			if !inRange(within, r.At) {
				continue
			}
			want = append(want, r)
			spend.Requests++
			spend.Cost += r.Cost
			switch r.Outcome {
			case app.Refused:
				spend.Throttled++
			case app.Failed:
				spend.Failed++
			}
		}
		same(t, "spend", must[app.Spend](t)(d.Spend(ctx, within)), spend)
		slices.SortStableFunc(want, func(a, b app.Request) int { return cmp.Compare(b.At.UnixNano(), a.At.UnixNano()) })
		if limit > 0 && len(want) > limit {
			want = want[:limit]
		}
		same(t, "requests", must[[]app.Request](t)(d.Requests(ctx, within, limit)), want)
	})
}

func TestLedgerIsWrittenWithAPageAndOnClose(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	written := func() int { return must[app.Spend](t)(d.Spend(ctx, app.Range{})).Requests }
	d.Record(app.Request{At: epoch})
	if n := written(); n != 0 {
		t.Errorf("%d requests before a page", n)
	}
	for range 2 { // the second page has none to write
		must[int](t)(d.KeepTrail(ctx, nil))
		if n := written(); n != 1 {
			t.Errorf("%d requests after a page", n)
		}
	}
	d.Record(app.Request{At: epoch.Add(time.Second)})
	second, err := Open(ctx, d.Path())
	if err != nil {
		t.Fatal(err)
	}
	second.Record(app.Request{At: epoch})
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
	if n := written(); n != 2 {
		t.Errorf("%d requests after the other was closed", n)
	}
}
