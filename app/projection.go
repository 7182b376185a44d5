package app

import "time"

// paceDays is how many of the newest days tell the pace of spending. A first pull of a long range costs more than many
// days after it; a week later it no longer counts.
const paceDays = 7

// ProjectMonth returns what the calendar month of now, UTC, will have cost at its end: what it did cost, and for the
// rest the pace of the last seven days, or of the days since the first line. days are SpendByDay of the month and of
// the seven days before now.
func ProjectMonth(days []SpendLine, now time.Time) Money {
	month := MonthOf(now)
	today := now.UTC().Truncate(24 * time.Hour)
	window := Range{today.AddDate(0, 0, 1-paceDays), now}
	var spent, lately Money
	from := now
	for _, d := range days {
		if month.Contains(d.Day) {
			spent = Total(spent, d.Cost)
		}
		if window.Contains(d.Day) {
			lately = Total(lately, d.Cost)
			if d.Day.Before(from) {
				from = d.Day
			}
		}
	}
	elapsed := max(now.Sub(from), 24*time.Hour)
	return Total(spent, MoneyOf(float64(lately)*float64(month.To.Sub(now))/float64(elapsed)))
}
