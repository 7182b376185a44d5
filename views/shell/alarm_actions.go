package shell

import (
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// takenShown is how many of the actions that were taken the drawer lists, the newest.
const takenShown = 5

// actions says whom the alarm tells in which state, and whom it told.
func (d alarmDetail) actions(p *page, k desk) {
	a := d.alarm
	p.section("Actions")
	none := len(a.AlarmActions)+len(a.OKActions)+len(a.NoDataActions) == 0
	var said string
	switch {
	case !a.Gone.IsZero():
		said = "It no longer tells anybody."
	case none:
		said = "It tells nobody."
	case !a.ActionsEnabled:
		said = "They are disabled: nobody is told."
	}
	if said != "" {
		p.text(said, ui.Quiet)
		p.room(4)
	}
	for _, of := range []struct {
		state app.AlarmState
		arns  []string
	}{{app.InAlarm, a.AlarmActions}, {app.OK, a.OKActions}, {app.InsufficientData, a.NoDataActions}} {
		_, _, word := ui.OfState(of.state)
		for _, arn := range of.arns {
			p.fact(word, app.AlarmTarget(arn))
		}
	}
	d.taken(p, k)
	if !none && a.Gone.IsZero() {
		p.room(8)
		p.text("AWS does not test them: a topic without subscribers or a denied policy shows only when the alarm goes off.", ui.Note)
	}
}

// taken lists what was done when the alarm turned, as its history has it.
func (d alarmDetail) taken(p *page, k desk) {
	n := 0
	for _, h := range slices.Backward(d.facts.history) {
		if h.Kind != app.ActionTaken {
			continue
		}
		if n++; n > takenShown {
			continue
		}
		if n == 1 {
			p.room(8)
			p.text("Taken, as its history has it", ui.Note)
			p.room(2)
		}
		t, ok := h.Taken()
		switch {
		case !ok:
			p.add(newPivot(h.Summary, "", k.moment(h.At), nil).in(ui.Small, ui.Note).low())
		case t.Failed:
			p.add(newPivot("Failed: "+app.AlarmTarget(t.Target), "", k.moment(h.At), nil).in(ui.Bad, ui.Note).low())
			p.text(t.Problem, ui.Note)
			p.room(4)
		default:
			p.add(newPivot(app.AlarmTarget(t.Target), "", k.moment(h.At), nil).in(ui.Small, ui.Note).low())
		}
	}
	if n > takenShown {
		p.text("And "+phrase.Count(int64(n-takenShown))+" before.", ui.Note)
	}
}
