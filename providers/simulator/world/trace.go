package world

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// The origins of the two segments that a Lambda function leaves in a trace (X-Ray developer guide, "Lambda and X-Ray").
const (
	lambdaService  = "AWS::Lambda"
	lambdaFunction = "AWS::Lambda::Function"
)

// Notes are the annotations of a step: texts with placeholders, numbers and truths.
type Notes map[string]any

// UnmarshalYAML reads a mapping of annotations.
func (n *Notes) UnmarshalYAML(read func(any) error) error {
	var written map[string]any
	if err := read(&written); err != nil {
		return err
	}
	*n = Notes{}
	for key, value := range written {
		note, err := parseNote(value)
		if err != nil {
			return err
		}
		(*n)[key] = note
	}
	return nil
}

func (n Notes) fill(value func(string) string) map[string]any {
	if len(n) == 0 {
		return nil
	}
	filled := maps.Clone(map[string]any(n))
	for k, v := range filled {
		if text, ok := v.(Text); ok {
			filled[k] = text.fill(true, value)
		}
	}
	return filled
}

// record adds the span of a step, and the inferred segment of a call, to the trace. In done it leaves the id of the
// exception that a caller can name as the cause.
func (t *trip) record(s *Step, up, me frame, done *outcome, own *Failure) {
	span := app.Span{
		ID: me.span, Parent: up.span, Kind: app.Subsegment, Name: s.name(), Service: me.service,
		Namespace: s.Namespace, Resource: s.Resource, Start: me.started, End: done.end,
	}
	if s.Segment != "" {
		span.Kind, span.Origin = app.Segment, s.Origin
		if s.User {
			span.User = t.value(me, "customer")
		}
	}
	mark(&span, done.failure, own != nil)
	span.SpanDetail = t.detail(s, me)
	if span.Exceptions = t.exceptions(s, *done, own); span.Exceptions != nil {
		done.exception, done.told = span.Exceptions[0].ID, s.Segment != ""
	}
	if up.span == "" {
		span.Links = t.links(me.started)
	}
	t.spans = append(t.spans, span)
	if s.Infers != "" {
		t.spans = append(t.spans, t.inferred(s, span))
	}
}

// mark sets a span's flags. What throttles one service is a fault of those that called it.
func mark(span *app.Span, f *Failure, own bool) {
	switch {
	case f == nil:
	case f.As == "error":
		span.Error = true
	case f.As == "throttle" && own:
		span.Throttle, span.Error = true, true
	default:
		span.Fault = true
	}
}

// detail fills what a list of spans does not show.
func (t *trip) detail(s *Step, me frame) app.SpanDetail {
	value := func(name string) string { return t.value(me, name) }
	d := app.SpanDetail{
		AWS: s.AWS.fill(true, value), Metadata: s.Metadata.fill(true, value), Annotations: s.Annotations.fill(value),
	}
	if s.HTTP != nil {
		d.HTTP = &app.HTTP{Method: s.HTTP.Method, URL: s.HTTP.URL.fill(true, value), Status: me.status,
			Length: int64(40 + t.IntN(4000))}
		if s.HTTP.Client {
			d.HTTP.ClientIP, d.HTTP.UserAgent = t.ip, value("agent")
		}
	}
	if s.SQL != nil {
		d.SQL = &app.SQL{URL: s.SQL.URL, Database: s.SQL.Database, User: s.SQL.User, Query: s.SQL.Query}
	}
	return d
}

// exceptions returns what a failed step recorded: its own exception, or what a segment made of one thrown inside.
func (t *trip) exceptions(s *Step, done outcome, own *Failure) []app.Exception {
	switch {
	case done.failure == nil || done.failure.Exception == nil:
		return nil
	case own != nil:
		thrown := own.Exception
		return []app.Exception{{ID: t.hex(16), Type: thrown.Type, Message: thrown.Message, Remote: s.Call != "",
			Stack: frames(thrown.Stack)}}
	case done.told || s.Segment == "" || done.failure.Exception.Wrapped == "":
		return nil
	}
	thrown := done.failure.Exception
	return []app.Exception{{ID: t.hex(16), Type: thrown.Wrapped, Message: thrown.Message, Cause: done.exception,
		Stack: frames(thrown.Stack), Skipped: 3}}
}

// frames reads lines of "path:line label".
func frames(lines []string) []app.Frame {
	var stack []app.Frame
	for _, l := range lines {
		place, label, _ := strings.Cut(l, " ")
		i := strings.LastIndexByte(place, ':')
		if i < 0 {
			stack = append(stack, app.Frame{Path: place, Label: label})
			continue
		}
		line, _ := strconv.Atoi(place[i+1:])
		stack = append(stack, app.Frame{Path: place[:i], Line: line, Label: label})
	}
	return stack
}

// inferred returns the segment that X-Ray makes up for a service that sends none, from the call to it.
func (t *trip) inferred(s *Step, call app.Span) app.Span {
	return app.Span{
		ID: t.hex(16), Parent: call.ID, Kind: app.Segment, Name: s.Infers, Service: s.Infers, Origin: s.Origin,
		Resource: s.Resource,
		Start:    call.Start, End: call.End, Fault: call.Fault, Error: call.Error, Throttle: call.Throttle,
		SpanDetail: app.SpanDetail{HTTP: call.HTTP, AWS: call.AWS, SQL: call.SQL},
	}
}

// links returns the trace of the latest run that a queue or a stream connects this one with.
func (t *trip) links(at time.Time) []string {
	earlier := t.m.started[startedBy(t.journey.In, t.journey.Links)]
	i, _ := slices.BinarySearchFunc(earlier, at, func(l linked, at time.Time) int { return l.at.Compare(at) })
	if t.journey.Links == "" || i == 0 {
		return nil
	}
	return []string{string(earlier[i-1].id)}
}

// keep adds the trip's trace to its place. What would happen after the anchor has not happened yet.
func (t *trip) keep(at time.Time) {
	anchor := t.m.anchor()
	var spans []app.Span
	for _, s := range t.spans {
		if !s.Start.Before(anchor) {
			continue
		}
		if !s.End.Before(anchor) {
			s = InProgress(s)
		}
		spans = append(spans, s)
	}
	app.SortSpans(spans)
	t.place.Traces = append(t.place.Traces, Summary(t.place.Scope, t.id, spans))
	name := startedBy(t.journey.In, t.journey.Name)
	t.m.started[name] = append(t.m.started[name], linked{t.id, at})
}

// InProgress returns a span as it looks while it is in progress: it has no end, and nobody knows how it will go.
func InProgress(s app.Span) app.Span {
	s.End, s.Fault, s.Error, s.Throttle, s.Exceptions = time.Time{}, false, false, false, nil
	if s.HTTP != nil {
		http := *s.HTTP
		http.Status, http.Length = 0, 0
		s.HTTP = &http
	}
	return s
}

// Summary returns a trace with its summary as GetTraceSummaries tells it, all from the spans (sorted): the root is the
// first segment without a parent.
//   - Start is that of the first segment, Duration reaches from there to the end of the last segment that has ended.
//   - Response is the time of the root; zero while it is in progress. Entry is its name.
//   - Method, URL and Status are those of the root's request. Fault and Error are the root's.
//   - Throttle says that any span was throttled.
//   - Partial says that a span is in progress. Revision is the number of segments that are there.
func Summary(scope app.Scope, id app.TraceID, spans []app.Span) app.Trace {
	t := app.Trace{Scope: scope, ID: id, Spans: spans}
	var end time.Time
	for _, s := range spans {
		t.Throttle = t.Throttle || s.Throttle
		t.Partial = t.Partial || s.End.IsZero()
		if s.Kind != app.Segment {
			continue
		}
		t.Revision++
		if t.Start.IsZero() {
			t.Start = s.Start
		}
		if s.End.After(end) {
			end = s.End
		}
		if s.Parent == "" && t.Entry == "" {
			root(&t, s)
		}
	}
	if end.After(t.Start) {
		t.Duration = end.Sub(t.Start)
	}
	return t
}

// root takes what a summary says of the segment where a trace entered.
func root(t *app.Trace, s app.Span) {
	t.Entry, t.Fault, t.Error = s.Name, s.Fault, s.Error
	if !s.End.IsZero() {
		t.Response = s.End.Sub(s.Start)
	}
	if s.HTTP != nil {
		t.Method, t.URL, t.Status = s.HTTP.Method, s.HTTP.URL, s.HTTP.Status
	}
}
