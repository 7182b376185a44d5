package logs

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// logDetail is one log event with what it leads to.
type logDetail struct {
	event app.LogEvent
	tree  *treeView // shows the fields of a JSON message
	rows  []treeRow // its fields
	more  bool      // fields than these
	links *logLinks // nil until read
}

// readAtOnce is the length of a message whose fields are read when it is opened, in less than a millisecond; those of a
// longer one are read with the rest.
const readAtOnce = 16 << 10

func newLogDetail(e app.LogEvent, tree *treeView) logDetail {
	d := logDetail{event: e, tree: tree}
	if len(e.Message) <= readAtOnce {
		d.rows, d.more = parseTree(e.Message)
	}
	return d
}

// logLinks is what an event is joined with, counted.
type logLinks struct {
	trace   string        // how it ended, or why that is not known
	traced  related.Count // log events of its trace
	request related.Count
	stream  app.LogNeighbours
	around  related.Count
	metrics []app.Series // that it published, where the cache has them
	changes related.ChangesBefore
	invoked bool // it belongs to an invocation of a Lambda function
	run     app.Invocation
	within  app.Range // in which all that belongs to it is looked for
}

// How far from an event its neighbours are, and the rest of its request, which may wait for fifteen minutes in a Lambda
// function (AWS Lambda developer guide, quotas).
const (
	neighbours = 30 * time.Second
	requestFar = 15 * time.Minute
)

func (d logDetail) Read(ctx context.Context, r Reader, o drawer.ReadContext) (drawer.Detail[Reader], error) {
	if len(d.event.Message) > readAtOnce {
		d.rows, d.more = parseTree(d.event.Message)
	}
	l := &logLinks{within: o.Past(app.Range{From: d.event.At.Add(-requestFar), To: d.event.At.Add(requestFar)})}
	var problems []error
	count := func(t *related.Count, read func() (related.Count, error)) {
		var err error
		*t, err = read()
		problems = append(problems, err)
	}
	if d.event.TraceID != "" {
		var err error
		l.trace, err = endOf(ctx, r, d.traceQuery(l.within))
		problems = append(problems, err)
		count(&l.traced, func() (related.Count, error) { return related.CountLogs(ctx, r, d.tracedQuery(l.within)) })
	}
	if d.event.RequestID != "" {
		count(&l.request, func() (related.Count, error) { return related.CountLogs(ctx, r, d.requestQuery(l.within)) })
	}
	count(&l.around, func() (related.Count, error) { return related.CountLogs(ctx, r, d.aroundQuery()) })
	var err error
	l.run, l.invoked, err = readInvocation(ctx, r, d.event, l.within)
	problems = append(problems, err)
	l.stream, err = r.LogNeighbours(ctx, d.event, neighboursEach, neighboursEach)
	problems = append(problems, err)
	l.changes, err = related.ReadChangesBefore(ctx, r, o.Focus.Scopes, d.event.At,
		[]string{resource.OfGroup(d.event.Group).Short})
	problems = append(problems, err)
	l.metrics, err = published(ctx, r, d.event, o.Presets)
	d.links = l
	return d, errors.Join(append(problems, err)...)
}

func (d logDetail) traceQuery(within app.Range) app.TraceQuery {
	return app.TraceQuery{ID: d.event.TraceID, Range: within}
}

func (d logDetail) tracedQuery(within app.Range) app.LogQuery {
	return app.LogQuery{Trace: d.event.TraceID, Range: within}
}

func (d logDetail) requestQuery(within app.Range) app.LogQuery {
	return app.LogQuery{Request: d.event.RequestID, Range: within}
}

func (d logDetail) aroundQuery() app.LogQuery {
	e := d.event
	return app.LogQuery{Scopes: []app.Scope{e.Scope}, Groups: []string{e.Group},
		Range: app.Range{From: e.At.Add(-neighbours), To: e.At.Add(neighbours)}}
}

// endOf says how a trace ended, and that it goes on; or that the cache does not hold it.
func endOf(ctx context.Context, r Reader, q app.TraceQuery) (string, error) {
	for t, err := range r.Traces(ctx, q) {
		if err != nil {
			return phrase.CountText(related.Count{}), err
		}
		said := phrase.Amount(t.Response.Seconds(), "Seconds")
		if word := phrase.Failure(t.Fault, t.Throttle, t.Error); word != "" {
			said = word + " · " + said
		}
		if t.Partial {
			said += " so far"
		}
		return said, nil
	}
	reach, err := related.ReadCompleteness(ctx, r, app.Traces, q.Scopes, "", q.Range)
	if reach == related.Complete {
		return "not sampled", err
	}
	return phrase.CountText(related.Count{N: 0, Completeness: reach}), err
}

func (d logDetail) Page(k drawer.PageContext) *drawer.Page {
	e := d.event
	color, _ := ui.OfLevel(e.Level)
	p := drawer.NewPage("Log event · "+phrase.ScopeText(e.Scope), resource.OfGroup(e.Group).Detailed(), nil,
		k.Stamp(e.At))
	if e.Level != app.LevelNone {
		p.Text(e.Level.String(), ui.Strong.In(color))
		p.Gap(6)
	}
	d.message(p, k)
	p.Line()
	p.Fact("Group", e.Group)
	p.Fact("Stream", e.Stream)
	p.Fact("Trace", string(e.TraceID))
	p.Fact("Request", e.RequestID)
	if d.links != nil && d.links.invoked {
		addInvocation(p, d.links.run)
	}
	p.Section("Go to")
	if d.links != nil {
		d.pivots(p, k)
	}
	p.Pivot("The hour around it, on the timeline", "h", k.Moment(e.At), func() { k.GoTo(drawer.HourAround(e.At), "") })
	p.Copy = e.Message
	return p
}

// message adds the fields of a message as a tree, or its text.
func (d logDetail) message(p *drawer.Page, k drawer.PageContext) {
	if len(d.rows) == 0 {
		p.Text(strings.TrimRight(app.PlainText(d.event.Message), "\r\n"), treeCode)
		p.Gap(8)
		return
	}
	ask := func(a ui.Ask) { a.Signal = app.Logs; k.Session.Asked.Set(a) }
	d.tree.show(keyOf(d.event), d.rows, treeActions{
		filter: func(term string, out bool) { ask(ui.Ask{Term: term, Out: out}) },
		copy:   k.CopyText,
		column: func(field string) { ask(ui.Ask{Column: field}) },
	})
	p.AddSteps(d.tree)
	p.Gap(4)
	if d.more || d.tree.hidden() {
		p.Text("And more fields; Copy takes the whole event.", ui.Note)
	}
	p.KeyedNote("Click a value: filter for it · Alt: filter it out · right: copy", "i", "Its fields, by keys",
		func() { d.tree.TakeKeyboard(true) })
}

func (d logDetail) pivots(p *drawer.Page, k drawer.PageContext) {
	e, l := d.event, d.links
	if e.TraceID != "" {
		p.Pivot("Its trace", "t", l.trace, func() { k.Open(app.Trace{Scope: e.Scope, ID: e.TraceID, Start: e.At}) })
	}
	if e.RequestID != "" {
		p.Pivot("Log events of its request", "e", phrase.CountText(l.request), func() {
			k.Open(app.LogList{Title: "Request " + e.RequestID, Query: d.requestQuery(l.within)})
		})
	}
	if e.TraceID != "" {
		p.Pivot("Log events of its trace", "s", phrase.CountText(l.traced), func() {
			k.Open(app.LogList{Title: "Trace " + string(e.TraceID), Query: d.tracedQuery(l.within)})
		})
	}
	p.Pivot("Around it in its stream", "n", neighboursText(l.stream), func() {
		k.Open(neighboursItem{e, neighboursEach, neighboursEach})
	})
	p.Pivot("Its group, 30 s around it", "l", phrase.CountText(l.around), func() {
		k.Open(app.LogList{Title: "Around " + phrase.Clock(e.At, k.Session.Zone.Now()), Query: d.aroundQuery()})
	})
	for i, s := range l.metrics {
		key := ""
		if i == 0 {
			key = "m"
		}
		p.Pivot("It published "+s.Metric.Name, key, phrase.Plural(int64(len(s.Points)), "point", "points"),
			func() { k.Open(s) })
	}
	p.Pivot("Its pattern", "p", "", func() { k.Open(eventPattern{e}) })
	p.Pivot("As it was written", "O", phrase.Amount(float64(len(e.Message)), "Bytes"), func() { k.Open(rawItem{e}) })
	p.ChangesBefore(k, l.changes, resource.OfGroup(e.Group).Short, phrase.Clock(e.At, k.Session.Zone.Now()), true)
}
