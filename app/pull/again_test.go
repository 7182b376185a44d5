package pull_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

func TestASecondPullAsksUnderATenthAndChangesNothing(t *testing.T) {
	day := app.Since(start, 24*time.Hour)
	n := shape{series: 20, alarms: 6, groups: 3, events: 12_500, traces: 750, trail: 500, history: 40, partial: 250}
	// FilterLogEvents ends a page at 1 MB, which is about 3,300 events of 300 bytes.
	real := pages{events: 3_300, trail: 50, history: 100, summaries: 100}
	var accounts []*account
	for _, region := range []string{"eu-west-1", "us-east-1"} {
		for _, number := range []string{shop.Account, data.Account} {
			accounts = append(accounts, fill(app.Scope{Account: number, Region: region}, day, n, real))
		}
	}
	c := &clock{at: start}
	m := newMemory()
	e := newEngine(m, c.now)
	requests := func() (n int) {
		for _, a := range accounts {
			n += a.total()
		}
		return n
	}

	healthy(t, e.Run(t.Context(), ask(accounts, app.Since(c.now(), 24*time.Hour)), nil))
	first := requests()
	c.pass(40 * time.Second)
	again := e.Run(t.Context(), ask(accounts, app.Since(c.now(), 24*time.Hour)), nil)
	second := requests()
	t.Logf("first pull %d requests, second %d", first, second)
	healthy(t, again)
	if second*10 >= first {
		t.Errorf("the second pull made %d requests, the first %d", second, first)
	}
	for _, o := range again.Outcomes {
		// The minute that now is in, and the hour of the alarm that reads by the hour, have got longer.
		if o.New > 0 && o.Signal != app.Metrics {
			t.Errorf("the second pull changed %d items of %s in %s", o.New, o.Signal, o.Scope)
		}
	}
}

// watch checks each question against what the cache knows at that moment.
func watch(t *rapid.T, m *memory, c *clock, a *account) {
	a.see = func(q asked) {
		if q.at.To.After(c.now()) {
			t.Errorf("%s reaches past now: %v", q.operation, q.at)
		}
		settled := func(signal app.Signal, resource string, slack time.Duration) {
			for _, r := range m.settled(a.scope, signal, resource) {
				if twice := r.Intersect(q.at); twice.Length() > slack {
					t.Errorf("%s %s asks again for %v, which is settled", q.operation, resource, twice)
				}
			}
		}
		switch q.operation {
		case "DescribeAlarmHistory":
			settled(app.Alarms, "", 0)
		case "FilterLogEvents":
			settled(app.Logs, q.resource, 0)
		case "LookupEvents":
			settled(app.Trail, "", 0)
		case "GetTraceSummaries":
			partial, _ := m.PartialTraces(t.Context(), a.scope, time.Time{})
			if len(partial) == 0 {
				settled(app.Traces, "", 0)
			}
		case "GetMetricData":
			for _, r := range q.readings {
				// whole periods, on a grid of five minutes, and a day between two lacks
				settled(app.Metrics, r.Key(), max(1440*r.Period, 5*time.Minute))
			}
		case "BatchGetTraces":
			revisions, _ := m.TraceRevisions(t.Context(), a.scope, app.Since(c.now(), 1000*time.Hour))
			for _, id := range q.ids {
				if revisions[id] == 2 {
					t.Errorf("trace %s is fetched again, in the revision that is kept", id)
				}
			}
		}
	}
}

func TestInterruptedPullsEndWithTheSameCache(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		over := app.Since(start, 8*time.Hour)
		accounts := twoAccounts(over)
		c := &clock{at: start}
		m := newMemory()
		e := newEngine(m, c.now)
		for _, a := range accounts {
			watch(t, m, c, a)
		}
		over.To = over.To.Add(2 * time.Hour) // so that later runs have new ground too
		for range rapid.IntRange(0, 4).Draw(t, "interruptions") {
			interrupt(t, e, m, accounts, over)
			c.pass(time.Duration(rapid.IntRange(0, 40*60).Draw(t, "seconds")) * time.Second)
		}
		soon := rapid.Bool().Draw(t, "soon")
		if !soon {
			c.pass(time.Hour) // the longest period of an alarm
		}
		r := e.Run(t.Context(), ask(accounts, over), nil)
		if r.Cancelled || len(r.Problems()) > 0 {
			t.Fatalf("the last run: %v %v", r.Cancelled, r.Problems())
		}

		calm := newMemory()
		newEngine(calm, c.now).Run(t.Context(), ask(twoAccounts(app.Since(start, 8*time.Hour)), over), nil)
		got, want := m.picture(over), calm.picture(over)
		if soon { // a metric is left alone for as long as its period
			for _, p := range []map[string]string{got, want} {
				maps.DeleteFunc(p, func(k, _ string) bool {
					return strings.HasPrefix(k, "point ") || strings.Contains(k, string(app.Metrics))
				})
			}
		}
		if d := difference(got, want); d != "" {
			t.Fatal(d)
		}

		c.pass(6 * time.Hour) // when all of it is old enough, one more pull makes it final
		e.Run(t.Context(), ask(accounts, over), nil)
		for _, cover := range m.covers {
			if cover.Resource == "" && (cover.Signal == app.Logs || cover.Signal == app.Metrics) {
				continue // a listing that was denied
			}
			if left := app.Subtract(over, m.settled(cover.Scope, cover.Signal, cover.Resource)); len(left) > 0 {
				t.Fatalf("%s of %s: never settled %v", cover.Signal, cover.Resource, left)
			}
		}
	})
}

// interrupt runs a pull in which something goes wrong at some request.
func interrupt(t *rapid.T, e *pull.Engine, m *memory, accounts []*account, over app.Range) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	faults := map[string]func() error{
		"cancel":     func() error { cancel(); return nil },
		"offline":    func() error { return &app.Error{Kind: app.Offline, Op: "any", Err: errors.New("no answer")} },
		"throttled":  func() error { return &app.Error{Kind: app.Throttled, Op: "any", Err: errors.New("slow down")} },
		"signed out": func() error { return &app.Error{Kind: app.SignedOut, Op: "any", Err: errors.New("expired")} },
		"denied":     func() error { return &app.Error{Kind: app.Denied, Op: "any", Err: errors.New("not allowed")} },
		"malformed":  func() error { return &app.Error{Kind: app.Malformed, Op: "any", Err: errors.New("what?")} },
		"disk full":  func() error { m.fail(errors.New("disk full")); return nil },
	}
	names := []string{"cancel", "offline", "throttled", "signed out", "denied", "malformed", "disk full"}
	fault := faults[rapid.SampledFrom(names).Draw(t, "fault")]
	at := rapid.IntRange(1, 150).Draw(t, "at request")
	lasts := rapid.IntRange(1, 4).Draw(t, "for requests")
	var mu sync.Mutex
	n := 0
	for _, a := range accounts {
		a.fault = func(string, string) error {
			mu.Lock()
			defer mu.Unlock()
			if n++; n >= at && n < at+lasts {
				return fault()
			}
			return nil
		}
	}
	e.Run(ctx, ask(accounts, over), nil)
	m.fail(nil)
	for _, a := range accounts {
		a.fault = nil
	}
}

// cancelAt does something whose context is cancelled at the nth request for an operation.
func cancelAt(ctx context.Context, a *account, operation string, n int, do func(context.Context)) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var mu sync.Mutex
	a.fault = func(op, _ string) error {
		mu.Lock()
		defer mu.Unlock()
		if op == operation {
			if n--; n == 0 {
				cancel()
			}
		}
		return nil
	}
	do(ctx)
	a.fault = nil
}

// What has left the tail rests for a while; then all that may still change is asked in one piece.
func TestWhatSettlesRests(t *testing.T) {
	a := fill(shop, app.Since(start, 8*time.Hour), small, smallPages)
	var lengths []time.Duration
	a.see = func(q asked) { lengths = append(lengths, q.at.Length()) }
	now := &clock{at: start}
	e := newEngine(newMemory(), now.now)
	w := ask([]*account{a}, app.Since(start, 8*time.Hour))
	w.Signals = []app.Signal{app.Trail}
	w.Range.To = start.Add(24 * time.Hour)
	healthy(t, e.Run(t.Context(), w, nil))
	var got []time.Duration
	for range 4 {
		lengths = nil
		now.pass(8 * time.Minute)
		healthy(t, e.Run(t.Context(), w, nil))
		if len(lengths) != 1 {
			t.Fatalf("%d questions", len(lengths))
		}
		got = append(got, lengths[0])
	}
	if want := []time.Duration{28 * time.Minute, 36 * time.Minute, 2*time.Hour + 24*time.Minute,
		28 * time.Minute}; !slices.Equal(got, want) {
		t.Errorf("asked for %v, want %v", got, want)
	}
}
