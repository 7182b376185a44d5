package pull

import (
	"context"
	"sync"
	"time"

	"github.com/nephograph/nephograph/app"
)

// maxLedgerAge is how old the ledger's sum may be: in the meantime another process may have paid for calls, and an
// attempt that was retried may have been billed too. Reading it takes about a millisecond.
const maxLedgerAge = time.Second

// monthBudget keeps everything that an engine asks, and what else the ledger knows of, under the cap of the calendar
// month. It errs to the safe side: a request that is in flight while the ledger is read may count twice until it is
// read again.
type monthBudget struct {
	cap    func() app.Money // negative: none
	ledger ledger
	now    func() time.Time

	mu       sync.Mutex
	month    app.Range // that the sums are of
	read     time.Time
	known    app.Money // the ledger's sum when it was read
	since    app.Money // what was answered after that
	inFlight app.Money // held, in whatever month
}

// hold sets the price of a request aside. Its error is an app.OverCap of the kind TooMuch, or the ledger's.
func (b *monthBudget) hold(ctx context.Context, price app.Money) error {
	limit := b.cap()
	b.mu.Lock()
	defer b.mu.Unlock()
	if limit >= 0 {
		if err := b.fits(ctx, limit, price); err != nil {
			return err
		}
	}
	b.inFlight += price
	return nil
}

// settle turns what was held into what the request did cost.
func (b *monthBudget) settle(held, cost app.Money) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.inFlight -= held
	b.since = app.Total(b.since, cost)
}

// remaining returns what may still be spent this month; capped is false where there is no cap.
func (b *monthBudget) remaining(ctx context.Context) (left app.Money, capped bool, err error) {
	limit := b.cap()
	b.mu.Lock()
	defer b.mu.Unlock()
	if limit < 0 {
		return 0, false, nil
	}
	err = b.readLedger(ctx)
	return limit - app.Total(b.known, b.inFlight), true, err
}

// refusal says why something is not asked that a plan would spend beyond what there was room for.
func (b *monthBudget) refusal(beyond app.Money) error {
	limit := b.cap()
	b.mu.Lock()
	defer b.mu.Unlock()
	return overCap(app.OverCap{Cap: limit, Spent: app.Total(b.known, b.since), Total: limit + beyond,
		Month: b.month.From})
}

// fits reports whether a price stays under the limit. It is called with the lock held.
func (b *monthBudget) fits(ctx context.Context, limit, price app.Money) error {
	now := b.now()
	total := func() app.Money { return app.Total(b.known, b.since, b.inFlight, price) }
	if !b.month.Contains(now) || now.Sub(b.read) >= maxLedgerAge || now.Before(b.read) || total() > limit {
		if err := b.readLedger(ctx); err != nil {
			return err
		}
	}
	if total() > limit {
		return overCap(app.OverCap{Cap: limit, Spent: app.Total(b.known, b.since), Total: total(), Month: b.month.From})
	}
	return nil
}

// readLedger reads the ledger. It is called with the lock held.
func (b *monthBudget) readLedger(ctx context.Context) error {
	now := b.now()
	month := app.MonthOf(now)
	known, err := b.ledger.Spent(context.WithoutCancel(ctx), month)
	if err != nil {
		return err
	}
	b.month, b.read, b.known, b.since = month, now, known, 0
	return nil
}
