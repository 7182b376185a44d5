package alarms

import (
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// head begins the page. What is known of a deleted alarm is told as what it was, and what was seen long ago as of then.
func (d alarmDetail) head(k drawer.PageContext) *drawer.Page {
	a, now := d.alarm, k.Session.Now()
	if a.Gone.IsZero() {
		lasted := "for " + phrase.Lasting(d.asOf(now).Sub(a.Since))
		said := lasted + ", since " + k.Moment(a.Since)
		if phrase.SeenLate(d.alarm, now) {
			said = "as of " + k.Moment(d.asOf(now)) + ", " + lasted
		}
		return drawer.NewPage("Alarm · "+phrase.ScopeText(a.Scope), a.Name, ui.NewStateTag(a.State), said)
	}
	p := drawer.NewPage("Alarm · "+phrase.ScopeText(a.Scope), a.Name, ui.NewTag(ui.Dash, ui.ColorNoData, "Deleted"),
		stateWas(a)+" from "+k.Moment(a.Since))
	p.Text("Deleted at AWS; last listed before "+k.Moment(a.Gone)+"; kept here.", ui.Quiet)
	p.Gap(6)
	return p
}

// stateWas is the state of a deleted alarm, in the middle of a sentence.
func stateWas(a app.Alarm) string {
	switch a.State {
	case app.InAlarm:
		return "was in alarm"
	case app.OK:
		return "was OK"
	}
	return "had insufficient data"
}

// sentence says when it goes off, how its metric is now, and how often it went off.
func (d alarmDetail) sentence(k drawer.PageContext) string {
	text := phrase.AlarmCondition(d.alarm, k.Presets)
	switch {
	case d.alarm.Kind == app.CompositeAlarm: // the page shows its rule, which may be long, below
		text = "Goes off by " + phrase.AlarmMetric(d.alarm)
	case d.alarm.State != app.InAlarm:
		text = "Goes off with " + text
	}
	if d.facts == nil {
		return text + "."
	}
	now := k.Session.Now()
	if last, ok := d.facts.last(now); ok && d.alarm.Gone.IsZero() {
		text += "; last " + phrase.Amount(last.Value, phrase.AlarmUnit(d.alarm, k.Presets))
	}
	text += "."
	if trouble := phrase.EvaluationProblem(d.alarm); trouble != "" {
		text += " " + trouble
	}
	if muted := phrase.Muted(d.alarm, now, k.Moment); muted != "" && d.alarm.Gone.IsZero() {
		text += " Nobody is told: " + muted + "."
	}
	if held := phrase.Suppressed(d.alarm); held != "" {
		text += " Nobody was told: " + held + "."
	}
	if d.alarm.Kind == app.CompositeAlarm && d.alarm.State == app.InAlarm {
		if why := phrase.AlarmReason(d.alarm, k.Presets, k.Moment); why != "" {
			text += " " + why
		}
	}
	if r := app.RecordOf(d.spans(now)); r.Went > 0 {
		text += " Went off " + times(r.Went) + " in " + roughly(r.Known)
		if r.Back > 0 {
			text += ", mean time to recover " + phrase.Lasting(r.Recover)
		}
		text += "."
	}
	return text
}

// raw shows AWS's reason as it stands where it names no datapoints, as when somebody set the state by hand.
func (d alarmDetail) raw(p *drawer.Page) {
	a, e := d.alarm, d.facts.evaluation
	if a.Kind == app.CompositeAlarm || a.State == app.OK || a.Reason == "" || e != nil && e.noted {
		return
	}
	p.Gap(6)
	p.Text(a.Reason, ui.Note)
}

// recent is how old the newest datapoint may be to say how the metric is now.
const recent = time.Hour

// last is the newest datapoint, if it says how the metric is now.
func (f *alarmFacts) last(now time.Time) (app.Point, bool) {
	n := len(f.series.Points)
	if n == 0 || now.Sub(f.series.Points[n-1].At) > recent {
		return app.Point{}, false
	}
	return f.series.Points[n-1], true
}
