package cache

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

// summed adds requests up by a key, as SpendBy... do.
func summed(requests []app.Request, key func(app.Request) app.SpendLine) []app.SpendLine {
	sums := map[string]*app.SpendLine{}
	for _, r := range requests {
		k := key(r)
		id := fmt.Sprintf("%q", []string{k.Day.String(), k.Account, k.Region, k.Service, k.Operation})
		if sums[id] == nil {
			sums[id] = &k
		}
		sums[id].Add(r)
		sums[id].Units += r.Units
	}
	var all []app.SpendLine
	for _, l := range sums {
		all = append(all, *l)
	}
	slices.SortFunc(all, func(a, b app.SpendLine) int {
		return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(b.Cost, a.Cost), cmp.Compare(b.Requests, a.Requests),
			cmp.Compare(a.Account, b.Account), cmp.Compare(a.Region, b.Region), cmp.Compare(a.Service, b.Service),
			cmp.Compare(a.Operation, b.Operation))
	})
	return all
}

func TestSpendIsTheSumOfTheLedger(t *testing.T) {
	check(t, func(t *rapid.T, d *DB) {
		ctx := context.Background()
		var requests []app.Request
		for range rapid.IntRange(0, 3).Draw(t, "transactions") {
			some := rapid.SliceOfN(genRequest(), 0, 8).Draw(t, "requests")
			for i := range some { // over some days; the second a day's end as well
				some[i].At = some[i].At.Add(time.Duration(rapid.IntRange(-3, 3).Draw(t, "days")) * 24 * time.Hour)
				d.Record(some[i])
			}
			requests = append(requests, some...)
			if rapid.Bool().Draw(t, "written") {
				if err := d.Flush(ctx); err != nil {
					t.Fatal(err)
				}
			}
		}
		midnight := epoch.Truncate(24 * time.Hour)
		within := app.Range{From: midnight.AddDate(0, 0, -1), To: midnight.AddDate(0, 0, 2)}
		if rapid.Bool().Draw(t, "all") {
			within = app.Range{}
		}
		requests = slices.DeleteFunc(requests, func(r app.Request) bool { return !inRange(within, r.At) })
		var want app.Money
		for _, r := range requests {
			want += r.Cost
		}
		same(t, "spent, with what waits", must[app.Money](t)(d.Spent(ctx, within)), want)
		if err := d.Flush(ctx); err != nil {
			t.Fatal(err)
		}
		same(t, "spent", must[app.Money](t)(d.Spent(ctx, within)), want)
		same(t, "by day", must[[]app.SpendLine](t)(d.SpendByDay(ctx, within)),
			summed(requests, func(r app.Request) app.SpendLine {
				return app.SpendLine{Day: r.At.UTC().Truncate(24 * time.Hour)}
			}))
		same(t, "by call", must[[]app.SpendLine](t)(d.SpendByCall(ctx, within)),
			summed(requests, func(r app.Request) app.SpendLine {
				return app.SpendLine{Service: r.Service, Operation: r.Operation}
			}))
		same(t, "by scope", must[[]app.SpendLine](t)(d.SpendByScope(ctx, within)),
			summed(requests, func(r app.Request) app.SpendLine {
				return app.SpendLine{Account: r.Account, Region: r.Region}
			}))
	})
}

// A part of a day counts as the day: a bill knows no hours.
func TestSpendKnowsWholeDays(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	noon := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for _, at := range []time.Time{noon.AddDate(0, 0, -1), noon.Add(-11 * time.Hour), noon, noon.AddDate(0, 0, 1)} {
		d.Record(app.Request{At: at, Cost: 1})
	}
	for want, within := range map[app.Money]app.Range{
		2: app.Since(noon, time.Minute), 3: {From: noon, To: noon.AddDate(0, 0, 1).Add(-time.Hour)}, 4: {},
		1: {From: noon.Truncate(24*time.Hour).AddDate(0, 0, 1), To: noon.AddDate(1, 0, 0)},
	} {
		same(t, within.From.String(), must[app.Money](t)(d.Spent(ctx, within)), want)
	}
}

// Format 1 counted no units and had no sums by day: the sums are made, the units stay what nobody knows.
func TestSpendOfFormat1(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "old.db")
	row := "INSERT INTO request (at, account, region, service, operation, outcome, code, took, cost) VALUES (%d, '', " +
		"'eu-west-1', 'xray', 'BatchGetTraces', '%s', '', 1, %d);"
	makeOld(t, path, 1, fmt.Sprintf(row+row, epoch.UnixNano(), app.Answered, 2500, epoch.UnixNano(), app.Refused, 0))
	d := openAt(t, path)
	want := app.SpendLine{Service: "xray", Operation: "BatchGetTraces",
		Spend: app.Spend{Requests: 2, Throttled: 1, Cost: 2500}}
	same(t, "sums", must[[]app.SpendLine](t)(d.SpendByCall(ctx, app.Range{})), []app.SpendLine{want})
	for _, r := range must[[]app.Request](t)(d.Requests(ctx, app.Range{}, 0)) {
		if r.Units != 0 {
			t.Errorf("got %+v", r)
		}
	}
}

// BenchmarkSpend answers nephograph cost and the cap from a year of a busy ledger: 20 scopes, 11 operations, a million
// requests. Budget: 5 ms for a month, 200 ms for all of it.
func BenchmarkSpend(b *testing.B) {
	ctx := context.Background()
	d, err := Open(ctx, filepath.Join(b.TempDir(), "cache.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	for i := range 1_000_000 {
		d.Record(app.Request{
			At: epoch.Add(-time.Duration(i) * 31 * time.Second), Service: "logs",
			Operation: fmt.Sprint("Operation", i%11),
			Scope:     app.Scope{Account: fmt.Sprintf("%012d", i%20), Region: fmt.Sprint("region-", i%2)},
			Outcome:   app.Answered, Units: 1, Cost: 10_000,
		})
		if i%50_000 == 49_999 {
			if err := d.Flush(ctx); err != nil {
				b.Fatal(err)
			}
		}
	}
	month := app.MonthOf(epoch)
	for name, question := range map[string]func() error{
		"by day":      func() error { _, err := d.SpendByDay(ctx, month); return err },
		"by call":     func() error { _, err := d.SpendByCall(ctx, month); return err },
		"by scope":    func() error { _, err := d.SpendByScope(ctx, month); return err },
		"whole year":  func() error { _, err := d.SpendByCall(ctx, app.Range{}); return err },
		"this month":  func() error { _, err := d.Spent(ctx, month); return err },
		"all entries": func() error { _, err := d.Spend(ctx, app.Range{}); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := question(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
