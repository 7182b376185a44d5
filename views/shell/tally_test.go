package shell

import (
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

func TestAlarmTellsWhatWasNeverPulled(t *testing.T) {
	shelf := drawertest.FullCache()
	shelf.Events, shelf.AllTraces = nil, nil
	shelf.Covers = []app.Cover{
		{Scope: drawertest.Ireland, Signal: app.Alarms, Range: app.Since(drawertest.Now, 24*time.Hour),
			AskedAt: drawertest.Now},
		// not of the other places
		{Scope: drawertest.Ireland, Signal: app.Trail, Range: app.Since(drawertest.Now, 24*time.Hour),
			AskedAt: drawertest.Now},
	}
	s := newStage(t, shelf, 1440, 900, false)
	s.session.Selected.Set(drawertest.Checkout)
	said := strings.ReplaceAll(drawertest.Words(s.drawer), "\n", " ")
	if n := strings.Count(said, "not pulled"); n != 2 {
		t.Errorf("%d counts are not pulled, want those of traces and logs: %s", n, said)
	}
	if !strings.Contains(said, "1 in part") {
		t.Errorf("changes of one place of three are not in part: %s", said)
	}
}
