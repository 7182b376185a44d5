package cache

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

func TestTracesRoundTrip(t *testing.T) {
	check(t, func(t *rapid.T, d *DB) {
		ctx := context.Background()
		traces := rapid.SliceOfNDistinct(genTrace(), 0, 8,
			func(r app.Trace) string { return r.Scope.String() + string(r.ID) }).Draw(t, "traces")
		if n := twice(t, func() (int, error) { return d.KeepTraces(ctx, traces) }); n != len(traces) {
			t.Fatalf("%d new, want %d", n, len(traces))
		}
		q := app.TraceQuery{Scopes: genFew(genPlace).Draw(t, "scopes"), Range: genRange().Draw(t, "range"),
			Resources: rapid.SampledFrom([][]string{nil, {""}, {"ORDERS"}, {"lambda", "Orders"}, {"no such"}}).Draw(t,
				"resources"), Faults: rapid.Bool().Draw(t, "faults"), Failed: rapid.Bool().Draw(t, "failed"),
			Slower: rapid.SampledFrom([]time.Duration{0, time.Minute}).Draw(t, "slower"),
			Spans:  rapid.Bool().Draw(t, "spans"),
			Limit:  rapid.IntRange(0, 3).Draw(t, "limit"), Newest: rapid.Bool().Draw(t, "newest")}
		if rapid.IntRange(0, 3).Draw(t, "by id") == 0 {
			q.ID = genTraceID().Draw(t, "id")
		} else if rapid.IntRange(0, 3).Draw(t, "by link") == 0 {
			q.LinkedTo = linkedTrace
		}
		want := wantedTraces(traces, q)
		same(t, "traces", collect(t, d.Traces(ctx, q)), want)
		same(t, "latencies", must[[]app.Latency](t)(d.Latencies(ctx, q)), dots(want))
	})
}

// wantedTraces is what Traces promises, in Go.
func wantedTraces(all []app.Trace, q app.TraceQuery) []app.Trace {
	var wanted []app.Trace
	for _, r := range all {
		if !inScopes(q.Scopes, r.Scope) || !inRange(q.Range, r.Start) || q.ID != "" && r.ID != q.ID ||
			q.LinkedTo != "" && !linksTo(r, q.LinkedTo) || !takesPart(r, q.Resources) ||
			q.Faults && !r.Fault || q.Failed && !r.Fault && !r.Error && !r.Throttle || q.Slower > 0 &&
			r.Response <= q.Slower {
			continue
		}
		if !q.Spans {
			r.Spans = nil
		}
		wanted = append(wanted, r)
	}
	slices.SortFunc(wanted, app.CompareTraces)
	if q.Newest {
		slices.Reverse(wanted)
	}
	if q.Limit > 0 && len(wanted) > q.Limit {
		wanted = wanted[:q.Limit]
	}
	return wanted
}

const linkedTrace = "1-62e900a0-000000000000000000000001"

func linksTo(r app.Trace, id app.TraceID) bool {
	return slices.ContainsFunc(r.Spans, func(s app.Span) bool { return slices.Contains(s.Links, string(id)) })
}

func takesPart(r app.Trace, resources []string) bool {
	names := []string{r.Entry}
	for _, s := range r.Spans {
		names = append(names, s.Service, s.Name, s.Resource)
	}
	return len(resources) == 0 || slices.Contains(resources, "") || slices.ContainsFunc(names, func(name string) bool {
		return slices.ContainsFunc(resources, func(
			of string) bool {
			return resource.Read(of).Concerns(resource.Read(name))
		})
	})
}

func dots(traces []app.Trace) []app.Latency {
	var dots []app.Latency
	for _, r := range traces {
		dots = append(dots, app.Latency{Scope: r.Scope, ID: r.ID, At: r.Start, Response: r.Response, Fault: r.Fault,
			Error: r.Error, Throttle: r.Throttle})
	}
	return dots
}

// A trace grows: its summary comes first, its spans later, and both may come again in any order.
func TestKeepTracesAsTheyGrow(t *testing.T) {
	span := func(id string) app.Span {
		return app.Span{ID: id, Kind: app.Segment, Name: "checkout", Service: "checkout", Start: epoch}
	}
	trace := func(revision int, partial bool, spans ...string) app.Trace {
		r := app.Trace{Scope: dayPlace, ID: "1-5fad4cc9-000000000000000000000001", Start: epoch, Revision: revision,
			Partial: partial}
		for _, id := range spans {
			r.Spans = append(r.Spans, span(id))
		}
		return r
	}
	ended := trace(1, false, "a", "b")
	ended.Spans[1].End = epoch.Add(time.Second)
	summary := trace(1, true)
	summary.URL, summary.Status = "https://shop.example/", 503
	for _, test := range []struct {
		name      string
		kept, add app.Trace
		changed   int
		want      app.Trace
		whole     int // revision that TraceRevisions gives; -1: none
		partial   bool
	}{
		{"the spans come", trace(1, false), trace(1, false, "a", "b"), 1, trace(1, false, "a", "b"), 1, false},
		{"only the summary comes again", trace(1, false, "a", "b"), trace(1, false), 0, trace(1, false, "a", "b"), 1,
			false},
		{"a summary that says less", trace(1, false, "a", "b"), summary, 0, trace(1, false, "a", "b"), 1, false},
		{"fewer spans of the same revision", trace(1, false, "a", "b"), trace(1, false, "a"), 0,
			trace(1, false, "a", "b"), 1, false},
		{"more spans of the same revision", trace(1, true, "a"), trace(1, false, "a", "b"), 1,
			trace(1, false, "a", "b"), 1, false},
		{"a span ends", trace(1, false, "a", "b"), ended, 1, ended, 1, false},
		{"a higher revision with fewer spans", trace(1, false, "a", "b"), trace(2, false, "c"), 1, trace(2, false, "c"),
			2, false},
		{"a lower revision", trace(2, false, "a"), trace(1, true, "a", "b"), 0, trace(2, false, "a"), 2, false},
		{"a summary of a higher revision", trace(1, false, "a"), trace(2, false), 1, trace(2, false, "a"), 1, true},
		{"spans of an older revision than the summary's", trace(2, false), trace(1, false, "a"), 1,
			trace(2, false, "a"), 1, true},
		{"in progress", trace(1, true), trace(2, true, "a"), 1, trace(2, true, "a"), -1, true},
		{"a summary alone", trace(1, true), trace(2, false), 1, trace(2, false), -1, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			ctx, d := context.Background(), openFile(t)
			must[int](t)(d.KeepTraces(ctx, []app.Trace{test.kept}))
			if n := twice(t, func() (int, error) {
				return d.KeepTraces(ctx,
					[]app.Trace{test.add})
			}); n != test.changed {
				t.Errorf("%d changed, want %d", n, test.changed)
			}
			same(t, "trace", collect(t, d.Traces(ctx, app.TraceQuery{Spans: true})), []app.Trace{test.want})
			revisions := must[map[app.TraceID]int](t)(
				d.TraceRevisions(ctx, dayPlace, app.Range{From: epoch, To: epoch.Add(1)}))
			if got, ok := revisions[test.kept.ID]; ok != (test.whole >= 0) || ok && got != test.whole {
				t.Errorf("revision %d, %t; want %d", got, ok, test.whole)
			}
			partial := must[[]app.TraceID](t)(d.PartialTraces(ctx, dayPlace, epoch))
			if slices.Contains(partial, test.kept.ID) != test.partial {
				t.Errorf("partial traces %v, want it among them: %t", partial, test.partial)
			}
			if later := must[[]app.TraceID](t)(d.PartialTraces(ctx, dayPlace, epoch.Add(1))); len(later) > 0 {
				t.Errorf("partial traces after it began: %v", later)
			}
			if err := d.Check(ctx); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestTracesOfAnUnknownPlace(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	if r, err := d.TraceRevisions(ctx, dayPlace, dayRange); len(r) != 0 || err != nil {
		t.Errorf("%v, %v", r, err)
	}
	if ids, err := d.PartialTraces(ctx, dayPlace, epoch); len(ids) != 0 || err != nil {
		t.Errorf("%v, %v", ids, err)
	}
	if n, err := count(d.Traces(ctx, app.TraceQuery{Scopes: []app.Scope{dayPlace}})); n != 0 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
}

// A service is found by its whole name or by that of a resource that stands for it, never by a part of another's name.
func TestTracesAreFoundByWholeNames(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	trace := func(n int, entry string, names ...string) app.Trace {
		r := app.Trace{Scope: dayPlace, ID: app.TraceID(fmt.Sprintf("1-5fad4cc9-%024d", n)),
			Start: epoch.Add(time.Duration(n)), Entry: entry}
		for i, name := range names {
			r.Spans = append(r.Spans, app.Span{ID: fmt.Sprint(i), Kind: app.Segment, Name: name, Service: name,
				Start: r.Start})
		}
		return r
	}
	const lambda, dynamo = "arn:aws:lambda:eu-west-1:111122223333:function:",
		"arn:aws:dynamodb:eu-west-1:111122223333:table/"
	traces := []app.Trace{
		trace(0, "order"), trace(1, "order-mail"), trace(2, "shop-api/prod", "order", "orders"),
		trace(3, "", lambda+"order:live"),
		trace(4, "", dynamo+"order/index/by-date"), trace(5, "archive\norder"),
	}
	must[int](t)(d.KeepTraces(ctx, traces))
	for name, want := range map[string][]int{
		"order": {0, 2, 3, 4}, "ORDER": {0, 2, 3, 4}, "mail": nil, "order-mail": {1}, "orders": {2}, "shop-api": {2},
		"shop-api/prod": {2}, "shop": nil, lambda + "order": {0, 2, 3}, dynamo + "order": {0, 2, 4}, "live": nil,
	} {
		for _, newest := range []bool{false, true} {
			found := collect(t, d.Traces(ctx, app.TraceQuery{Resources: []string{"nobody", name}, Newest: newest}))
			var got []int
			for _, r := range found {
				got = append(got, slices.IndexFunc(traces, func(o app.Trace) bool { return o.ID == r.ID }))
			}
			if slices.Sort(got); !slices.Equal(got, want) {
				t.Errorf("%s: traces %v, want %v", name, got, want)
			}
		}
	}
}

// Caches have digests of spans: they stay what they were, of the spans as one JSON array.
func TestTheDigestOfSpansIsThatOfTheirJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spans := rapid.SliceOfN(genSpan(), 1, 4).Draw(t, "spans")
		text, err := encodeJSON(spans)
		if err != nil {
			t.Fatal(err)
		}
		want := sha256.Sum256([]byte(text))
		if got, err := digestOfSpans(spans); err != nil || !bytes.Equal(got, want[:]) {
			t.Fatalf("%x, %v, want %x of %s", got, err, want, text)
		}
	})
}

// A trace of which no segment can be read is asked once a revision: it would be paid for by every pull.
func TestATraceWithoutReadableSegmentsIsAnswered(t *testing.T) {
	d, ctx := openFile(t), context.Background()
	one := app.Trace{Scope: dayPlace, ID: "1-5fad4cc9-000000000000000000000001", Start: epoch, Revision: 1}
	lacks := func() bool {
		known := must[map[app.TraceID]int](t)(d.TraceRevisions(ctx, dayPlace,
			app.Since(epoch.Add(time.Hour), 2*time.Hour)))
		revision, ok := known[one.ID]
		partial := must[[]app.TraceID](t)(d.PartialTraces(ctx, dayPlace, epoch.Add(-time.Hour)))
		return !ok || revision < one.Revision || len(partial) > 0
	}
	keep := func(spans []app.Span) {
		one.Spans = spans
		must[int](t)(d.KeepTraces(ctx, []app.Trace{one}))
	}
	if keep(nil); !lacks() {
		t.Error("a summary counts as the whole trace")
	}
	if keep([]app.Span{}); lacks() {
		t.Error("it is asked again")
	}
	one.Revision = 2
	if keep(nil); !lacks() {
		t.Error("what has changed since is not asked for")
	}
	keep([]app.Span{{ID: "70de5b6f19ff9a0a", Kind: app.Segment, Name: "checkout", Start: epoch}})
	one.Revision = 3
	keep([]app.Span{})
	got := collect(t, d.Traces(ctx, app.TraceQuery{Spans: true}))
	if lacks() || len(got) != 1 || len(got[0].Spans) != 1 {
		t.Errorf("what could be read once is lost: %+v", got)
	}
}
