package traces

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// serviceDetail is a service of the service graph over the window that is looked at.
type serviceDetail struct {
	service app.Service
	facts   *serviceFacts // nil until read
}

// serviceFacts is what is read of a service.
type serviceFacts struct {
	within  app.Range
	counted app.Range     // for which the graph counts, which may be longer than the window
	calls   app.CallStats // that it answered in that time
	callers []app.ServiceEdge
	callees []app.ServiceEdge
	traces  related.Count // in which it takes part
	faults  int
	slow    time.Duration // that 99 of 100 of them are not slower than
	logs    app.LogQuery
	errors  related.Count // in its logs and in those of what it calls
	alarms  []app.Alarm
	changes related.ChangesBefore // the end of the window
}

func (d serviceDetail) traceQuery(scopes []app.Scope, within app.Range, faults bool) app.TraceQuery {
	return app.TraceQuery{Scopes: scopes, Range: within, Resources: []string{d.service.Name}, Faults: faults,
		Newest: true}
}

func (d serviceDetail) Read(ctx context.Context, r Reader, o drawer.ReadContext) (drawer.Detail[Reader], error) {
	f := &serviceFacts{within: o.Past(o.Window)}
	scopes, name := o.Focus.Scopes, d.service.Name
	var problems [6]error
	graph, err := r.ServiceGraph(ctx, d.service.Place(), f.within)
	f.readGraph(graph, name)
	problems[0] = err
	problems[1] = f.readTraces(ctx, r, d.traceQuery(scopes, f.within, false))
	if f.logs, problems[2] = related.ErrorsBelow(ctx, r, scopes, []string{name}, f.within); problems[2] == nil {
		f.errors, problems[3] = related.CountLogs(ctx, r, f.logs)
	}
	f.alarms, problems[4] = related.AlarmsOn(ctx, r, scopes, name)
	f.changes, problems[5] = related.ReadChangesBefore(ctx, r, scopes, f.within.To, []string{name})
	d.facts = f
	return d, errors.Join(problems[:]...)
}

// readGraph takes out of a graph what it says of a service, under all of its types: the busiest calls first.
func (f *serviceFacts) readGraph(g app.ServiceGraph, name string) {
	f.counted = g.Range
	for _, n := range g.Nodes {
		// the service itself and its context count the same requests
		if n.Name == name && n.Stats.Total > f.calls.Total {
			f.calls = n.Stats
		}
	}
	for _, e := range g.Edges {
		switch {
		case e.From == e.To || e.FromType == app.ClientType:
		case e.From == name:
			f.callees = append(f.callees, e)
		case e.To == name:
			f.callers = append(f.callers, e)
		}
	}
	for _, edges := range [][]app.ServiceEdge{f.callers, f.callees} {
		slices.SortStableFunc(edges, func(a, b app.ServiceEdge) int {
			return cmp.Compare(b.Stats.Total,
				a.Stats.Total)
		})
	}
}

func (f *serviceFacts) readTraces(ctx context.Context, r Reader, q app.TraceQuery) error {
	dots, err := r.Latencies(ctx, q)
	if err != nil {
		return err
	}
	f.traces.N, f.faults = len(dots), endsOf(dots).faults
	if len(dots) > 0 {
		slices.SortFunc(dots, func(a, b app.Latency) int { return cmp.Compare(a.Response, b.Response) })
		f.slow = dots[(len(dots)*99+99)/100-1].Response
	}
	f.traces.Completeness, err = related.ReadCompleteness(ctx, r, app.Traces, q.Scopes, "", q.Range)
	return err
}

func (d serviceDetail) Page(k drawer.PageContext) *drawer.Page {
	f, read := d.facts, d.facts != nil
	if !read { // keys work before the counts are there
		within := k.Session.Range()
		f = &serviceFacts{within: within, logs: app.LogQuery{Range: within, Level: app.LevelError,
			Resource: d.service.Name},
			changes: related.ChangesBefore{Scopes: k.Session.Focus.Now().Scopes, At: within.To,
				Resources: []string{d.service.Name}}}
	}
	p := drawer.NewPage("Service · "+phrase.ScopeText(d.service.Scope), d.service.Name, nil,
		"in "+phrase.Window(k.Session.Range().Length()))
	d.values(p, k, f)
	p.Section("Go to")
	d.pivots(p, k, f, read)
	listEdges(p, k, "Calls", d.service.Scope, f.callees, func(e app.ServiceEdge) string { return e.To })
	listEdges(p, k, "Is called by", d.service.Scope, f.callers, func(e app.ServiceEdge) string { return e.From })
	p.Copy = d.service.Name
	return p
}

// values tells how many requests the service answered, and how.
func (d serviceDetail) values(p *drawer.Page, k drawer.PageContext, f *serviceFacts) {
	if n := f.calls.Total; n > 0 {
		p.Fact("Requests", phrase.Count(n)+", "+k.Span(f.counted.From, f.counted.To))
		p.Fact("Faults", phrase.Count(f.calls.Fault)+shareOf(f.calls.Fault, n))
		p.Fact("Mean time", phrase.Amount((f.calls.Time/time.Duration(n)).Seconds(), "Seconds"))
	}
	if f.traces.N > 0 {
		p.Fact("Its traces", "99 of 100 within "+phrase.Amount(f.slow.Seconds(), "Seconds"))
	}
}

// shareOf is a part in percent, "" for none.
func shareOf(n, of int64) string {
	if n == 0 || of == 0 {
		return ""
	}
	return ", " + phrase.Amount(100*float64(n)/float64(of), "Percent")
}

func (d serviceDetail) pivots(p *drawer.Page, k drawer.PageContext, f *serviceFacts, read bool) {
	scopes, name := k.Session.Focus.Now().Scopes, d.service.Name
	p.Pivot("Traces with faults", "t", phrase.CountOnceRead(related.Count{N: f.faults,
		Completeness: f.traces.Completeness}, read), func() {
		k.Open(app.TraceList{Title: "Traces with faults, " + name, Query: d.traceQuery(scopes, f.within, true)})
	})
	p.Pivot("All its traces", "s", phrase.CountOnceRead(f.traces, read), func() {
		k.Open(app.TraceList{Title: "Traces of " + name, Query: d.traceQuery(scopes, f.within, false)})
	})
	p.Pivot("Errors in its logs", "l", phrase.CountOnceRead(f.errors, read), func() {
		k.Open(app.LogList{Title: "Errors in the logs of " + name, Query: f.logs})
	})
	drawer.PivotToAlarms(p, k, name, f.alarms, read)
	p.ChangesBefore(k, f.changes, name, name, read)
	p.Pivot("Narrow everything to "+name, "n", "", func() { k.GoTo(k.Session.Range(), name) })
}

// edgesListed is how many services are listed that a service calls, and that call it.
const edgesListed = 6

// listEdges adds the services at the other end of calls, each with how many they are and how many failed.
func listEdges(p *drawer.Page, k drawer.PageContext, title string, at app.Scope, edges []app.ServiceEdge,
	end func(app.ServiceEdge) string) {
	if len(edges) == 0 {
		return
	}
	p.Section(title)
	for i, e := range edges {
		if i == edgesListed {
			p.Text("And "+phrase.Count(int64(len(edges)-i))+" more.", ui.Note)
			break
		}
		said := phrase.Count(e.Stats.Total)
		if e.Stats.Fault > 0 {
			said = strings.TrimPrefix(shareOf(e.Stats.Fault, e.Stats.Total), ", ") + " faults · " + said
		}
		p.Entry(end(e), said, func() { k.Open(app.Service{Scope: at, Name: end(e)}) })
	}
}
