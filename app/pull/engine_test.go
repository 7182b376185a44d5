package pull_test

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// small has every case in a few requests.
var (
	small      = shape{series: 3, alarms: 2, groups: 3, events: 40, traces: 120, trail: 25, history: 12, partial: 60}
	smallPages = pages{events: 7, trail: 4, history: 5, summaries: 4}
)

func ask(accounts []*account, over app.Range) pull.Want {
	w := pull.Want{Range: over}
	for _, a := range accounts {
		w.Sources = append(w.Sources, a.sources())
	}
	return w
}

func twoAccounts(over app.Range) []*account {
	return []*account{fill(shop, over, small, smallPages), fill(data, over, small, smallPages)}
}

// newEngine returns an engine without a cap.
func newEngine(m *memory, now func() time.Time) *pull.Engine {
	return pull.New(pull.Config{Cache: m, Presets: known, Price: price, Now: now})
}

func healthy(t *testing.T, r pull.Report) {
	t.Helper()
	if r.Cancelled || len(r.Problems()) > 0 {
		t.Fatalf("cancelled %v, problems %v", r.Cancelled, r.Problems())
	}
}
