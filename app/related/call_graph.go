package related

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/app/resource"
)

// callBucket is the length of the buckets by which calls are compared: X-Ray samples a request a second and one in
// twenty of the rest by default (X-Ray developer guide, "Configuring sampling rules"), so that shorter ones hold too
// few.
const callBucket = 5 * time.Minute

const (
	// mostTraces bounds the traces that are read with their spans; 4,000 of 20 spans take a third of a second.
	mostTraces = 4000
	// mostServices bounds the graph: where names of services hold ids, there are as many as traces.
	mostServices = 500
)

// callBuilder makes a call graph of traces.
type callBuilder struct {
	usual, now app.Range
	graph      insight.CallGraph
	sums       []callSums // by service
	index      map[calledKey]int
	calls      map[insight.Call]bool
	traces     int
	dropped    int // spans of services beyond mostServices
}

// calledKey identifies a service in a graph.
type calledKey struct {
	service app.Service
	kind    string
}

// callSums adds up what a service did in the buckets of both times.
type callSums struct{ usual, now []callSum }

type callSum struct {
	requests, failed float64
	time             time.Duration
}

func newCallBuilder(usual, now app.Range) *callBuilder {
	return &callBuilder{usual: usual, now: now, index: map[calledKey]int{}, calls: map[insight.Call]bool{}}
}

// add counts the spans of a trace.
func (b *callBuilder) add(t app.Trace) {
	b.traces++
	spans := make(map[string]*app.Span, len(t.Spans))
	traced := map[string]bool{} // spans behind which a segment was recorded
	for i := range t.Spans {
		s := &t.Spans[i]
		spans[s.ID] = s
		if s.Kind == app.Segment {
			traced[s.Parent] = true
		}
	}
	for i := range t.Spans {
		s := &t.Spans[i]
		key, ok := keyOfSpan(t.Place(), *s, traced[s.ID])
		if !ok {
			continue
		}
		at, ok := b.service(key)
		if !ok {
			b.dropped++
			continue
		}
		b.count(at, t.Start, *s)
		if caller := segmentAbove(spans, *s); caller != nil {
			from, known := b.service(calledKey{app.Service{Scope: t.Place(), Name: caller.Service}, caller.Origin})
			if known && from != at {
				b.calls[insight.Call{From: from, To: at}] = true
			}
		}
	}
}

// keyOfSpan returns of which service a span is: a segment of its own, and a call of what was called where that was not
// traced. Other spans, and those behind which a segment stands, are none: they are what a caller saw of it.
func keyOfSpan(place app.Scope, s app.Span, traced bool) (calledKey, bool) {
	switch {
	case s.Kind == app.Segment:
		return calledKey{app.Service{Scope: place, Name: s.Service}, s.Origin}, true
	case s.Namespace == "" || traced:
		return calledKey{}, false
	case s.Resource != "":
		return calledKey{app.Service{Scope: place, Name: resource.Short(s.Resource)}, s.Namespace}, true
	}
	return calledKey{app.Service{Scope: place, Name: s.Name}, s.Namespace}, true
}

// segmentAbove returns the segment that a span is part of, or of a segment the one that called it; nil for none.
// Parents of damaged traces may go round in a circle.
func segmentAbove(spans map[string]*app.Span, s app.Span) *app.Span {
	for range len(spans) {
		up := spans[s.Parent]
		if up == nil || up.Kind == app.Segment {
			return up
		}
		s = *up
	}
	return nil
}

// service returns the index of a service, and false where there are too many.
func (b *callBuilder) service(key calledKey) (int, bool) {
	i, ok := b.index[key]
	if ok {
		return i, true
	}
	if len(b.graph.Services) >= mostServices {
		return 0, false
	}
	i = len(b.graph.Services)
	b.index[key] = i
	b.graph.Services = append(b.graph.Services, insight.CalledService{Service: key.service, Type: key.kind})
	b.sums = append(b.sums, callSums{make([]callSum, bucketsIn(b.usual)), make([]callSum, bucketsIn(b.now))})
	return i, true
}

// bucketsIn returns how many whole buckets a range has; a rest at its end would have fewer requests.
func bucketsIn(r app.Range) int { return int(r.Length() / callBucket) }

// count adds a span to its bucket. What is in progress has no length yet.
func (b *callBuilder) count(service int, at time.Time, s app.Span) {
	if s.End.IsZero() {
		return
	}
	sums, from := b.sums[service].usual, b.usual.From
	if !at.Before(b.now.From) {
		sums, from = b.sums[service].now, b.now.From
	}
	i := int(at.Sub(from) / callBucket)
	if at.Before(from) || i >= len(sums) {
		return
	}
	sums[i].requests++
	sums[i].time += max(0, s.End.Sub(s.Start))
	if s.Fault || s.Throttle || s.Error {
		sums[i].failed++
	}
}

// built returns the graph.
func (b *callBuilder) built() insight.CallGraph {
	for i := range b.graph.Services {
		b.graph.Services[i].Usual, b.graph.Services[i].Now = pointsOf(b.sums[i].usual), pointsOf(b.sums[i].now)
	}
	b.graph.Calls = slices.SortedFunc(maps.Keys(b.calls), func(a, b insight.Call) int {
		return cmp.Or(a.From-b.From, a.To-b.To)
	})
	return b.graph
}

func pointsOf(sums []callSum) []insight.CallPoint {
	points := make([]insight.CallPoint, len(sums))
	for i, s := range sums {
		points[i] = insight.CallPoint{Requests: s.requests, Failed: s.failed}
		if s.requests > 0 {
			points[i].Latency = s.time / time.Duration(s.requests)
		}
	}
	return points
}
