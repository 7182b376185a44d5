package shell

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// actions says whom the alarm tells in which state, and who owns it.
func (d alarmDetail) actions(p *page) {
	a := d.alarm
	if len(a.AlarmActions)+len(a.OKActions)+len(a.NoDataActions) == 0 {
		return
	}
	p.section("Actions")
	if !a.ActionsEnabled {
		p.text("They are disabled: nobody is told.", ui.Quiet)
	}
	for _, of := range []struct {
		state app.AlarmState
		arns  []string
	}{{app.InAlarm, a.AlarmActions}, {app.OK, a.OKActions}, {app.InsufficientData, a.NoDataActions}} {
		_, _, word := ui.OfState(of.state)
		for _, arn := range of.arns {
			p.text(word+": "+app.AlarmTarget(arn), ui.Quiet)
		}
	}
	if policy, ok := a.ScalingPolicy(); ok {
		p.text("Owned by Auto Scaling policy "+policy+": do not edit it.", ui.Note)
	}
	p.text("AWS does not test them: a topic without subscribers or a denied policy shows only when the alarm goes off.", ui.Note)
}
