package pull

import (
	"context"
	"sync"
	"time"

	"github.com/nephograph/nephograph/app"
)

// lookAgain is how old the ledger's sum may be: in the meantime another process may have paid for calls, and an attempt
// that was retried may have been billed too. Reading it takes about a millisecond.
const lookAgain = time.Second

// purse keeps everything that an engine asks, and what else the ledger knows of, under the cap of the calendar month. It
// errs to the safe side: a request that is on its way while the ledger is read may count twice until it is read again.
type purse struct {
	cap    func() app.Money // negative: none
	ledger func(context.Context, app.Range) (app.Money, error)
	now    func() time.Time

	mu       sync.Mutex
	month    app.Range // that the rest is of
	read     time.Time
	known    app.Money // the ledger's sum when it was read
	since    app.Money // what was answered after that
	onTheWay app.Money // held, in whatever month
}

// hold sets the price of a request aside. Its error is an app.OverCap of the kind TooMuch, or the ledger's.
func (p *purse) hold(ctx context.Context, price app.Money) error {
	limit := p.cap()
	p.mu.Lock()
	defer p.mu.Unlock()
	if limit >= 0 {
		if err := p.fits(ctx, limit, price); err != nil {
			return err
		}
	}
	p.onTheWay += price
	return nil
}

// settle turns what was held into what the request did cost.
func (p *purse) settle(held, cost app.Money) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.onTheWay -= held
	p.since += cost
}

// room returns what may still be spent this month; bounded is false where there is no cap.
func (p *purse) room(ctx context.Context) (left app.Money, bounded bool, err error) {
	limit := p.cap()
	p.mu.Lock()
	defer p.mu.Unlock()
	if limit < 0 {
		return 0, false, nil
	}
	err = p.look(ctx)
	return limit - p.known - p.onTheWay, true, err
}

// refusal says why something is not asked that a plan would spend beyond what there was room for.
func (p *purse) refusal(beyond app.Money) error {
	limit := p.cap()
	p.mu.Lock()
	defer p.mu.Unlock()
	return overCap(app.OverCap{Cap: limit, Spent: p.known + p.since, Total: limit + beyond, Month: p.month.From})
}

// fits reports whether a price stays under the limit. It is called with the lock held.
func (p *purse) fits(ctx context.Context, limit, price app.Money) error {
	now := p.now()
	total := func() app.Money { return p.known + p.since + p.onTheWay + price }
	if !p.month.Contains(now) || now.Sub(p.read) >= lookAgain || now.Before(p.read) || total() > limit {
		if err := p.look(ctx); err != nil {
			return err
		}
	}
	if total() > limit {
		return overCap(app.OverCap{Cap: limit, Spent: p.known + p.since, Total: total(), Month: p.month.From})
	}
	return nil
}

// look reads the ledger. It is called with the lock held.
func (p *purse) look(ctx context.Context) error {
	now := p.now()
	month := app.MonthOf(now)
	known, err := p.ledger(context.WithoutCancel(ctx), month)
	if err != nil {
		return err
	}
	p.month, p.read, p.known, p.since = month, now, known, 0
	return nil
}
