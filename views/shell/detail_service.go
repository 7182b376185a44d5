package shell

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
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
	traces  tally // in which it takes part
	faults  int
	slow    time.Duration // that 99 of 100 of them are not slower than
	logs    app.LogQuery
	errors  tally // in its logs and in those of what it calls
	alarms  []app.Alarm
	changes changesBefore // the end of the window
}

func (d serviceDetail) traceQuery(scopes []app.Scope, within app.Range, faults bool) app.TraceQuery {
	return app.TraceQuery{Scopes: scopes, Range: within, Resources: []string{d.service.Name}, Faults: faults, Newest: true}
}

func (d serviceDetail) read(ctx context.Context, r Reader, o outlook) (Detail[Reader], error) {
	f := &serviceFacts{within: o.past(o.window)}
	scopes, name := o.focus.Scopes, d.service.Name
	var problems [6]error
	graph, err := r.ServiceGraph(ctx, d.service.Place(), f.within)
	f.readGraph(graph, name)
	problems[0] = err
	problems[1] = f.readTraces(ctx, r, d.traceQuery(scopes, f.within, false))
	if f.logs, problems[2] = errorsBelow(ctx, r, scopes, []string{name}, f.within); problems[2] == nil {
		f.errors, problems[3] = countLogs(ctx, r, f.logs)
	}
	f.alarms, problems[4] = alarmsOn(ctx, r, scopes, name)
	f.changes, problems[5] = readChangesBefore(ctx, r, scopes, f.within.To, []string{name})
	d.facts = f
	return d, errors.Join(problems[:]...)
}

// readGraph takes out of a graph what it says of a service, under all of its types: the busiest calls first.
func (f *serviceFacts) readGraph(g app.ServiceGraph, name string) {
	f.counted = g.Range
	for _, n := range g.Nodes {
		if n.Name == name && n.Stats.Total > f.calls.Total { // the service itself and its context count the same requests
			f.calls = n.Stats
		}
	}
	for _, e := range g.Edges {
		switch {
		case e.From == e.To || e.FromType == clientType:
		case e.From == name:
			f.callees = append(f.callees, e)
		case e.To == name:
			f.callers = append(f.callers, e)
		}
	}
	for _, edges := range [][]app.ServiceEdge{f.callers, f.callees} {
		slices.SortStableFunc(edges, func(a, b app.ServiceEdge) int { return cmp.Compare(b.Stats.Total, a.Stats.Total) })
	}
}

func (f *serviceFacts) readTraces(ctx context.Context, r Reader, q app.TraceQuery) error {
	dots, err := r.Latencies(ctx, q)
	if err != nil {
		return err
	}
	f.traces.n, f.faults = len(dots), endsOf(dots).faults
	if len(dots) > 0 {
		slices.SortFunc(dots, func(a, b app.Latency) int { return cmp.Compare(a.Response, b.Response) })
		f.slow = dots[(len(dots)*99+99)/100-1].Response
	}
	f.traces.reach, err = readReach(ctx, r, app.Traces, q.Scopes, "", q.Range)
	return err
}

func (d serviceDetail) page(k desk) *page {
	f, read := d.facts, d.facts != nil
	if !read { // keys work before the counts are there
		within := k.session.Range()
		f = &serviceFacts{within: within, logs: app.LogQuery{Range: within, Level: app.LevelError, Resource: d.service.Name},
			changes: changesBefore{scopes: k.session.Focus.Now().Scopes, at: within.To, resources: []string{d.service.Name}}}
	}
	p := newPage("Service · "+place(d.service.Scope), d.service.Name, nil, "in "+phrase.Window(k.session.Range().Length()))
	d.values(p, k, f)
	p.section("Go to")
	d.pivots(p, k, f, read)
	listEdges(p, k, "Calls", d.service.Scope, f.callees, func(e app.ServiceEdge) string { return e.To })
	listEdges(p, k, "Is called by", d.service.Scope, f.callers, func(e app.ServiceEdge) string { return e.From })
	p.copy = d.service.Name
	return p
}

// values tells how many requests the service answered, and how.
func (d serviceDetail) values(p *page, k desk, f *serviceFacts) {
	if n := f.calls.Total; n > 0 {
		p.fact("Requests", phrase.Count(n)+", "+k.span(f.counted.From, f.counted.To))
		p.fact("Faults", phrase.Count(f.calls.Fault)+shareOf(f.calls.Fault, n))
		p.fact("Mean time", phrase.Amount((f.calls.Time/time.Duration(n)).Seconds(), "Seconds"))
	}
	if f.traces.n > 0 {
		p.fact("Its traces", "99 of 100 within "+phrase.Amount(f.slow.Seconds(), "Seconds"))
	}
}

// shareOf is a part in percent, "" for none.
func shareOf(n, of int64) string {
	if n == 0 || of == 0 {
		return ""
	}
	return ", " + phrase.Amount(100*float64(n)/float64(of), "Percent")
}

func (d serviceDetail) pivots(p *page, k desk, f *serviceFacts, read bool) {
	scopes, name := k.session.Focus.Now().Scopes, d.service.Name
	p.pivot("Traces with faults", "t", countOnceRead(tally{f.faults, f.traces.reach}, read), func() {
		k.open(app.TraceList{Title: "Traces with faults, " + name, Query: d.traceQuery(scopes, f.within, true)})
	})
	p.pivot("All its traces", "s", countOnceRead(f.traces, read), func() {
		k.open(app.TraceList{Title: "Traces of " + name, Query: d.traceQuery(scopes, f.within, false)})
	})
	p.pivot("Errors in its logs", "l", countOnceRead(f.errors, read), func() {
		k.open(app.LogList{Title: "Errors in the logs of " + name, Query: f.logs})
	})
	pivotToAlarms(p, k, name, f.alarms, read)
	p.changesBefore(k, f.changes, name, name, read)
	p.pivot("Narrow everything to "+name, "n", "", func() { k.goTo(k.session.Range(), name) })
}

// edgesListed is how many services are listed that a service calls, and that call it.
const edgesListed = 6

// listEdges adds the services at the other end of calls, each with how many they are and how many failed.
func listEdges(p *page, k desk, title string, at app.Scope, edges []app.ServiceEdge, end func(app.ServiceEdge) string) {
	if len(edges) == 0 {
		return
	}
	p.section(title)
	for i, e := range edges {
		if i == edgesListed {
			p.text("And "+phrase.Count(int64(len(edges)-i))+" more.", ui.Note)
			break
		}
		said := phrase.Count(e.Stats.Total)
		if e.Stats.Fault > 0 {
			said = strings.TrimPrefix(shareOf(e.Stats.Fault, e.Stats.Total), ", ") + " faults · " + said
		}
		p.entry(end(e), said, func() { k.open(app.Service{Scope: at, Name: end(e)}) })
	}
}
