package pull_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

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
			e.Run(t.Context(), pull.Want{Sources: []pull.Sources{a.sources()}, Range: app.Since(start, c.before),
				Signals: only}, nil)
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

func TestNothingToAsk(t *testing.T) {
	m := newMemory()
	e := newEngine(m, (&clock{at: start}).now)
	for name, w := range map[string]pull.Want{
		"nowhere":       {Range: app.Since(start, time.Hour)},
		"nothing known": {Range: app.Since(start, time.Hour), Sources: []pull.Sources{{Scope: shop}}},
		"tomorrow": {
			Range: app.Range{From: start.Add(24 * time.Hour), To: start.Add(25 * time.Hour)},
			Sources: []pull.Sources{{Scope: shop,
				Trail: fill(shop, app.Since(start, time.Hour), small, smallPages).sources().Trail}},
		},
	} {
		r := e.Run(t.Context(), w, nil)
		if len(r.Outcomes) > 0 || r.Requests > 0 || r.Cancelled {
			t.Errorf("%s: %+v", name, r)
		}
	}
}
