package cache

import (
	"context"
	"time"
)

// maxClockAhead is how far the clock may have been ahead without harm: AWS refuses requests with a greater difference.
const maxClockAhead = 5 * time.Minute

// ForgetFuture removes what is recorded as asked after now, by a clock that was ahead. It would count as final what was
// never asked for, no later listing would replace one from the future, and an alarm would be gone before its time. The
// items stay, and what they belong to is asked for again. Call it when now is known to be right, which it is once AWS
// has answered: nothing is asked by a clock that AWS refuses. The SDK would correct the signature, but covers would be
// wrong.
func (d *DB) ForgetFuture(ctx context.Context, now time.Time) error {
	_, err := d.write(ctx, "look for what was asked in the future", func(w *writeTx) (int, error) {
		for _, s := range []statement{"retain_future_covers", "retain_future_asked"} {
			if _, err := w.exec(s, nanos(now.Add(maxClockAhead))); err != nil {
				return 0, err
			}
		}
		return w.exec("retain_future_gone", now.Add(maxClockAhead).UnixMilli())
	})
	return err
}
