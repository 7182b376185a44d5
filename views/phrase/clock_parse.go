package phrase

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// The errors of ParseTime, which are shown as they are.
var (
	errTime = errors.New("write a time as 2026-03-14 09:58:30, yesterday 14:00, 09:58 or 2h ago")
	errYear = errors.New("the year has to be from 1970 to 2200")
)

// ParseTime reads an instant in a zone. It may be written as
//
//   - now, or how long ago: 2h ago, 1d12h ago, 90 min ago
//   - RFC 3339, which has a zone of its own: 2026-03-14T09:58:30Z
//   - a date, with or without a time of day: 2026-03-14, 2026-03-14 09:58, 2026-03-14T09:58:30.250, 14 Mar 2025 09:58
//   - a day and a time as screens show them: today 09:58, yesterday 14:00, 14 Mar 09:58
//   - a time of day: 09:58, 09:58:30
//
// A day without a year and a time without a day are the last ones there were. The answer is in UTC and of a year from
// 1970 to 2200, which the nanoseconds of the cache reach.
func ParseTime(text string, now time.Time, zone *time.Location) (time.Time, error) {
	text = strings.Join(strings.Fields(text), " ")
	at, ok := parseAgo(text, now)
	if !ok {
		at, ok = parseZoned(text)
	}
	if !ok {
		at, ok = parseDayClock(text, now.In(zone))
	}
	at = at.UTC()
	switch y := at.Year(); {
	case !ok:
		return time.Time{}, errTime
	case y < 1970 || y > 2200:
		return time.Time{}, errYear
	}
	return at, nil
}

// parseAgo reads now, and a length of time before it.
func parseAgo(text string, now time.Time) (time.Time, bool) {
	if text == "now" {
		return now, true
	}
	length, ago := strings.CutSuffix(text, "ago")
	d, err := app.ParseLength(length)
	return now.Add(-d), ago && err == nil
}

func parseZoned(text string) (time.Time, bool) {
	at, err := time.Parse(time.RFC3339Nano, text)
	return at, err == nil
}

// parseDayClock reads a day, a time of day, or both, in the zone of now. Of several days that may be meant it takes the
// first on which that time has been.
func parseDayClock(text string, now time.Time) (time.Time, bool) {
	if len(text) > len(time.DateOnly) && text[len(time.DateOnly)] == 'T' {
		text = text[:len(time.DateOnly)] + " " + text[len(time.DateOnly)+1:]
	}
	day, clock := "", text
	if at := strings.LastIndexByte(text, ' '); !strings.Contains(text, ":") {
		day, clock = text, "00:00"
	} else if at >= 0 {
		day, clock = text[:at], text[at+1:]
	}
	if text == "" {
		return time.Time{}, false
	}
	days := daysOf(day, now)
	for _, date := range days {
		for _, form := range []string{"2006-01-02 15:04", "2006-01-02 15:04:05"} {
			at, err := time.ParseInLocation(form, date+" "+clock, now.Location())
			if err == nil && (len(days) == 1 || !at.After(now)) {
				return at, true
			}
		}
	}
	return time.Time{}, false
}

// daysOf returns the days that may be meant, as dates, the newest first: "" is today or yesterday, and a day without
// its year is of this year or of one before, of which the 29th of February needs up to eight.
func daysOf(day string, now time.Time) []string {
	today, yesterday := now.Format(time.DateOnly), now.AddDate(0, 0, -1).Format(time.DateOnly)
	switch strings.ToLower(day) {
	case "":
		return []string{today, yesterday}
	case "today":
		return []string{today}
	case "yesterday":
		return []string{yesterday}
	}
	for _, form := range []string{time.DateOnly, "2 Jan 2006"} {
		if at, err := time.Parse(form, day); err == nil {
			return []string{at.Format(time.DateOnly)}
		}
	}
	var days []string
	for back := range 9 {
		if at, err := time.Parse("2 Jan 2006", fmt.Sprint(day, " ", now.Year()-back)); err == nil {
			days = append(days, at.Format(time.DateOnly))
		}
	}
	return days
}

// ParseRange reads the two ends of a range, as ParseTime does; the second must be later.
func ParseRange(from, to string, now time.Time, zone *time.Location) (app.Range, error) {
	f, err := ParseTime(from, now, zone)
	if err != nil {
		return app.Range{}, fmt.Errorf("from: %w", err)
	}
	t, err := ParseTime(to, now, zone)
	if err != nil {
		return app.Range{}, fmt.Errorf("to: %w", err)
	}
	if !f.Before(t) {
		return app.Range{}, errors.New("the end must be later than the start")
	}
	return app.Range{From: f, To: t}, nil
}

// ParseMonth reads a calendar month of a year from 1970 to 2200: 2026-11. It is in UTC, as on the bill.
func ParseMonth(text string) (app.Range, error) {
	at, err := time.Parse("2006-01", text)
	if y := at.Year(); err != nil || y < 1970 || y > 2200 {
		return app.Range{}, fmt.Errorf("%q is not a month such as 2026-11", text)
	}
	return app.MonthOf(at), nil
}
