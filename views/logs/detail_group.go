package logs

import (
	"context"
	"errors"
	"fmt"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
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
	total   related.Count
	newest  []app.LogEvent
	traces  related.Count // of the service of its name
	alarms  []app.Alarm
	changes related.ChangesBefore // the end of the window
}

// newestShown is how many events of a group its detail lists.
const newestShown = 20

func (d groupDetail) name() string { return resource.OfGroup(d.group.Name).Short }

// query asks for its events, the newest first.
func (d groupDetail) query(within app.Range, level app.Level) app.LogQuery {
	return app.LogQuery{Scopes: []app.Scope{d.group.Place()}, Groups: []string{d.group.Name}, Range: within,
		Level: level, Newest: true}
}

func (d groupDetail) traceQuery(scopes []app.Scope, within app.Range) app.TraceQuery {
	return app.TraceQuery{Scopes: scopes, Range: within, Resources: []string{d.name()}, Newest: true}
}

func (d groupDetail) Read(ctx context.Context, r Reader, o drawer.ReadContext) (drawer.Detail[Reader], error) {
	f := &groupFacts{within: o.Past(o.Window)}
	var problems [6]error
	q := d.query(f.within, app.LevelNone)
	totals, err := r.LogTotals(ctx, q)
	for _, t := range totals {
		f.counts, f.total.N = t.Counts, t.Events()
	}
	problems[0] = err
	f.total.Completeness, problems[1] = related.ReadCompleteness(ctx, r, app.Logs, q.Scopes, d.group.Name, f.within)
	q.Limit = newestShown
	found, err := r.SearchLogs(ctx, q)
	f.newest, problems[2] = found.Events, err
	f.traces, problems[3] = related.CountTraces(ctx, r, d.traceQuery(o.Focus.Scopes, f.within))
	f.alarms, problems[4] = related.AlarmsOn(ctx, r, o.Focus.Scopes, d.name())
	f.changes, problems[5] = related.ReadChangesBefore(ctx, r, o.Focus.Scopes, f.within.To, []string{d.name()})
	d.facts = f
	return d, errors.Join(problems[:]...)
}

func (d groupDetail) Page(k drawer.PageContext) *drawer.Page {
	f, read := d.facts, d.facts != nil
	if !read { // keys work before the counts are there
		within := k.Session.Range()
		f = &groupFacts{within: within, changes: related.ChangesBefore{Scopes: k.Session.Focus.Now().Scopes,
			At: within.To, Resources: []string{d.name()}}}
	}
	p := drawer.NewPage("Log group · "+phrase.ScopeText(d.group.Scope), resource.OfGroup(d.group.Name).Detailed(), nil,
		phrase.CountOf(f.total, "event", "events")+" in "+phrase.Window(k.Session.Range().Length()))
	if !d.group.Filtered() {
		p.Text(phrase.NotFiltered(1)+".", ui.Quiet)
		p.Gap(6)
	} else if read {
		p.Incomplete(f.total, phrase.SignalItems(app.Logs))
		listLevels(p, f.counts)
	}
	p.Section("Go to")
	d.pivots(p, k, f, read)
	p.Section("Identity")
	p.Fact("Name", d.group.Name)
	p.Fact("Kept for", keptFor(d.group.Retention))
	if d.group.Stored > 0 {
		p.Fact("At AWS", phrase.Bytes(d.group.Stored))
	}
	p.Fact("Class", d.group.Class)
	if len(f.newest) > 0 {
		p.Section("Newest events")
		for _, e := range f.newest {
			listLog(p, k, e)
		}
	}
	p.Copy = d.group.Name
	return p
}

// keptFor says how long AWS keeps the events of a group.
func keptFor(days int) string {
	if days == 0 {
		return "ever"
	}
	return fmt.Sprintf("%d d", days)
}

func (d groupDetail) pivots(p *drawer.Page, k drawer.PageContext, f *groupFacts, read bool) {
	count := func(n int) string {
		return phrase.CountOnceRead(related.Count{N: n, Completeness: f.total.Completeness}, read)
	}
	p.Pivot("All, the newest first", "l", phrase.CountOnceRead(f.total, read), func() {
		k.Open(app.LogList{Title: "Logs of " + d.name(), Query: d.query(f.within, app.LevelNone)})
	})
	p.Pivot("Errors", "e", count(f.counts[app.LevelError]), func() {
		k.Open(app.LogList{Title: "Errors of " + d.name(), Query: d.query(f.within, app.LevelError)})
	})
	p.Pivot("Traces of "+d.name(), "t", phrase.CountOnceRead(f.traces, read), func() {
		k.Open(app.TraceList{Title: "Traces of " + d.name(),
			Query: d.traceQuery(k.Session.Focus.Now().Scopes, f.within)})
	})
	drawer.PivotToAlarms(p, k, d.name(), f.alarms, read)
	p.ChangesBefore(k, f.changes, d.name(), d.name(), read)
	p.Pivot("Narrow everything to "+d.name(), "n", "", func() { k.GoTo(k.Session.Range(), d.name()) })
	p.PivotToLane(k, d.group)
}
