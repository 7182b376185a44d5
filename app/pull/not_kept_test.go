package pull_test

import (
	"context"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// What the cache would forget again is not asked for: of that signal, in that scope.
func TestWhatIsNotKeptIsNotAsked(t *testing.T) {
	over := app.Since(start, 8*time.Hour)
	accounts := twoAccounts(over)
	place := accounts[0].scope
	gone := []app.Range{{From: over.From.Add(-time.Hour), To: over.From.Add(2 * time.Hour)},
		{From: over.From.Add(3 * time.Hour), To: over.From.Add(5 * time.Hour)}}
	m := newMemory()
	notKept := func(_ context.Context, s app.Scope, signal app.Signal) ([]app.Range, error) {
		if signal == app.Trail && s.Place() == place.Place() {
			return gone, nil
		}
		return nil, nil
	}
	e := pull.New(pull.Config{
		Cache: m, Presets: known, Price: price, Now: (&clock{at: start}).now, NotKept: notKept,
	})
	e.Run(t.Context(), ask(accounts, over), nil)
	for _, a := range accounts {
		want := []app.Range{over}
		if a == accounts[0] {
			want = app.Subtract(over, gone)
		}
		if got := m.known(a.scope, app.Trail, ""); len(app.Subtract(over, got)) != len(app.Subtract(over, want)) ||
			len(got) != len(want) || !got[0].Equal(want[0]) {
			t.Errorf("of the trail in %s is known %v, want %v", a.scope, got, want)
		}
		if got := m.known(a.scope, app.Alarms, ""); len(got) != 1 || !got[0].Equal(over) {
			t.Errorf("of the alarms in %s is known %v, want %v", a.scope, got, over)
		}
	}
}
