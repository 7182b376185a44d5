package alarms

import (
	"cmp"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// How many contributors and changes of them the drawer lists.
const (
	contributorsShown = 20
	contributorTurns  = 10
)

// contributors lists which of many the alarm is about, and how they have changed, the newest first.
func (d alarmDetail) contributors(p *drawer.Page, k drawer.PageContext) {
	a := d.alarm
	if !a.HasContributors() {
		return
	}
	p.Section("Contributors in alarm")
	switch {
	case a.State != app.InAlarm:
		p.Text("None: it is not in alarm.", ui.Note)
	case a.Contributors == nil:
		p.Text("They have not been pulled. F5 asks for them.", ui.Note)
	case len(a.Contributors) == 0:
		p.Text("AWS named none when it was last asked.", ui.Note)
	}
	shape, color, _ := ui.OfState(app.InAlarm)
	for _, c := range a.Contributors[:min(len(a.Contributors), contributorsShown)] {
		since := ""
		if !c.Since.IsZero() {
			since = "since " + k.Moment(c.Since)
		}
		p.Add(drawer.NewPivot(c.Name(), "", since, nil).In(ui.Body, ui.Note).Below(0,
			ui.NewMark(shape, color, drawer.PivotMark)))
		p.Text(c.Reason, ui.Note)
		p.Room(4)
	}
	if rest := len(a.Contributors) - contributorsShown; rest > 0 {
		p.Text("And "+phrase.Count(int64(rest))+" more.", ui.Note)
	}
	d.contributorTurns(p, k)
}

func (d alarmDetail) contributorTurns(p *drawer.Page, k drawer.PageContext) {
	n := 0
	for _, h := range slices.Backward(d.facts.history) {
		if h.Kind != app.ContributorStateUpdate {
			continue
		}
		if n++; n > contributorTurns {
			p.Text("And changes before: nephograph alarms --history lists them all.", ui.Note)
			return
		}
		if n == 1 {
			p.Room(8)
			p.Text("Changed, as its history has it", ui.Note)
			p.Room(2)
		}
		_, _, from := ui.OfState(h.From)
		shape, color, to := ui.OfState(h.To)
		name := app.AlarmContributor{ID: h.Contributor, Attributes: h.Attributes}.Name()
		p.Add(drawer.NewPivot(name+": "+from+" → "+to, "", k.Moment(h.At), nil).In(ui.Small, ui.Note).
			Below(0, ui.NewMark(shape, color, drawer.PivotMark)))
	}
}

// query shows the query of a log alarm, or of one on PromQL.
func (d alarmDetail) query(p *drawer.Page) {
	switch log, promQL := d.alarm.Log, d.alarm.PromQL; {
	case log != nil:
		p.Section("Its query")
		p.Text(log.Text, formulaStyle)
		p.Gap(4)
		p.Fact("Makes", log.Aggregation)
		p.Fact("Runs", log.Schedule+", over "+lookedAt(*log))
		for _, g := range log.Groups {
			p.Fact("Log group", resource.Read(g).Short)
		}
	case promQL != nil:
		p.Section("Its PromQL")
		p.Text(promQL.Query, formulaStyle)
	}
}

// lookedAt is the time that each run of a query looks at: "the 5 min before", "from 6 min to 1 min before".
func lookedAt(q app.LogAlarmQuery) string {
	if q.End == 0 {
		return "the " + phrase.Duration(q.Begin) + " before"
	}
	return "from " + phrase.Duration(q.Begin) + " to " + phrase.Duration(q.End) + " before"
}

// kindText names the kind of an alarm that is not judged here, or that goes by logs; "" of others.
func kindText(a app.Alarm) string {
	if why := a.Unjudged(); why == app.Judged || why == app.UnjudgedWallClock {
		return ""
	}
	return phrase.AlarmKind(a)
}

// evaluationFacts tell how an alarm is evaluated, where it is not as most are.
func evaluationFacts(a app.Alarm, k drawer.PageContext) [][2]string {
	facts := [][2]string{{"Results", a.Evaluation()}, {"Anomaly detector", phrase.Detector(a)}}
	if a.Kind != app.LogAlarm {
		facts[0][1] = ""
	}
	if a.Interval > 0 {
		facts = append(facts, [2]string{"Evaluated", "every " + phrase.Duration(a.Interval)})
	}
	if q := a.PromQL; q != nil {
		facts = append(facts, [2]string{"Pending period", orNone(q.Pending)},
			[2]string{"Recovery period", orNone(q.Recovery)})
	}
	if zone := phrase.WallClock(a); zone != "" {
		facts = append(facts, [2]string{"Periods", "by the clock of " + zone})
	}
	if ends, ok := a.WarmUpEnds(); ok {
		said := phrase.Duration(a.WarmUp.Length) + " after a change"
		if !a.WarmUp.Whole {
			said += ", or until there is enough data"
		}
		if now := k.Session.Now(); ends.After(now) {
			said += "; it ends at " + k.Moment(ends) + " at the latest"
		}
		facts = append(facts, [2]string{"Warm-up", said})
	}
	return facts
}

func orNone(d time.Duration) string {
	if d == 0 {
		return "none"
	}
	return phrase.Duration(d)
}

// mutes lists the mute rules that name the alarm: those that hold now first.
func (d alarmDetail) mutes(p *drawer.Page, k drawer.PageContext) {
	if len(d.alarm.Mutes) == 0 {
		return
	}
	now := k.Session.Now()
	p.Room(8)
	p.Text("Mute rules", ui.Note)
	p.Room(2)
	rules := slices.Clone(d.alarm.Mutes)
	slices.SortStableFunc(rules, func(a, b app.Mute) int { return cmp.Compare(muteOrder(a, now), muteOrder(b, now)) })
	for _, m := range rules {
		p.Add(drawer.NewPivot(m.Name, "", phrase.MuteStatus(m, now, k.Moment), nil).In(ui.Body, ui.Note))
		p.Text(m.Description, ui.Note)
		p.Text(phrase.MuteSchedule(m), ui.Note)
		p.Room(4)
	}
}

func muteOrder(m app.Mute, now time.Time) int {
	if _, active := m.At(now); active {
		return 0
	}
	return 1
}
