package pattern

import (
	"math"
	"testing"
	"time"
)

func TestCompare(t *testing.T) {
	for name, c := range map[string]struct {
		count, before int
		earlier       time.Duration
		patterns      int
		want          Change
	}{
		"never before":             {1, 0, time.Hour, 1, New},
		"nothing to compare with":  {9, 0, 0, 1, Steady},
		"not in the window":        {0, 5, time.Hour, 1, Steady},
		"the same":                 {100, 100, time.Hour, 1, Steady},
		"twice is not more than":   {2000, 1000, time.Hour, 1, Steady},
		"few events prove nothing": {5, 1, time.Hour, 1, Steady},
		"four times":               {80, 20, time.Hour, 1, Surging},
		"four times, one of many":  {80, 20, time.Hour, 10_000, Steady},
		"a longer time before":     {80, 20, 24 * time.Hour, 10_000, Surging},
		"many":                     {3_000_000, 1_000_000, time.Hour, 1000, Surging},
	} {
		if got := compare(c.count, c.before, time.Hour, c.earlier, c.patterns); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

// The tail is compared with the sum of its terms.
func TestAtLeast(t *testing.T) {
	for _, p := range []float64{0.01, 0.3, 2.0 / 3, 0.95} {
		for n := 1; n <= 60; n += 7 {
			for k := 1; k <= n; k++ {
				want := 0.0
				for i := k; i <= n; i++ {
					a, _ := math.Lgamma(float64(n + 1))
					b, _ := math.Lgamma(float64(i + 1))
					c, _ := math.Lgamma(float64(n - i + 1))
					want += math.Exp(a - b - c + float64(i)*math.Log(p) + float64(n-i)*math.Log(1-p))
				}
				if got := atLeast(k, n, p); math.Abs(got-want) > 1e-9 {
					t.Fatalf("%d or more of %d at %g is %g, want %g", k, n, p, got, want)
				}
			}
		}
	}
}
