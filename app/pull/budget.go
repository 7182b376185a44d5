package pull

import (
	"context"
	"errors"
	"sync"

	"github.com/nephograph/nephograph/app"
)

// budget keeps a run under its cap and, with all other runs, under that of the month. A request's price is held before
// it is made and spent when it is answered, so that requests at the same time cannot pass a cap together.
type budget struct {
	cap   app.Money // 0: none
	month *monthBudget

	mu    sync.Mutex
	held  app.Money
	spent app.Money
}

// hold sets the price of a request aside. Its error is an app.OverCap of the kind TooMuch, or the ledger's. What costs
// nothing is never refused.
func (b *budget) hold(ctx context.Context, price app.Money) error {
	if price == 0 {
		return nil
	}
	b.mu.Lock()
	total := app.Total(b.spent, b.held, price)
	if b.cap > 0 && total > b.cap {
		defer b.mu.Unlock()
		return overCap(app.OverCap{Cap: b.cap, Spent: b.spent, Total: total})
	}
	b.held += price
	b.mu.Unlock()
	err := b.month.hold(ctx, price)
	if err != nil {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.held -= price
	}
	return err
}

// release gives back what was held for a request that was not made.
func (b *budget) release(price app.Money) { b.settle(price, 0) }

// settle turns what was held into what the request did cost.
func (b *budget) settle(held, cost app.Money) {
	b.month.settle(held, cost)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.held -= held
	b.spent = app.Total(b.spent, cost)
}

// sum returns what the answered requests did cost.
func (b *budget) sum() app.Money {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.spent
}

func overCap(o app.OverCap) error {
	return &app.Error{Kind: app.TooMuch, Op: "pull", Err: &o}
}

func isOverCap(err error) bool {
	var o *app.OverCap
	return errors.As(err, &o)
}
