package explain

import (
	"fmt"
	"strings"
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

// Spend sums up requests in a sentence.
func Spend(s app.Spend) string {
	return fmt.Sprintf("%s requests (%s throttled, %s failed) for %s.", phrase.Count(s.Requests),
		phrase.Count(s.Throttled), phrase.Count(s.Failed), s.Cost)
}

// Month says how the calendar month of now stands against its cap, which is negative for none, and what it will have
// cost at its end.
func Month(cost, projected, cap app.Money, now time.Time) string {
	of := fmt.Sprintf(" of the %s cap", cap)
	if cap < 0 {
		of = ", with no cap"
	}
	last := phrase.LongDay(app.MonthOf(now).To.AddDate(0, 0, -1))
	text := fmt.Sprintf("This month: %s%s; at the pace of the last 7 days it comes to %s by %s.", cost, of, projected,
		last)
	if cap >= 0 && projected > cap && cost <= cap {
		text += " The cap will stop paid calls before that."
	}
	return text
}

// Keep says what is kept of the cache, and how large it may grow.
func Keep(r app.Retention) string {
	text := "It may grow without bound."
	if r.Size > 0 {
		text = fmt.Sprintf("It may grow to %s.", phrase.Bytes(r.Size))
	}
	var ages []string
	for _, s := range app.Signals {
		if age := r.Age[s]; age > 0 {
			ages = append(ages, fmt.Sprintf("%s for %s", phrase.SignalItems(s), phrase.Duration(age)))
		}
	}
	if len(ages) == 0 {
		return text
	}
	return text + " Kept are " + strings.Join(ages, ", ") + "."
}
