package ui

import "math"

// Scale is the one way from a value to its height in a lane and back.
type Scale struct {
	Min, Max float64
	Log      bool // logarithmic: Min must be above zero
}

// Part returns where v lies between Min and Max, from 0 to 1; what lies beyond is put on the edge.
func (s Scale) Part(v float64) float64 {
	low, high := s.Min, s.Max
	if s.Log {
		low, high, v = math.Log10(low), math.Log10(high), math.Log10(max(v, s.Min))
	}
	if !(high > low) {
		return 0
	}
	return min(max((v-low)/(high-low), 0), 1)
}

// Value returns the value at a part of the scale; it undoes Part.
func (s Scale) Value(part float64) float64 {
	if s.Log {
		return s.Min * math.Pow(s.Max/s.Min, part)
	}
	return s.Min + part*(s.Max-s.Min)
}

// niceSteps are the leading figures that make a scale's end easy to read.
var niceSteps = [...]float64{1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10}

// Nice returns the least readable number that is not below v: 1,130 becomes 1,200. It is 1 for what is not above zero.
func Nice(v float64) float64 {
	if !(v > 0) || math.IsInf(v, 0) {
		return 1
	}
	unit := math.Pow(10, math.Floor(math.Log10(v)))
	for _, step := range niceSteps {
		if step*unit >= v*(1-1e-9) { // what is nice already stays: 0.3/0.1 is not quite 3
			return step * unit
		}
	}
	return 10 * unit
}
