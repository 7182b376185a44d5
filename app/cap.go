package app

import (
	"fmt"
	"time"
)

// OverCap is why a call that costs something is not made.
type OverCap struct {
	Cap   Money
	Spent Money     // so far, of the month or of the pull
	Total Money     // what it would have come to, with what is on its way
	Month time.Time // first day of the month whose cap it is, in UTC; zero where it is the cap of one pull
}

// Error says which cap it is, and what was spent of it.
func (o *OverCap) Error() string {
	if o.Month.IsZero() {
		return fmt.Sprintf("it would cost about %s, and the cap is %s", o.Total, o.Cap)
	}
	return fmt.Sprintf("paid calls have cost %s of the cap of %s for %s", o.Spent, o.Cap,
		o.Month.Format("January 2006"))
}
