package explain

import (
	"fmt"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

// overCap says which cap was reached, and what follows from it.
func overCap(o *app.OverCap) (sentence, remedy string) {
	switch {
	case o.Month.IsZero():
		return fmt.Sprintf("The pull would cost about %s, and its cap is %s.", o.Total, o.Cap),
			"The newest has come as far as the cap reaches, and all that is free; a higher --cap brings the rest."
	case o.Cap == 0:
		return "The settings allow no paid calls; alarms, metrics and traces are not asked for.",
			"Logs and trail events are free and go on; nephograph settings says where the cap is set."
	}
	const goesOn = "Logs and trail events are free and go on; a higher cap lets the rest through " +
		"at once, and nephograph settings says where it is set."
	if o.Spent < o.Cap-o.Cap/10 { // what has been spent is not why
		return fmt.Sprintf("This pull would bring the month's paid calls to about %s, beyond the cap of %s; what is "+
			"older waits until %s.", o.Total, o.Cap, nextMonth(o.Month)), goesOn
	}
	return fmt.Sprintf("This month's paid calls have cost %s of the %s cap; alarms, metrics and traces wait until "+
			"%s.", o.Spent, o.Cap, nextMonth(o.Month)),
		goesOn
}

// nextMonth names the day on which the cap begins anew: 1 December.
func nextMonth(month time.Time) string { return phrase.LongDay(month.AddDate(0, 1, 0)) }
