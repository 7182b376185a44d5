package cache

import (
	"context"
	"time"
)

// maxClockAhead is how far the clock may have been ahead of now without harm: AWS refuses requests with a greater difference.
const maxClockAhead = 5 * time.Minute

// ForgetFuture forgets what is noted to have been asked at an instant that has not come yet, by a clock that ran ahead: it
// would count as final what never was asked for, and no later listing would take the place of one from the future; an alarm
// would be gone at an instant that has not come. The items stay, and what they are of is asked again. Call it when now is
// known to be right, as it is when AWS has answered.
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
