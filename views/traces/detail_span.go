package traces

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
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// spanDetail is one span of a trace.
type spanDetail struct {
	trace app.Trace
	span  app.Span
	logs  related.Count // of its service, while it ran
	known bool          // logs were read
}

func (d spanDetail) Read(ctx context.Context, r Reader, _ drawer.ReadContext) (drawer.Detail[Reader], error) {
	var err error
	d.logs, err = related.CountLogs(ctx, r, d.logQuery())
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
	return app.LogQuery{Trace: d.trace.ID, Resource: d.span.Service, Range: d.within()}
}

func (d spanDetail) Page(k drawer.PageContext) *drawer.Page {
	s := d.span
	p := drawer.NewPage(upperFirst(string(s.Kind))+" of "+s.Service, s.Name, spanTag(s), d.when())
	p.Fact("Resource", s.Resource)
	p.Fact("Origin", s.Origin)
	p.Fact("Starts", k.Stamp(s.Start))
	p.Fact("User", s.User)
	if h := s.HTTP; h != nil {
		p.Fact("Request", strings.TrimSpace(h.Method+" "+h.URL))
		if h.Status != 0 {
			p.Fact("Status", fmt.Sprint(h.Status))
		}
	}
	if q := s.SQL; q != nil {
		p.Fact("Database", strings.TrimSpace(q.Database+" "+q.URL))
		p.Fact("Query", q.Query)
	}
	listExceptions(p, s.Exceptions)
	p.Section("Go to")
	p.Pivot("Its trace", "t", phrase.Amount(d.trace.Response.Seconds(), "Seconds"), func() { k.Open(d.trace) })
	p.Pivot("Its service", "s", "", func() { k.Open(app.Service{Scope: d.trace.Scope, Name: s.Service}) })
	p.Pivot("Its service's logs of the trace", "l", phrase.CountOnceRead(d.logs, d.known), func() {
		k.Open(app.LogList{Title: "Logs of " + s.Service, Query: d.logQuery()})
	})
	for _, part := range []struct {
		title  string
		fields []drawer.Setting
	}{{"Annotations", annotations(s.Annotations)}, {"AWS", jsonFields(s.AWS)}, {"Metadata", jsonFields(s.Metadata)}} {
		if len(part.fields) > 0 {
			p.Section(part.title)
			p.Settings(part.fields)
		}
	}
	p.Copy = s.ID
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
func listExceptions(p *drawer.Page, thrown []app.Exception) {
	if len(thrown) == 0 {
		return
	}
	p.Section("Exceptions")
	for _, e := range thrown {
		p.Text(strings.TrimSuffix(e.Type+": "+e.Message, ": "), ui.Small)
		var stack strings.Builder
		for _, f := range e.Stack[:min(len(e.Stack), framesShown)] {
			fmt.Fprintf(&stack, "%s %s:%d\n", f.Label, f.Path, f.Line)
		}
		p.Text(stack.String(), ui.Style{Color: ui.ColorQuiet, Size: drawer.MessageStyle, Mono: true})
		p.Gap(4)
	}
}

// annotations are what a trace can be found by, by name.
func annotations(of map[string]any) (list []drawer.Setting) {
	for _, name := range slices.Sorted(maps.Keys(of)) {
		list = append(list, drawer.Setting{Name: name, Value: drawer.ShortValue(fmt.Sprint(of[name]))})
	}
	return list
}

func jsonFields(raw json.RawMessage) []drawer.Setting {
	list, _ := drawer.Fields(string(raw))
	return list
}

func upperFirst(word string) string {
	if word == "" {
		return "Span"
	}
	return strings.ToUpper(word[:1]) + word[1:]
}
