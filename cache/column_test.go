package cache

import (
	"math"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func TestBounds(t *testing.T) {
	at := time.Unix(100, 1_000_000).UTC()
	for _, test := range []struct {
		r        app.Range
		unit     time.Duration
		from, to int64
	}{
		{app.Range{}, time.Millisecond, math.MinInt64, math.MaxInt64},
		{app.Range{From: at, To: at.Add(time.Second)}, time.Millisecond, 100_001, 101_001},
		// An item at 100.001 s is before 100.001000001 s, and not from it on.
		{app.Range{From: at.Add(1), To: at.Add(1)}, time.Millisecond, 100_002, 100_002},
		{app.Range{From: at.Add(1), To: at.Add(1001)}, time.Microsecond, 100_001_001, 100_001_002},
		{app.Range{From: at.Add(1), To: at.Add(2)}, time.Nanosecond, 100_001_000_001, 100_001_000_002},
		{app.Range{From: time.Time{}, To: at}, time.Nanosecond, math.MinInt64, 100_001_000_000},
		{app.Range{From: time.Unix(-1, 1), To: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)}, time.Nanosecond,
			-999_999_999, math.MaxInt64},
		{app.Range{From: time.Unix(-1, 1), To: at}, time.Millisecond, -999, 100_001},
	} {
		if from, to := bounds(test.r, test.unit); from != test.from || to != test.to {
			t.Errorf("%v by %v: %d, %d; want %d, %d", test.r, test.unit, from, to, test.from, test.to)
		}
	}
}

func TestTimesSurvive(t *testing.T) {
	for _, at := range []time.Time{{}, time.Unix(0, 0),
		time.Date(2026, 3, 2, 1, 2, 3, 456_000_000, time.FixedZone("", 3600))} {
		if got := milli(at.UnixMilli()); !got.Equal(at) || got.Location() != time.UTC || got.IsZero() != at.IsZero() {
			t.Errorf("%v in milliseconds is %v", at, got)
		}
		if got := micro(at.UnixMicro()); !got.Equal(at) || got.Location() != time.UTC || got.IsZero() != at.IsZero() {
			t.Errorf("%v in microseconds is %v", at, got)
		}
	}
}
