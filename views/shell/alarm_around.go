package shell

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// surroundings is what an alarm leads to in other signals, counted.
type surroundings struct {
	with    []app.Alarm   // others in alarm, in the scopes of the focus
	faults  tally         // traces with faults of what it watches
	errors  tally         // log events of level error of what it watches and of what that calls
	logs    app.LogQuery  // that counted them
	changes changesBefore // its turn: those of what it watches and of what that calls, and all
}

// before is how far ahead of an alarm its cause is looked for.
const before = app.BeforeAlarm

func (d alarmDetail) readAround(ctx context.Context, r Reader, o outlook) (s surroundings, err error) {
	a, scopes := d.alarm, o.focus.Scopes
	within := a.Around(d.asOf(o.end))
	var problems [4]error
	with, err := r.Alarms(ctx, app.AlarmQuery{Scopes: scopes, State: app.InAlarm})
	problems[0] = err
	s.with = slices.DeleteFunc(with, func(w app.Alarm) bool { return w.Name == a.Name && w.Scope.Place() == a.Scope.Place() })
	s.faults, problems[1] = d.countFaults(ctx, r, scopes, within)
	s.logs, s.errors, problems[2] = d.countErrors(ctx, r, scopes, within)
	s.changes, problems[3] = d.countChanges(ctx, r, scopes, within)
	return s, errors.Join(problems[:]...)
}

// countFaults counts in the focus, and judges where the alarm lives: what it watches does, too.
func (d alarmDetail) countFaults(ctx context.Context, r Reader, scopes []app.Scope, within app.Range) (t tally, err error) {
	q := d.faultQuery(scopes, within)
	if len(q.Resources) == 0 {
		return t, nil
	}
	faults, err := r.Latencies(ctx, q)
	if err != nil {
		return t, err
	}
	t.n = len(faults)
	t.reach, err = readReach(ctx, r, app.Traces, []app.Scope{d.alarm.Scope}, "", within)
	return t, err
}

// countErrors counts in the logs of what the alarm watches and of the services by which its requests are answered.
func (d alarmDetail) countErrors(ctx context.Context, r Reader, scopes []app.Scope, within app.Range) (q app.LogQuery, t tally, err error) {
	names := d.watched().names
	if len(names) == 0 {
		return q, t, nil
	}
	if q, err = errorsBelow(ctx, r, scopes, names, within); err != nil {
		return q, t, err
	}
	t, err = countLogs(ctx, r, q)
	return q, t, err
}

// countChanges counts what was changed before the alarm turned: of what it watches, and of all that their service graph says
// they call, because what fails is noticed at the edge.
func (d alarmDetail) countChanges(ctx context.Context, r Reader, scopes []app.Scope, within app.Range) (changesBefore, error) {
	names := d.watched().names
	if len(names) == 0 {
		return readChangesBefore(ctx, r, scopes, d.alarm.Since, nil)
	}
	resources, err := servicesBelow(ctx, r, scopes, names, within)
	if err != nil {
		return changesBefore{}, err
	}
	c, err := readChangesBefore(ctx, r, scopes, d.alarm.Since, resources)
	c.below = true
	return c, err
}

func (d alarmDetail) faultQuery(scopes []app.Scope, within app.Range) app.TraceQuery {
	return app.TraceQuery{Scopes: scopes, Range: within, Resources: d.watched().names, Faults: true, Newest: true}
}

// pivots lead to what is around the alarm. The keys of those that do not hang on what is read work before the counts are there.
func (d alarmDetail) pivots(p *page, k desk) {
	a, scopes, read := d.alarm, k.session.Focus.Now().Scopes, d.facts != nil
	within := a.Around(d.asOf(k.session.End()))
	names, of := d.watched().names, someOf(d.watched().names, 2)
	s, with := surroundings{changes: changesBefore{scopes: scopes, at: a.Since, resources: names, below: len(names) > 0}}, "…"
	if read {
		s = d.facts.around
		with = phrase.Count(int64(len(s.with)))
	}
	switch {
	case len(names) > 0:
		p.pivot("Traces with faults", "t", countOnceRead(s.faults, read), func() {
			k.open(app.TraceList{Title: "Traces with faults, " + of, Query: d.faultQuery(scopes, within)})
		})
		p.pivot("Errors in its logs", "l", countOnceRead(s.errors, read), when(read, func() {
			k.open(app.LogList{Title: "Errors in the logs of " + of, Query: s.logs})
		}))
	case !read: // what a composite alarm leads to is being read: they keep their place
		p.add(newPivot("Traces with faults", "", "…", nil))
		p.add(newPivot("Errors in its logs", "", "…", nil))
	}
	p.changesBefore(k, s.changes, a.Name, a.Name, read)
	if _, ok := a.Reading(); ok && read {
		p.pivot("Its metric", "m", a.Metric.Name, func() { k.open(d.facts.series) })
	}
	p.pivot(d.withLabel(k.session.Now()), "a", with, when(read, func() { k.open(app.AlarmList{Title: "In alarm with " + a.Name, Alarms: s.with}) }))
	p.pivot("Show it on the timeline", "h", phrase.Window(within.Length()), func() { k.goTo(within, "") })
	if k.add != nil {
		p.pivot("A board of it and what belongs to it", "B", "", func() { k.add(ui.BoardFor{Alarm: a}) })
	}
}

// withLabel says which alarms are counted: those that are in alarm now, which is no news of an alarm that is not, or were when
// they were last seen.
func (d alarmDetail) withLabel(now time.Time) string {
	switch {
	case d.alarm.Alarming():
		return "Alarms in alarm with it"
	case phrase.SeenLate(d.alarm, now):
		return "Alarms in alarm then"
	}
	return "Alarms in alarm now"
}
