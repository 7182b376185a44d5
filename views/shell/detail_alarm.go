package shell

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

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
	history []app.AlarmHistoryItem // of this alarm, oldest first
	known   []app.Range            // where the history is complete
	series  app.Series             // its metric over the window that is looked at
	within  app.Range              // that window
	with    []app.Alarm            // others in alarm, in the scopes of the focus
	faults  tally                  // traces with faults of its resource
	errors  tally                  // log events of level error of its resource and of what that calls
	logs    app.LogQuery           // that counted them
	changes tally                  // in the two hours before
}

// before is how far ahead of an alarm its cause is looked for.
const before = app.BeforeAlarm

// around returns the window in which to look at an alarm: from two hours before it changed to now, at most a day.
func around(a app.Alarm, now time.Time) app.Range { return a.Around(now) }

// resource is by what the alarm's subject is found in other signals; "" for composite alarms and formulas.
func (d alarmDetail) resource() string {
	if d.alarm.Metric == nil {
		return ""
	}
	return d.alarm.Metric.Subject()
}

func (d alarmDetail) read(ctx context.Context, r Reader, o outlook) (detail, error) {
	f := &alarmFacts{}
	a, here, focus := d.alarm, []app.Scope{d.alarm.Scope}, o.focus.Scopes
	var problems []error
	note := func(err error) { problems = append(problems, err) }
	var err error
	f.history, err = r.AlarmHistory(ctx, app.AlarmQuery{Scopes: here, Name: a.Name})
	note(err)
	slices.SortFunc(f.history, app.CompareHistory)
	covers, err := r.Coverage(ctx, app.CoverQuery{Scopes: here, Signal: app.Alarms})
	note(err)
	for _, c := range covers {
		f.known = append(f.known, c.Range)
	}
	f.known = app.Union(f.known)
	with, err := r.Alarms(ctx, app.AlarmQuery{Scopes: focus, State: app.InAlarm})
	note(err)
	f.with = slices.DeleteFunc(with, func(w app.Alarm) bool { return w.Name == a.Name && w.Scope.Place() == a.Scope.Place() })
	f.within = o.focus.At(o.now)
	note(f.readSeries(ctx, r, a))
	note(f.readFaults(ctx, r, d, o))
	note(f.readErrors(ctx, r, d, o))
	f.changes, err = countTrail(ctx, r, d.changeQuery(focus))
	note(err)
	d.facts = f
	return d, errors.Join(problems...)
}

func (f *alarmFacts) readSeries(ctx context.Context, r Reader, a app.Alarm) error {
	reading, ok := a.Reading()
	if !ok {
		return nil
	}
	wide := app.Range{From: f.within.From.Add(-reading.Period), To: f.within.To} // the line reaches the left edge
	found, err := r.Series(ctx, app.SeriesQuery{Scopes: []app.Scope{a.Scope}, Range: wide, Keys: []string{reading.Key()}})
	if len(found) > 0 {
		f.series = found[0]
	}
	return err
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

// readFaults counts in the focus, and judges where the alarm lives: its resource does, too.
func (f *alarmFacts) readFaults(ctx context.Context, r Reader, d alarmDetail, o outlook) error {
	name, within := d.resource(), around(d.alarm, o.now)
	if name == "" {
		return nil
	}
	faults, err := r.Latencies(ctx, d.faultQuery(o.focus.Scopes, within))
	if err != nil {
		return err
	}
	f.faults.n = len(faults)
	f.faults.reach, err = readReach(ctx, r, app.Traces, []app.Scope{d.alarm.Scope}, "", within)
	return err
}

// readErrors counts in the logs of the resource and of the services by which its requests are answered: what fails shows
// where it is noticed, and says why further down.
func (f *alarmFacts) readErrors(ctx context.Context, r Reader, d alarmDetail, o outlook) (err error) {
	name, within := d.resource(), around(d.alarm, o.now)
	if name == "" {
		return nil
	}
	f.logs = app.LogQuery{Scopes: o.focus.Scopes, Range: within, Level: app.LevelError}
	if f.logs.Groups, err = groupsBelow(ctx, r, o.focus.Scopes, name, within); err != nil {
		return err
	}
	if len(f.logs.Groups) == 0 {
		f.logs.Resource = name
	}
	f.errors, err = countLogs(ctx, r, f.logs)
	return err
}

func (d alarmDetail) page(k desk) *page {
	a := d.alarm
	now := k.session.Now()
	p := newPage("Alarm · "+place(a.Scope), a.Name, ui.NewStateTag(a.State), "for "+ui.Lasting(now.Sub(a.Since))+", since "+k.moment(a.Since))
	p.text(d.sentence(k), ui.Quiet)
	if a.Description != "" {
		p.gap(6)
		p.text(a.Description, ui.Note)
	}
	if reason := ui.AlarmReason(a, k.presets, k.moment); reason != "" && a.State != app.OK {
		p.gap(6)
		p.text(reason, ui.Note)
	}
	if d.facts != nil {
		d.chart(p, k)
	}
	p.section("Go to")
	d.pivots(p, k)
	if d.facts != nil {
		d.strip(p, k)
		d.turns(p, k)
		d.actions(p)
	}
	p.copy = d.text(k)
	return p
}

// sentence says when it goes off, how its metric is now, and how often it went off.
func (d alarmDetail) sentence(k desk) string {
	text := ui.AlarmSentence(d.alarm, k.presets)
	if d.facts == nil {
		return text + "."
	}
	if last, ok := d.facts.last(k.session.Now()); ok {
		text += "; last " + ui.Amount(last.Value, ui.AlarmUnit(d.alarm, k.presets))
	}
	text += "."
	within := d.stripRange(k)
	if n := app.Flaps(within, d.facts.history); n > 0 {
		text += " Went off " + times(n) + " in " + ui.Window(within.Length())
		if mean, ok := recovery(d.facts.history); ok {
			text += ", mean time to recover " + ui.Lasting(mean)
		}
		text += "."
	}
	return text
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return ui.Count(int64(n)) + " times"
}

// recovery is the mean time from going off to being OK again, over the times when that happened.
func recovery(history []app.AlarmHistoryItem) (mean time.Duration, ok bool) {
	var went time.Time
	var sum time.Duration
	n := 0
	for _, h := range history {
		switch {
		case h.Kind != app.StateUpdate:
		case h.To == app.InAlarm && went.IsZero():
			went = h.At
		case h.To == app.OK && !went.IsZero():
			sum += h.At.Sub(went)
			n++
			went = time.Time{}
		}
	}
	if n == 0 {
		return 0, false
	}
	return sum / time.Duration(n), true
}

// chart shows the metric, or says why there is nothing to show.
func (d alarmDetail) chart(p *page, k desk) {
	if _, ok := d.alarm.Reading(); !ok {
		return
	}
	p.gap(12)
	if len(d.facts.series.Points) == 0 {
		p.text("The cache has no datapoints of its metric in this window. Pull to get them, or look at another window.", ui.Note)
		return
	}
	p.add(newAlarmChart(d.alarm, d.facts.series, d.facts.within, ui.AlarmUnit(d.alarm, k.presets), k))
}

func (d alarmDetail) pivots(p *page, k desk) {
	a, scopes := d.alarm, k.session.Focus.Now().Scopes
	within := around(a, k.session.Now())
	f, with := d.facts, "…"
	if f == nil { // keys work before the counts are there
		f = &alarmFacts{logs: app.LogQuery{Scopes: scopes, Range: within, Level: app.LevelError, Resource: d.resource()}}
	} else {
		with = ui.Count(int64(len(f.with)))
	}
	if name := d.resource(); name != "" {
		p.pivot("Traces with faults", "t", f.faults.once(d.facts != nil), func() {
			k.open(ui.TraceList{Title: "Traces with faults, " + name, Query: d.faultQuery(scopes, within)})
		})
		p.pivot("Errors in its logs", "l", f.errors.once(d.facts != nil), func() {
			k.open(ui.LogList{Title: "Errors in the logs of " + name, Query: f.logs})
		})
	}
	p.pivot("Changes in the 2 h before", "c", f.changes.once(d.facts != nil), func() {
		k.open(ui.ChangeList{Title: "Changes before " + a.Name, Query: d.changeQuery(scopes)})
	})
	if a.Metric != nil && len(f.series.Points) > 0 {
		p.pivot("Its metric", "m", a.Metric.Name, func() { k.open(f.series) })
	}
	p.pivot("Alarms in alarm with it", "a", with, func() {
		k.open(ui.AlarmList{Title: "In alarm with " + a.Name, Alarms: f.with})
	})
	p.pivot("Show it on the timeline", "h", ui.Window(within.Length()), func() { k.goTo(within, d.resource()) })
}

func (d alarmDetail) faultQuery(scopes []app.Scope, within app.Range) app.TraceQuery {
	return app.TraceQuery{Scopes: scopes, Range: within, Resource: d.resource(), Faults: true, Newest: true}
}

func (d alarmDetail) changeQuery(scopes []app.Scope) app.TrailQuery {
	return app.TrailQuery{Scopes: scopes, Range: app.Range{From: d.alarm.Since.Add(-before), To: d.alarm.Since}, Changes: true}
}

// stripRange is how far back the state strip goes: over all cached history, a day at least and thirty at most.
func (d alarmDetail) stripRange(k desk) app.Range {
	now := k.session.Now()
	length := 24 * time.Hour
	if len(d.facts.known) > 0 {
		length = max(length, now.Sub(d.facts.known[0].From))
	}
	return app.Since(now, min(length.Round(time.Hour), 30*24*time.Hour)) // AWS keeps 30 days itself
}

func (d alarmDetail) strip(p *page, k desk) {
	within := d.stripRange(k)
	p.section("State, " + strings.TrimSuffix(ui.Window(within.Length()), " 0 h"))
	spans := app.StateSpans(within, d.alarm, d.facts.history, d.facts.known)
	p.add(ui.NewStateStrip(spans))
	if slices.ContainsFunc(spans, func(s app.StateSpan) bool { return s.State == app.NotKnown }) {
		p.gap(4)
		p.text("Where it is empty the cache does not know the state.", ui.Note)
	}
}

// text is the alarm as one would paste it into a chat.
func (d alarmDetail) text(k desk) string {
	_, _, word := ui.OfState(d.alarm.State)
	return fmt.Sprintf("%s (%s)\n%s since %s\n%s\n%s\n%s", d.alarm.Name, d.alarm.Scope, word, k.stamp(d.alarm.Since),
		d.sentence(k), d.alarm.Reason, d.alarm.ARN)
}
