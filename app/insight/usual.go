package insight

import "slices"

// leastUsual is how many datapoints tell what is usual; an hour of five minutes each. Of fewer nothing can be said.
const leastUsual = 12

// usualShare is the share of the usual values that the spread covers: one in twenty is beyond it on a day on which
// nothing happens.
const usualShare = 0.95

// usual is how a quantity behaves when nothing happens. Both numbers are quantiles: an hour of trouble among the
// values moves a mean and a standard deviation, and hardly these.
type usual struct {
	middle float64 // the median
	spread float64 // from the median up to what usualShare of the values stay below
}

// usualOf returns what is usual of values, and no smaller a spread than least, above 0.
func usualOf(values []float64, least float64) usual {
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	middle := quantile(sorted, 0.5)
	return usual{middle, max(quantile(sorted, usualShare)-middle, least)}
}

// beyond returns by how many spreads a value is above the middle.
func (u usual) beyond(v float64) float64 { return (v - u.middle) / u.spread }

// quantile returns the value that a share of the sorted values lies below; 0 of none.
func quantile(sorted []float64, share float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))]
}
