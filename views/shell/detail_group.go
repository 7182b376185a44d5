package shell

import (
	"context"
	"errors"
	"fmt"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

// groupDetail is a log group over the window that is looked at.
type groupDetail struct {
	group app.LogGroup
	facts *groupFacts // nil until read
}

// groupFacts is what is read of a group.
type groupFacts struct {
	within  app.Range
	counts  [app.LevelError + 1]int
	total   tally
	newest  []app.LogEvent
	traces  tally // of the service of its name
	alarms  []app.Alarm
	changes changesBefore // the end of the window
}

// newestShown is how many events of a group its detail lists.
const newestShown = 20

func (d groupDetail) name() string { return shortGroup(d.group.Name) }

// query asks for its events, the newest first.
func (d groupDetail) query(within app.Range, level app.Level) app.LogQuery {
	return app.LogQuery{Scopes: []app.Scope{d.group.Place()}, Groups: []string{d.group.Name}, Range: within, Level: level, Newest: true}
}

func (d groupDetail) traceQuery(scopes []app.Scope, within app.Range) app.TraceQuery {
	return app.TraceQuery{Scopes: scopes, Range: within, Resources: []string{d.name()}, Newest: true}
}

func (d groupDetail) read(ctx context.Context, r Reader, o outlook) (Detail[Reader], error) {
	f := &groupFacts{within: o.past(o.window)}
	var problems [6]error
	q := d.query(f.within, app.LevelNone)
	totals, err := r.LogTotals(ctx, q)
	for _, t := range totals {
		f.counts, f.total.n = t.Counts, t.Events()
	}
	problems[0] = err
	f.total.reach, problems[1] = readReach(ctx, r, app.Logs, q.Scopes, d.group.Name, f.within)
	q.Limit = newestShown
	found, err := r.SearchLogs(ctx, q)
	f.newest, problems[2] = found.Events, err
	f.traces, problems[3] = countTraces(ctx, r, d.traceQuery(o.focus.Scopes, f.within))
	f.alarms, problems[4] = alarmsOn(ctx, r, o.focus.Scopes, d.name())
	f.changes, problems[5] = readChangesBefore(ctx, r, o.focus.Scopes, f.within.To, []string{d.name()})
	d.facts = f
	return d, errors.Join(problems[:]...)
}

func (d groupDetail) page(k desk) *page {
	f, read := d.facts, d.facts != nil
	if !read { // keys work before the counts are there
		within := k.session.Range()
		f = &groupFacts{within: within, changes: changesBefore{scopes: k.session.Focus.Now().Scopes, at: within.To, resources: []string{d.name()}}}
	}
	p := newPage("Log group · "+place(d.group.Scope), d.name(), nil, countOf(f.total, "event", "events")+" in "+phrase.Window(k.session.Range().Length()))
	if read {
		p.incomplete(f.total, "log events")
		listLevels(p, f.counts)
	}
	p.section("Go to")
	d.pivots(p, k, f, read)
	p.section("Identity")
	p.fact("Name", d.group.Name)
	p.fact("Kept for", keptFor(d.group.Retention))
	if d.group.Stored > 0 {
		p.fact("At AWS", phrase.Bytes(d.group.Stored))
	}
	p.fact("Class", d.group.Class)
	if len(f.newest) > 0 {
		p.section("Newest events")
		for _, e := range f.newest {
			listLog(p, k, e)
		}
	}
	p.copy = d.group.Name
	return p
}

// keptFor says how long AWS keeps the events of a group.
func keptFor(days int) string {
	if days == 0 {
		return "ever"
	}
	return fmt.Sprintf("%d d", days)
}

func (d groupDetail) pivots(p *page, k desk, f *groupFacts, read bool) {
	count := func(n int) string { return countOnceRead(tally{n, f.total.reach}, read) }
	p.pivot("All, the newest first", "l", countOnceRead(f.total, read), func() {
		k.open(app.LogList{Title: "Logs of " + d.name(), Query: d.query(f.within, app.LevelNone)})
	})
	p.pivot("Errors", "e", count(f.counts[app.LevelError]), func() {
		k.open(app.LogList{Title: "Errors of " + d.name(), Query: d.query(f.within, app.LevelError)})
	})
	p.pivot("Traces of "+d.name(), "t", countOnceRead(f.traces, read), func() {
		k.open(app.TraceList{Title: "Traces of " + d.name(), Query: d.traceQuery(k.session.Focus.Now().Scopes, f.within)})
	})
	pivotToAlarms(p, k, d.name(), f.alarms, read)
	p.changesBefore(k, f.changes, d.name(), d.name(), read)
	p.pivot("Narrow everything to "+d.name(), "n", "", func() { k.goTo(k.session.Range(), d.name()) })
	p.pivotToLane(k, d.group)
}

// pivotToAlarms leads to the alarms on a resource; read is false while they are being looked for.
func pivotToAlarms(p *page, k desk, name string, alarms []app.Alarm, read bool) {
	said := "…"
	if read {
		said = phrase.Count(int64(len(alarms)))
	}
	p.pivot("Alarms on "+name, "a", said, func() { k.open(app.AlarmList{Title: "Alarms on " + name, Alarms: alarms}) })
}

// pivotToLane adds an item's lane to the screen that shows items beside each other, if there is one.
func (p *page) pivotToLane(k desk, item app.Item) {
	if k.add != nil {
		p.pivot("Its lane on the timeline", "L", "", func() { k.add(item) })
	}
}
