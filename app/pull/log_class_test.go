package pull_test

import (
	"sync"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// Groups of the infrequent-access class are not asked, which AWS would refuse each time; the pull of the others is
// complete.
func TestGroupsThatCannotBeFilteredAreNotAsked(t *testing.T) {
	over := app.Since(start, 3*time.Hour)
	a := fill(shop, over, small, smallPages)
	if len(a.groups) < 2 {
		t.Fatalf("%d groups", len(a.groups))
	}
	rare := a.groups[0]
	a.classes = map[string]string{rare: "INFREQUENT_ACCESS", a.groups[1]: "STANDARD"}
	var mu sync.Mutex
	named := map[string]bool{}
	a.see = func(q asked) { mu.Lock(); named[q.resource] = true; mu.Unlock() }
	e := pull.New(pull.Config{Cache: newMemory(), Presets: known, Price: price, Now: (&clock{at: start}).now})
	w := ask([]*account{a}, over)
	w.Signals = []app.Signal{app.Logs}
	healthy(t, e.Run(t.Context(), w, nil))
	if named[rare] || !named[a.groups[1]] {
		t.Errorf("asked of %v", named)
	}
}
