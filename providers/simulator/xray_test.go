package simulator

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/xray"
	"github.com/aws/aws-sdk-go-v2/service/xray/types"
	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers/simulator/world"
)

func TestGetTraceSummaries(t *testing.T) {
	b := open(t, Faults{})
	last := b.server.world.Places[0].Traces[manyTraces-1]
	for name, c := range map[string]struct {
		from, to    time.Time
		by          types.TimeRangeType
		want, pages int
	}{
		"all":             {anchor.Add(-6 * time.Hour), anchor, "", manyTraces, 3},
		"the last minute": {anchor.Add(-time.Minute), anchor, "TraceId", 2, 1},
		"a second that holds one": {last.Start.Truncate(time.Second),
			last.Start.Truncate(time.Second).Add(time.Second), "TraceId", 1, 1},
		"a time within its second": {last.Start.Add(time.Millisecond), last.Start.Add(2 * time.Millisecond),
			"TraceId", 1, 1},
		"nothing":                       {anchor, anchor.Add(time.Hour), "TraceId", 0, 1},
		"active in the range":           {last.Start.Add(100 * time.Millisecond), anchor, "Event", 1, 1},
		"ended in the range":            {last.Start, anchor, "Service", 1, 1},
		"started before, ended in":      {last.Start.Truncate(time.Second), anchor, "Service", 1, 1},
		"long before the first of them": {anchor.Add(-20 * time.Hour), anchor.Add(-15 * time.Hour), "", 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			ids, pages := []string{}, 0
			p := xray.NewGetTraceSummariesPaginator(b.traces(),
				&xray.GetTraceSummariesInput{StartTime: &c.from, EndTime: &c.to, TimeRangeType: c.by})
			for ; p.HasMorePages(); pages++ {
				out, err := p.NextPage(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				for _, s := range out.TraceSummaries {
					ids = append(ids, *s.Id)
				}
			}
			if len(ids) != c.want || pages != c.pages {
				t.Errorf("%d traces on %d pages, want %d on %d", len(ids), pages, c.want, c.pages)
			}
			if slices.Reverse(ids); !slices.IsSorted(ids) {
				t.Error("not newest first")
			}
		})
	}
}

func TestTraceSummaryFields(t *testing.T) {
	b := open(t, Faults{})
	want := b.server.world.Places[0].Traces[manyTraces-1]
	from := anchor.Add(-40 * time.Second)
	got := must[*xray.GetTraceSummariesOutput](t)(b.traces().GetTraceSummaries(t.Context(),
		&xray.GetTraceSummariesInput{StartTime: &from, EndTime: &anchor})).TraceSummaries[0]
	summary := app.Trace{
		Scope: shop, ID: app.TraceID(*got.Id), Start: *got.StartTime, Duration: time.Duration(*got.Duration * 1e9),
		Response: time.Duration(*got.ResponseTime * 1e9),
		Entry:    *got.EntryPoint.Name, Method: *got.Http.HttpMethod, URL: *got.Http.HttpURL,
		Status: int(*got.Http.HttpStatus),
		Fault:  *got.HasFault, Error: *got.HasError, Throttle: *got.HasThrottle, Partial: *got.IsPartial,
		Revision: int(got.Revision),
	}
	want.Spans = nil
	if diff := cmp.Diff(want, summary); diff != "" {
		t.Error(diff)
	}
	if len(got.ServiceIds) != 2 || *got.Users[0].UserName != "ada" ||
		*got.ResourceARNs[0].ARN != "arn:aws:dynamodb:eu-west-1:111122223333:table/orders" {
		t.Errorf("services %v, users %v, resources %v", got.ServiceIds, got.Users, got.ResourceARNs)
	}
	for key, value := range map[string]types.AnnotationValue{
		"tenant": &types.AnnotationValueMemberStringValue{Value: "acme"},
		"items":  &types.AnnotationValueMemberNumberValue{Value: 3},
		"gift":   &types.AnnotationValueMemberBooleanValue{Value: true},
	} {
		if diff := cmp.Diff(value, got.Annotations[key][0].AnnotationValue,
			cmp.Comparer(func(a, b types.AnnotationValueMemberStringValue) bool { return a.Value == b.Value }),
			cmp.Comparer(func(a, b types.AnnotationValueMemberNumberValue) bool { return a.Value == b.Value }),
			cmp.Comparer(func(a,
				b types.AnnotationValueMemberBooleanValue) bool {
				return a.Value == b.Value
			})); diff != "" {
			t.Error(key, diff)
		}
	}
}

// fetched reads all pages of BatchGetTraces: documents by trace id.
func fetched(t *testing.T, b bench, ids ...string) (documents map[string][]string, unprocessed []string, pages int) {
	t.Helper()
	documents = map[string][]string{}
	for p := xray.NewBatchGetTracesPaginator(b.traces(),
		&xray.BatchGetTracesInput{TraceIds: ids}); p.HasMorePages(); pages++ {
		out, err := p.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, trace := range out.Traces {
			for _, s := range trace.Segments {
				if len(*s.Document) > 64_000 {
					t.Errorf("a document of %d bytes", len(*s.Document))
				}
				documents[*trace.Id] = append(documents[*trace.Id], *s.Document)
			}
		}
		unprocessed = append(unprocessed, out.UnprocessedTraceIds...)
	}
	return documents, unprocessed, pages
}

// parsedSpan is as much of a span as a test can read back without the code under test.
type parsedSpan struct {
	ID, Name, Parent, Kind, Trace string
}

// read takes the spans out of a document, by id.
func read(t *testing.T, text string) map[string]parsedSpan {
	t.Helper()
	spans := map[string]parsedSpan{}
	var walk func(m map[string]any, parent, trace string)
	walk = func(m map[string]any, parent, trace string) {
		text := func(key string) string { s, _ := m[key].(string); return s }
		kind := "segment"
		if parent != "" || text("type") != "" {
			kind = "subsegment"
		}
		if p := text("parent_id"); p != "" {
			parent = p
		}
		if id := text("trace_id"); id != "" {
			trace = id
		}
		spans[text("id")] = parsedSpan{text("id"), text("name"), parent, kind, trace}
		subs, _ := m["subsegments"].([]any)
		for _, s := range subs {
			walk(s.(map[string]any), text("id"), trace)
		}
	}
	var m map[string]any
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		t.Fatal(err)
	}
	walk(m, "", "")
	return spans
}

// TestBatchGetTraces checks that every span arrives once, under its parent, and that a trace too large for a document
// or a page is spread over several.
func TestBatchGetTraces(t *testing.T) {
	b := open(t, Faults{})
	traces := b.server.world.Places[0].Traces
	ids := []string{string(traces[1].ID), string(traces[0].ID), "1-00000000-000000000000000000000000",
		string(traces[2].ID)}
	documents, unprocessed, pages := fetched(t, b, ids...)
	if pages < 2 || !slices.Equal(unprocessed, ids[2:3]) {
		t.Errorf("%d pages, unprocessed %v", pages, unprocessed)
	}
	for _, trace := range traces[:3] {
		got, want := map[string]parsedSpan{}, map[string]parsedSpan{}
		total := 0
		for _, d := range documents[string(trace.ID)] {
			for id, s := range read(t, d) {
				got[id] = s
				total++
			}
		}
		for _, s := range trace.Spans {
			want[s.ID] = parsedSpan{s.ID, s.Name, s.Parent, string(s.Kind), string(trace.ID)}
		}
		if diff := cmp.Diff(want, got); diff != "" || total != len(want) {
			t.Errorf("%d spans of %d: %s", total, len(want), diff)
		}
	}
}

// TestSegmentDocument checks every field of a document against X-Ray's own words for it.
func TestSegmentDocument(t *testing.T) {
	b := open(t, Faults{})
	id := string(b.server.world.Places[0].Traces[1].ID)
	documents, _, _ := fetched(t, b, id)
	var got any
	if err := json.Unmarshal([]byte(documents[id][0]), &got); err != nil {
		t.Fatal(err)
	}
	start := float64(b.server.world.Places[0].Traces[1].Start.UnixMilli()) / 1000
	want := map[string]any{
		"id": "000000000000000b", "name": "checkout", "trace_id": id, "start_time": start, "end_time": start + 0.25,
		"origin": "AWS::Lambda::Function", "user": "ada",
		"http": map[string]any{
			"request": map[string]any{"method": "POST", "url": "https://shop.example/checkout?a=1&b=<2>",
				"client_ip": "192.0.2.1"},
			"response": map[string]any{"status": 200.0},
		},
		"annotations": map[string]any{"tenant": "acme", "items": 3.0, "gift": true},
		"metadata":    map[string]any{"debug": map[string]any{"note": "<b>"}},
		"subsegments": []any{map[string]any{
			"id": "000000000000000c", "name": "DynamoDB", "namespace": "aws", "start_time": start + 0.01,
			"end_time": start + 0.25, "resource_arn": "orders", "error": true, "throttle": true,
			"aws": map[string]any{"operation": "PutItem", "resource_names": []any{"orders"}},
			"cause": map[string]any{"exceptions": []any{map[string]any{
				"id": "0000000000000013", "type": "ThrottlingException", "message": "slow down", "remote": true,
				"truncated": 2.0,
				"stack":     []any{map[string]any{"path": "a.py", "line": 3.0, "label": "put"}},
			}}},
		}},
	}
	near := cmp.Comparer(func(a, b float64) bool { return a-b < 1e-6 && b-a < 1e-6 })
	if diff := cmp.Diff(any(want), got, near); diff != "" {
		t.Error(diff)
	}
}

// TestOrphanSpans checks that subsegments without a parent in the trace stand by themselves, and that a span in
// progress says so.
func TestOrphanSpans(t *testing.T) {
	start := anchor.Add(-time.Minute)
	trace := app.Trace{Scope: shop, ID: traceID(start, 1), Start: start, Spans: []app.Span{
		{ID: "a", Kind: app.Segment, Name: "s", Start: start},
		{ID: "b", Parent: "gone", Kind: app.Subsegment, Name: "sub", Start: start, End: start.Add(time.Second)},
	}}
	segments, err := segmentDocuments(&trace)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`{"id":"a","name":"s","trace_id":"` + string(trace.ID) + `","start_time":1741964340,"in_progress":true}`,
		`{"id":"b","name":"sub","trace_id":"` + string(trace.ID) +
			`","type":"subsegment","parent_id":"gone","start_time":1741964340,"end_time":1741964341}`,
	}
	if got := []string{segments[0].Document, segments[1].Document}; !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestGetServiceGraph(t *testing.T) {
	b := open(t, Faults{})
	from := anchor.Add(-time.Hour)
	within := app.Range{From: from, To: anchor}
	var want app.ServiceGraph = b.server.world.Places[0].Graph(within)
	if len(want.Nodes) < 2 || len(want.Edges) == 0 {
		t.Fatalf("the world's graph has %d nodes and %d edges: nothing to test with", len(want.Nodes), len(want.Edges))
	}
	out := must[*xray.GetServiceGraphOutput](t)(b.traces().GetServiceGraph(t.Context(),
		&xray.GetServiceGraphInput{StartTime: &from, EndTime: &anchor}))
	names, edges := map[int32]types.Service{}, 0
	for _, s := range out.Services {
		names[*s.ReferenceId] = s
	}
	for i, n := range want.Nodes {
		s := names[int32(i)]
		if *s.Name != n.Name || aws.ToString(s.Type) != n.Type || aws.ToBool(s.Root) != n.Root ||
			*s.SummaryStatistics.TotalCount != n.Stats.Total ||
			*s.SummaryStatistics.FaultStatistics.TotalCount != n.Stats.Fault {
			t.Errorf("service %+v, want %+v", s, n)
		}
		for _, e := range s.Edges {
			to := names[*e.ReferenceId]
			if !slices.ContainsFunc(want.Edges, func(w app.ServiceEdge) bool {
				return w.From == n.Name && w.To == *to.Name && w.Stats.Total == *e.SummaryStatistics.TotalCount &&
					w.Stats.Throttle == *e.SummaryStatistics.ErrorStatistics.ThrottleCount
			}) {
				t.Errorf("edge %s to %s is not in the world", n.Name, *to.Name)
			}
			edges++
		}
	}
	if len(out.Services) != len(want.Nodes) || edges != len(want.Edges) {
		t.Errorf("%d services and %d edges, want %d and %d", len(out.Services), edges, len(want.Nodes), len(want.Edges))
	}
}

// TestServiceGraphPages checks that edges name services across pages.
func TestServiceGraphPages(t *testing.T) {
	const calls = 120
	start := anchor.Add(-time.Minute)
	trace := app.Trace{Scope: shop, ID: traceID(start, 1), Start: start, Duration: time.Second, Entry: "hub"}
	trace.Spans = []app.Span{{ID: "0", Kind: app.Segment, Name: "hub", Service: "hub", Start: start, End: anchor}}
	for i := range calls {
		call, leaf := string(rune('a'+i%26))+time.Duration(i).String(), time.Duration(i).String()
		trace.Spans = append(trace.Spans,
			app.Span{ID: call, Parent: "0", Kind: app.Subsegment, Name: leaf, Service: "hub", Namespace: "remote",
				Start: start, End: anchor},
			app.Span{ID: "leaf" + call, Parent: call, Kind: app.Segment, Name: leaf, Service: leaf, Start: start,
				End: anchor})
	}
	b := serve(t, &world.World{Range: app.Range{From: start, To: anchor},
		Places: []*world.Place{{Scope: shop, Traces: []app.Trace{trace}}}}, Options{})
	ids, targets, pages := map[int32]bool{}, map[int32]bool{}, 0
	for p := xray.NewGetServiceGraphPaginator(b.traces(),
		&xray.GetServiceGraphInput{StartTime: &start, EndTime: &anchor}); p.HasMorePages(); pages++ {
		out, err := p.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range out.Services {
			ids[*s.ReferenceId] = true
			for _, e := range s.Edges {
				targets[*e.ReferenceId] = true
			}
		}
	}
	for id := range targets {
		if !ids[id] {
			t.Errorf("an edge leads to service %d, which is on no page", id)
		}
	}
	if pages != 2 || len(targets) < calls {
		t.Errorf("%d pages with %d targets, want 2 with at least %d", pages, len(targets), calls)
	}
}
