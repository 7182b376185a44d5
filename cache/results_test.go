package cache

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
)

// result is an answer with so many rows, one of whose columns some rows lack.
func result(at time.Time, rows int) app.InsightsResult {
	r := app.InsightsResult{
		Scope: app.Scope{Account: "111122223333", Region: "eu-west-1"}, Text: "fields @message",
		Language: app.LogsInsightsQL,
		Groups:   []string{"a", "b"}, Range: app.Since(at, time.Hour), At: at, Columns: []string{"@message", "level"},
		Scanned: 7_000_000_000, Cost: app.Dollar / 1000, Cut: "only the first came",
	}
	for i := range rows {
		message := fmt.Sprint("message ", i)
		row := []*string{&message, nil}
		if i%2 == 0 {
			row[1] = new(string)
		}
		r.Rows = append(r.Rows, row)
	}
	r.Count = rows
	return r
}

// An answer is opened again as it was kept, until it is older than logs are kept.
func TestResultsAreKeptAndForgotten(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	now := time.Date(2026, 5, 3, 12, 0, 0, 0, time.UTC)
	old, fresh := result(now.Add(-72*time.Hour), 3), result(now, 2*rowsAPart+1)
	for _, r := range []*app.InsightsResult{&old, &fresh} {
		r.ID = must[int64](t)(d.KeepResult(ctx, *r))
	}
	if d := cmp.Diff(fresh, must[app.InsightsResult](t)(d.Result(ctx, fresh.ID))); d != "" {
		t.Error(d)
	}
	list := must[[]app.InsightsResult](t)(d.Results(ctx))
	if len(list) != 2 || list[0].ID != fresh.ID || list[0].Count != fresh.Count || list[0].Rows != nil {
		t.Errorf("listed %+v", list)
	}
	must[app.Pruned](t)(d.Prune(ctx, app.Retention{Age: map[app.Signal]time.Duration{app.Logs: 48 * time.Hour}}, now))
	if list = must[[]app.InsightsResult](t)(d.Results(ctx)); len(list) != 1 || list[0].ID != fresh.ID {
		t.Errorf("left are %+v", list)
	}
	if _, err := d.Result(ctx, old.ID); app.KindOf(err) != app.NotFound {
		t.Error(err)
	}
	if err := d.Check(ctx); err != nil {
		t.Error(err)
	}
}
