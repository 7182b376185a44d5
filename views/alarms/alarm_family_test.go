package alarms

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

func TestRuleOfACompositeAlarm(t *testing.T) {
	s := drawertest.AlarmCache()
	drawertest.Check(t, "known in part", saidOf(t, s, drawertest.Critical),
		"ITS RULE All of 1 of 2 holds checkout-5xx In alarm, 16 min 1 checkout-p99 OK, 26 d 2 STATE")

	deleted := drawertest.AlarmCache()
	deleted.AllAlarms[len(deleted.AllAlarms)-1].Gone = drawertest.Ago(time.Hour)
	deleted.AllAlarms[len(deleted.AllAlarms)-1].State = app.InAlarm
	drawertest.Check(t, "with a deleted child", saidOf(t, deleted, drawertest.Critical), "All of 1 of 2 holds",
		"checkout-p99 Deleted 2")

	odd := drawertest.Critical
	odd.Rule = `ALARM("a") XOR ALARM("b")`
	drawertest.Check(t, "that does not parse", saidOf(t, s, odd),
		`ITS RULE ALARM("a") XOR ALARM("b") This is its rule as AWS has it, in a form that is not known here.`,
		"Goes off by a rule.")

	gone := drawertest.Critical
	gone.Gone = drawertest.Ago(time.Minute)
	drawertest.Check(t, "of a deleted alarm", saidOf(t, s, gone), "ITS RULE All of checkout-5xx In alarm, 16 min 1",
		"!holds")

	long := drawertest.Critical
	for range 120 {
		long.Rule += ` OR ALARM("checkout-5xx")`
	}
	drawertest.Check(t, "that is long", saidOf(t, s, long), "And 24 parts more; Copy takes the whole rule.")
}

func TestAnAlarmIsPartOfItsParents(t *testing.T) {
	s := drawertest.AlarmCache()
	over, was := drawertest.Critical, drawertest.Critical
	over.Name, over.State, over.Rule = "shop-down", app.OK, `ALARM("checkout-critical") OR ALARM("other")`
	was.Name, was.Gone = "checkout-old", drawertest.Ago(time.Hour)
	s.AllAlarms = append(s.AllAlarms, over, was)
	drawertest.Check(t, "of a metric alarm", saidOf(t, s, drawertest.Checkout),
		"PART OF checkout-critical In alarm, 12 min 1 STATE", "!checkout-old")
	drawertest.Check(t, "of a composite alarm", saidOf(t, s, drawertest.Critical),
		"PART OF shop-down OK, 12 min 3 STATE")
}

func TestRelativesOpenByFigures(t *testing.T) {
	shelf := drawertest.AlarmCache()
	s := drawertest.New(t, shelf, 900, Details(shelf))
	s.Session.Selected.Set(drawertest.Critical)
	for _, step := range []struct {
		key   rune
		title string
	}{{'2', "checkout-p99"}, {'1', "checkout-critical"}, {'1', "checkout-5xx"}} {
		if s.Rune(step.key); s.Drawer.Title() != step.title {
			t.Fatalf("%c opens %q, want %q", step.key, s.Drawer.Title(), step.title)
		}
	}
}
