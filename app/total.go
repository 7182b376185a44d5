package app

import "math"

// Total adds up what can only be counted upwards: money spent, units billed. A negative value, which nothing that is
// counted has, adds nothing, and a sum that is too large for its type stays at the largest that fits, so that neither
// makes a bill negative.
func Total[N ~int | ~int64](values ...N) N {
	var sum N
	for _, v := range values {
		v = max(0, v)
		if v > N(math.MaxInt64)-sum {
			return N(math.MaxInt64)
		}
		sum += v
	}
	return sum
}

// MoneyOf returns an estimate as Money: not negative, and not beyond what fits.
func MoneyOf(nanos float64) Money {
	if !(nanos > 0) { // NaN too
		return 0
	}
	return Money(min(nanos, 9e18))
}
