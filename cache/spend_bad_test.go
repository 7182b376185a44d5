package cache

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Rows of the ledger that cannot be right do not spoil the others: what an earlier version wrote is added up as far as
// that makes sense, and what comes after is kept.
func TestRowsOfTheLedgerThatCannotBeRight(t *testing.T) {
	d := openFile(t)
	bad := func(cost app.Money, units int) {
		t.Helper()
		d.Record(app.Request{At: epoch, Service: "xray", Operation: "GetTraceSummaries", Outcome: app.Answered,
			Units: units, Cost: cost})
		if err := d.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	bad(-11_893*app.Dollar, -5)
	bad(5, 1)
	day := app.Range{From: epoch.Add(-time.Hour), To: epoch.Add(time.Hour)}
	if spent, err := d.Spent(t.Context(), day); err != nil || spent != 5 {
		t.Errorf("spent %d, %v", spent, err)
	}
	for range 3 {
		bad(9_000_000_000_000_000_000, 9_000_000_000_000_000_000)
	}
	if _, err := d.write(t.Context(), "spoil", func(w *writeTx) (int, error) { // as the first releases did
		_, err := w.exec("ledger_day_add", dayOf(epoch.UnixMilli())+1, "", "", "xray", "GetTraceSummaries", 1, 0, 0,
			int64(9e18), int64(-9e18))
		return 0, err
	}); err != nil {
		t.Fatal(err)
	}
	bad(7, 1)
	for name, by := range map[string]func() ([]app.SpendLine, error){
		"day":   func() ([]app.SpendLine, error) { return d.SpendByDay(t.Context(), app.Range{}) },
		"call":  func() ([]app.SpendLine, error) { return d.SpendByCall(t.Context(), app.Range{}) },
		"scope": func() ([]app.SpendLine, error) { return d.SpendByScope(t.Context(), app.Range{}) },
	} {
		lines, err := by()
		if err != nil || len(lines) == 0 || lines[0].Cost < 9e18 || lines[0].Units < 9e18 {
			t.Errorf("by %s: %+v, %v", name, lines, err)
		}
	}
	if spent, err := d.Spent(t.Context(), app.Range{}); err != nil || spent < 9e18 {
		t.Errorf("spent %d, %v", spent, err)
	}
	if s, err := d.Spend(t.Context(), day); err != nil || s.Cost < 9e18 || s.Requests != 6 {
		t.Errorf("spend %+v, %v", s, err)
	}
	if requests, err := d.Requests(t.Context(), day, 0); err != nil || len(requests) != 6 {
		t.Errorf("%d requests, %v", len(requests), err)
	}
}
