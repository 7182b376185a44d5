package alarms

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// surroundings is what an alarm leads to in other signals, counted.
type surroundings struct {
	with    []app.Alarm           // others in alarm, in the scopes of the focus
	faults  related.Count         // traces with faults of what it watches
	errors  related.Count         // log events of level error of what it watches and of what that calls
	logs    app.LogQuery          // that counted them
	changes related.ChangesBefore // its turn: those of what it watches and of what that calls, and all
}

func (d alarmDetail) readAround(ctx context.Context, r DetailReader, o drawer.ReadContext) (s surroundings, err error) {
	a, scopes := d.alarm, o.Focus.Scopes
	within := a.Around(d.asOf(o.End))
	var problems [4]error
	with, err := r.Alarms(ctx, app.AlarmQuery{Scopes: scopes, State: app.InAlarm})
	problems[0] = err
	s.with = slices.DeleteFunc(with, func(w app.Alarm) bool {
		return w.Name == a.Name &&
			w.Scope.Place() == a.Scope.Place()
	})
	s.faults, problems[1] = d.countFaults(ctx, r, scopes, within)
	s.logs, s.errors, problems[2] = d.countErrors(ctx, r, scopes, within)
	s.changes, problems[3] = d.countChanges(ctx, r, scopes, within)
	return s, errors.Join(problems[:]...)
}

// countFaults counts in the focus, and judges where the alarm lives: what it watches does, too.
func (d alarmDetail) countFaults(ctx context.Context, r DetailReader, scopes []app.Scope,
	within app.Range) (t related.Count, err error) {
	q := d.faultQuery(scopes, within)
	if len(q.Resources) == 0 {
		return t, nil
	}
	faults, err := r.Latencies(ctx, q)
	if err != nil {
		return t, err
	}
	t.N = len(faults)
	t.Completeness, err = related.ReadCompleteness(ctx, r, app.Traces, []app.Scope{d.alarm.Scope}, "", within)
	return t, err
}

// countErrors counts in the logs of what the alarm watches and of the services by which its requests are answered.
func (d alarmDetail) countErrors(ctx context.Context, r DetailReader, scopes []app.Scope,
	within app.Range) (q app.LogQuery, t related.Count, err error) {
	names := d.watched().Names
	if len(names) == 0 {
		return q, t, nil
	}
	if q, err = related.ErrorsBelow(ctx, r, scopes, names, within); err != nil {
		return q, t, err
	}
	t, err = related.CountLogs(ctx, r, q)
	return q, t, err
}

// countChanges counts what was changed before the alarm turned: of what it watches, and of all that their service graph
// says they call, because what fails is noticed at the edge.
func (d alarmDetail) countChanges(ctx context.Context, r DetailReader, scopes []app.Scope,
	within app.Range) (related.ChangesBefore, error) {
	names := d.watched().Names
	if len(names) == 0 {
		return related.ReadChangesBefore(ctx, r, scopes, d.alarm.Since, nil)
	}
	resources, err := related.ServicesBelow(ctx, r, scopes, names, within)
	if err != nil {
		return related.ChangesBefore{}, err
	}
	c, err := related.ReadChangesBefore(ctx, r, scopes, d.alarm.Since, resources)
	c.Below = true
	return c, err
}

func (d alarmDetail) faultQuery(scopes []app.Scope, within app.Range) app.TraceQuery {
	return app.TraceQuery{Scopes: scopes, Range: within, Resources: d.watched().Names, Faults: true, Newest: true}
}

// pivots lead to what is around the alarm. The keys of those that do not hang on what is read work before the counts
// are there.
func (d alarmDetail) pivots(p *drawer.Page, k drawer.PageContext) {
	a, scopes, read := d.alarm, k.Session.Focus.Now().Scopes, d.facts != nil
	within := a.Around(d.asOf(k.Session.End()))
	names, of := d.watched().Names, phrase.SomeOf(d.watched().Names, 2)
	s, with := surroundings{changes: related.ChangesBefore{Scopes: scopes, At: a.Since, Resources: names,
		Below: len(names) > 0}}, "…"
	if read {
		s = d.facts.around
		with = phrase.Count(int64(len(s.with)))
	}
	switch {
	case len(names) > 0:
		p.Pivot("Traces with faults", "t", phrase.CountOnceRead(s.faults, read), func() {
			k.Open(app.TraceList{Title: "Traces with faults, " + of, Query: d.faultQuery(scopes, within)})
		})
		p.Pivot("Errors in its logs", "l", phrase.CountOnceRead(s.errors, read), drawer.When(read, func() {
			k.Open(app.LogList{Title: "Errors in the logs of " + of, Query: s.logs})
		}))
	case !read: // what a composite alarm leads to is being read: they keep their place
		p.Add(drawer.NewPivot("Traces with faults", "", "…", nil))
		p.Add(drawer.NewPivot("Errors in its logs", "", "…", nil))
	}
	p.ChangesBefore(k, s.changes, a.Name, a.Name, read)
	if _, ok := a.Reading(); ok && read {
		p.Pivot("Its metric", "m", a.Metric.Name, func() { k.Open(d.facts.series) })
	}
	p.Pivot(d.withLabel(k.Session.Now()), "a", with,
		drawer.When(read, func() { k.Open(app.AlarmList{Title: "In alarm with " + a.Name, Alarms: s.with}) }))
	p.Pivot("Show it on the timeline", "h", phrase.Window(within.Length()), func() { k.GoTo(within, "") })
	if k.Add != nil {
		p.Pivot("A board of it and what belongs to it", "B", "", func() { k.Add(ui.BoardFor{Alarm: a}) })
	}
}

// withLabel says which alarms are counted: those that are in alarm now, which is no news of an alarm that is not, or
// were when they were last seen.
func (d alarmDetail) withLabel(now time.Time) string {
	switch {
	case d.alarm.Alarming():
		return "Alarms in alarm with it"
	case phrase.SeenLate(d.alarm, now):
		return "Alarms in alarm then"
	}
	return "Alarms in alarm now"
}
