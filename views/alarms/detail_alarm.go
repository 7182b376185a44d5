package alarms

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// alarmDetail is an alarm with what the cache knows around it.
type alarmDetail struct {
	alarm app.Alarm
	facts *alarmFacts // nil until read

	suspects *insight.Explanation // nil until ranked, which takes longer
}

// alarmFacts is what is read beside the alarm itself.
type alarmFacts struct {
	history    []app.AlarmHistoryItem // of this alarm, oldest first
	known      []app.Range            // where the history is complete
	evaluation *evaluation            // nil: there is none
	series     app.Series             // its metric over the window that is looked at
	inputs     []app.Series           // what its formula is made of, over that window
	family     family
	around     surroundings
}

// asOf is of when its state is told: of now, or of when it was last seen where that is long ago, or was found deleted.
func (d alarmDetail) asOf(now time.Time) time.Time { return phrase.AsOf(d.alarm, now) }

// watched is what the alarm leads to in other signals; that of a composite alarm is not known until its rule was
// followed.
func (d alarmDetail) watched() related.Watched {
	if d.facts == nil {
		return related.WatchedBy(d.alarm.Causes(nil))
	}
	return related.WatchedBy(d.facts.family.causes)
}

func (d alarmDetail) Read(ctx context.Context, r DetailReader, o drawer.ReadContext) (drawer.Detail[DetailReader],
	error) {
	f := &alarmFacts{}
	here := []app.Scope{d.alarm.Scope}
	var problems [8]error
	d.alarm, problems[7] = readAgain(ctx, r, d.alarm)
	a := d.alarm
	f.history, problems[0] = r.AlarmHistory(ctx, app.AlarmQuery{Scopes: here, Name: a.Name})
	slices.SortFunc(f.history, app.CompareHistory)
	covers, err := r.Coverage(ctx, app.CoverQuery{Scopes: here, Signal: app.Alarms})
	problems[1] = err
	for _, c := range covers {
		f.known = append(f.known, c.Range)
	}
	f.known = app.Union(f.known)
	f.evaluation, problems[2] = readEvaluation(ctx, r, a, f.history, o.Presets, d.asOf(o.Now))
	within := o.Window
	f.series, problems[3] = readSeries(ctx, r, a, within)
	f.inputs, problems[4] = readInputs(ctx, r, a, within)
	f.family, problems[5] = readFamily(ctx, r, a)
	d.facts = f
	f.around, problems[6] = d.readAround(ctx, r, o)
	return d, errors.Join(problems[:]...)
}

// readAgain returns an alarm as it is by now: it may have been seen again, or have turned, since it was opened.
func readAgain(ctx context.Context, r DetailReader, a app.Alarm) (app.Alarm, error) {
	found, err := r.Alarms(ctx, app.AlarmQuery{Scopes: []app.Scope{a.Scope}, Name: a.Name, Gone: true})
	if err != nil || len(found) == 0 {
		return a, err
	}
	return found[0], nil
}

// readSeries reads the metric of an alarm over a range; one that is not cached has no points.
func readSeries(ctx context.Context, r DetailReader, a app.Alarm, within app.Range) (app.Series, error) {
	reading, ok := a.Reading()
	if !ok {
		return app.Series{}, nil
	}
	found, err := r.Series(ctx, app.SeriesQuery{Scopes: []app.Scope{a.Scope}, Range: within,
		Keys: []string{reading.Key()}})
	if len(found) == 0 {
		return app.Series{Scope: a.Scope, Reading: reading}, err
	}
	return found[0], err
}

func (d alarmDetail) Page(k drawer.PageContext) *drawer.Page {
	p := d.head(k)
	p.Text(d.sentence(k), ui.Quiet)
	if d.alarm.Description != "" {
		p.Gap(6)
		p.Text(d.alarm.Description, ui.Note)
	}
	if d.facts != nil {
		d.raw(p)
		d.chart(p, k)
	}
	p.Section("Go to")
	if of := watchedText(d.watched(), d.alarm.Kind); of != "" {
		p.Text(of, ui.Note)
		p.Gap(6)
	}
	d.pivots(p, k)
	d.explained(p, k)
	if d.facts != nil {
		d.contributors(p, k)
		d.query(p)
		d.expression(p, k)
		d.rule(p, k)
		d.partOf(p, k)
		d.strip(p, k)
		d.record(p, k)
		d.turns(p, k)
		d.actions(p, k)
		d.configuration(p, k)
	}
	p.Copy = d.text(k)
	return p
}

// chart shows the evaluation with what counted in it, or says why there is nothing to show.
func (d alarmDetail) chart(p *drawer.Page, k drawer.PageContext) {
	if d.alarm.Kind == app.CompositeAlarm {
		return
	}
	p.Gap(12)
	e := d.facts.evaluation
	if why := phrase.Unjudged(d.alarm); why != "" {
		p.Text(why, ui.Note)
		if e == nil {
			return
		}
		p.Gap(6)
	}
	if e == nil && d.alarm.Metric != nil && d.alarm.Metric.OwningAccount != "" {
		p.Text("No datapoint of it is here. It is a metric of account "+d.alarm.Metric.OwningAccount+
			": F5 pulls it where this account may read the metrics of that one.", ui.Note)
		return
	}
	if e == nil {
		p.Text("Neither the cache nor AWS's reason has a datapoint of it. Pull its metric with F5.", ui.Note)
		return
	}
	rule := ""
	if e.alarm.Threshold != nil {
		rule = phrase.AlarmRule(e.alarm, k.Presets)
	}
	p.Add(newAlarmChart(e.picture, rule, phrase.AlarmUnit(d.alarm, k.Presets), d.ink(), k))
	p.Gap(4)
	verdict, missing := e.says(k)
	p.Text(verdict, ui.Note)
	p.Text(missing, ui.Note)
	if now := d.alarm.Threshold; now != nil && e.alarm.Threshold != nil && *now != *e.alarm.Threshold {
		p.Text("The threshold is "+phrase.ExactAmount(*now, phrase.AlarmUnit(d.alarm, k.Presets))+" by now.", ui.Note)
	}
}

// ink is the colour of the alarm's metric: what a deleted alarm saw is not current.
func (d alarmDetail) ink() fyne.ThemeColorName {
	if d.alarm.Gone.IsZero() {
		return ui.ColorSeries1
	}
	return ui.ColorNoData
}

// text is the alarm as one would paste it into a chat.
func (d alarmDetail) text(k drawer.PageContext) string {
	a := d.alarm
	_, _, state := ui.OfState(a.State)
	if !a.Gone.IsZero() {
		state = "Deleted; " + stateWas(a)
	}
	state += " since " + k.Stamp(a.Since)
	if now := k.Session.Now(); phrase.SeenLate(a, now) {
		state += ", last seen " + k.Stamp(d.asOf(now))
	}
	lines := []string{fmt.Sprintf("%s (%s)", a.Name, a.Scope), state, d.sentence(k), a.Reason, a.Rule, a.ARN}
	return strings.Join(slices.DeleteFunc(lines, func(line string) bool { return line == "" }), "\n")
}
