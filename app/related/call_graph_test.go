package related

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
)

var (
	graphNow = app.Range{From: time.Date(2026, 3, 14, 8, 0, 0, 0, time.UTC),
		To: time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)}
	graphUsual = app.Range{From: graphNow.From.Add(-4 * time.Hour), To: graphNow.From}
)

// request is a trace of an API that calls a table, a service behind a name, and one that is not traced.
func request(at time.Time, fault bool) app.Trace {
	span := func(id, parent string, kind app.SpanKind, name, origin, namespace string, took time.Duration) app.Span {
		s := app.Span{ID: id, Parent: parent, Kind: kind, Name: name, Origin: origin, Namespace: namespace, Start: at,
			End: at.Add(took)}
		if kind == app.Segment {
			s.Service = name
		}
		return s
	}
	const ms = time.Millisecond
	t := app.Trace{Start: at, Spans: []app.Span{
		span("1", "", app.Segment, "api", "AWS::ApiGateway::Stage", "", 100*ms),
		span("2", "1", app.Subsegment, "## part", "", "", 90*ms),
		span("3", "2", app.Subsegment, "DynamoDB", "", "aws", 10*ms),
		span("4", "3", app.Segment, "orders", "AWS::DynamoDB::Table", "", 10*ms),
		span("5", "1", app.Subsegment, "worker.internal", "", "remote", 30*ms),
		span("6", "5", app.Segment, "worker", "AWS::ECS::Fargate", "", 20*ms),
		span("7", "2", app.Subsegment, "payments.example", "", "remote", 40*ms),
		{ID: "8", Parent: "6", Kind: app.Segment, Name: "going on", Service: "going on", Start: at},
		{ID: "9", Parent: "10", Kind: app.Subsegment, Name: "round", Namespace: "remote", Start: at, End: at},
		{ID: "10", Parent: "9", Kind: app.Subsegment, Name: "and round", Start: at, End: at},
	}}
	t.Spans[6].Fault = fault
	return t
}

func TestCallGraphOfTraces(t *testing.T) {
	b := newCallBuilder(graphUsual, graphNow)
	for i := range 48 {
		b.add(request(graphUsual.From.Add(time.Duration(i)*callBucket), false))
	}
	b.add(request(graphNow.To.Add(-time.Second), true))
	b.add(request(graphNow.To, true)) // beyond both times
	g := b.built()
	calls := map[string]bool{}
	for _, c := range g.Calls {
		calls[g.Services[c.From].Name+" "+g.Services[c.To].Name] = true
	}
	want := map[string]bool{"api orders": true, "api worker": true, "api payments.example": true,
		"worker going on": true}
	if diff := cmp.Diff(want, calls); diff != "" {
		t.Error(diff)
	}
	for _, s := range g.Services {
		last := s.Now[len(s.Now)-1]
		if len(s.Usual) != 48 || len(s.Now) != 12 {
			t.Fatalf("%s has %d and %d buckets", s.Name, len(s.Usual), len(s.Now))
		}
		switch s.Name {
		case "payments.example":
			if want := (insight.CallPoint{Requests: 1, Failed: 1, Latency: 40 * time.Millisecond}); last != want ||
				s.Type != "remote" {
				t.Errorf("%s %+v", s.Type, last)
			}
		case "going on":
			if last.Requests > 0 {
				t.Error("what is in progress has no length yet")
			}
		}
	}
}

func TestCallGraphIsBounded(t *testing.T) {
	b := newCallBuilder(graphUsual, graphNow)
	for i := range mostServices + 7 {
		b.add(app.Trace{Start: graphNow.From,
			Spans: []app.Span{{ID: "1", Kind: app.Segment, Service: fmt.Sprint("s", i), Start: graphNow.From,
				End: graphNow.From.Add(1)}}})
	}
	if g := b.built(); len(g.Services) != mostServices || b.dropped != 7 {
		t.Errorf("%d services, %d dropped", len(g.Services), b.dropped)
	}
}
