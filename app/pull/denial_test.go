package pull_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// states returns what is known of each resource of a signal over a range, in words and in order of time.
func (m *memory) states(signal app.Signal, over app.Range) map[string]string {
	byResource := map[string][]app.Cover{}
	for _, c := range m.covers {
		if c.Signal == signal {
			byResource[c.Resource] = append(byResource[c.Resource], c)
		}
	}
	said := map[string]string{}
	for resource, covers := range byResource {
		var words []string
		for _, s := range app.Stretches(over, covers) {
			words = append(words, s.State.String())
		}
		said[resource] = strings.Join(words, ", ")
	}
	return said
}

func deniedError(op string) error {
	return &app.Error{Kind: app.Denied, Op: op, Err: errors.New("no identity-based policy allows it")}
}

func TestADenialIsKeptAndAskedAgain(t *testing.T) {
	over := app.Since(start.Add(-6*time.Hour), 20*time.Hour)
	for _, c := range []struct {
		signal              app.Signal
		operation, resource string
	}{
		{app.Logs, "FilterLogEvents", "/aws/lambda/f1"},
		{app.Trail, "LookupEvents", ""},
		{app.Alarms, "DescribeAlarmHistory", ""},
		{app.Metrics, "GetMetricData", ""},
		{app.Traces, "GetTraceSummaries", ""},
		{app.Traces, "BatchGetTraces", ""},
	} {
		t.Run(c.operation, func(t *testing.T) {
			a := fill(shop, over, small, smallPages)
			allowed := false
			var refused atomic.Int32
			a.fault = func(operation, resource string) error {
				if allowed || operation != c.operation || c.resource != resource {
					return nil
				}
				refused.Add(1)
				return deniedError(operation)
			}
			m, now := newMemory(), &clock{at: start}
			e := newEngine(m, now.now)
			w := ask([]*account{a}, over)
			run := func() (pull.Report, int32) {
				refused.Store(0)
				now.pass(time.Minute)
				r := e.Run(t.Context(), w, nil)
				return r, refused.Load()
			}
			want := func(state string) {
				t.Helper()
				for resource, got := range m.states(c.signal, over) {
					expected := state
					if c.resource != "" && resource != c.resource {
						expected = "settled"
					}
					if got != expected {
						t.Errorf("%q is %s, want %s", resource, got, expected)
					}
				}
			}

			r, n := run()
			if len(r.Problems()) == 0 || n == 0 {
				t.Fatalf("%d refused, problems %v", n, r.Problems())
			}
			want("denied")
			if _, again := run(); again == 0 || again > 4 { // one for each worker
				t.Errorf("a person's next pull is refused %d times", again)
			}
			w.SkipDenied = time.Hour
			if r, n := run(); n > 0 || len(r.Problems()) > 0 {
				t.Errorf("the clock's pull is refused %d times: %v", n, r.Problems())
			}
			now.pass(time.Hour)
			if _, n := run(); n == 0 {
				t.Error("after an hour the clock's pull does not ask")
			}
			allowed, w.SkipDenied = true, 0
			r, _ = run()
			healthy(t, r)
			want("settled")
		})
	}
}

func TestADeniedListingIsKept(t *testing.T) {
	over := app.Since(start.Add(-6*time.Hour), 20*time.Hour)
	a := fill(shop, over, small, smallPages)
	a.fault = func(operation, _ string) error {
		if operation == "DescribeLogGroups" || operation == "ListMetrics" {
			return deniedError(operation)
		}
		return nil
	}
	m := newMemory()
	e := newEngine(m, (&clock{at: start}).now)
	w := ask([]*account{a}, over)
	if r := e.Run(t.Context(), w, nil); len(r.Problems()) != 2 {
		t.Errorf("problems %v", r.Problems())
	}
	for _, signal := range []app.Signal{app.Logs, app.Metrics} {
		if got := m.states(signal, over)[""]; got != "denied" {
			t.Errorf("%s are %q", signal, got)
		}
	}
	a.fault = nil
	healthy(t, e.Run(t.Context(), w, nil))
	for resource, state := range m.states(app.Logs, over) {
		if resource != "" && state != "settled" {
			t.Errorf("%s is %s", resource, state)
		}
	}
	w.Range = app.Range{} // as when only the listings are asked
	a.fault = func(string, string) error { return deniedError("any") }
	e.Discover(t.Context(), w)
	for _, c := range m.covers {
		if c.Range.Empty() {
			t.Fatalf("an empty cover %+v", c)
		}
	}
}

func TestADeniedMetricIsDeniedByItself(t *testing.T) {
	over := app.Since(start.Add(-6*time.Hour), 3*time.Hour)
	a := fill(shop, over, small, smallPages)
	sources := a.sources()
	series := sources.Series
	var (
		mu        sync.Mutex // metrics are asked by several workers
		forbidden = map[string]bool{}
	)
	sources.Series = func(ctx context.Context, q app.SeriesQuestion) pagesOf[app.Series] {
		return each(series(ctx, q), func(p *app.Page[app.Series]) {
			key := p.Items[0].Reading.Key()
			mu.Lock()
			forbidden[key] = true
			mu.Unlock()
			p.Items[0].Complete = false
			p.Problems = []app.Problem{{Kind: app.Denied, Resource: key,
				Message: "the account may not read this metric"}}
		})
	}
	m := newMemory()
	w := pull.Want{Sources: []pull.Sources{sources}, Range: over, Signals: []app.Signal{app.Metrics}}
	newEngine(m, (&clock{at: start}).now).Run(t.Context(), w, nil)
	states := m.states(app.Metrics, over)
	if len(forbidden) == 0 || len(states) <= len(forbidden) {
		t.Fatalf("%d of %d metrics are forbidden", len(forbidden), len(states))
	}
	for key, state := range states {
		if want := map[bool]string{true: "denied", false: "settled"}[forbidden[key]]; state != want {
			t.Errorf("%s is %s, want %s", key, state, want)
		}
	}
}
