package xray

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/xray"
	"github.com/aws/aws-sdk-go-v2/service/xray/types"
	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
)

var (
	scope = app.Scope{Account: "111122223333", Region: "eu-west-1", Profile: "shop"}
	noon  = time.Date(2025, 11, 20, 12, 0, 0, 0, time.UTC)
)

// fake answers with functions; one that is nil is not to be called.
type fake struct {
	summaries func(*xray.GetTraceSummariesInput) (*xray.GetTraceSummariesOutput, error)
	traces    func(*xray.BatchGetTracesInput) (*xray.BatchGetTracesOutput, error)
	graph     func(*xray.GetServiceGraphInput) (*xray.GetServiceGraphOutput, error)
}

func (f fake) GetTraceSummaries(_ context.Context, in *xray.GetTraceSummariesInput,
	_ ...func(*xray.Options)) (*xray.GetTraceSummariesOutput, error) {
	return f.summaries(in)
}

func (f fake) BatchGetTraces(_ context.Context, in *xray.BatchGetTracesInput,
	_ ...func(*xray.Options)) (*xray.BatchGetTracesOutput, error) {
	return f.traces(in)
}

func (f fake) GetServiceGraph(_ context.Context, in *xray.GetServiceGraphInput,
	_ ...func(*xray.Options)) (*xray.GetServiceGraphOutput, error) {
	return f.graph(in)
}

// read reads a sequence to the end or the first error.
func read[T any](seq iter.Seq2[app.Page[T], error]) (pages []app.Page[T], err error) {
	for page, e := range seq {
		pages, err = append(pages, page), e
	}
	return pages, err
}

func id(n int) app.TraceID { return app.TraceID(fmt.Sprintf("1-%08x-%024x", noon.Unix(), n)) }

func TestTraceSummaries(t *testing.T) {
	var windows []app.Range
	api := fake{summaries: func(in *xray.GetTraceSummariesInput) (*xray.GetTraceSummariesOutput, error) {
		if in.TimeRangeType != types.TimeRangeTypeTraceId || aws.ToBool(in.Sampling) {
			t.Errorf("asked by %v, sampling %v", in.TimeRangeType, aws.ToBool(in.Sampling))
		}
		if in.NextToken == nil {
			windows = append(windows, app.Range{From: *in.StartTime, To: *in.EndTime})
		}
		if len(windows) == 1 && in.NextToken == nil {
			return &xray.GetTraceSummariesOutput{NextToken: aws.String("more")}, nil
		}
		return &xray.GetTraceSummariesOutput{TraceSummaries: []types.TraceSummary{{
			Id: aws.String(string(id(len(windows)))), Duration: aws.Float64(1.25), ResponseTime: aws.Float64(0.084),
			HasFault: aws.Bool(true), HasError: aws.Bool(true),
			HasThrottle: aws.Bool(true), IsPartial: aws.Bool(true), Revision: 3,
			StartTime:  aws.Time(noon.Add(time.Millisecond)),
			EntryPoint: &types.ServiceId{Name: aws.String("api")},
			Http: &types.Http{HttpMethod: aws.String("GET"), HttpURL: aws.String("https://shop/"),
				HttpStatus: aws.Int32(503)},
		}}}, nil
	}}
	asked := app.Range{From: noon.Add(-time.Hour + time.Millisecond), To: noon.Add(6*time.Hour + 500*time.Millisecond)}
	got, err := read(New(api, scope).TraceSummaries(t.Context(), app.TraceSummariesQuestion{Range: asked}))
	if err != nil {
		t.Fatal(err)
	}
	six := noon.Add(6 * time.Hour)
	if d := cmp.Diff([]app.Range{{From: six, To: six.Add(time.Second)}, {From: noon, To: six},
		{From: noon.Add(-time.Hour), To: noon}}, windows); d != "" {
		t.Error(d)
	}
	trace := func(n int) []app.Trace {
		return []app.Trace{{
			Scope: scope, ID: id(n), Start: noon.Add(time.Millisecond), Duration: 1250 * time.Millisecond,
			Response: 84 * time.Millisecond,
			Entry:    "api", Method: "GET", URL: "https://shop/", Status: 503, Fault: true, Error: true, Throttle: true,
			Partial: true, Revision: 3,
		}}
	}
	want := []app.Page[app.Trace]{
		{}, // in the middle of the first window nothing is known for sure
		{Items: trace(1), Covers: app.Range{From: six, To: asked.To}},
		{Items: trace(2), Covers: app.Range{From: noon, To: asked.To}},
		{Items: trace(3), Covers: asked},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestASummaryWithNothingInIt(t *testing.T) {
	got := New(nil, scope).summary(types.TraceSummary{Id: aws.String(string(id(1)))})
	if want := (app.Trace{Scope: scope, ID: id(1), Start: noon}); !cmp.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
	if got := New(nil, scope).summary(types.TraceSummary{Id: aws.String("odd")}); got.ID != "odd" ||
		!got.Start.IsZero() {
		t.Errorf("got %+v", got)
	}
}

func TestTracesAsksFiveAtATimeAndAgainForTheUnprocessed(t *testing.T) {
	tries := map[string]int{}
	api := fake{traces: func(in *xray.BatchGetTracesInput) (*xray.BatchGetTracesOutput, error) {
		if len(in.TraceIds) > 5 {
			t.Errorf("%d ids at once", len(in.TraceIds))
		}
		out := &xray.BatchGetTracesOutput{}
		for _, text := range in.TraceIds {
			tries[text]++
			switch {
			case text == string(id(2)) && tries[text] < 3, text == string(id(3)):
				out.UnprocessedTraceIds = append(out.UnprocessedTraceIds, text)
			case text == string(id(4)): // gone
			default:
				out.Traces = append(out.Traces,
					types.Trace{Id: aws.String(text), Duration: aws.Float64(1),
						LimitExceeded: aws.Bool(text == string(id(5))), Segments: []types.Segment{
							{Id: aws.String("b"), Document: aws.String(
								fmt.Sprintf(`{"id":"b","name":"call","type":"subsegment",`+
									`"parent_id":"a","start_time":%d}`,
									noon.Unix()+2))},
							{Id: aws.String("a"), Document: aws.String(
								fmt.Sprintf(`{"id":"a","name":"api","start_time":%d,"in_progress":true}`,
									noon.Unix()))},
							{Id: aws.String("a"), Document: aws.String(
								fmt.Sprintf(`{"id":"a","name":"api","start_time":%d,"end_time":%d}`, noon.Unix(),
									noon.Unix()+3))},
						}})
			}
		}
		return out, nil
	}}
	got, err := read(New(api, scope).Traces(t.Context(),
		app.TracesQuestion{IDs: []app.TraceID{id(1), id(2), id(3), id(4), id(5), id(6)}}))
	if err != nil || len(got) != 2 {
		t.Fatalf("%d pages, %v", len(got), err)
	}
	trace := func(n int) app.Trace {
		return app.Trace{Scope: scope, ID: id(n), Start: noon, Duration: time.Second, Limited: n == 5, Partial: true,
			Spans: []app.Span{
				{ID: "a", Kind: app.Segment, Name: "api", Service: "api", Start: noon, End: noon.Add(3 * time.Second)},
				{ID: "b", Parent: "a", Kind: app.Subsegment, Name: "call", Service: "api",
					Start: noon.Add(2 * time.Second)},
			}}
	}
	want := []app.Page[app.Trace]{
		{
			Items: []app.Trace{trace(1), trace(2), trace(5)},
			Problems: []app.Problem{
				{Kind: app.Throttled, Resource: string(id(3)),
					Message: "AWS left the trace unprocessed, however often it was asked"},
				{Kind: app.NotFound, Resource: string(id(4)), Message: "X-Ray does not have the trace"},
			},
		},
		{Items: []app.Trace{trace(6)}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if n := tries[string(id(3))]; n > 3+idleTries {
		t.Errorf("asked %d times", n)
	}
}

func TestTracesKeepsTheSpansBesideABadSegment(t *testing.T) {
	api := fake{traces: func(in *xray.BatchGetTracesInput) (*xray.BatchGetTracesOutput, error) {
		return &xray.BatchGetTracesOutput{Traces: []types.Trace{{Id: aws.String(in.TraceIds[0]),
			Segments: []types.Segment{
				{Id: aws.String("x"), Document: aws.String("{")},
				{Id: aws.String("a"), Document: aws.String(`{"id":"a","name":"api","start_time":1,"end_time":2}`)},
			}}}}, nil
	}}
	got, err := read(New(api, scope).Traces(t.Context(), app.TracesQuestion{IDs: []app.TraceID{id(1)}}))
	if err != nil || len(got) != 1 || len(got[0].Items) != 1 || len(got[0].Items[0].Spans) != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	if p := got[0].Problems; len(p) != 1 || p[0].Kind != app.Unreadable ||
		p[0].Message != "a segment document does not parse: unexpected end of JSON input" {
		t.Errorf("problems %+v", p)
	}
}

func TestServicesOfLonelySpans(t *testing.T) {
	spans := []app.Span{{ID: "a", Parent: "b", Name: "x"}, {ID: "b", Parent: "a", Name: "y"},
		{ID: "c", Parent: "gone", Name: "z"}}
	nameServices(spans)
	for i, want := range []string{"x", "y", "z"} { // a ring and an orphan: each is its own service
		if spans[i].Service != want {
			t.Errorf("%s belongs to %q", spans[i].ID, spans[i].Service)
		}
	}
}

func TestServiceGraph(t *testing.T) {
	counts := func(n int64) (*types.ServiceStatistics, *types.EdgeStatistics) {
		errs, faults := &types.ErrorStatistics{TotalCount: aws.Int64(2), ThrottleCount: aws.Int64(1)},
			&types.FaultStatistics{TotalCount: aws.Int64(3)}
		return &types.ServiceStatistics{TotalCount: aws.Int64(n), OkCount: aws.Int64(n - 5), ErrorStatistics: errs,
				FaultStatistics: faults, TotalResponseTime: aws.Float64(0.273)},
			&types.EdgeStatistics{TotalCount: aws.Int64(n), OkCount: aws.Int64(n - 5), ErrorStatistics: errs,
				FaultStatistics: faults, TotalResponseTime: aws.Float64(0.273)}
	}
	node, edge := counts(10)
	api := fake{graph: func(in *xray.GetServiceGraphInput) (*xray.GetServiceGraphOutput, error) {
		switch {
		case in.EndTime.Equal(noon):
			return &xray.GetServiceGraphOutput{}, nil
		case in.NextToken == nil:
			return &xray.GetServiceGraphOutput{NextToken: aws.String("2"), Services: []types.Service{
				{ReferenceId: aws.Int32(0), Name: aws.String("api"), Type: aws.String("client"),
					Edges: []types.Edge{{ReferenceId: aws.Int32(1), SummaryStatistics: edge},
						{ReferenceId: aws.Int32(9)}}},
			}}, nil
		}
		return &xray.GetServiceGraphOutput{Services: []types.Service{
			{ReferenceId: aws.Int32(1), Name: aws.String("api"), Type: aws.String("AWS::Lambda"), Root: aws.Bool(true),
				SummaryStatistics: node},
			{ReferenceId: aws.Int32(2), Name: aws.String("api"), Type: aws.String("AWS::Lambda"),
				SummaryStatistics: node},
		}}, nil
	}}
	within := app.Range{From: noon.Add(-time.Hour), To: noon.Add(time.Hour)}
	got, err := read(New(api, scope).ServiceGraph(t.Context(), app.ServiceGraphQuestion{Range: within}))
	stats := func(n int64) app.CallStats {
		return app.CallStats{Total: 10 * n, OK: 5 * n, Error: 2 * n, Throttle: n, Fault: 3 * n,
			Time: time.Duration(n) * 273 * time.Millisecond}
	}
	first := app.Range{From: noon, To: within.To}
	want := []app.Page[app.ServiceGraph]{
		{Covers: first, Items: []app.ServiceGraph{{
			Scope: scope, Range: first,
			Nodes: []app.ServiceNode{{Name: "api", Type: "AWS::Lambda", Root: true, Stats: stats(2)},
				{Name: "api", Type: "client"}},
			Edges: []app.ServiceEdge{{From: "api", FromType: "client", To: "api", ToType: "AWS::Lambda",
				Stats: stats(1)}},
		}}},
		{Covers: within, Items: []app.ServiceGraph{{Scope: scope, Range: app.Range{From: within.From, To: noon}}}},
	}
	if d := cmp.Diff(want, got); err != nil || d != "" {
		t.Error(err, d)
	}
}

func TestHalfAGraphIsNone(t *testing.T) {
	api := fake{graph: func(in *xray.GetServiceGraphInput) (*xray.GetServiceGraphOutput, error) {
		if in.NextToken != nil {
			return nil, errors.New("no")
		}
		return &xray.GetServiceGraphOutput{NextToken: aws.String("2"),
			Services: []types.Service{{Name: aws.String("api")}}}, nil
	}}
	got, err := read(New(api, scope).ServiceGraph(t.Context(),
		app.ServiceGraphQuestion{Range: app.Range{From: noon, To: noon.Add(time.Hour)}}))
	if err == nil || slices.ContainsFunc(got, func(p app.Page[app.ServiceGraph]) bool { return len(p.Items) > 0 }) {
		t.Errorf("%+v, %v", got, err)
	}
}
