package pull_test

import (
	"context"
	"errors"
	"iter"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// midday is when the questions are asked.
var midday = time.Date(2026, 5, 3, 12, 0, 0, 0, time.UTC)

// spentLedger is a ledger whose month has cost so much, as the requests say that it is told of.
type spentLedger struct {
	pull.Cache
	spent *app.Money
}

func (s spentLedger) Spent(context.Context, app.Range) (app.Money, error) { return *s.spent, nil }

// asking returns an engine with a cap, and sources whose Logs Insights runs so many queries that scan a GB each.
func asking(cap, spent app.Money, queries int) (e *pull.Engine, from pull.Sources, kept *[]app.InsightsResult) {
	kept = &[]app.InsightsResult{}
	e = pull.New(pull.Config{
		Cache: spentLedger{spent: &spent}, Now: func() time.Time { return midday },
		Price:    func(_, _, _ string, units int) app.Money { return app.Money(units) },
		MonthCap: func() app.Money { return cap },
		KeepResult: func(_ context.Context, r app.InsightsResult) (int64, error) {
			*kept = append(*kept, r)
			return int64(len(*kept)), nil
		},
	})
	from.Scope = app.Scope{Account: "111122223333", Region: "eu-west-1"}
	from.Insights = func(ctx context.Context, q app.InsightsQuestion) iter.Seq2[app.Page[app.LogRow], error] {
		return func(yield func(app.Page[app.LogRow], error) bool) {
			for range queries {
				if err := q.Start(ctx, q.Range); err != nil {
					yield(app.Page[app.LogRow]{}, err)
					return
				}
				spent += 1000 // which the ledger is told with the answer
				q.End(1000)
				row := app.LogRow{Fields: []app.LogField{{Name: "a", Value: "1"}}}
				if !yield(app.Page[app.LogRow]{Items: []app.LogRow{row,
					{Fields: []app.LogField{{Name: "b", Value: "2"}}}}}, nil) {
					return
				}
			}
		}
	}
	return e, from, kept
}

var oneHour = app.InsightsQuestion{Text: "fields a, b", Groups: []string{"g"}, Range: app.Since(midday, time.Hour)}

// stored is a group that has taken in 1,000 bytes an hour for a hundred hours.
var stored = []app.LogGroup{{Name: "g", Stored: 100_000, Created: midday.Add(-100 * time.Hour)}}

func TestInsightsAreEstimated(t *testing.T) {
	e, _, _ := asking(-1, 0, 1)
	month := stored[0]
	month.Retention, month.Stored, month.Created = 1, 24_000, midday.AddDate(-1, 0, 0)
	for _, c := range []struct {
		groups []app.LogGroup
		want   pull.InsightsEstimate
	}{
		{stored, pull.InsightsEstimate{Bytes: 1000, Cost: 1000, Most: 100_000}},
		{[]app.LogGroup{month}, pull.InsightsEstimate{Bytes: 1000, Cost: 1000, Most: 24_000}},
		{[]app.LogGroup{{Name: "g", Stored: 7}}, pull.InsightsEstimate{Bytes: 7, Cost: 7, Most: 7}},
		{nil, pull.InsightsEstimate{Unknown: []string{"g"}}},
	} {
		if d := cmp.Diff(c.want, e.EstimateInsights(oneHour, "eu-west-1", c.groups)); d != "" {
			t.Error(d)
		}
	}
}

// Each query has to stay under the cap, by what it is believed to scan and by what those before it did scan. What came
// before the cap was met is kept.
func TestTheCapHoldsForInsights(t *testing.T) {
	for _, c := range []struct {
		cap, spent app.Money
		rows       int // two a query
		over       bool
	}{
		{-1, 0, 6, false}, {3000, 0, 6, false}, {2999, 0, 4, true}, {3000, 1001, 2, true}, {999, 0, 0, true},
		{0, 0, 0, true},
	} {
		e, from, kept := asking(c.cap, c.spent, 3)
		got, err := e.Insights(t.Context(), from, oneHour, stored)
		var over *app.OverCap
		if errors.As(err, &over) != c.over || got.Count != c.rows || got.Cost != app.Money(c.rows/2)*1000 {
			t.Errorf("cap %d, spent %d: %d rows for %d, %v", c.cap, c.spent, got.Count, got.Cost, err)
		}
		if (len(*kept) == 1) != (c.rows > 0) || c.over && c.rows > 0 && (*kept)[0].Cut == "" {
			t.Errorf("cap %d: kept %+v", c.cap, *kept)
		}
	}
	e, from, kept := asking(0, 0, 1)
	if _, err := e.Insights(t.Context(), from, oneHour, nil); app.KindOf(err) != app.TooMuch || len(*kept) > 0 {
		t.Error("what is not known is not free: ", err)
	}
}

// Rows of different columns are kept square.
func TestInsightsRowsAreSquare(t *testing.T) {
	e, from, kept := asking(-1, 0, 1)
	if _, err := e.Insights(t.Context(), from, oneHour, stored); err != nil {
		t.Fatal(err)
	}
	one, two := "1", "2"
	if d := cmp.Diff([][]*string{{&one, nil}, {nil, &two}}, (*kept)[0].Rows); d != "" {
		t.Error(d)
	}
}
