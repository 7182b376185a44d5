package pull_test

import (
	"context"
	"iter"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// What following costs is what it does cost: three hours are followed by the clock, and compared with their share of
// the month that was projected.
func TestFollowCostIsWhatFollowingCosts(t *testing.T) {
	const hours = 3
	var a *account
	sources := func() []pull.Sources {
		s := a.sources()
		s.MuteRules = func(ctx context.Context, _ app.MuteRulesQuestion) iter.Seq2[app.Page[app.MuteRule], error] {
			return serve(ctx, a, asked{operation: "ListAlarmMuteRules"}, []app.MuteRule{}, 50, nothing)
		}
		return []pull.Sources{s}
	}
	whole := app.Range{From: start.Add(-24 * time.Hour), To: start.Add(hours * time.Hour)}
	n := shape{series: 12, alarms: 2, groups: 2, events: 100, traces: 27 * 60, trail: 30, history: 9}
	a = fill(shop, whole, n, pages{events: 100, trail: 50, history: 100, summaries: 100})
	clock := &clock{at: start}
	e := newEngine(newMemory(), clock.now)
	cadence := app.DefaultSettings().Follow
	unknown, err := e.FollowCost(t.Context(), []app.Scope{shop}, cadence)
	if err != nil || !unknown.Unforeseen() || unknown.Places != 1 {
		t.Errorf("of an empty cache: %+v, %v", unknown, err)
	}
	healthy(t, e.Run(t.Context(), pull.Want{Sources: sources(),
		Range: app.Since(start, 24*time.Hour)}, nil))
	projected, err := e.FollowCost(t.Context(), []app.Scope{shop}, cadence)
	if err != nil || projected.Unforeseen() || !projected.Guessed() || len(projected.Parts) != len(app.Signals) {
		t.Fatalf("%+v, %v", projected, err)
	}
	spent := map[app.Signal]app.Money{}
	for minute := range hours * 60 {
		clock.pass(time.Minute)
		for _, signal := range app.Signals {
			if minute%int(cadence[signal]/time.Minute) > 0 {
				continue
			}
			r := e.Run(t.Context(), pull.Want{Sources: sources(),
				Range: app.Since(clock.now(), time.Hour), Signals: []app.Signal{signal}}, nil)
			healthy(t, r)
			spent[signal] += r.Spent
		}
	}
	sum := app.Money(0)
	for _, p := range projected.Parts {
		share := p.Cost * hours / 730
		t.Logf("%s: projected %s, spent %s", p.Signal, share, spent[p.Signal])
		if d := share - spent[p.Signal]; max(d, -d) > share/4 {
			t.Errorf("%s: projected %s, spent %s", p.Signal, share, spent[p.Signal])
		}
		sum += p.Cost
	}
	if sum != projected.Cost {
		t.Errorf("the parts are %s, the whole is %s", sum, projected.Cost)
	}
}
