package xray

import (
	"context"
	"iter"
	"maps"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/xray"
	"github.com/aws/aws-sdk-go-v2/service/xray/types"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers"
)

const (
	idsARequest = 5 // BatchGetTraces takes at most this many
	idleTries   = 8 // in a row that bring no trace, before ids count as left unprocessed
)

// Traces asks for the spans of traces (BatchGetTraces), five at a time; a page is one such batch, in the order of the
// ids. Ids that AWS leaves unprocessed are asked again a few times, and are then a Problem, as are traces that X-Ray
// no longer has (it keeps them 30 days). Fields and segments that cannot be read are Unreadable problems, named
// without the trace: they will be so each time.
//
// A trace from here has its scope, id, start, duration, Limited, Partial and spans; what else there is to know stands
// in its summary. Covers is always empty: ids are no range.
func (s *Source) Traces(ctx context.Context, q app.TracesQuestion) iter.Seq2[app.Page[app.Trace], error] {
	return func(yield func(app.Page[app.Trace], error) bool) {
		for ids := range slices.Chunk(q.IDs, idsARequest) {
			page, err := s.batch(ctx, ids)
			if !yield(page, err) || err != nil {
				return
			}
		}
	}
}

// batch asks for at most five traces until all are there. What came before an error is in the page.
func (s *Source) batch(ctx context.Context, ids []app.TraceID) (app.Page[app.Trace], error) {
	b := batch{traces: map[app.TraceID]*app.Trace{}}
	left := make([]string, len(ids))
	for i, id := range ids {
		left[i] = string(id)
	}
	var failed error
	for idle := 0; len(left) > 0 && idle < idleTries && failed == nil; idle++ {
		before := len(b.traces)
		left, failed = s.ask(ctx, left, &b)
		if len(b.traces) > before {
			idle = 0
		}
	}
	if failed != nil {
		return b.page(s.scope, nil, nil), failed
	}
	return b.page(s.scope, ids, left), nil
}

// ask puts one request, with all its pages, and returns the ids that AWS did not get to.
func (s *Source) ask(ctx context.Context, ids []string, b *batch) (left []string, err error) {
	call := func(ctx context.Context, token *string) (page app.Page[struct{}], next *string, err error) {
		out, err := s.api.BatchGetTraces(ctx, &xray.BatchGetTracesInput{TraceIds: ids, NextToken: token})
		if err != nil {
			return page, nil, err
		}
		for _, t := range out.Traces {
			b.add(t)
		}
		left = append(left, out.UnprocessedTraceIds...)
		page.Items = make([]struct{}, len(out.Traces))
		return page, out.NextToken, nil
	}
	for _, e := range providers.Pages(ctx, app.BatchGetTraces, call) {
		err = e
	}
	return left, err
}

// batch collects traces, whose segments may come in several answers.
type batch struct {
	traces   map[app.TraceID]*app.Trace
	problems []app.Problem
}

func (b *batch) add(t types.Trace) {
	id := idOf(aws.ToString(t.Id))
	trace := b.traces[id]
	if trace == nil {
		trace = &app.Trace{ID: id}
		b.traces[id] = trace
	}
	trace.Duration = max(trace.Duration, providers.Seconds(t.Duration))
	trace.Limited = trace.Limited || aws.ToBool(t.LimitExceeded)
	for _, segment := range t.Segments {
		spans, err := ParseSegment(aws.ToString(segment.Document))
		for _, what := range said(err) {
			b.problems = append(b.problems, app.Problem{Kind: app.Unreadable, Message: what})
		}
		trace.Spans = append(trace.Spans, spans...)
	}
}

// said returns what each of the joined errors says. A trace's or a span's id is left out where it would make the same
// trouble a new one each time.
func said(err error) (all []string) {
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []string{"a segment document " + err.Error()}
	}
	for _, e := range joined.Unwrap() {
		all = append(all, e.Error())
	}
	return all
}

func (b *batch) problem(kind app.Kind, id app.TraceID, message string) {
	b.problems = append(b.problems, app.Problem{Kind: kind, Resource: string(id), Message: message})
}

// page returns the traces in the order of ids, which are all that were asked and answered for; with none, in that of
// their ids.
func (b *batch) page(scope app.Scope, ids []app.TraceID, unprocessed []string) (page app.Page[app.Trace]) {
	for _, id := range unprocessed {
		b.problem(app.Throttled, idOf(id), "AWS left the trace unprocessed, however often it was asked")
	}
	if ids == nil {
		ids = slices.Sorted(maps.Keys(b.traces))
	}
	for _, id := range ids {
		id = idOf(string(id))
		trace := b.traces[id]
		switch {
		case trace != nil:
			trace.Scope = scope
			finish(trace)
			page.Items = append(page.Items, *trace)
			delete(b.traces, id) // an id asked twice
		case !slices.Contains(unprocessed, string(id)):
			b.problem(app.NotFound, id, "X-Ray does not have the trace")
		}
	}
	page.Problems = b.problems
	return page
}

// finish says what only all segments together tell: the order of the spans, each one's service, the start, and whether
// something is still in progress.
func finish(t *app.Trace) {
	t.Spans = dedup(t.Spans)
	nameServices(t.Spans)
	app.SortSpans(t.Spans)
	for i, s := range t.Spans {
		if i == 0 {
			t.Start = s.Start
		}
		t.Partial = t.Partial || s.End.IsZero()
	}
}

// dedup keeps one span of each id: X-Ray may hold the beginning of a segment beside the whole.
func dedup(spans []app.Span) []app.Span {
	at := make(map[string]int, len(spans))
	kept := spans[:0]
	for _, s := range spans {
		i, double := at[s.ID]
		switch {
		case !double:
			at[s.ID] = len(kept)
			kept = append(kept, s)
		case kept[i].End.IsZero() && !s.End.IsZero():
			kept[i] = s
		}
	}
	return kept
}
