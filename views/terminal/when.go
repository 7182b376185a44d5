package terminal

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// longest is how far back a time range may reach: CloudWatch keeps no datapoint for longer than 455 days.
const longest = 455 * 24 * time.Hour

// units are what a duration is written in, beside Go's own: days and weeks of 24 hours.
var units = map[string]time.Duration{
	"w": 7 * 24 * time.Hour, "d": 24 * time.Hour, "h": time.Hour, "m": time.Minute, "s": time.Second, "ms": time.Millisecond,
}

var (
	durationText = regexp.MustCompile(`^(?:\d+(?:\.\d+)?(?:ms|[wdhms]))+$`)
	durationPart = regexp.MustCompile(`(\d+(?:\.\d+)?)(ms|[wdhms])`)
)

// parseDuration reads 90m, 1d12h or 2w. It is positive and at most longest.
func parseDuration(text string) (time.Duration, error) {
	if !durationText.MatchString(text) {
		return 0, fmt.Errorf("%q is not a duration such as 90m, 24h, 1d12h or 2w", text)
	}
	sum := 0.0
	for _, part := range durationPart.FindAllStringSubmatch(text, -1) {
		n, err := strconv.ParseFloat(part[1], 64)
		if err != nil {
			return 0, fmt.Errorf("%q is not a duration: %q is no number", text, part[1])
		}
		sum += n * float64(units[part[2]])
	}
	if sum < 1 || sum > float64(longest) {
		return 0, fmt.Errorf("%q is out of range: a duration is at most 455d, which is as long as AWS keeps anything", text)
	}
	return time.Duration(sum), nil
}

// layouts are the ways to write an instant without its zone, most exact first.
var layouts = []string{"2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02T15:04", "2006-01-02"}

// parseTime reads an instant: RFC 3339, a date with or without a time of day in zone, "2h ago", or "now". It is in UTC.
func parseTime(text string, now time.Time, zone *time.Location) (time.Time, error) {
	text = strings.TrimSpace(text)
	if text == "now" {
		return now.UTC(), nil
	}
	if before, isAgo := strings.CutSuffix(text, " ago"); isAgo {
		d, err := parseDuration(strings.TrimSpace(before))
		return now.Add(-d).UTC(), err
	}
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return t.UTC(), checkYear(t)
	}
	for _, layout := range layouts {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return t.UTC(), checkYear(t)
		}
	}
	return time.Time{}, fmt.Errorf("%q is not a time: write 2026-05-03 14:00, 2026-05-03T14:00:00Z or \"2h ago\"", text)
}

// checkYear refuses what no item of AWS can have, and what does not fit the cache's nanoseconds since 1970.
func checkYear(t time.Time) error {
	if y := t.UTC().Year(); y < 1970 || y > 2200 {
		return fmt.Errorf("the year %d is out of range", y)
	}
	return nil
}

// window is the time range that a command was asked for, as its flags say it.
type window struct{ since, from, to string }

// defaultWindow is what a command shows without being told: a day, as the demo holds.
const defaultWindow = 24 * time.Hour

// read returns the range: from --from, or --since before its end, up to --to, or now.
func (w window) read(now time.Time, zone *time.Location) (app.Range, error) {
	r := app.Range{To: now.UTC()}
	var err error
	if w.to != "" {
		if r.To, err = parseTime(w.to, now, zone); err != nil {
			return r, fmt.Errorf("--to: %w", err)
		}
	}
	length := defaultWindow
	if w.since != "" {
		if length, err = parseDuration(w.since); err != nil {
			return r, fmt.Errorf("--since: %w", err)
		}
	}
	r.From = r.To.Add(-length)
	if w.from != "" {
		if r.From, err = parseTime(w.from, now, zone); err != nil {
			return r, fmt.Errorf("--from: %w", err)
		}
	}
	switch {
	case w.from != "" && r.From.After(now):
		return r, fmt.Errorf("--from: %q is in the future, where nothing has happened yet", w.from)
	case r.Empty():
		return r, errors.New("the time range is empty: it has to begin before it ends")
	case r.Length() > longest:
		return r, errors.New("the time range is longer than 455 days, which is as long as AWS keeps anything")
	}
	return r, nil
}
