package alarms

import (
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/phrase"
)

// The alarm board, the drawer and the filter of the board have one wording of a condition, which the terminal has too.
func TestBoardAndDrawerSayOneCondition(t *testing.T) {
	below := drawertest.Breaking()
	below.Comparison, below.Statistic = "LessThanOrEqualToThreshold", "p99"
	for _, a := range []app.Alarm{drawertest.Checkout, below, formula()} {
		want := phrase.AlarmCondition(a, drawertest.Presets)
		if r := newRow(a, drawertest.Presets, drawertest.Now); r.condition != want ||
			!strings.Contains(r.text, strings.ToLower(want)) {
			t.Errorf("%s: the board says %q, want %q", a.Name, r.condition, want)
		}
		drawertest.Check(t, a.Name, saidOf(t, drawertest.FullCache(), a), want)
	}
	if r := newRow(drawertest.Critical, drawertest.Presets,
		drawertest.Now); r.condition != phrase.AlarmCondition(drawertest.Critical,
		drawertest.Presets) {
		t.Errorf("of a composite alarm the board says %q", r.condition)
	}
}
