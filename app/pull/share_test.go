package pull_test

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// How much is done never goes back, though the listings tell of more and more to ask, and comes near to all.
func TestTheShareNeverGoesBack(t *testing.T) {
	over := app.Since(start, 24*time.Hour)
	last, wentOn := 0.0, 0
	newEngine(newMemory(), (&clock{at: start}).now).Run(t.Context(), ask(twoAccounts(over), over),
		func(p pull.Progress) {
			if p.Share < last || p.Share >= 1 {
				t.Errorf("%v after %v, with %d of %d steps done", p.Share, last, p.Done, p.Total)
			}
			if p.Share > last {
				wentOn++
			}
			last = p.Share
		})
	if last < 0.9 || wentOn < 20 {
		t.Errorf("it ended at %v and moved %d times", last, wentOn)
	}
}
