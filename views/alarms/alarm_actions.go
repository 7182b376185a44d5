package alarms

import (
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// takenShown is how many of the actions that were taken the drawer lists, the newest.
const takenShown = 5

// actions says whom the alarm tells in which state, and whom it told.
func (d alarmDetail) actions(p *drawer.Page, k drawer.PageContext) {
	a := d.alarm
	p.Section("Actions")
	none := len(a.AlarmActions)+len(a.OKActions)+len(a.NoDataActions) == 0
	muted := phrase.Muted(a, k.Session.Now(), k.Moment)
	var said string
	switch {
	case !a.Gone.IsZero():
		said = "It no longer tells anybody."
	case none:
		said = "It tells nobody."
	case !a.ActionsEnabled:
		said = "They are disabled: nobody is told."
	case a.Suppressed():
		said = "Nobody was told: " + phrase.Suppressed(a) + "."
	case muted != "":
		said = "Nobody is told: " + muted + ". It is evaluated and changes state all the same."
	}
	if said != "" {
		p.Text(said, ui.Quiet)
		p.Room(4)
	}
	for _, of := range []struct {
		state app.AlarmState
		arns  []string
	}{{app.InAlarm, a.AlarmActions}, {app.OK, a.OKActions}, {app.InsufficientData, a.NoDataActions}} {
		_, _, word := ui.OfState(of.state)
		for _, arn := range of.arns {
			p.Fact(word, app.AlarmTarget(arn))
		}
	}
	d.suppressor(p, k)
	d.mutes(p, k)
	d.taken(p, k)
	if !none && a.Gone.IsZero() {
		p.Room(8)
		p.Text("AWS does not test them: a topic without subscribers or a denied policy shows only when the alarm "+
			"goes off.", ui.Note)
	}
}

// suppressor leads to the alarm that may hold the actions back, and says how long before and after.
func (d alarmDetail) suppressor(p *drawer.Page, k drawer.PageContext) {
	s := d.alarm.Suppression
	if s == nil || d.alarm.Suppressor() == "" {
		return
	}
	label := "May be suppressed by " + d.alarm.Suppressor()
	if d.alarm.Suppressed() {
		label = "Suppressed by " + d.alarm.Suppressor()
	}
	if holder := d.facts.family.holder; holder != nil {
		addRelative(p, k, *holder, label, ui.Body, 0)
	} else {
		p.Text(label+", which is not among the alarms here.", ui.Note)
	}
	p.Fact("Waits for it", phrase.Duration(s.Wait))
	p.Fact("And after it", phrase.Duration(s.Extension))
	if d.alarm.Suppressed() {
		p.Fact("AWS says", s.Reason)
	}
}

// taken lists what was done when the alarm turned, as its history has it.
func (d alarmDetail) taken(p *drawer.Page, k drawer.PageContext) {
	n := 0
	for _, h := range slices.Backward(d.facts.history) {
		if h.Kind != app.ActionTaken {
			continue
		}
		if n++; n > takenShown {
			continue
		}
		if n == 1 {
			p.Room(8)
			p.Text("Taken, as its history has it", ui.Note)
			p.Room(2)
		}
		t, ok := h.Taken()
		switch {
		case !ok:
			p.Add(drawer.NewPivot(h.Summary, "", k.Moment(h.At), nil).In(ui.Small, ui.Note).Low())
		case t.Failed:
			p.Add(drawer.NewPivot("Failed: "+app.AlarmTarget(t.Target), "", k.Moment(h.At), nil).In(ui.Bad,
				ui.Note).Low())
			p.Text(t.Problem, ui.Note)
			p.Room(4)
		default:
			p.Add(drawer.NewPivot(app.AlarmTarget(t.Target), "", k.Moment(h.At), nil).In(ui.Small, ui.Note).Low())
		}
	}
	if n > takenShown {
		p.Text("And "+phrase.Count(int64(n-takenShown))+" before.", ui.Note)
	}
}
