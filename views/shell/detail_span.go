package shell

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// spanDetail is one span of a trace.
type spanDetail struct {
	trace app.Trace
	span  app.Span
	logs  tally // of its service, while it ran
	known bool  // logs were read
}

func (d spanDetail) read(ctx context.Context, r Reader, _ outlook) (Detail[Reader], error) {
	var err error
	d.logs, err = countLogs(ctx, r, d.logQuery())
	d.known = true
	return d, err
}

// within is the time in which the span ran, with a second on either side for clocks that differ.
func (d spanDetail) within() app.Range {
	end := d.span.End
	if end.IsZero() {
		end = d.trace.Start.Add(d.trace.Duration)
	}
	const apart = time.Second
	return app.Range{From: d.span.Start.Add(-apart), To: end.Add(apart)}
}

// logQuery asks for the log events of its service that name the trace.
func (d spanDetail) logQuery() app.LogQuery {
	return app.LogQuery{Trace: d.trace.ID, Resource: strings.ReplaceAll(d.span.Service, "/", "-"), Range: d.within()}
}

func (d spanDetail) page(k desk) *page {
	s := d.span
	p := newPage(upperFirst(string(s.Kind))+" of "+s.Service, s.Name, spanTag(s), d.when())
	p.fact("Resource", s.Resource)
	p.fact("Origin", s.Origin)
	p.fact("Starts", k.stamp(s.Start))
	p.fact("User", s.User)
	if h := s.HTTP; h != nil {
		p.fact("Request", strings.TrimSpace(h.Method+" "+h.URL))
		if h.Status != 0 {
			p.fact("Status", fmt.Sprint(h.Status))
		}
	}
	if q := s.SQL; q != nil {
		p.fact("Database", strings.TrimSpace(q.Database+" "+q.URL))
		p.fact("Query", q.Query)
	}
	listExceptions(p, s.Exceptions)
	p.section("Go to")
	p.pivot("Its trace", "t", phrase.Amount(d.trace.Response.Seconds(), "Seconds"), func() { k.open(d.trace) })
	p.pivot("Its service", "s", "", func() { k.open(app.Service{Scope: d.trace.Scope, Name: s.Service}) })
	p.pivot("Its service's logs of the trace", "l", countOnceRead(d.logs, d.known), func() {
		k.open(app.LogList{Title: "Logs of " + s.Service, Query: d.logQuery()})
	})
	for _, part := range []struct {
		title  string
		fields []setting
	}{{"Annotations", annotations(s.Annotations)}, {"AWS", jsonFields(s.AWS)}, {"Metadata", jsonFields(s.Metadata)}} {
		if len(part.fields) > 0 {
			p.section(part.title)
			p.settings(part.fields)
		}
	}
	p.copy = s.ID
	return p
}

// when says how long the span took, and how far into the trace it began.
func (d spanDetail) when() string {
	took := "in progress"
	if !d.span.End.IsZero() {
		took = phrase.Amount(d.span.End.Sub(d.span.Start).Seconds(), "Seconds")
	}
	if after := d.span.Start.Sub(d.trace.Start); after > 0 {
		return took + ", " + phrase.Amount(after.Seconds(), "Seconds") + " into the trace"
	}
	return took + ", from the start"
}

func spanTag(s app.Span) fyne.CanvasObject {
	return traceTag(app.Trace{Fault: s.Fault, Error: s.Error, Throttle: s.Throttle})
}

// framesShown is how many lines of a stack are shown.
const framesShown = 8

// listExceptions adds what a span recorded, each with the beginning of its stack.
func listExceptions(p *page, thrown []app.Exception) {
	if len(thrown) == 0 {
		return
	}
	p.section("Exceptions")
	for _, e := range thrown {
		p.text(strings.TrimSuffix(e.Type+": "+e.Message, ": "), ui.Small)
		var stack strings.Builder
		for _, f := range e.Stack[:min(len(e.Stack), framesShown)] {
			fmt.Fprintf(&stack, "%s %s:%d\n", f.Label, f.Path, f.Line)
		}
		p.text(stack.String(), ui.Style{Color: ui.ColorQuiet, Size: messageSize, Mono: true})
		p.gap(4)
	}
}

// annotations are what a trace can be found by, by name.
func annotations(of map[string]any) (list []setting) {
	for _, name := range slices.Sorted(maps.Keys(of)) {
		list = append(list, setting{name, shortSetting(fmt.Sprint(of[name]))})
	}
	return list
}

func jsonFields(raw json.RawMessage) []setting {
	list, _ := fieldsOf(string(raw))
	return list
}

func upperFirst(word string) string {
	if word == "" {
		return "Span"
	}
	return strings.ToUpper(word[:1]) + word[1:]
}
