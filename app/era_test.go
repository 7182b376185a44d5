package app

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestEras(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	ago := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	for _, test := range []struct {
		period time.Duration
		days   int
		want   string
	}{
		{time.Minute, 1, "[1m0s 1-0]"},
		{time.Minute, 15, "[1m0s 15-0]"},
		{time.Minute, 20, "[1m0s 15-0 5m0s 20-15]"},
		{time.Minute, 100, "[1m0s 15-0 5m0s 63-15 1h0m0s 100-63]"},
		{time.Minute, 500, "[1m0s 15-0 5m0s 63-15 1h0m0s 455-63]"},
		{5 * time.Minute, 20, "[5m0s 20-0]"},
		{2 * time.Minute, 20, "[2m0s 15-0 10m0s 20-15]"},
		{time.Hour, 100, "[1h0m0s 100-0]"},
		{10 * time.Second, 2, "[10s 0-0 1m0s 2-0]"}, // three hours, rounded down to days
		{0, 1, "[0s 1-0]"},
	} {
		text := ""
		for _, e := range (Reading{Period: test.period}).Eras(Range{ago(test.days), now}, now) {
			text += fmt.Sprintf(" %s %d-%d", e.Period, int(now.Sub(e.Range.From).Hours()/24),
				int(now.Sub(e.Range.To).Hours()/24))
		}
		if got := "[" + text[min(1, len(text)):] + "]"; got != test.want {
			t.Errorf("%s over %d days: %s, want %s", test.period, test.days, got, test.want)
		}
	}
}

func TestErasCoverWhatAWSKeeps(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		r := Reading{Period: time.Duration(rapid.SampledFrom([]int{1, 10, 30, 60, 120, 300, 420, 900, 3600,
			86400}).Draw(t, "seconds")) * time.Second}
		from := now.Add(-time.Duration(rapid.IntRange(0, 500*24).Draw(t, "hours")) * time.Hour)
		within := Range{from, from.Add(time.Duration(rapid.IntRange(1, 100*24).Draw(t, "long")) * time.Hour)}
		var all []Range
		for _, e := range r.Eras(within, now) {
			if e.Period%r.Period != 0 || e.Range.From.Before(now.Add(-KeptFor(e.Period))) {
				t.Fatalf("%s of %v", e.Period, e.Range)
			}
			for _, other := range all {
				if other.Overlaps(e.Range) {
					t.Fatalf("%v twice", e.Range)
				}
			}
			all = append(all, e.Range)
		}
		want := within.Intersect(Range{now.Add(-455 * 24 * time.Hour), within.To})
		if left := Subtract(want, all); len(left) > 0 {
			t.Fatalf("nothing asks for %v of %v", left, want)
		}
	})
}
