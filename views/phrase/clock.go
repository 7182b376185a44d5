package phrase

import (
	"time"

	"github.com/nephograph/nephograph/app"
)

// Stamp returns an instant in full: 2026-03-14 09:58:30.
func Stamp(t time.Time, zone *time.Location) string { return t.In(zone).Format("2006-01-02 15:04:05") }

// StampMillis returns an instant in full to the millisecond, as log events have it: 2026-03-14 09:58:30.250.
func StampMillis(t time.Time, zone *time.Location) string {
	return t.In(zone).Format("2006-01-02 15:04:05.000")
}

// Month returns a calendar month: November 2026.
func Month(t time.Time) string { return t.Format("January 2006") }

// LongDay returns a day of this year: 1 December.
func LongDay(t time.Time) string { return t.Format("2 January") }

// ClockMinutes returns the time of day to the minute: 09:58.
func ClockMinutes(t time.Time, zone *time.Location) string { return t.In(zone).Format("15:04") }

// Clock returns the time of day to the second: 09:58:30.
func Clock(t time.Time, zone *time.Location) string { return t.In(zone).Format("15:04:05") }

// Moment returns an instant to the minute with as much of its day as is needed: 09:56, yesterday 23:10, 14 Mar 09:56.
func Moment(t, now time.Time, zone *time.Location) string {
	day := Day(t, now, zone)
	if day == "Today" {
		return ClockMinutes(t, zone)
	}
	if day == "Yesterday" {
		day = "yesterday"
	}
	return day + " " + ClockMinutes(t, zone)
}

// Day returns the day of an instant: Today, Yesterday, 14 Mar, 14 Mar 2025.
func Day(t, now time.Time, zone *time.Location) string {
	t, now = t.In(zone), now.In(zone)
	switch {
	case sameDay(t, now):
		return "Today"
	case sameDay(t, now.AddDate(0, 0, -1)):
		return "Yesterday"
	case t.Year() == now.Year():
		return t.Format("2 Jan")
	}
	return t.Format("2 Jan 2006")
}

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

// Between returns a range as the focus bar shows it: Today 09:12 – 10:12, Yesterday 22:00 – Today 10:00. Ranges shorter
// than two minutes have seconds.
func Between(r app.Range, now time.Time, zone *time.Location) string {
	form := "15:04"
	if r.Length() < 2*time.Minute {
		form = "15:04:05"
	}
	from, to := r.From.In(zone), r.To.In(zone)
	text := Day(from, now, zone) + " " + from.Format(form) + " – "
	if !sameDay(from, to) {
		text += Day(to, now, zone) + " "
	}
	return text + to.Format(form)
}

// ZoneName returns what the session's zone is called at an instant: UTC, CET, +0530.
func ZoneName(zone *time.Location, at time.Time) string {
	name, _ := at.In(zone).Zone()
	return name
}
