package alarms

import (
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

// saidOf is all that the drawer says of an alarm.
func saidOf(t *testing.T, shelf *drawertest.Cache, a app.Alarm) string {
	t.Helper()
	shelf.Keep(a)
	s := drawertest.New(t, shelf, 900, Details(shelf))
	s.Session.Selected.Set(a)
	return strings.ReplaceAll(drawertest.Words(s.Drawer), "\n", " ")
}

// openEmpty opens a drawer on a cache that holds nothing.
func openEmpty(t *testing.T) *drawertest.Stage {
	t.Helper()
	empty := &drawertest.Cache{}
	return drawertest.New(t, empty, 900, Details(empty))
}

func TestActionsOfAnAlarm(t *testing.T) {
	enabled, disabled, silent, gone := drawertest.Breaking(), drawertest.Breaking(), drawertest.Checkout,
		drawertest.Breaking()
	disabled.ActionsEnabled = false
	gone.Gone = drawertest.Now
	tested := "AWS does not test them"
	drawertest.Check(t, "enabled", saidOf(t, drawertest.FullCache(), enabled), "ACTIONS In alarm SNS topic ops "+tested,
		"!disabled", "!Taken")
	drawertest.Check(t, "disabled", saidOf(t, drawertest.FullCache(), disabled),
		"ACTIONS They are disabled: nobody is told. In alarm SNS topic ops", tested)
	drawertest.Check(t, "silent", saidOf(t, drawertest.FullCache(), silent), "ACTIONS It tells nobody.", "!"+tested)
	drawertest.Check(t, "gone", saidOf(t, drawertest.FullCache(), gone),
		"ACTIONS It no longer tells anybody. In alarm SNS topic ops", "!"+tested)
}

func TestActionsThatWereTaken(t *testing.T) {
	shelf := drawertest.FullCache()
	for i := range 5 {
		shelf.History = append(shelf.History,
			drawertest.Acted("checkout-5xx", drawertest.Ago(time.Duration(i+2)*time.Hour), "Succeeded", ""))
	}
	shelf.History = append(shelf.History, drawertest.Acted("checkout-5xx", drawertest.Ago(time.Hour), "Failed",
		"no such topic"),
		app.AlarmHistoryItem{Scope: drawertest.Ireland, Alarm: "checkout-5xx", At: drawertest.Ago(time.Minute),
			Kind: app.ActionTaken, Summary: "Actions are muted"})
	drawertest.Check(t, "taken", saidOf(t, shelf, drawertest.Breaking()),
		"Taken, as its history has it Actions are muted 10:11 Failed: SNS topic ops 09:12 no such topic SNS topic "+
			"ops 08:12",
		"And 2 before.")
}
