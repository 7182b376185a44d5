package shell

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func TestRuleOfACompositeAlarm(t *testing.T) {
	s := pageShelf()
	check(t, "known in part", saidOf(t, s, critical), "ITS RULE All of 1 of 2 holds checkout-5xx In alarm, 16 min 1 checkout-p99 OK, 26 d 2 STATE")

	deleted := pageShelf()
	deleted.alarms[len(deleted.alarms)-1].Gone = ago(time.Hour)
	deleted.alarms[len(deleted.alarms)-1].State = app.InAlarm
	check(t, "with a deleted child", saidOf(t, deleted, critical), "All of 1 of 2 holds", "checkout-p99 Deleted 2")

	odd := critical
	odd.Rule = `ALARM("a") XOR ALARM("b")`
	check(t, "that does not parse", saidOf(t, s, odd), `ITS RULE ALARM("a") XOR ALARM("b") This is its rule as AWS has it, in a form that is not known here.`, "Goes off by a rule.")

	gone := critical
	gone.Gone = ago(time.Minute)
	check(t, "of a deleted alarm", saidOf(t, s, gone), "ITS RULE All of checkout-5xx In alarm, 16 min 1", "!holds")

	long := critical
	for range 120 {
		long.Rule += ` OR ALARM("checkout-5xx")`
	}
	check(t, "that is long", saidOf(t, s, long), "And 24 parts more; Copy takes the whole rule.")
}

func TestAnAlarmIsPartOfItsParents(t *testing.T) {
	s := pageShelf()
	over, was := critical, critical
	over.Name, over.State, over.Rule = "shop-down", app.OK, `ALARM("checkout-critical") OR ALARM("other")`
	was.Name, was.Gone = "checkout-old", ago(time.Hour)
	s.alarms = append(s.alarms, over, was)
	check(t, "of a metric alarm", saidOf(t, s, checkout), "PART OF checkout-critical In alarm, 12 min 1 STATE", "!checkout-old")
	check(t, "of a composite alarm", saidOf(t, s, critical), "PART OF shop-down OK, 12 min 3 STATE")
}

func TestRelativesOpenByFigures(t *testing.T) {
	s := newDrawerStage(t, pageShelf(), 900, alarmDetails(pageShelf()))
	s.session.Selected.Set(critical)
	for _, step := range []struct {
		key   rune
		title string
	}{{'2', "checkout-p99"}, {'1', "checkout-critical"}, {'1', "checkout-5xx"}} {
		if s.rune(step.key); s.drawer.Title() != step.title {
			t.Fatalf("%c opens %q, want %q", step.key, s.drawer.Title(), step.title)
		}
	}
}
