package shell

import (
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// saidOf is all that the drawer says of an alarm.
func saidOf(t *testing.T, shelf *shelf, a app.Alarm) string {
	t.Helper()
	shelf.keep(a)
	s := newDrawerStage(t, shelf, 900, alarmDetails(shelf))
	s.session.Selected.Set(a)
	return strings.ReplaceAll(words(s.drawer), "\n", " ")
}

// check wants some words in a text, and none of those that begin with an exclamation mark.
func check(t *testing.T, name, said string, words ...string) {
	t.Helper()
	for _, want := range words {
		if never, not := strings.CutPrefix(want, "!"); not && strings.Contains(said, never) {
			t.Errorf("%s: it says %q: %s", name, never, said)
		} else if !not && !strings.Contains(said, want) {
			t.Errorf("%s: it does not say %q: %s", name, want, said)
		}
	}
}

func TestActionsOfAnAlarm(t *testing.T) {
	enabled, disabled, silent, gone := breaking(), breaking(), checkout, breaking()
	disabled.ActionsEnabled = false
	gone.Gone = now
	tested := "AWS does not test them"
	check(t, "enabled", saidOf(t, fullShelf(), enabled), "ACTIONS In alarm SNS topic ops "+tested, "!disabled", "!Taken")
	check(t, "disabled", saidOf(t, fullShelf(), disabled), "ACTIONS They are disabled: nobody is told. In alarm SNS topic ops", tested)
	check(t, "silent", saidOf(t, fullShelf(), silent), "ACTIONS It tells nobody.", "!"+tested)
	check(t, "gone", saidOf(t, fullShelf(), gone), "ACTIONS It no longer tells anybody. In alarm SNS topic ops", "!"+tested)
}

func TestActionsThatWereTaken(t *testing.T) {
	shelf := fullShelf()
	for i := range 5 {
		shelf.history = append(shelf.history, acted("checkout-5xx", ago(time.Duration(i+2)*time.Hour), "Succeeded", ""))
	}
	shelf.history = append(shelf.history, acted("checkout-5xx", ago(time.Hour), "Failed", "no such topic"),
		app.AlarmHistoryItem{Alarm: "checkout-5xx", At: ago(time.Minute), Kind: app.ActionTaken, Summary: "Actions are muted"})
	check(t, "taken", saidOf(t, shelf, breaking()), "Taken, as its history has it Actions are muted 10:11 Failed: SNS topic ops 09:12 no such topic SNS topic ops 08:12",
		"And 2 before.")
}
