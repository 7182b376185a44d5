package pull_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// small has every case in a few requests.
var (
	small      = shape{series: 3, alarms: 2, groups: 3, events: 40, traces: 120, trail: 25, history: 12, partial: 60}
	smallPages = pages{events: 7, trail: 4, history: 5, summaries: 4}
)

func ask(accounts []*account, over app.Range) pull.Want {
	w := pull.Want{Range: over}
	for _, a := range accounts {
		w.Sources = append(w.Sources, a.sources())
	}
	return w
}

func twoAccounts(over app.Range) []*account {
	return []*account{fill(shop, over, small, smallPages), fill(data, over, small, smallPages)}
}

// newEngine returns an engine without a cap.
func newEngine(m *memory, now func() time.Time) *pull.Engine {
	return pull.New(pull.Config{Cache: m, Presets: known, Price: price, Now: now})
}

func healthy(t *testing.T, r pull.Report) {
	t.Helper()
	if r.Cancelled || len(r.Problems()) > 0 {
		t.Fatalf("cancelled %v, problems %v", r.Cancelled, r.Problems())
	}
}

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
				settled(app.Metrics, r.Key(), max(1440*r.Period, 5*time.Minute)) // whole periods, on a grid of five minutes, and a day between two lacks
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

func TestThePlanIsWhatRunAsks(t *testing.T) {
	over := app.Since(start, 8*time.Hour)
	accounts := twoAccounts(over)
	m := newMemory()
	e := newEngine(m, (&clock{at: start}).now)
	want := ask(accounts, over)
	healthy(t, e.Discover(t.Context(), want))
	for _, a := range accounts {
		a.total()
	}

	plan, err := e.Plan(t.Context(), want)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range accounts {
		if n := a.total(); n > 0 {
			t.Errorf("the plan made %d requests", n)
		}
	}
	var planned, put []string
	for _, s := range plan.Steps {
		resource := s.Resource
		if s.Operation == "GetMetricData" {
			resource = ""
		}
		planned = append(planned, fmt.Sprint(s.Scope, s.Operation, resource, s.Range))
	}
	var mu sync.Mutex
	for _, a := range accounts {
		a.see = func(q asked) {
			mu.Lock()
			defer mu.Unlock()
			if q.operation != "BatchGetTraces" { // part of the step of its summaries
				put = append(put, fmt.Sprint(a.scope, q.operation, q.resource, q.at))
			}
		}
	}
	r := e.Run(t.Context(), want, nil)
	healthy(t, r)
	slices.Sort(planned)
	slices.Sort(put)
	if !slices.Equal(planned, put) {
		t.Errorf("planned\n%s\nasked\n%s", strings.Join(planned, "\n"), strings.Join(put, "\n"))
	}
	if plan.Known {
		t.Error("nobody can know how many pages of logs there are")
	}
	if r.Spent < plan.Cost {
		t.Errorf("spent %s, and the plan said at least %s", r.Spent, plan.Cost)
	}

	// Now that an hour of traces is known, a plan for the hours before guesses their number.
	for i := range want.Sources {
		want.Range.From = over.From.Add(-8 * time.Hour)
		want.Sources[i].Metrics = nil
	}
	earlier, err := e.Plan(t.Context(), want)
	if err != nil {
		t.Fatal(err)
	}
	batches := 0
	for _, s := range earlier.Steps {
		if s.Operation == "GetTraceSummaries" {
			batches += s.Requests - 1
		}
	}
	if batches == 0 {
		t.Error("the plan expects no traces in the hours before")
	}
}

func TestThePlanForeseesTraces(t *testing.T) {
	day := app.Since(start, 24*time.Hour)
	real := pages{events: 100, trail: 50, history: 100, summaries: 1_000}
	only := []app.Signal{app.Traces}
	for name, c := range map[string]struct {
		before  time.Duration // how much was pulled before
		stop    int           // at which request for spans a pull of the day was then cancelled; 0 for none
		guessed bool
	}{
		"nothing known":                   {0, 0, false},
		"a stretch too short to tell":     {20 * time.Minute, 0, false},
		"some hours known":                {8 * time.Hour, 0, true},
		"interrupted in the middle":       {8 * time.Hour, 100, true},
		"interrupted with nothing before": {0, 7, false},
		"all but the tail known":          {24 * time.Hour, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			a := fill(shop, day, shape{traces: 2_400}, real)
			m := newMemory()
			e := newEngine(m, (&clock{at: start}).now)
			e.Run(t.Context(), pull.Want{Sources: []pull.Sources{a.sources()}, Range: app.Since(start, c.before), Signals: only}, nil)
			w := pull.Want{Sources: []pull.Sources{a.sources()}, Range: day, Signals: only}
			if c.stop > 0 {
				cancelAt(t.Context(), a, "BatchGetTraces", c.stop, func(ctx context.Context) { e.Run(ctx, w, nil) })
			}
			a.total()
			plan, err := e.Plan(t.Context(), w)
			if err != nil {
				t.Fatal(err)
			}
			r := e.Run(t.Context(), w, nil)
			healthy(t, r)
			asked := a.total()
			t.Logf("planned %d for %d, asked %d for %d", plan.Requests, plan.Cost, asked, r.Spent)
			if plan.Known || plan.Guessed != c.guessed || plan.Unforeseen == c.guessed {
				t.Errorf("known %v, guessed %v, unforeseen %v", plan.Known, plan.Guessed, plan.Unforeseen)
			}
			if plan.Guessed {
				far := func(got, want int) bool { return got < want*8/10-5 || got > want*12/10+5 }
				if far(plan.Requests, asked) || far(int(plan.Cost/500), int(r.Spent/500)) {
					t.Errorf("guessed %d requests for %d, made %d for %d", plan.Requests, plan.Cost, asked, r.Spent)
				}
			} else if plan.Requests > asked || plan.Cost > r.Spent {
				t.Errorf("at least %d requests for %d, made %d for %d", plan.Requests, plan.Cost, asked, r.Spent)
			}
		})
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

func TestNewestFirst(t *testing.T) {
	over := app.Since(start, 20*time.Hour)
	a := fill(shop, over, small, smallPages)
	e := newEngine(newMemory(), (&clock{at: start}).now)
	w := ask([]*account{a}, over)
	healthy(t, e.Discover(t.Context(), w))
	plan, err := e.Plan(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	pieces := map[string][]app.Range{}
	for _, s := range plan.Steps {
		pieces[s.Operation] = append(pieces[s.Operation], s.Range)
	}
	for _, operation := range []string{"FilterLogEvents", "GetTraceSummaries"} {
		got := pieces[operation]
		if !slices.IsSortedFunc(got, func(x, y app.Range) int { return y.To.Compare(x.To) }) {
			t.Errorf("%s asks in the order %v", operation, got)
		}
		if all := app.Union(got); len(all) != 1 || !all[0].Equal(over) {
			t.Errorf("the pieces of %s make up %v, want %v", operation, all, over)
		}
	}
	if n := len(pieces["FilterLogEvents"]); n != 4*small.groups { // cut at 6:00, 0:00 and 18:00
		t.Errorf("%d pieces of logs", n)
	}
}

func TestADeniedLogGroupStopsNothingElse(t *testing.T) {
	over := app.Since(start, 20*time.Hour)
	a := fill(shop, over, small, smallPages)
	var denied atomic.Int32
	a.fault = func(operation, resource string) error {
		if operation == "FilterLogEvents" && resource == "/aws/lambda/f1" {
			denied.Add(1)
			return &app.Error{Kind: app.Denied, Op: "logs:FilterLogEvents", Err: errors.New("no")}
		}
		return nil
	}
	m := newMemory()
	r := newEngine(m, (&clock{at: start}).now).Run(t.Context(), ask([]*account{a}, over), nil)
	problems := r.Problems()
	if len(problems) != 1 || problems[0].Kind != app.Denied || problems[0].Op != "logs:FilterLogEvents" ||
		!strings.Contains(problems[0].Error(), "/aws/lambda/f1") {
		t.Errorf("problems %v", problems)
	}
	if n := denied.Load(); n > 2 { // one for each worker
		t.Errorf("the group was asked %d times", n)
	}
	if len(m.events) != 2*small.events || len(m.traces) != small.traces || len(m.trail) != small.trail || r.Cancelled {
		t.Errorf("kept %d events, %d traces, %d trail events; cancelled %v", len(m.events), len(m.traces), len(m.trail), r.Cancelled)
	}
}

func TestSignedOutLeavesThatScopeOnly(t *testing.T) {
	over := app.Since(start, 8*time.Hour)
	accounts := twoAccounts(over)
	accounts[0].fault = func(operation, _ string) error {
		if operation == "FilterLogEvents" || operation == "LookupEvents" {
			return &app.Error{Kind: app.SignedOut, Op: "any", Err: errors.New("expired")}
		}
		return nil
	}
	m := newMemory()
	r := newEngine(m, (&clock{at: start}).now).Run(t.Context(), ask(accounts, over), nil)
	if problems := r.Problems(); len(problems) != 1 || problems[0].Kind != app.SignedOut || r.Cancelled {
		t.Errorf("problems %v, cancelled %v", problems, r.Cancelled)
	}
	for _, e := range m.events {
		if e.Scope == shop {
			t.Fatal("events of the scope that is signed out")
		}
	}
	if len(m.events) != small.groups*small.events {
		t.Errorf("%d events of the other scope", len(m.events))
	}
}

func TestAScopeOutOfReachIsLeftSoon(t *testing.T) {
	over := app.Since(start, 20*time.Hour)
	accounts := twoAccounts(over)
	accounts[0].fault = func(string, string) error {
		return &app.Error{Kind: app.Offline, Op: "any", Err: errors.New("no route")}
	}
	m := newMemory()
	r := newEngine(m, (&clock{at: start}).now).Run(t.Context(), ask(accounts, over), nil)
	if n := accounts[0].total(); n > 10 { // three without an answer, and what the other signals had on its way by then
		t.Errorf("%d requests to a scope that does not answer", n)
	}
	if len(r.Problems()) == 0 || len(m.events) == 0 {
		t.Errorf("%d problems, %d events of the other scope", len(r.Problems()), len(m.events))
	}
}

func TestABrokenCacheEndsTheRun(t *testing.T) {
	over := app.Since(start, 20*time.Hour)
	accounts := twoAccounts(over)
	m := newMemory()
	m.fail(&app.Error{Kind: app.Damaged, Op: "keep", Err: errors.New("disk image is malformed")})
	r := newEngine(m, (&clock{at: start}).now).Run(t.Context(), ask(accounts, over), nil)
	if n := accounts[0].total() + accounts[1].total(); n > 6 { // the listings, which are asked at once
		t.Errorf("%d requests whose answers cannot be kept", n)
	}
	if len(r.Problems()) == 0 || r.Problems()[0].Kind != app.Damaged || r.Cancelled {
		t.Errorf("problems %v, cancelled %v", r.Problems(), r.Cancelled)
	}
}

func TestCap(t *testing.T) {
	over := app.Since(start, 8*time.Hour)
	a := fill(shop, over, shape{series: 3, alarms: 1, groups: 1, events: 10, traces: 600, trail: 20}, pages{events: 100, trail: 50, history: 100, summaries: 50})
	t.Run("below what is certain", func(t *testing.T) {
		m := newMemory()
		w := ask([]*account{a}, over)                                // of two places the quicker may spend what the other lists with
		w.Cap = price("monitoring", "GetMetricData", "eu-west-1", 2) // the listings
		r := newEngine(m, (&clock{at: start}).now).Run(t.Context(), w, nil)
		if r.Spent > w.Cap || len(m.points)+len(m.traces)+len(m.history) > 0 {
			t.Errorf("spent %s of %s: %d points, %d traces", r.Spent, w.Cap, len(m.points), len(m.traces))
		}
		if len(m.events) != 10 || len(m.trail) != 20 || len(m.graphs) == 0 {
			t.Errorf("%d log events, %d trail events, %d graphs, which cost nothing", len(m.events), len(m.trail), len(m.graphs))
		}
		refused := []app.Signal{app.Alarms, app.Metrics, app.Traces}
		for _, o := range r.Outcomes {
			want := slices.Contains(refused, o.Signal)
			if one := len(o.Problems) == 1 && o.Problems[0].Kind == app.TooMuch; one != want || !want && len(o.Problems) > 0 {
				t.Errorf("%s in %s: problems %v", o.Signal, o.Scope, o.Problems)
			}
		}
		if len(r.Outcomes) != len(app.Signals) {
			t.Errorf("%d outcomes", len(r.Outcomes))
		}
	})
	t.Run("reached on the way", func(t *testing.T) {
		m := newMemory()
		w := ask([]*account{a}, over)
		traces := app.Money(300 * 500)
		w.Cap = price("monitoring", "GetMetricData", "eu-west-1", 10) + traces
		r := newEngine(m, (&clock{at: start}).now).Run(t.Context(), w, nil)
		summaries := app.Money(50 * 500) // one page may pass the cap
		if len(r.Problems()) == 0 || app.KindOf(r.Problems()[0]) != app.TooMuch || r.Spent > w.Cap+summaries {
			t.Errorf("problems %v, spent %s of %s", r.Problems(), r.Spent, w.Cap)
		}
		if len(m.trail) != 20 || len(m.events) != 10 || len(m.traces) == 0 || len(m.traces) == 600 {
			t.Errorf("%d trail events, %d log events, which cost nothing; %d traces", len(m.trail), len(m.events), len(m.traces))
		}
	})
}

func TestWhatAWSLeavesOutIsTruncatedAndAskedAgain(t *testing.T) {
	over := app.Since(start.Add(-3*time.Hour), time.Hour)
	a := fill(shop, over, small, smallPages)
	sources := a.sources()
	series, traces := sources.Series, sources.Traces
	leave := true
	sources.Series = func(ctx context.Context, q app.SeriesQuestion) (pages pagesOf[app.Series]) {
		return each(series(ctx, q), func(p *app.Page[app.Series]) {
			if key := p.Items[0].Reading.Key(); leave && strings.HasSuffix(key, "|60") {
				p.Items[0].Complete = false
				p.Problems = []app.Problem{{Kind: app.TooMuch, Resource: key, Message: "only a part"}}
			}
		})
	}
	unprocessed := a.traces[7].ID
	sources.Traces = func(ctx context.Context, q app.TracesQuestion) pagesOf[app.Trace] {
		return each(traces(ctx, q), func(p *app.Page[app.Trace]) {
			if leave {
				p.Items = slices.DeleteFunc(p.Items, func(t app.Trace) bool { return t.ID == unprocessed })
			}
		})
	}
	m := newMemory()
	e := newEngine(m, (&clock{at: start}).now)
	w := pull.Want{Sources: []pull.Sources{sources}, Range: over, Signals: []app.Signal{app.Metrics, app.Traces}}
	r := e.Run(t.Context(), w, nil)
	if len(r.Problems()) != 1 || r.Problems()[0].Op != "cloudwatch:GetMetricData" {
		t.Errorf("problems %v", r.Problems())
	}
	truncated := map[app.Signal]int{}
	for _, c := range m.covers {
		if c.Truncated {
			truncated[c.Signal]++
		}
	}
	if truncated[app.Metrics] != 1 || truncated[app.Traces] != 1 {
		t.Errorf("truncated covers %v", truncated)
	}
	if kept := m.traces[shop.String()+string(unprocessed)]; kept.URL == "" || kept.Spans != nil {
		t.Errorf("of the trace left out is kept %+v", kept)
	}

	leave = false
	healthy(t, e.Run(t.Context(), w, nil))
	if kept := m.traces[shop.String()+string(unprocessed)]; len(kept.Spans) != 1 {
		t.Errorf("of the trace left out before is kept %+v", kept)
	}
	if left := app.Subtract(over, m.settled(shop, app.Traces, "")); len(left) > 0 {
		t.Errorf("still to ask: %v", left)
	}
}

func TestTracesInProgressAreAskedAgainUntilTheyEnd(t *testing.T) {
	over := app.Since(start.Add(-24*time.Hour), 6*time.Hour)
	a := fill(shop, over, shape{traces: 40, partial: 20}, smallPages)
	m := newMemory()
	e := newEngine(m, (&clock{at: start}).now)
	w := ask([]*account{a}, over)
	w.Signals = []app.Signal{app.Traces}
	healthy(t, e.Run(t.Context(), w, nil))
	a.total()

	// Only the traces in progress are to be asked for, in what is known.
	w.Range = app.Since(start.Add(-25*time.Hour), time.Hour)
	plan, err := e.Plan(t.Context(), w)
	if err != nil || plan.Unforeseen || plan.Guessed || plan.Requests != 2*2 {
		t.Errorf("plan %+v, %v", plan, err)
	}

	for i := range a.traces {
		if a.traces[i].Partial {
			a.traces[i].Partial, a.traces[i].Revision = false, 3
			a.traces[i].Spans = append(a.traces[i].Spans, app.Span{ID: "late"})
		}
	}
	w.Range = app.Since(start.Add(-20*time.Hour), 2*time.Hour) // they lie outside
	healthy(t, e.Run(t.Context(), w, nil))
	if partial, _ := m.PartialTraces(t.Context(), shop, time.Time{}); len(partial) > 0 {
		t.Errorf("still in progress: %v", partial)
	}
	// Each trace has a request for its summary and one for its spans; the rest is the wanted range: three pieces on hours,
	// and the graph of the two windows that it lies in.
	if n := a.total(); n != 2*2+3+2 {
		t.Errorf("%d requests for two traces", n)
	}
	healthy(t, e.Run(t.Context(), w, nil))
	if n := a.total(); n > 0 {
		t.Errorf("%d requests when all is known", n)
	}

}

func TestOutcomesTellWhatIsLeftUnasked(t *testing.T) {
	over := app.Since(start, 20*time.Hour)
	outcomes := func(r pull.Report) (all []string) {
		for _, o := range r.Outcomes {
			all = append(all, fmt.Sprintf("%s %v", o.Signal, o.Stopped))
		}
		return all
	}
	n := small
	n.alarms, n.history = 0, 0
	a := fill(shop, over, n, smallPages)
	e := newEngine(newMemory(), (&clock{at: start}).now)
	w := ask([]*account{a}, over)
	w.Signals = []app.Signal{app.Trail}
	if got := outcomes(e.Run(t.Context(), w, nil)); !slices.Equal(got, []string{"trail false"}) {
		t.Errorf("a whole pull: %v", got)
	}

	w.Signals = []app.Signal{app.Logs, app.Trail} // of the trail the newest minutes are asked again, in one request
	asked := make(chan struct{})
	var r pull.Report
	cancelAt(t.Context(), a, "FilterLogEvents", 1, func(ctx context.Context) {
		cancel := a.fault
		a.fault = func(operation, resource string) error {
			if operation == "FilterLogEvents" {
				<-asked // the trail is done
			}
			return cancel(operation, resource)
		}
		began, ended := false, false
		r = e.Run(ctx, w, func(p pull.Progress) {
			runs := slices.Contains(p.Running, pull.Running{Scope: shop, Signal: app.Trail})
			if began && !runs && !ended {
				ended = true
				close(asked)
			}
			began = began || runs
		})
	})
	if got := outcomes(r); !r.Cancelled || !slices.Equal(got, []string{"logs true", "trail false"}) {
		t.Errorf("cancelled %v: %v", r.Cancelled, got)
	}

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w = ask([]*account{a}, over)
	r = e.Run(ctx, w, nil)
	for _, o := range r.Outcomes {
		if !o.Stopped {
			t.Errorf("%s is complete, and nothing was asked", o.Signal)
		}
	}
	if len(r.Outcomes) != len(app.Signals) {
		t.Errorf("outcomes %v", outcomes(r))
	}

	w.Cap = 1
	for _, o := range newEngine(newMemory(), (&clock{at: start}).now).Run(t.Context(), w, nil).Outcomes {
		if free := o.Signal == app.Logs || o.Signal == app.Trail; o.Stopped == free {
			t.Errorf("with a cap: %s stopped %v", o.Signal, o.Stopped)
		}
	}
}

func TestProgressTellsTheWholeStory(t *testing.T) {
	over := app.Since(start, 8*time.Hour)
	accounts := twoAccounts(over)
	busy := false // not guarded: calls that overlap are for the race detector to find
	var last pull.Progress
	changed := map[app.Signal]int{}
	requests := 0
	r := newEngine(newMemory(), (&clock{at: start}).now).Run(t.Context(), ask(accounts, over), func(p pull.Progress) {
		if busy {
			t.Error("told twice at once")
		}
		busy = true
		if p.Done > p.Total || p.Requests < last.Requests || p.Spent < last.Spent || p.Items < last.Items {
			t.Errorf("%+v after %+v", p, last)
		}
		if p.Changed != nil {
			changed[p.Changed.Signal] += p.Changed.New
		}
		if len(p.Running) > 0 {
			requests = p.Requests
		}
		last, busy = p, false
	})
	healthy(t, r)
	if last.Done != last.Total || last.Total == 0 || len(last.Running) > 0 || last.Requests != r.Requests || last.Spent != r.Spent || requests == 0 {
		t.Errorf("the last note is %+v, the report %d requests for %s", last, r.Requests, r.Spent)
	}
	sums := map[app.Signal]int{}
	for _, o := range r.Outcomes {
		sums[o.Signal] += o.New
	}
	for _, s := range app.Signals {
		if sums[s] != changed[s] || sums[s] == 0 {
			t.Errorf("%s: %d new by the report, %d by the notes", s, sums[s], changed[s])
		}
	}
	if r.New() != last.Items {
		t.Errorf("%d new, %d items", r.New(), last.Items)
	}
}

func TestSpentIsWhatTheLedgerSays(t *testing.T) {
	over := app.Range{From: start.Truncate(time.Hour).Add(-60 * time.Hour), To: start} // whole hours: all periods share it
	n := small
	n.series, n.alarms = 60, 40 // more than a request takes: 3,600 datapoints of each, and one alarm reads by the hour
	a := fill(shop, over, n, smallPages)
	gone := a.traces[7].ID
	w := ask([]*account{a}, over)
	traces := w.Sources[0].Traces
	w.Sources[0].Traces = func(ctx context.Context, q app.TracesQuestion) pagesOf[app.Trace] {
		q.IDs = slices.DeleteFunc(slices.Clone(q.IDs), func(id app.TraceID) bool { return id == gone })
		return traces(ctx, q)
	}
	e := newEngine(newMemory(), (&clock{at: start}).now)
	r := e.Run(t.Context(), w, nil)
	healthy(t, r)
	if a.billed == 0 || r.Spent != a.billed {
		t.Errorf("spent %s (%d) by the report, %s (%d) by the ledger", r.Spent, r.Spent, a.billed, a.billed)
	}
	if n := a.requests["GetMetricData"]; n < 3 {
		t.Errorf("%d requests for datapoints", n)
	}
}

func TestNewCountsWhatASignalConsistsOf(t *testing.T) {
	over := app.Since(start, 8*time.Hour)
	m := newMemory()
	e := newEngine(m, (&clock{at: start}).now)
	w := ask([]*account{fill(shop, over, small, smallPages)}, over)
	told := map[app.Signal]bool{}
	r := e.Run(t.Context(), w, func(p pull.Progress) {
		if p.Changed != nil && p.Changed.Range.Empty() {
			told[p.Changed.Signal] = true
		}
	})
	healthy(t, r)
	points := 0
	for _, series := range m.points {
		points += len(series)
	}
	want := map[app.Signal]int{
		app.Alarms: small.alarms + small.history, app.Metrics: points, app.Logs: small.groups * small.events,
		app.Traces: small.traces, app.Trail: small.trail,
	}
	for _, o := range r.Outcomes {
		if o.New != want[o.Signal] {
			t.Errorf("%d new of %s, want %d", o.New, o.Signal, want[o.Signal])
		}
	}
	if !told[app.Logs] || !told[app.Metrics] || !told[app.Alarms] {
		t.Errorf("the screens hear of the listings of %v", told)
	}
}

func TestUnitsComeFromPresets(t *testing.T) {
	over := app.Since(start, time.Hour)
	m := newMemory()
	w := ask([]*account{fill(shop, over, small, smallPages)}, over)
	w.Signals = []app.Signal{app.Metrics}
	healthy(t, newEngine(m, (&clock{at: start}).now).Run(t.Context(), w, nil))
	for key, unit := range m.units {
		if unit != "Count" {
			t.Errorf("%s has the unit %q", key, unit)
		}
	}
	if len(m.units) != small.series+1 { // one alarm reads its metric by the hour
		t.Errorf("%d readings", len(m.units))
	}
	if len(m.events)+len(m.trail)+len(m.traces) > 0 {
		t.Error("more than metrics came")
	}
}

// An alarm on a formula is told by what it is made of, read as the alarm reads it, though nobody else would.
func TestTheInputsOfAFormulaArePulled(t *testing.T) {
	over := app.Since(start, time.Hour)
	a := fill(shop, over, shape{series: 1}, smallPages)
	input := func(name, statistic string, period time.Duration) *app.Reading {
		return &app.Reading{Metric: app.NewMetric("AWS/Lambda", name, app.Dimension{Name: "FunctionName", Value: "checkout"}), Statistic: statistic, Period: period}
	}
	errors, calls := input("Errors", "Sum", time.Minute), input("Duration", "SampleCount", 5*time.Minute)
	a.alarms = []app.Alarm{{Scope: shop, Name: "checkout-error-rate", Kind: app.MetricAlarm, Expression: "100 * errors / calls", Queries: []app.MetricQuery{
		{ID: "e1", Expression: "100 * errors / calls", Compared: true}, {ID: "errors", Reading: errors}, {ID: "calls", Reading: calls}}}}
	m := newMemory()
	e := newEngine(m, (&clock{at: start}).now)
	healthy(t, e.Run(t.Context(), ask([]*account{a}, over), nil))
	for _, r := range []*app.Reading{errors, calls} {
		if points, want := len(m.points[shop.String()+" "+r.Key()]), int(time.Hour/r.Period); points < want {
			t.Errorf("%s has %d points, want %d", r.Key(), points, want)
		}
		if known := m.known(shop, app.Metrics, r.Key()); len(known) != 1 {
			t.Errorf("%s is known for %v", r.Key(), known)
		}
	}
}

func TestNothingToAsk(t *testing.T) {
	m := newMemory()
	e := newEngine(m, (&clock{at: start}).now)
	for name, w := range map[string]pull.Want{
		"nowhere":       {Range: app.Since(start, time.Hour)},
		"nothing known": {Range: app.Since(start, time.Hour), Sources: []pull.Sources{{Scope: shop}}},
		"tomorrow": {
			Range:   app.Range{From: start.Add(24 * time.Hour), To: start.Add(25 * time.Hour)},
			Sources: []pull.Sources{{Scope: shop, Trail: fill(shop, app.Since(start, time.Hour), small, smallPages).sources().Trail}},
		},
	} {
		r := e.Run(t.Context(), w, nil)
		if len(r.Outcomes) > 0 || r.Requests > 0 || r.Cancelled {
			t.Errorf("%s: %+v", name, r)
		}
	}
}
