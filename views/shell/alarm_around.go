package shell

import (
	"context"
	"errors"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// surroundings is what an alarm leads to in other signals, counted.
type surroundings struct {
	with    []app.Alarm   // others in alarm, in the scopes of the focus
	faults  tally         // traces with faults of its resource
	errors  tally         // log events of level error of its resource and of what that calls
	logs    app.LogQuery  // that counted them
	changes changesBefore // its turn: those of its resources and of what these call, and all
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

// countFaults counts in the focus, and judges where the alarm lives: its resource does, too.
func (d alarmDetail) countFaults(ctx context.Context, r Reader, scopes []app.Scope, within app.Range) (t tally, err error) {
	if d.resource() == "" {
		return t, nil
	}
	faults, err := r.Latencies(ctx, d.faultQuery(scopes, within))
	if err != nil {
		return t, err
	}
	t.n = len(faults)
	t.reach, err = readReach(ctx, r, app.Traces, []app.Scope{d.alarm.Scope}, "", within)
	return t, err
}

// countErrors counts in the logs of the resource and of the services by which its requests are answered: what fails shows
// where it is noticed, and says why further down.
func (d alarmDetail) countErrors(ctx context.Context, r Reader, scopes []app.Scope, within app.Range) (q app.LogQuery, t tally, err error) {
	name := d.resource()
	if name == "" {
		return q, t, nil
	}
	q = d.errorQuery(scopes, within)
	if q.Groups, err = groupsBelow(ctx, r, scopes, name, within); err != nil {
		return q, t, err
	}
	if len(q.Groups) > 0 {
		q.Resource = ""
	}
	t, err = countLogs(ctx, r, q)
	return q, t, err
}

// countChanges counts what was changed before the alarm turned: of the resources that it watches, a composite alarm by its
// children, and of all that their service graph says they call, because what fails is noticed at the edge.
func (d alarmDetail) countChanges(ctx context.Context, r Reader, scopes []app.Scope, within app.Range) (changesBefore, error) {
	watched, err := d.watched(ctx, r)
	if err != nil || len(watched) == 0 {
		c, wrong := readChangesBefore(ctx, r, scopes, d.alarm.Since, nil)
		return c, errors.Join(err, wrong)
	}
	resources, err := servicesBelow(ctx, r, scopes, watched, within)
	if err != nil {
		return changesBefore{}, err
	}
	c, err := readChangesBefore(ctx, r, scopes, d.alarm.Since, resources)
	c.below = true
	return c, err
}

// watched returns the resources that the alarm reads, or of a composite alarm, its children.
func (d alarmDetail) watched(ctx context.Context, r Reader) ([]string, error) {
	readers := []app.Alarm{d.alarm}
	if d.alarm.Kind == app.CompositeAlarm {
		near, err := r.Alarms(ctx, app.AlarmQuery{Scopes: []app.Scope{d.alarm.Scope}, Gone: true})
		if err != nil {
			return nil, err
		}
		children := d.alarm.Children()
		readers = slices.DeleteFunc(near, func(a app.Alarm) bool { return !slices.Contains(children, a.Name) })
	}
	var names []string
	for _, a := range readers {
		for _, reading := range a.Readings() {
			if name := app.ShortResource(reading.Subject()); name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names, nil
}

func (d alarmDetail) errorQuery(scopes []app.Scope, within app.Range) app.LogQuery {
	return app.LogQuery{Scopes: scopes, Range: within, Level: app.LevelError, Resource: d.resource()}
}

func (d alarmDetail) faultQuery(scopes []app.Scope, within app.Range) app.TraceQuery {
	return app.TraceQuery{Scopes: scopes, Range: within, Resource: d.resource(), Faults: true, Newest: true}
}

// pivots lead to what is around the alarm; their keys work before the counts are there.
func (d alarmDetail) pivots(p *page, k desk) {
	a, scopes, read := d.alarm, k.session.Focus.Now().Scopes, d.facts != nil
	within := a.Around(d.asOf(k.session.End()))
	s, with := surroundings{logs: d.errorQuery(scopes, within), changes: changesBefore{scopes: scopes, at: a.Since}}, "…"
	if name := d.resource(); name != "" {
		s.changes.resources, s.changes.below = []string{name}, true
	}
	if read {
		s = d.facts.around
		with = ui.Count(int64(len(s.with)))
	}
	if name := d.resource(); name != "" {
		p.pivot("Traces with faults", "t", s.faults.once(read), func() {
			k.open(ui.TraceList{Title: "Traces with faults, " + name, Query: d.faultQuery(scopes, within)})
		})
		p.pivot("Errors in its logs", "l", s.errors.once(read), func() {
			k.open(ui.LogList{Title: "Errors in the logs of " + name, Query: s.logs})
		})
	}
	s.changes.pivots(p, k, a.Name, a.Name, read)
	if _, ok := a.Reading(); ok && read {
		p.pivot("Its metric", "m", a.Metric.Name, func() { k.open(d.facts.series) })
	}
	p.pivot(d.withLabel(), "a", with, func() { k.open(ui.AlarmList{Title: "In alarm with " + a.Name, Alarms: s.with}) })
	p.pivot("Show it on the timeline", "h", ui.Window(within.Length()), func() { k.goTo(within, d.resource()) })
}

// withLabel says which alarms are counted: those that are in alarm now, which is no news of an alarm that is not.
func (d alarmDetail) withLabel() string {
	if d.alarm.State == app.InAlarm && d.alarm.Gone.IsZero() {
		return "Alarms in alarm with it"
	}
	return "Alarms in alarm now"
}
