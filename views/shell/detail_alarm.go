package shell

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// alarmDetail is an alarm with what the cache knows around it.
type alarmDetail struct {
	alarm app.Alarm
	facts *alarmFacts // nil until read
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

// asOf is now, or for an alarm that was deleted, when it was found so.
func (d alarmDetail) asOf(now time.Time) time.Time {
	if !d.alarm.Gone.IsZero() {
		return d.alarm.Gone
	}
	return now
}

// resource is by what the alarm's subject is found in other signals; "" for composite alarms, and for formulas over several.
func (d alarmDetail) resource() string {
	name := ""
	for i, r := range d.alarm.Readings() {
		if i > 0 && r.Subject() != name {
			return ""
		}
		name = r.Subject()
	}
	return name
}

func (d alarmDetail) read(ctx context.Context, r Reader, o outlook) (detail, error) {
	f := &alarmFacts{}
	a, here := d.alarm, []app.Scope{d.alarm.Scope}
	var problems [7]error
	f.history, problems[0] = r.AlarmHistory(ctx, app.AlarmQuery{Scopes: here, Name: a.Name})
	slices.SortFunc(f.history, app.CompareHistory)
	covers, err := r.Coverage(ctx, app.CoverQuery{Scopes: here, Signal: app.Alarms})
	problems[1] = err
	for _, c := range covers {
		f.known = append(f.known, c.Range)
	}
	f.known = app.Union(f.known)
	f.evaluation, problems[2] = readEvaluation(ctx, r, a, f.history, o.presets, d.asOf(o.now))
	within := o.window
	f.series, problems[3] = readSeries(ctx, r, a, within)
	f.inputs, problems[4] = readInputs(ctx, r, a, within)
	f.family, problems[5] = readFamily(ctx, r, a)
	f.around, problems[6] = d.readAround(ctx, r, o)
	d.facts = f
	return d, errors.Join(problems[:]...)
}

// readSeries reads the metric of an alarm over a range; one that is not cached has no points.
func readSeries(ctx context.Context, r Reader, a app.Alarm, within app.Range) (app.Series, error) {
	reading, ok := a.Reading()
	if !ok {
		return app.Series{}, nil
	}
	found, err := r.Series(ctx, app.SeriesQuery{Scopes: []app.Scope{a.Scope}, Range: within, Keys: []string{reading.Key()}})
	if len(found) == 0 {
		return app.Series{Scope: a.Scope, Reading: reading}, err
	}
	return found[0], err
}

func (d alarmDetail) page(k desk) *page {
	p := d.head(k)
	p.text(d.sentence(k), ui.Quiet)
	if d.alarm.Description != "" {
		p.gap(6)
		p.text(d.alarm.Description, ui.Note)
	}
	if d.facts != nil {
		d.raw(p)
		d.chart(p, k)
	}
	p.section("Go to")
	d.pivots(p, k)
	if d.facts != nil {
		d.expression(p, k)
		d.rule(p, k)
		d.partOf(p, k)
		d.strip(p, k)
		d.record(p, k)
		d.turns(p, k)
		d.actions(p, k)
		d.configuration(p, k)
	}
	p.copy = d.text(k)
	return p
}

// chart shows the evaluation with what counted in it, or says why there is nothing to show.
func (d alarmDetail) chart(p *page, k desk) {
	if d.alarm.Kind == app.CompositeAlarm {
		return
	}
	p.gap(12)
	e := d.facts.evaluation
	if e == nil {
		p.text("Neither the cache nor AWS's reason has a datapoint of it. Pull its metric with F5.", ui.Note)
		return
	}
	rule := ""
	if e.alarm.Threshold != nil {
		rule = ui.AlarmRule(e.alarm, k.presets)
	}
	p.add(newAlarmChart(e.picture, rule, ui.AlarmUnit(d.alarm, k.presets), d.ink(), k))
	p.gap(4)
	verdict, missing := e.says(k)
	p.text(verdict, ui.Note)
	p.text(missing, ui.Note)
	if now := d.alarm.Threshold; now != nil && e.alarm.Threshold != nil && *now != *e.alarm.Threshold {
		p.text("The threshold is "+ui.ExactAmount(*now, ui.AlarmUnit(d.alarm, k.presets))+" by now.", ui.Note)
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
func (d alarmDetail) text(k desk) string {
	a := d.alarm
	_, _, state := ui.OfState(a.State)
	if !a.Gone.IsZero() {
		state = "Deleted; " + stateWas(a)
	}
	lines := []string{fmt.Sprintf("%s (%s)", a.Name, a.Scope), state + " since " + k.stamp(a.Since), d.sentence(k), a.Reason, a.Rule, a.ARN}
	return strings.Join(slices.DeleteFunc(lines, func(line string) bool { return line == "" }), "\n")
}
