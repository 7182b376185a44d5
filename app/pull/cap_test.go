package pull_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// month returns an engine under a cap of the month, whose ledger says what the accounts have billed on top of before.
func month(m *memory, limit, before app.Money, accounts ...*account) *pull.Engine {
	m.bill = func() app.Money {
		sum := before
		for _, a := range accounts {
			a.mu.Lock()
			sum += a.billed
			a.mu.Unlock()
		}
		return sum
	}
	return pull.New(pull.Config{
		Cache: m, Presets: known, Price: price, Now: (&clock{at: start}).now,
		MonthCap: func() app.Money { return limit },
	})
}

// aPage is what one page of trace summaries, whose price is known only when it is there, may cost beyond a cap.
const aPage = 4 * 500

func TestTheCapOfTheMonthStopsPaidCallsAlone(t *testing.T) {
	over := app.Since(start, 8*time.Hour)
	// Traces alone cost 240,000: below that some stay unasked, whichever signal comes first.
	for name, limit := range map[string]app.Money{"at once": 0, "after the listings": 30_000, "on the way": 200_000} {
		accounts := twoAccounts(over)
		m := newMemory()
		r := month(m, 5*app.Dollar, 5*app.Dollar-limit, accounts...).Run(t.Context(), ask(accounts, over), nil)
		billed := accounts[0].billed + accounts[1].billed
		if billed > limit+2*aPage || billed != r.Spent {
			t.Errorf("%s: billed %d of the %d that were left; the report says %d", name, billed, limit, r.Spent)
		}
		if len(m.events) != 2*3*small.events || len(m.trail) != 2*small.trail {
			if limit > 0 || len(m.events) > 0 { // without a listing no log group is known, but that one is free
				t.Errorf("%s: %d log events and %d trail events of those that cost nothing", name, len(m.events),
					len(m.trail))
			}
		}
		if len(m.traces) == 2*small.traces {
			t.Errorf("%s: all traces came", name)
		}
		for _, p := range r.Problems() {
			var reached *app.OverCap
			if !errors.As(p, &reached) || reached.Month.Month() != time.March || reached.Cap != 5*app.Dollar ||
				reached.Spent < 5*app.Dollar-limit {
				t.Errorf("%s: %v", name, p)
			}
		}
		if len(r.Problems()) == 0 {
			t.Errorf("%s: nothing says that something was left unasked", name)
		}
	}
}

func TestTheNewestIsPaidFirst(t *testing.T) {
	over := app.Since(start, 4*24*time.Hour)
	a := fill(shop, over, shape{series: 60}, smallPages)
	m := newMemory()
	limit := price("monitoring", "GetMetricData", "eu-west-1", 80)
	r := month(m, limit, 0, a).Run(t.Context(), ask([]*account{a}, over), nil)
	if a.billed > limit || a.billed < limit/4 {
		t.Errorf("billed %s of %s", a.billed, limit)
	}
	for _, o := range r.Outcomes {
		for _, kept := range o.Ranges {
			if o.Signal == app.Metrics && !kept.To.Equal(start.Truncate(time.Millisecond)) {
				t.Errorf("what was paid for is %v, and not the newest", kept)
			}
		}
	}
}

// What one pull has spent, another cannot spend again, be it of the same engine or of another process.
func TestTheCapOfTheMonthIsOneForAllPulls(t *testing.T) {
	over := app.Since(start, 8*time.Hour)
	accounts := twoAccounts(over)
	m := newMemory()
	limit := app.Money(300_000)
	e := month(m, limit, 0, accounts...)
	done := make(chan pull.Report)
	for _, a := range accounts {
		go func() { done <- e.Run(t.Context(), ask([]*account{a}, over), nil) }()
	}
	spent := (<-done).Spent + (<-done).Spent
	again := month(m, limit, 0, accounts...).Run(t.Context(), ask(accounts, over), nil)
	billed := accounts[0].billed + accounts[1].billed
	if billed > limit+2*aPage || billed != spent+again.Spent {
		t.Errorf("billed %d of %d; the reports say %d and %d", billed, limit, spent, again.Spent)
	}
}

func TestNoCapIsNone(t *testing.T) {
	over := app.Since(start, 8*time.Hour)
	a := fill(shop, over, small, smallPages)
	healthy(t, month(newMemory(), -1, 100*app.Dollar, a).Run(t.Context(), ask([]*account{a}, over), nil))
}

// A metric that ListMetrics names no more is paid for no more.
func TestAMetricThatIsGoneCostsNothing(t *testing.T) {
	over := app.Since(start, 8*time.Hour)
	a := fill(shop, over, shape{series: 3}, smallPages)
	m, c := newMemory(), &clock{at: start}
	e := newEngine(m, c.now)
	healthy(t, e.Run(t.Context(), ask([]*account{a}, over), nil))
	a.metrics = a.metrics[:1]
	c.pass(time.Hour)
	readings := 0
	a.see = func(q asked) { readings += len(q.readings) }
	w := ask([]*account{a}, app.Since(c.now(), 8*time.Hour))
	w.Signals = []app.Signal{app.Metrics}
	healthy(t, e.Run(t.Context(), w, nil))
	if readings != 1 {
		t.Errorf("%d metrics are asked for, and one is left", readings)
	}
}

func TestCap(t *testing.T) {
	over := app.Since(start, 8*time.Hour)
	a := fill(shop, over, shape{series: 3, alarms: 1, groups: 1, events: 10, traces: 600, trail: 20},
		pages{events: 100, trail: 50, history: 100, summaries: 50})
	t.Run("below what is certain", func(t *testing.T) {
		m := newMemory()
		// of two places the quicker may spend what the other lists with
		w := ask([]*account{a}, over)
		w.Cap = price("monitoring", "GetMetricData", "eu-west-1", 2) // the listings
		r := newEngine(m, (&clock{at: start}).now).Run(t.Context(), w, nil)
		if r.Spent > w.Cap || len(m.points)+len(m.traces)+len(m.history) > 0 {
			t.Errorf("spent %s of %s: %d points, %d traces", r.Spent, w.Cap, len(m.points), len(m.traces))
		}
		if len(m.events) != 10 || len(m.trail) != 20 || len(m.graphs) == 0 {
			t.Errorf("%d log events, %d trail events, %d graphs, which cost nothing", len(m.events), len(m.trail),
				len(m.graphs))
		}
		refused := []app.Signal{app.Alarms, app.Metrics, app.Traces}
		for _, o := range r.Outcomes {
			want := slices.Contains(refused, o.Signal)
			if one := len(o.Problems) == 1 && o.Problems[0].Kind == app.TooMuch; one != want || !want &&
				len(o.Problems) > 0 {
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
			t.Errorf("%d trail events, %d log events, which cost nothing; %d traces", len(m.trail), len(m.events),
				len(m.traces))
		}
	})
}
