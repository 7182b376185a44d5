package pull_test

import (
	"errors"
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
		Cache: m, Presets: known, Price: price, Now: (&clock{at: start}).now, MonthCap: func() app.Money { return limit },
	})
}

// aPage is what one page of trace summaries, whose price is known only when it is there, may cost beyond a cap.
const aPage = 4 * 500

func TestTheCapOfTheMonthStopsPaidCallsAlone(t *testing.T) {
	over := app.Since(start, 8*time.Hour)
	for name, limit := range map[string]app.Money{"at once": 0, "after the listings": 30_000, "on the way": 300_000} {
		accounts := twoAccounts(over)
		m := newMemory()
		r := month(m, 5*app.Dollar, 5*app.Dollar-limit, accounts...).Run(t.Context(), ask(accounts, over), nil)
		billed := accounts[0].billed + accounts[1].billed
		if billed > limit+2*aPage || billed != r.Spent {
			t.Errorf("%s: billed %d of the %d that were left; the report says %d", name, billed, limit, r.Spent)
		}
		if len(m.events) != 2*3*small.events || len(m.trail) != 2*small.trail {
			if limit > 0 || len(m.events) > 0 { // without a listing no log group is known, but that one is free
				t.Errorf("%s: %d log events and %d trail events of those that cost nothing", name, len(m.events), len(m.trail))
			}
		}
		if len(m.traces) == 2*small.traces {
			t.Errorf("%s: all traces came", name)
		}
		for _, p := range r.Problems() {
			var reached *app.OverCap
			if !errors.As(p, &reached) || reached.Month.Month() != time.March || reached.Cap != 5*app.Dollar || reached.Spent < 5*app.Dollar-limit {
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
