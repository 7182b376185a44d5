package pull

import (
	"context"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

func TestGridHoldsWholePeriods(t *testing.T) {
	for period, want := range map[time.Duration]time.Duration{
		0:                5 * time.Minute,
		10 * time.Second: 5 * time.Minute,
		time.Minute:      5 * time.Minute,
		2 * time.Minute:  10 * time.Minute,
		5 * time.Minute:  5 * time.Minute,
		7 * time.Minute:  35 * time.Minute,
		time.Hour:        time.Hour,
		24 * time.Hour:   24 * time.Hour,
	} {
		if got := grid(period); got != want {
			t.Errorf("grid of %s is %s, want %s", period, got, want)
		}
	}
}

func TestGapsOf(t *testing.T) {
	day := time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC)
	at := func(hour, minute, second int) time.Time {
		return day.Add(time.Duration(hour*3600+minute*60+second) * time.Second)
	}
	covered := func(from, to time.Time) []app.Cover {
		return []app.Cover{{Signal: app.Metrics, Range: app.Range{From: from, To: to}, AskedAt: to}}
	}
	asked := func(from, to, at time.Time) []app.Cover {
		return []app.Cover{{Signal: app.Metrics, Range: app.Range{From: from, To: to}, AskedAt: at}}
	}
	for name, c := range map[string]struct {
		period time.Duration
		within app.Range
		covers []app.Cover
		want   []app.Range
	}{
		"all, on the grid and up to now":       {time.Minute, app.Range{From: at(8, 3, 20), To: at(12, 7, 30)}, nil, []app.Range{{From: at(8, 0, 0), To: at(12, 7, 30)}}},
		"past":                                 {time.Minute, app.Range{From: at(8, 3, 20), To: at(9, 1, 0)}, nil, []app.Range{{From: at(8, 0, 0), To: at(9, 5, 0)}}},
		"the tail":                             {time.Minute, app.Range{From: at(8, 0, 0), To: at(12, 7, 30)}, covered(at(8, 0, 0), at(12, 6, 0)), []app.Range{{From: at(11, 50, 0), To: at(12, 7, 30)}}},
		"a tail without a new datapoint":       {time.Minute, app.Range{From: at(8, 0, 0), To: at(12, 7, 30)}, covered(at(8, 0, 0), at(12, 6, 31)), nil},
		"a tail that was asked after it ended": {time.Minute, app.Range{From: at(8, 0, 0), To: at(12, 7, 30)}, asked(at(8, 0, 0), at(12, 6, 31), at(12, 6, 35)), nil},
		"a tail that ended a while before":     {time.Minute, app.Range{From: at(8, 0, 0), To: at(12, 7, 30)}, asked(at(8, 0, 0), at(12, 6, 29), at(12, 6, 35)), []app.Range{{From: at(12, 5, 0), To: at(12, 7, 30)}}},
		"an hour's tail, within the hour":      {time.Hour, app.Range{From: at(8, 0, 0), To: at(12, 7, 30)}, covered(at(8, 0, 0), at(11, 10, 0)), nil},
		"an hour later":                        {time.Hour, app.Range{From: at(8, 0, 0), To: at(12, 7, 30)}, covered(at(8, 0, 0), at(11, 7, 0)), []app.Range{{From: at(10, 0, 0), To: at(12, 7, 30)}}},
		"more of the past":                     {time.Minute, app.Range{From: at(7, 0, 0), To: at(12, 7, 30)}, covered(at(8, 0, 0), at(12, 7, 0)), []app.Range{{From: at(7, 0, 0), To: at(8, 0, 0)}}},
		"both ends, in one question":           {time.Minute, app.Range{From: at(7, 0, 0), To: at(12, 7, 30)}, covered(at(8, 0, 0), at(12, 6, 0)), []app.Range{{From: at(7, 0, 0), To: at(12, 7, 30)}}},
		"both ends, far apart":                 {time.Second, app.Range{From: at(7, 0, 0), To: at(12, 7, 30)}, covered(at(8, 0, 0), at(12, 6, 0)), []app.Range{{From: at(7, 0, 0), To: at(8, 0, 0)}, {From: at(11, 50, 0), To: at(12, 7, 30)}}},
		"nothing":                              {time.Minute, app.Range{From: at(8, 0, 0), To: at(9, 0, 0)}, covered(at(8, 0, 0), at(12, 6, 0)), nil},
		// At 10:20 the hour was not over, so it is asked again as a whole.
		"an hour that was cut": {time.Hour, app.Range{From: at(8, 0, 0), To: at(10, 10, 0)}, covered(at(8, 0, 0), at(10, 20, 0)), []app.Range{{From: at(10, 0, 0), To: at(11, 0, 0)}}},
	} {
		got := gapsOf(c.period, c.within, c.covers, at(12, 7, 30))
		same := len(got) == len(c.want)
		for i := range min(len(got), len(c.want)) {
			same = same && got[i].Equal(c.want[i])
		}
		if !same {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

// ledgerFunc is a ledger whose sum a function says.
type ledgerFunc func(app.Range) (app.Money, error)

// Spent returns what the function says.
func (f ledgerFunc) Spent(_ context.Context, r app.Range) (app.Money, error) { return f(r) }

// Whatever is held, settled or given back, in whatever order, by two pulls and by others who use the cache: neither what a
// pull spends passes its cap, nor what all spend that of the month, but for what others spend.
func TestBudgetIsNeverPassed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
		var ledger, others app.Money
		limit := app.Money(rapid.IntRange(-1, 150).Draw(t, "cap of the month"))
		month := &monthBudget{
			cap:    func() app.Money { return limit },
			now:    func() time.Time { return now },
			ledger: ledgerFunc(func(app.Range) (app.Money, error) { return ledger, nil }),
		}
		var pulls [2]budget
		var open [2][]app.Money
		for i := range pulls {
			pulls[i] = budget{cap: app.Money(rapid.IntRange(0, 100).Draw(t, "cap")), month: month}
		}
		for range rapid.IntRange(1, 40).Draw(t, "moves") {
			i := rapid.IntRange(0, 1).Draw(t, "pull")
			b := &pulls[i]
			now = now.Add(time.Duration(rapid.IntRange(0, 1500).Draw(t, "ms")) * time.Millisecond)
			switch move := rapid.IntRange(0, 5).Draw(t, "move"); {
			case move == 0 && limit >= 0:
				cost := app.Money(rapid.IntRange(0, 10).Draw(t, "of others"))
				others, ledger = others+cost, ledger+cost
			case move < 3 && len(open[i]) > 0:
				cost := open[i][0]
				if rapid.Bool().Draw(t, "not made") {
					cost = 0
				}
				ledger += cost // the ledger has it before the page is here
				b.settle(open[i][0], cost)
				open[i] = open[i][1:]
			default:
				price := app.Money(rapid.IntRange(0, 40).Draw(t, "price"))
				room := b.cap == 0 || b.spent+b.held+price <= b.cap
				all := limit < 0 || ledger+month.inFlight+price <= limit
				err := b.hold(t.Context(), price)
				if err == nil && price > 0 && !room {
					t.Fatalf("held %d beyond the pull's cap", price)
				}
				if err != nil && (price == 0 || room && all) {
					t.Fatalf("hold %d: %v", price, err)
				}
				if err != nil && (app.KindOf(err) != app.TooMuch || !isOverCap(err)) {
					t.Fatalf("refused as %s: %v", app.KindOf(err), err)
				}
				if err == nil {
					open[i] = append(open[i], price)
				}
			}
		}
		var held app.Money
		for i := range pulls {
			b := &pulls[i]
			if b.cap > 0 && b.sum() > b.cap || b.held < 0 {
				t.Fatalf("spent %d of %d, held %d", b.sum(), b.cap, b.held)
			}
			held += b.held
		}
		if held != month.inFlight {
			t.Fatalf("%d are held, and the month knows of %d", held, month.inFlight)
		}
		if limit >= 0 && ledger-others > limit {
			t.Fatalf("spent %d of the month's %d", ledger-others, limit)
		}
	})
}

func TestTheMonthBeginsAnew(t *testing.T) {
	now := time.Date(2026, 11, 30, 23, 59, 59, 0, time.UTC)
	spent := map[time.Month]app.Money{time.November: 5 * app.Dollar}
	p := &monthBudget{
		cap: func() app.Money { return 5 * app.Dollar }, now: func() time.Time { return now },
		ledger: ledgerFunc(func(r app.Range) (app.Money, error) { return spent[r.From.Month()], nil }),
	}
	err := p.hold(t.Context(), 1)
	var over *app.OverCap
	if !errors.As(err, &over) || over.Spent != 5*app.Dollar || over.Cap != 5*app.Dollar || over.Month.Month() != time.November {
		t.Errorf("got %v", err)
	}
	now = now.Add(time.Second)
	if err := p.hold(t.Context(), 1); err != nil {
		t.Errorf("in December: %v", err)
	}
}

func TestALedgerThatCannotBeReadLetsNothingThrough(t *testing.T) {
	broken := &app.Error{Kind: app.Damaged, Op: "add up the ledger", Err: errors.New("disk image is malformed")}
	p := &monthBudget{
		cap: func() app.Money { return 5 }, now: time.Now,
		ledger: ledgerFunc(func(app.Range) (app.Money, error) { return 0, broken }),
	}
	if err := p.hold(t.Context(), 1); !errors.Is(err, broken) || p.inFlight != 0 {
		t.Errorf("got %v, %d held", err, p.inFlight)
	}
}

func FuzzStartOf(f *testing.F) {
	f.Add("1-5fad4cc9-70259536495de84a2a6282cd")
	f.Add("1-zzzzzzzz-70259536495de84a2a6282cd")
	f.Add("")
	f.Fuzz(func(t *testing.T, id string) {
		at, ok := startOf(app.TraceID(id))
		if _, valid := app.ParseTraceID(id); valid && len(id) == 35 && !ok {
			t.Errorf("%q has a time", id)
		}
		if ok && (at.Unix() < 0 || at.Unix() > 1<<32) {
			t.Errorf("%q is said to be of %s", id, at)
		}
	})
}
