package pull

import (
	"context"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

// ledgerFunc is a ledger whose sum a function says.
type ledgerFunc func(app.Range) (app.Money, error)

// Spent returns what the function says.
func (f ledgerFunc) Spent(_ context.Context, r app.Range) (app.Money, error) { return f(r) }

// Whatever is held, settled or given back, in whatever order, by two pulls and by others who use the cache: neither
// what a pull spends passes its cap, nor what all spend that of the month, but for what others spend.
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
	if !errors.As(err, &over) || over.Spent != 5*app.Dollar || over.Cap != 5*app.Dollar ||
		over.Month.Month() != time.November {
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
