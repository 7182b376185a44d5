package pull_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// An answer without an end is kept as far as it came, its range counts as cut off, it is said once, and the next pull
// asks again.
func TestAnAnswerWithoutAnEnd(t *testing.T) {
	over := app.Since(start.Add(-6*time.Hour), 5*time.Hour)
	for _, c := range []struct {
		signal              app.Signal
		operation, resource string
		pages               int // that come
		want                string
	}{
		{app.Logs, "FilterLogEvents", "/aws/lambda/f1", 1, "settled, truncated"},
		{app.Trail, "LookupEvents", "", 2, "truncated, settled"},
		{app.Alarms, "DescribeAlarmHistory", "", 1, "truncated, settled"},
		{app.Traces, "GetTraceSummaries", "", 1, "missing, truncated, settled"},
		{app.Metrics, "GetMetricData", "", 0, "truncated"},
	} {
		t.Run(c.operation, func(t *testing.T) {
			a := fill(shop, over, small, smallPages)
			var mu sync.Mutex
			came, ends := 0, false
			a.fault = func(operation, resource string) error {
				mu.Lock()
				defer mu.Unlock()
				if ends || operation != c.operation || resource != c.resource {
					return nil
				}
				if came++; came <= c.pages {
					return nil
				}
				return &app.Error{Kind: app.Endless, Op: c.operation,
					Err: errors.New("the page token of an earlier page came again")}
			}
			m := newMemory()
			e := newEngine(m, (&clock{at: start}).now)
			report := e.Run(t.Context(), ask([]*account{a}, over), nil)
			said := 0
			for _, p := range report.Problems() {
				if p.Kind == app.Endless {
					said++
				}
			}
			if len(report.Problems()) != said || said != 1 && c.signal != app.Metrics { // metrics name the batch
				t.Errorf("it says %v", report.Problems())
			}
			i := slices.IndexFunc(report.Outcomes, func(o pull.Outcome) bool { return o.Signal == c.signal })
			if report.Outcomes[i].New == 0 && c.pages > 0 {
				t.Error("nothing that came is kept")
			}
			if got := m.states(c.signal, over); c.signal != app.Metrics && !strings.HasPrefix(got[c.resource], c.want) {
				t.Errorf("known is %q, want %s", got[c.resource], c.want)
			} else if c.signal == app.Metrics && !slices.Contains(slices.Collect(maps.Values(got)), c.want) {
				t.Errorf("known is %q", got)
			}
			ends = true
			healthy(t, e.Run(t.Context(), ask([]*account{a}, over), nil))
			for resource, state := range m.states(c.signal, over) {
				if strings.Contains(state, "truncated") {
					t.Errorf("%s stays %s", resource, state)
				}
			}
		})
	}
}

// Of a listing of alarms without an end what came is kept, and nothing is gone for that.
func TestAListingOfAlarmsWithoutAnEnd(t *testing.T) {
	over := app.Since(start, time.Hour)
	a := fill(shop, over, small, smallPages)
	m := newMemory()
	e := newEngine(m, (&clock{at: start}).now)
	healthy(t, e.Run(t.Context(), ask([]*account{a}, over), nil))
	before, _ := m.Alarms(t.Context(), app.AlarmQuery{Scopes: []app.Scope{shop}})
	a.fault = func(operation, _ string) error {
		if operation == "DescribeAlarms" {
			return &app.Error{Kind: app.Endless, Op: operation, Err: errors.New("no end")}
		}
		return nil
	}
	e.Run(t.Context(), ask([]*account{a}, over), nil)
	if after, _ := m.Alarms(t.Context(), app.AlarmQuery{Scopes: []app.Scope{shop}}); len(after) != len(before) ||
		len(before) == 0 {
		t.Errorf("%d alarms, and %d before", len(after), len(before))
	}
}

// Somebody else than AWS answers one service: it is said once, however many groups are asked for, and the others are
// pulled.
func TestSomebodyElseAnswers(t *testing.T) {
	over := app.Since(start, 20*time.Hour)
	a := fill(shop, over, small, smallPages)
	var mu sync.Mutex
	asked := map[string]int{}
	a.fault = func(operation, _ string) error {
		mu.Lock()
		defer mu.Unlock()
		asked[operation]++
		if operation == "FilterLogEvents" || operation == "LookupEvents" {
			return &app.Error{Kind: app.NotAWS, Op: operation,
				Err: errors.New("instead of an answer came an HTML page")}
		}
		return nil
	}
	m := newMemory()
	report := newEngine(m, (&clock{at: start}).now).Run(t.Context(), ask([]*account{a}, over), nil)
	if p := report.Problems(); len(p) != 1 || p[0].Kind != app.NotAWS {
		t.Errorf("it says %v", p)
	}
	if asked["FilterLogEvents"] > 2 { // as many as run at once
		t.Errorf("asked %v", asked)
	}
	if got := m.known(shop, app.Alarms, ""); len(got) != 1 {
		t.Errorf("of the alarms is known %v", got)
	}
}
