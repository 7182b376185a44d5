package shell

import (
	"strings"
	"testing"
)

func TestActionsOfAnAlarm(t *testing.T) {
	for _, enabled := range []bool{true, false} {
		a := checkout
		a.ActionsEnabled, a.AlarmActions = enabled, []string{"arn:aws:sns:eu-west-1:111122223333:ops"}
		s := newStage(t, fullShelf(), 1440, 900, false)
		s.session.Selected.Set(a)
		said := strings.ReplaceAll(words(s.drawer), "\n", " ")
		if !strings.Contains(said, "SNS topic ops") || !strings.Contains(said, "AWS does not test them") {
			t.Errorf("it says %q", said)
		}
		if strings.Contains(said, "They are disabled") == enabled {
			t.Errorf("enabled is %v, and it says %q", enabled, said)
		}
	}
}
