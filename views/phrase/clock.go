package phrase

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Stamp returns an instant in full: 2026-03-14 09:58:30.
func Stamp(t time.Time, zone *time.Location) string { return t.In(zone).Format("2006-01-02 15:04:05") }

// Clock returns the time of day to the second: 09:58:30.
func Clock(t time.Time, zone *time.Location) string { return t.In(zone).Format("15:04:05") }

// Moment returns an instant to the minute with as much of its day as is needed: 09:56, yesterday 23:10, 14 Mar 09:56.
func Moment(t, now time.Time, zone *time.Location) string {
	day := Day(t, now, zone)
	if day == "Today" {
		return t.In(zone).Format("15:04")
	}
	if day == "Yesterday" {
		day = "yesterday"
	}
	return day + t.In(zone).Format(" 15:04")
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

// errTime is what is said of anything else; it is shown as it is.
var errTime = errors.New("write a time as 2026-03-14 09:58:30, 09:58 or 2h ago")

// ParseTime reads YYYY-MM-DD HH:MM or YYYY-MM-DD HH:MM:SS, with a space or a T between, in the zone. Its answer is in UTC.
func ParseTime(text string, zone *time.Location) (time.Time, error) {
	text = strings.Join(strings.Fields(strings.Replace(text, "T", " ", 1)), " ")
	for _, form := range []string{"2006-01-02 15:04", "2006-01-02 15:04:05"} {
		if len(text) != len(form) {
			continue // Parse would take fractions of a second, and one figure for two
		}
		if t, err := time.ParseInLocation(form, text, zone); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, errTime
}

// agoUnits are what ParseAgo knows.
var agoUnits = map[string]time.Duration{"s": time.Second, "m": time.Minute, "min": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}

// maxAgo is the greatest number that ParseAgo takes: in weeks it is 19 years, which AWS has not been watching itself.
const maxAgo = 999

// ParseAgo reads now, and how long ago something was, as a whole number of one unit: 2h ago, 90 min ago. Its answer is in UTC.
func ParseAgo(text string, now time.Time) (time.Time, bool) {
	text = strings.TrimSpace(text)
	if text == "now" {
		return now.UTC(), true
	}
	text, ago := strings.CutSuffix(text, "ago")
	text = strings.TrimSpace(text)
	figures := strings.TrimRight(text, "abcdefghijklmnopqrstuvwxyz")
	unit, known := agoUnits[text[len(figures):]]
	n, err := strconv.Atoi(strings.TrimSpace(figures))
	if !ago || !known || err != nil || n < 0 || n > maxAgo {
		return time.Time{}, false
	}
	return now.Add(-time.Duration(n) * unit).UTC(), true
}

// ParseClock reads HH:MM or HH:MM:SS as the last instant at which clocks in the zone showed that: today, or yesterday where it is
// still ahead. Its answer is in UTC.
func ParseClock(text string, now time.Time, zone *time.Location) (time.Time, bool) {
	today := now.In(zone)
	for _, day := range []time.Time{today, today.AddDate(0, 0, -1)} {
		at, err := ParseTime(day.Format(time.DateOnly)+" "+strings.TrimSpace(text), zone)
		if err != nil {
			return time.Time{}, false
		}
		if !at.After(now) {
			return at, true
		}
	}
	return time.Time{}, false
}

// parseEnd reads an end of a range as ParseAgo, ParseClock or ParseTime.
func parseEnd(text string, now time.Time, zone *time.Location) (time.Time, error) {
	if t, ok := ParseAgo(text, now); ok {
		return t, nil
	}
	if t, ok := ParseClock(text, now, zone); ok {
		return t, nil
	}
	return ParseTime(text, zone)
}

// ParseRange reads the two ends of a range, as ParseTime, ParseClock or ParseAgo do; the second must be later.
func ParseRange(from, to string, now time.Time, zone *time.Location) (app.Range, error) {
	f, err := parseEnd(from, now, zone)
	if err != nil {
		return app.Range{}, fmt.Errorf("from: %w", err)
	}
	t, err := parseEnd(to, now, zone)
	if err != nil {
		return app.Range{}, fmt.Errorf("to: %w", err)
	}
	if !f.Before(t) {
		return app.Range{}, errors.New("the end must be later than the start")
	}
	return app.Range{From: f, To: t}, nil
}
