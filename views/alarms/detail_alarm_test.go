package alarms

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

func TestADeletedAlarmIsToldAsWhatItWas(t *testing.T) {
	for state, was := range map[app.AlarmState]string{app.InAlarm: "was in alarm", app.OK: "was OK",
		app.InsufficientData: "had insufficient data"} {
		gone := drawertest.Breaking()
		gone.State, gone.Gone = state, drawertest.Ago(5*time.Minute)
		drawertest.Check(t, string(state), saidOf(t, drawertest.AlarmCache(), gone),
			"DELETED "+was+" from 09:56 Deleted at AWS; last listed before 10:07; kept here.",
			"!last 8.1 %", "!so far", "!and lasts", "!for 16 min", "Alarms in alarm now 1 a")
	}
}

func TestAWSsOwnReasonStandsWhereItNamesNoDatapoints(t *testing.T) {
	byHand := drawertest.Checkout
	byHand.Reason = "testing the pager"
	drawertest.Check(t, "set by hand", saidOf(t, drawertest.FullCache(), byHand), "testing the pager")
	drawertest.Check(t, "evaluated", saidOf(t, drawertest.FullCache(), drawertest.Breaking()), "!Threshold Crossed")
}

func TestAThresholdThatWasChangedSinceIsTold(t *testing.T) {
	a := drawertest.Breaking()
	a.Threshold = drawertest.Threshold(9)
	drawertest.Check(t, "changed", saidOf(t, drawertest.FullCache(), a), "> 5 %, 3 of 3",
		"2 of 3 datapoints above 5 % from 09:53 to 09:55.", "The threshold is 9 % by now.")
}

func TestConfigurationOfAnAlarm(t *testing.T) {
	drawertest.Check(t, "all of it", saidOf(t, drawertest.FullCache(), drawertest.Breaking()),
		"CONFIGURATION Owner Team payments "+
			"Statistic Average over 1 min Missing data taken as breaching Changed 2 Feb 10:12 Tags env = prod team = "+
			"payments")
	drawertest.Check(t, "none of it", saidOf(t, drawertest.FullCache(), drawertest.Critical), "!CONFIGURATION")
	scaling := drawertest.Checkout
	scaling.Name, scaling.AlarmActions = "TargetTracking-orders",
		[]string{"arn:aws:autoscaling:eu-west-1:1:scalingPolicy:6d:resource/dynamodb/table/orders:policyName/grow"}
	drawertest.Check(t, "of a scaling policy", saidOf(t, drawertest.FullCache(), scaling),
		"Owner Auto Scaling policy grow, which changes and deletes it by itself")
}

func TestCopyOfAnAlarm(t *testing.T) {
	old := drawertest.Critical
	old.Seen = drawertest.Ago(7 * time.Minute)
	for name, c := range map[string]struct {
		alarm app.Alarm
		want  string
	}{
		"metric": {drawertest.Checkout,
			"checkout-5xx (111122223333/eu-west-1)\nIn alarm since 2026-03-14 09:56:00\n5XXError of checkout > 5 %, " +
				"3 of 3.\n" +
				drawertest.Checkout.Reason + "\n" + drawertest.Checkout.ARN},
		"seen long ago": {old,
			"checkout-critical (111122223333/eu-west-1)\nIn alarm since 2026-03-14 10:00:00, last seen 2026-03-14 " +
				"10:05:00\nGoes off by a rule over 2 alarms.\n" + drawertest.Critical.Rule},
		"composite": {drawertest.Critical,
			"checkout-critical (111122223333/eu-west-1)\nIn alarm since 2026-03-14 10:00:00\nGoes off by a rule over " +
				"2 alarms.\n" + drawertest.Critical.Rule},
	} {
		s := openEmpty(t)
		s.Session.Selected.Set(c.alarm)
		if s.Rune('y'); s.App.Clipboard().Content() != c.want {
			t.Errorf("%s: %q", name, s.App.Clipboard().Content())
		}
	}
}
