package alarms

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/phrase"
)

func TestSuppressedActions(t *testing.T) {
	holder := drawertest.Breaking()
	holder.Name = "maintenance"
	held := drawertest.Critical
	held.ActionsEnabled, held.AlarmActions = true, []string{"arn:aws:sns:eu-west-1:111122223333:page"}
	held.Suppression = &app.AlarmSuppression{Suppressor: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:maintenance",
		Wait: time.Minute, Extension: time.Minute,
		By: "Alarm", Reason: "Actions suppressed by maintenance"}
	shelf := drawertest.FullCache()
	shelf.Keep(holder)
	drawertest.Check(t, "held back", saidOf(t, shelf, held), "Nobody was told: actions suppressed by maintenance.",
		"Suppressed by maintenance In alarm",
		"Waits for it 1 min And after it 1 min AWS says Actions suppressed by maintenance")
	drawertest.Check(t, "by one that is not here", saidOf(t, drawertest.FullCache(), held),
		"Suppressed by maintenance, which is not among the alarms here.")

	held.Suppression = &app.AlarmSuppression{Suppressor: "maintenance", By: "WaitPeriod", Wait: 2 * time.Minute}
	drawertest.Check(t, "waiting", saidOf(t, drawertest.FullCache(), held),
		"actions suppressed by maintenance for 2 min, in which it may go off.")
	held.Suppression.By = ""
	drawertest.Check(t, "not now", saidOf(t, drawertest.FullCache(), held), "May be suppressed by maintenance",
		"!Nobody was told")
	held.Suppression.By = "ExtensionPeriod"
	if said := phrase.AlarmCondition(held, nil); phrase.Suppressed(held) == "" ||
		said[:len("actions suppressed by maintenance")] != "actions suppressed by maintenance" {
		t.Errorf("the board says %q", said)
	}
}

func TestAlarmOnAMetricOfAnotherAccount(t *testing.T) {
	cross := drawertest.Breaking()
	theirs := *cross.Metric
	theirs.OwningAccount = "444455556666"
	cross.Metric, cross.ReasonData = &theirs, ""
	drawertest.Check(t, "cross", saidOf(t, &drawertest.Cache{}, cross), "account 444455556666",
		"No datapoint of it is here. It is a metric of account 444455556666", "!0 of 3")
}
