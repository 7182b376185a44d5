package world

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func everyTrace(t *testing.T, check func(*testing.T, *World, app.Trace)) {
	t.Helper()
	w := shopWorld(t)
	for _, p := range w.Places {
		if !slices.IsSortedFunc(p.Traces, app.CompareTraces) {
			t.Errorf("%s: traces are not sorted", p.Scope)
		}
		for _, tr := range p.Traces {
			check(t, w, tr)
		}
	}
}

func TestTraceIDsTellTheTime(t *testing.T) {
	form := regexp.MustCompile(`^1-[0-9a-f]{8}-[0-9a-f]{24}$`)
	everyTrace(t, func(t *testing.T, _ *World, tr app.Trace) {
		second, err := strconv.ParseInt(string(tr.ID[2:10]), 16, 64)
		if !form.MatchString(string(tr.ID)) || err != nil || second != tr.Start.Unix() {
			t.Errorf("%s starts at %s", tr.ID, tr.Start)
		}
	})
}

func TestSpansAreATree(t *testing.T) {
	everyTrace(t, func(t *testing.T, _ *World, tr app.Trace) {
		byID := map[string]app.Span{}
		roots := 0
		for _, s := range tr.Spans {
			byID[s.ID] = s
			if s.Parent == "" {
				roots++
			}
		}
		if roots != 1 || len(byID) != len(tr.Spans) {
			t.Fatalf("%s: %d roots, %d ids for %d spans", tr.ID, roots, len(byID), len(tr.Spans))
		}
		sorted := slices.Clone(tr.Spans)
		app.SortSpans(sorted)
		for i, s := range tr.Spans {
			parent, ok := byID[s.Parent]
			if s.Parent != "" && (!ok || s.Start.Before(parent.Start) || s.End.After(parent.End) &&
				!parent.End.IsZero()) {
				t.Fatalf("%s: %s %q lies outside of its parent %q", tr.ID, s.ID, s.Name, parent.Name)
			}
			if s.Kind == app.Subsegment && s.Service != parent.Service || s.Kind == app.Segment && s.Service != s.Name {
				t.Fatalf("%s: %q belongs to %q", tr.ID, s.Name, s.Service)
			}
			if sorted[i].ID != s.ID {
				t.Fatalf("%s: spans are not sorted", tr.ID)
			}
		}
	})
}

func TestSummariesFollowFromTheSpans(t *testing.T) {
	everyTrace(t, func(t *testing.T, _ *World, tr app.Trace) {
		var root app.Span
		var end time.Time
		segments, throttled, running := 0, false, false
		for _, s := range tr.Spans {
			throttled, running = throttled || s.Throttle, running || s.End.IsZero()
			if s.Parent == "" {
				root = s
			}
			if s.Kind == app.Segment {
				segments++
				if s.End.After(end) {
					end = s.End
				}
			}
		}
		want := app.Trace{Scope: tr.Scope, ID: tr.ID, Start: tr.Spans[0].Start, Entry: root.Name, Fault: root.Fault,
			Error:    root.Error,
			Throttle: throttled, Partial: running, Revision: segments}
		if !end.IsZero() {
			want.Duration = end.Sub(want.Start)
		}
		if !root.End.IsZero() {
			want.Response = root.End.Sub(root.Start)
		}
		if root.HTTP != nil {
			want.Method, want.URL, want.Status = root.HTTP.Method, root.HTTP.URL, root.HTTP.Status
		}
		tr.Spans = nil
		if !reflect.DeepEqual(tr, want) {
			t.Errorf("%s: %+v, want %+v", tr.ID, tr, want)
		}
	})
}

// TestSpansSurviveTheWire checks what JSON on its way through segment documents could not carry.
func TestSpansSurviveTheWire(t *testing.T) {
	everyTrace(t, func(t *testing.T, _ *World, tr app.Trace) {
		for _, s := range tr.Spans {
			for what, raw := range map[string]json.RawMessage{"aws": s.AWS, "metadata": s.Metadata} {
				if raw != nil && !canonical(raw) {
					t.Fatalf("%s of %q: %s", what, s.Name, raw)
				}
			}
			for _, at := range []time.Time{s.Start, s.End} {
				if at.Nanosecond()%int(time.Millisecond) != 0 {
					t.Fatalf("%q at %s", s.Name, at)
				}
				seconds := float64(at.UnixMilli()) / 1000
				if !at.IsZero() && time.UnixMicro(int64(math.Round(seconds*1e6))).UTC() != at {
					t.Fatalf("%s is not what its seconds say", at)
				}
			}
			for key, v := range s.Annotations {
				switch v.(type) {
				case string, float64, bool:
				default:
					t.Fatalf("annotation %s of %q is a %T", key, s.Name, v)
				}
			}
			if s.Annotations != nil && len(s.Annotations) == 0 || s.Exceptions != nil && len(s.Exceptions) == 0 ||
				s.Links != nil && len(s.Links) == 0 {
				t.Fatalf("%q has something empty that is not nil", s.Name)
			}
			if named(s.AWS) && s.Resource == "" {
				t.Fatalf("%q names a resource in %s, and has none", s.Name, s.AWS)
			}
			if s.Origin != "" && s.Kind != app.Segment || s.Namespace != "" && s.Kind != app.Subsegment {
				t.Fatalf("%q is a %s with origin %q and namespace %q", s.Name, s.Kind, s.Origin, s.Namespace)
			}
		}
	})
}

// canonical reports whether raw is compact, with sorted keys, and not empty.
func canonical(raw json.RawMessage) bool {
	var fields map[string]any
	if json.Unmarshal(raw, &fields) != nil || len(fields) == 0 {
		return false
	}
	again, err := json.Marshal(fields)
	return err == nil && bytes.Equal(again, raw)
}

// named reports whether an aws block names a resource, from which a reader may take Span.Resource.
func named(raw json.RawMessage) bool {
	var fields map[string]any
	if len(raw) == 0 || json.Unmarshal(raw, &fields) != nil {
		return false
	}
	return slices.ContainsFunc([]string{"resource_names", "table_name", "queue_url", "topic_arn", "stream_name",
		"bucket_name", "function_name", "function_arn"},
		func(key string) bool { return fields[key] != nil })
}

func TestTracesHoldWhatScreensShow(t *testing.T) {
	seen := map[string]int{}
	everyTrace(t, func(t *testing.T, w *World, tr app.Trace) {
		seen["in progress"] += one(tr.Partial)
		seen["faults"] += one(tr.Fault)
		seen["errors"] += one(tr.Error)
		seen["throttles"] += one(tr.Throttle)
		if tr.Throttle && tr.Start.Before(w.Range.To.Add(-47*time.Minute)) {
			t.Errorf("%s was throttled before the change", tr.ID)
		}
		for _, s := range tr.Spans {
			seen["HTTP"] += one(s.HTTP != nil)
			seen["SQL"] += one(s.SQL != nil)
			seen["AWS"] += one(s.AWS != nil)
			seen["annotations"] += one(s.Annotations != nil)
			seen["metadata"] += one(s.Metadata != nil)
			seen["users"] += one(s.User != "")
			seen["links"] += one(s.Links != nil)
			for _, e := range s.Exceptions {
				seen["stacks"] += one(len(e.Stack) > 1)
				seen["remote exceptions"] += one(e.Remote)
				seen["caused exceptions"] += one(e.Cause != "")
			}
		}
	})
	for _, what := range []string{"in progress", "faults", "errors", "throttles", "HTTP", "SQL", "AWS", "annotations",
		"metadata", "users", "links", "stacks", "remote exceptions", "caused exceptions"} {
		if seen[what] < 5 {
			t.Errorf("%d %s", seen[what], what)
		}
	}
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestGraphCountsTheSpans(t *testing.T) {
	w := shopWorld(t)
	p := w.place(t, prod, "eu-west-1")
	g := p.Graph(app.Since(anchor, 30*time.Minute))
	nodes := map[service]app.ServiceNode{}
	into := map[service]int64{}
	for _, n := range g.Nodes {
		nodes[service{n.Name, n.Type}] = n
		if s := n.Stats; s.Total != s.OK+s.Error+s.Fault || s.Throttle > s.Error {
			t.Errorf("%s: %+v", n.Name, s)
		}
	}
	for _, e := range g.Edges {
		to := service{e.To, e.ToType}
		into[to] += e.Stats.Total
		if _, ok := nodes[service{e.From, e.FromType}]; !ok {
			t.Errorf("nobody is %s", e.From)
		}
	}
	for s, n := range nodes {
		if into[s] != n.Stats.Total {
			t.Errorf("%v: %d calls into it, %d counted", s, into[s], n.Stats.Total)
		}
	}
	table := nodes[service{"orders", "AWS::DynamoDB::Table"}]
	if table.Stats.Throttle < 10 || float64(table.Stats.Throttle) < 0.3*float64(table.Stats.Total) {
		t.Errorf("the table: %+v", table.Stats)
	}
	if !nodes[service{"shop-api/prod", "AWS::ApiGateway::Stage"}].Root {
		t.Error("requests do not enter at the API")
	}
	if n := p.Graph(app.Range{From: w.Range.To, To: w.Range.To.Add(time.Hour)}); n.Nodes != nil || n.Edges != nil {
		t.Errorf("after the anchor: %+v", n)
	}
}
