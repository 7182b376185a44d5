package shell

import (
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func TestStateHistoryOfAnAlarm(t *testing.T) {
	shelf := fullShelf()
	for i := range 20 {
		shelf.history = append(shelf.history, went("checkout-5xx", ago(time.Duration(20+i)*time.Hour), app.OK, app.InAlarm))
	}
	s := newStage(t, shelf, 1440, 900, false)
	s.session.Selected.Set(checkout)
	said := strings.ReplaceAll(words(s.drawer), "\n", " ")
	if n := strings.Count(said, " → "); n != turnsShown {
		t.Errorf("it lists %d changes of state, want %d: %s", n, turnsShown, said)
	}
	if !strings.Contains(said, "STATE HISTORY 09:56 · OK → ") || !strings.Contains(said, "And 3 more.") {
		t.Errorf("it says %q", said)
	}
}
