package app

import (
	"fmt"
	"math"
	"math/bits"
	"regexp"
	"strconv"
	"time"
)

// lengthUnits are the units of ParseLength. A day is 24 hours: time.ParseDuration has none, because a day with a change
// to or from summer time is shorter or longer.
var lengthUnits = map[string]time.Duration{
	"w": 7 * 24 * time.Hour, "d": 24 * time.Hour, "h": time.Hour, "min": time.Minute, "m": time.Minute,
	"s": time.Second, "ms": time.Millisecond, "µs": time.Microsecond, "us": time.Microsecond, "ns": time.Nanosecond,
}

// A length is one or more numbers, each with its unit. Blanks may stand around both, as in "8 min 12 s".
var (
	lengthForm = regexp.MustCompile(`^(?:\s*[0-9]+(?:\.[0-9]{1,9})?\s*(?:ms|µs|us|ns|min|[wdhms]))+\s*$`)
	lengthPart = regexp.MustCompile(`([0-9]+)(?:\.([0-9]+))?\s*(ms|µs|us|ns|min|[wdhms])`)
)

// ParseLength reads a length of time: 90s, 15m, 24h, 30d, 2w, 1h30m, 1.5h, and what the window shows, such as 8 min
// 12 s. It is zero or more, exact to the nanosecond, and at most the longest time.Duration, which is 292 years.
func ParseLength(text string) (time.Duration, error) {
	if !lengthForm.MatchString(text) {
		return 0, fmt.Errorf("%q is not a length of time such as 90s, 15m, 24h or 30d", text)
	}
	var sum time.Duration
	for _, part := range lengthPart.FindAllStringSubmatch(text, -1) {
		d, ok := lengthOf(part[1], part[2], lengthUnits[part[3]])
		if !ok || sum > math.MaxInt64-d {
			return 0, fmt.Errorf("%q is too long: a length of time is at most 292 years", text)
		}
		sum += d
	}
	return sum, nil
}

// lengthOf returns whole.fraction units, rounded down to a nanosecond, and whether a time.Duration holds it. The
// fraction has at most nine figures.
func lengthOf(whole, fraction string, unit time.Duration) (time.Duration, bool) {
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n > int64(math.MaxInt64/unit) {
		return 0, false
	}
	billionths, _ := strconv.ParseUint((fraction + "000000000")[:9], 10, 64) // figures alone, by lengthForm
	high, low := bits.Mul64(uint64(unit), billionths)
	rest, _ := bits.Div64(high, low, 1_000_000_000)
	d := time.Duration(n) * unit
	return d + time.Duration(rest), d <= math.MaxInt64-time.Duration(rest)
}
