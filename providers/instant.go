package providers

import (
	"math"
	"time"
)

// Instant returns a time that AWS has sent, in UTC. Where there is none, or one that is in no year from 1 to 9999,
// which JSON cannot tell (RFC 3339) and nothing happens in, it is the zero time.
func Instant(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	if at := t.UTC(); at.Year() >= 1 && at.Year() <= 9999 {
		return at
	}
	return time.Time{}
}

// Seconds returns a length of time that AWS has sent in seconds with a fraction, to the microsecond. It is not
// negative, and at most 292 years, which is what a Duration holds; what is no number is zero.
func Seconds(s *float64) time.Duration {
	if s == nil || !(*s > 0) {
		return 0
	}
	micros := math.Round(*s * 1e6)
	if micros >= math.MaxInt64/1e3 {
		return math.MaxInt64
	}
	return time.Duration(micros) * time.Microsecond
}
