package app_test

import (
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestOwner(t *testing.T) {
	tags := func(pairs ...string) map[string]string {
		m := map[string]string{}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i]] = pairs[i+1]
		}
		return m
	}
	const stack = "aws:cloudformation:stack-name"
	for _, c := range []struct {
		alarm app.Alarm
		want  app.AlarmOwner
	}{
		{app.Alarm{Name: "a"}, app.AlarmOwner{}},
		{app.Alarm{Name: "a", Tags: tags("cost", "12")}, app.AlarmOwner{}},
		{app.Alarm{Name: "a", Tags: tags("Owner", "bob", stack, "shop")}, app.AlarmOwner{Kind: "Team", Name: "bob"}},
		{app.Alarm{Name: "a", Tags: tags("team", "checkout", "Owner", "bob")},
			app.AlarmOwner{Kind: "Team", Name: "checkout"}},
		{app.Alarm{Name: "a", Tags: tags(stack, "shop")}, app.AlarmOwner{Kind: "Stack", Name: "shop"}},
		{app.Alarm{Name: "TargetTracking-x", AlarmActions: []string{growARN}, Tags: tags("team", "x")},
			app.AlarmOwner{Kind: "Auto Scaling", Name: "grow"}},
		{app.Alarm{Name: "plain", AlarmActions: []string{growARN}}, app.AlarmOwner{}},
	} {
		if got := c.alarm.Owner(); got != c.want {
			t.Errorf("%s with %v belongs to %v, want %v", c.alarm.Name, c.alarm.Tags, got, c.want)
		}
	}
}
