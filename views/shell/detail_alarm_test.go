package shell

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func TestADeletedAlarmIsToldAsWhatItWas(t *testing.T) {
	for state, was := range map[app.AlarmState]string{app.InAlarm: "was in alarm", app.OK: "was OK", app.InsufficientData: "had no data"} {
		gone := breaking()
		gone.State, gone.Gone = state, ago(5*time.Minute)
		check(t, string(state), saidOf(t, pageShelf(), gone), "DELETED "+was+" from 09:56 Deleted at AWS; last listed before 10:07; kept here.",
			"!last 8.1 %", "!so far", "!and lasts", "!for 16 min", "Alarms in alarm now 1 a")
	}
}

func TestAWSsOwnReasonStandsWhereItNamesNoDatapoints(t *testing.T) {
	byHand := checkout
	byHand.Reason = "testing the pager"
	check(t, "set by hand", saidOf(t, fullShelf(), byHand), "testing the pager")
	check(t, "evaluated", saidOf(t, fullShelf(), breaking()), "!Threshold Crossed")
}

func TestAThresholdThatWasChangedSinceIsTold(t *testing.T) {
	a := breaking()
	a.Threshold = threshold(9)
	check(t, "changed", saidOf(t, fullShelf(), a), "> 5 %, 3 of 3", "2 of 3 datapoints above 5 % from 09:53 to 09:55.", "The threshold is 9 % by now.")
}

func TestConfigurationOfAnAlarm(t *testing.T) {
	check(t, "all of it", saidOf(t, fullShelf(), breaking()), "CONFIGURATION Owner Team payments "+
		"Statistic Average over 1 min Missing data taken as breaching Changed 2 Feb 10:12 Tags env = prod team = payments")
	check(t, "none of it", saidOf(t, fullShelf(), critical), "!CONFIGURATION")
	scaling := checkout
	scaling.Name, scaling.AlarmActions = "TargetTracking-orders", []string{"arn:aws:autoscaling:eu-west-1:1:scalingPolicy:6d:resource/dynamodb/table/orders:policyName/grow"}
	check(t, "of a scaling policy", saidOf(t, fullShelf(), scaling), "Owner Auto Scaling policy grow, which changes and deletes it by itself")
}

func TestCopyOfAnAlarm(t *testing.T) {
	old := critical
	old.Seen = ago(7 * time.Minute)
	for name, c := range map[string]struct {
		alarm app.Alarm
		want  string
	}{
		"metric": {checkout, "checkout-5xx (111122223333/eu-west-1)\nIn alarm since 2026-03-14 09:56:00\n5XXError of checkout above 5 % in 3 of 3 one-minute periods.\n" +
			checkout.Reason + "\n" + checkout.ARN},
		"seen long ago": {old, "checkout-critical (111122223333/eu-west-1)\nIn alarm since 2026-03-14 10:00:00, last seen 2026-03-14 10:05:00\nGoes off by a rule over 2 alarms.\n" + critical.Rule},
		"composite":     {critical, "checkout-critical (111122223333/eu-west-1)\nIn alarm since 2026-03-14 10:00:00\nGoes off by a rule over 2 alarms.\n" + critical.Rule},
	} {
		s := newDrawerStage(t, &shelf{}, 900, alarmDetails(&shelf{}))
		s.session.Selected.Set(c.alarm)
		if s.rune('y'); s.app.Clipboard().Content() != c.want {
			t.Errorf("%s: %q", name, s.app.Clipboard().Content())
		}
	}
}
