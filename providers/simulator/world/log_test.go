package world

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func TestLogEventsAreAsLogsWouldHaveThem(t *testing.T) {
	id := regexp.MustCompile(`^[0-9]{56}$`)
	for _, p := range shopWorld(t).Places {
		if len(p.Groups) != len(p.Events) {
			t.Errorf("%s: %d groups, events in %d", p.Scope, len(p.Groups), len(p.Events))
		}
		for _, g := range p.Groups {
			events := p.Events[g.Name]
			if !slices.IsSortedFunc(events, app.CompareLogEvents) {
				t.Errorf("%s is not sorted", g.Name)
			}
			seen := make(map[string]bool, len(events))
			for _, e := range events {
				if seen[e.ID] || !id.MatchString(e.ID) {
					t.Fatalf("%s: id %s", g.Name, e.ID)
				}
				seen[e.ID] = true
				if e.Group != g.Name || e.Stream == "" || e.Message == "" || e.Ingested.Before(e.At) ||
					strings.ContainsAny(e.Message, "{}<>") && unfilled(e.Message) {
					t.Fatalf("%s: %+v", g.Name, e)
				}
				if e.LogFacts != app.ReadFacts(e.Message) {
					t.Fatalf("%s: facts %+v", g.Name, e.LogFacts)
				}
			}
			if g.Stored == 0 || !g.Created.Before(anchor) {
				t.Errorf("%s: %d bytes, created %s", g.Name, g.Stored, g.Created)
			}
		}
	}
}

// unfilled reports whether a placeholder or a part was left in a text.
func unfilled(s string) bool { return placeholder.MatchString(s) }

func TestLogsComeInManyForms(t *testing.T) {
	var objects, plain, many, leveled, traced, requested int
	for _, p := range shopWorld(t).Places {
		for _, events := range p.Events {
			for _, e := range events {
				switch {
				case json.Valid([]byte(e.Message)):
					objects++
				case strings.Count(strings.TrimRight(e.Message, "\n"), "\n") > 2:
					many++
				default:
					plain++
				}
				if e.Level != app.LevelNone {
					leveled++
				}
				if e.TraceID != "" {
					traced++
				}
				if e.RequestID != "" {
					requested++
				}
			}
		}
	}
	for what, n := range map[string]int{"JSON": objects, "plain": plain, "multi-line": many, "with a level": leveled,
		"with a trace": traced, "with a request": requested} {
		if n < 50 {
			t.Errorf("only %d events are %s", n, what)
		}
	}
}

func TestLogsTracesAndTrailJoin(t *testing.T) {
	for _, p := range shopWorld(t).Places {
		traces := map[app.TraceID]bool{}
		calls := map[string]bool{}
		for _, tr := range p.Traces {
			traces[tr.ID] = true
			for _, s := range tr.Spans {
				var aws struct {
					RequestID string `json:"request_id"`
				}
				if len(s.AWS) > 0 && json.Unmarshal(s.AWS, &aws) == nil {
					calls[aws.RequestID] = true
				}
			}
		}
		for group, events := range p.Events {
			for _, e := range events {
				if e.TraceID != "" && !traces[e.TraceID] {
					t.Errorf("%s names the trace %s, which there is not", group, e.TraceID)
				}
			}
		}
		if p.Scope.Account != prod || p.Scope.Region != "eu-west-1" {
			continue
		}
		joined := 0
		for _, e := range p.Trail {
			if calls[e.RequestID] {
				joined++
			}
		}
		if joined < 5 {
			t.Errorf("%d trail events share a request id with a span", joined)
		}
		joinInvocations(t, p)
	}
}

// joinInvocations checks that a function's START, END and REPORT belong together, and to the segment of its trace.
func joinInvocations(t *testing.T, p *Place) {
	t.Helper()
	lines := map[string]string{}
	for _, e := range p.Events["/aws/lambda/checkout"] {
		if word, _, ok := strings.Cut(e.Message, " RequestId: "); ok && len(word) < 8 {
			lines[e.RequestID] += word + " "
		}
	}
	whole := 0
	for _, l := range lines {
		if l == "START END REPORT " {
			whole++
		}
	}
	if whole < len(lines)*99/100 { // those that run at the anchor have not ended
		t.Errorf("%d of %d invocations are whole", whole, len(lines))
	}
}

func TestEmbeddedMetricsAgreeWithTheMetric(t *testing.T) {
	p := shopWorld(t).place(t, prod, "eu-west-1")
	published := map[string]map[time.Time][]float64{}
	for _, e := range p.Events["/shop/checkout/metrics"] {
		var message map[string]json.RawMessage
		var head struct {
			Timestamp         int64
			CloudWatchMetrics []struct {
				Namespace  string
				Dimensions [][]string
				Metrics    []struct{ Name, Unit string }
			}
		}
		if json.Unmarshal([]byte(e.Message), &message) != nil || json.Unmarshal(message["_aws"], &head) != nil {
			t.Fatalf("does not parse: %s", e.Message)
		}
		if head.Timestamp != e.At.UnixMilli() || head.CloudWatchMetrics[0].Namespace != "Shop" ||
			string(message[head.CloudWatchMetrics[0].Dimensions[0][0]]) != `"checkout"` {
			t.Fatalf("head of %s", e.Message)
		}
		for _, m := range head.CloudWatchMetrics[0].Metrics {
			var values []float64
			if json.Unmarshal(message[m.Name], &values) != nil {
				values = make([]float64, 1)
				if err := json.Unmarshal(message[m.Name], &values[0]); err != nil {
					t.Fatal(err)
				}
			}
			if published[m.Name] == nil {
				published[m.Name] = map[time.Time][]float64{}
			}
			published[m.Name][e.At.Truncate(time.Minute)] = values
		}
	}
	for _, name := range []string{"OrdersPlaced", "PaymentTime"} {
		r, ok := p.recorded(app.NewMetric("Shop", name, app.Dimension{Name: "Service", Value: "checkout"}))
		if !ok || len(r.Samples) != len(published[name]) || len(r.Samples) < 1400 {
			t.Fatalf("%s: %d samples, published %d times", name, len(r.Samples), len(published[name]))
		}
		for _, s := range r.Samples {
			if !slices.Equal(s.Values, published[name][s.At]) || s.Count != float64(len(s.Values)) {
				t.Fatalf("%s at %s: %v recorded, %v published", name, s.At, s.Values, published[name][s.At])
			}
		}
	}
}
