package shell

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// logDetail is one log event with what it leads to.
type logDetail struct {
	event  app.LogEvent
	fields []setting // of a JSON message
	more   bool      // fields than these
	links  *logLinks // nil until read
}

// logLinks is what an event is joined with, counted.
type logLinks struct {
	trace   string // how it ended, or why that is not known
	request tally
	around  tally
	metrics []app.Series // that it published, where the cache has them
	changes changesBefore
	within  app.Range // in which all that belongs to it is looked for
}

// How far from an event its neighbours are, and the rest of its request, which may wait for fifteen minutes in a Lambda
// function (AWS Lambda developer guide, quotas).
const (
	neighbours = 30 * time.Second
	requestFar = 15 * time.Minute
)

func (d logDetail) read(ctx context.Context, r Reader, o outlook) (Detail[Reader], error) {
	d.fields, d.more = fieldsOf(d.event.Message)
	l := &logLinks{within: o.past(app.Range{From: d.event.At.Add(-requestFar), To: d.event.At.Add(requestFar)})}
	var problems []error
	count := func(t *tally, read func() (tally, error)) {
		var err error
		*t, err = read()
		problems = append(problems, err)
	}
	if d.event.TraceID != "" {
		var err error
		l.trace, err = endOf(ctx, r, d.traceQuery(l.within))
		problems = append(problems, err)
	}
	if d.event.RequestID != "" {
		count(&l.request, func() (tally, error) { return countLogs(ctx, r, d.requestQuery(l.within)) })
	}
	count(&l.around, func() (tally, error) { return countLogs(ctx, r, d.aroundQuery()) })
	var err error
	l.changes, err = readChangesBefore(ctx, r, o.focus.Scopes, d.event.At, []string{shortGroup(d.event.Group)})
	problems = append(problems, err)
	l.metrics, err = published(ctx, r, d.event, o.presets)
	d.links = l
	return d, errors.Join(append(problems, err)...)
}

func (d logDetail) traceQuery(within app.Range) app.TraceQuery {
	return app.TraceQuery{ID: d.event.TraceID, Range: within}
}

func (d logDetail) requestQuery(within app.Range) app.LogQuery {
	return app.LogQuery{Request: d.event.RequestID, Range: within}
}

func (d logDetail) aroundQuery() app.LogQuery {
	e := d.event
	return app.LogQuery{Scopes: []app.Scope{e.Scope}, Groups: []string{e.Group}, Range: app.Range{From: e.At.Add(-neighbours), To: e.At.Add(neighbours)}}
}

// endOf says how a trace ended, and that it goes on; or that the cache does not hold it.
func endOf(ctx context.Context, r Reader, q app.TraceQuery) (string, error) {
	for t, err := range r.Traces(ctx, q) {
		if err != nil {
			return countText(tally{}), err
		}
		said := phrase.Amount(t.Response.Seconds(), "Seconds")
		if word := failureOf(t.Fault, t.Throttle, t.Error); word != "" {
			said = word + " · " + said
		}
		if t.Partial {
			said += " so far"
		}
		return said, nil
	}
	reach, err := readReach(ctx, r, app.Traces, q.Scopes, "", q.Range)
	if reach == whole {
		return "not sampled", err
	}
	return countText(tally{0, reach}), err
}

func (d logDetail) page(k desk) *page {
	e := d.event
	color, _ := ui.OfLevel(e.Level)
	p := newPage("Log event · "+place(e.Scope), shortGroup(e.Group), nil, k.stamp(e.At))
	if e.Level != app.LevelNone {
		p.text(e.Level.String(), ui.Strong.In(color))
		p.gap(6)
	}
	if len(d.fields) == 0 {
		p.text(strings.TrimRight(e.Message, "\n"), ui.Style{Color: ui.ColorText, Size: messageSize, Mono: true})
		p.gap(8)
	}
	p.settings(d.fields)
	if d.more {
		p.text("And more fields; Copy takes the whole event.", ui.Note)
	}
	p.line()
	p.fact("Group", e.Group)
	p.fact("Stream", e.Stream)
	p.fact("Trace", string(e.TraceID))
	p.fact("Request", e.RequestID)
	p.section("Go to")
	if d.links != nil {
		d.pivots(p, k)
	}
	p.pivot("The hour around it, on the timeline", "h", k.moment(e.At), func() { k.goTo(hourAround(e.At), "") })
	p.copy = e.Message
	return p
}

func (d logDetail) pivots(p *page, k desk) {
	e, l := d.event, d.links
	if e.TraceID != "" {
		p.pivot("Its trace", "t", l.trace, func() { k.open(app.Trace{Scope: e.Scope, ID: e.TraceID, Start: e.At}) })
	}
	if e.RequestID != "" {
		p.pivot("Log events of its request", "e", countText(l.request), func() {
			k.open(app.LogList{Title: "Request " + e.RequestID, Query: d.requestQuery(l.within)})
		})
	}
	p.pivot("Its group, 30 s around it", "l", countText(l.around), func() {
		k.open(app.LogList{Title: "Around " + phrase.Clock(e.At, k.session.Zone.Now()), Query: d.aroundQuery()})
	})
	for i, s := range l.metrics {
		key := ""
		if i == 0 {
			key = "m"
		}
		p.pivot("It published "+s.Metric.Name, key, phrase.Plural(int64(len(s.Points)), "point", "points"), func() { k.open(s) })
	}
	p.changesBefore(k, l.changes, shortGroup(e.Group), phrase.Clock(e.At, k.session.Zone.Now()), true)
}
