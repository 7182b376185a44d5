package pull

import (
	"errors"
	"fmt"
	"sync"

	"github.com/nephograph/nephograph/app"
)

// budget keeps a run under its cap. A request's price is held before it is made and spent when it is answered, so that
// requests at the same time cannot pass the cap together.
type budget struct {
	cap app.Money // 0: none

	mu    sync.Mutex
	held  app.Money
	spent app.Money
}

// hold sets the price of a request aside; its error has the kind TooMuch. What costs nothing is never refused.
func (b *budget) hold(price app.Money) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if total := b.spent + b.held + price; b.cap > 0 && price > 0 && total > b.cap {
		return overCap(b.cap, total)
	}
	b.held += price
	return nil
}

// release gives back what was held for a request that was not made.
func (b *budget) release(price app.Money) { b.settle(price, 0) }

// settle turns what was held into what the request did cost.
func (b *budget) settle(held, cost app.Money) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.held -= held
	b.spent += cost
}

// sum returns what the answered requests did cost.
func (b *budget) sum() app.Money {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.spent
}

func overCap(limit, total app.Money) error {
	return &app.Error{Kind: app.TooMuch, Op: "pull", Err: capped{limit, total}}
}

// capped is the cause of what the cap refuses.
type capped struct{ limit, total app.Money }

// Error says both amounts, which differ from one refused request to the next.
func (c capped) Error() string {
	return fmt.Sprintf("it would cost about %s, and the cap is %s", c.total, c.limit)
}

func isCapped(err error) bool {
	var c capped
	return errors.As(err, &c)
}
