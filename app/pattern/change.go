package pattern

import (
	"math"
	"time"
)

// Change is how a pattern differs from the time before the window.
type Change uint8

// The changes.
const (
	Steady  Change = iota // as before, or there is nothing to compare with
	New                   // there was none before
	Surging               // events come at more than twice the rate, which is not chance
)

// String returns "", new or surging.
func (c Change) String() string { return [...]string{"", "new", "surging"}[c] }

// MarshalText writes the name.
func (c Change) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

const (
	// surgeRatio is how many times the rate before is exceeded. Logs come in bursts, so that hardly any two windows
	// have the same rate and a test for equal rates would mark almost all frequent patterns; twice is what matters to a
	// person.
	surgeRatio = 2
	// falseSurges is how many of the patterns of a window seem to surge by chance, at most and on average, if none
	// does.
	falseSurges = 0.01
)

// compare returns the change of a pattern with count events in the window and before events in the time before it,
// which is 0 where nothing is known of it. The test is the conditional one for two Poisson rates (Przyborowski and
// Wilenski, Biometrika 1940): were the rate surgeRatio times the one before, count would be binomial among all
// events. Its level is divided by the number of patterns that are tested (Bonferroni).
func compare(count, before int, window, earlier time.Duration, patterns int) Change {
	switch {
	case count == 0 || earlier <= 0:
		return Steady
	case before == 0:
		return New
	}
	share := surgeRatio * window.Seconds() / (surgeRatio*window.Seconds() + earlier.Seconds())
	if atLeast(count, count+before, share) < falseSurges/float64(max(patterns, 1)) {
		return Surging
	}
	return Steady
}

// atLeast returns the probability of k or more successes in n trials of probability p, 0 < k <= n: the regularized
// incomplete beta function I(p; k, n-k+1).
func atLeast(k, n int, p float64) float64 {
	a, b := float64(k), float64(n-k+1)
	if p > (a+1)/(a+b+2) {
		return 1 - incompleteBeta(1-p, b, a)
	}
	return incompleteBeta(p, a, b)
}

// incompleteBeta is the continued fraction of the regularized incomplete beta function (DLMF 8.17.22) by Lentz's
// method, which converges in some sqrt(max(a, b)) steps for x < (a+1)/(a+b+2).
func incompleteBeta(x, a, b float64) float64 {
	ab, _ := math.Lgamma(a + b)
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	front := math.Exp(ab-la-lb+a*math.Log(x)+b*math.Log1p(-x)) / a
	const tiny, enough = 1e-300, 1e-12
	f, c, d := 1.0, 1.0, 0.0
	for i := range 100_000 {
		m := float64(i / 2)
		step := 1.0
		switch {
		case i == 0:
		case i%2 == 0:
			step = m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		default:
			step = -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		}
		if d = 1 + step*d; math.Abs(d) < tiny {
			d = tiny
		}
		d = 1 / d
		if c = 1 + step/c; math.Abs(c) < tiny {
			c = tiny
		}
		f *= c * d
		if math.Abs(1-c*d) < enough && i > 0 {
			break
		}
	}
	return front * (f - 1)
}
