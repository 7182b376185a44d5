package chart

import (
	"math"
	"time"

	"github.com/nephograph/nephograph/app"
)

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

// niceTimes are the ends of scales of time that are easy to read, from ten seconds on; below, seconds count in tens.
var niceTimes = []time.Duration{
	10 * time.Second, 15 * time.Second, 20 * time.Second, 30 * time.Second, 45 * time.Second,
	time.Minute, 90 * time.Second, 2 * time.Minute, 3 * time.Minute, 5 * time.Minute, 10 * time.Minute,
	15 * time.Minute,
	20 * time.Minute, 30 * time.Minute, 45 * time.Minute, time.Hour, 90 * time.Minute, 2 * time.Hour, 3 * time.Hour,
	6 * time.Hour,
	12 * time.Hour, 18 * time.Hour, 24 * time.Hour, 36 * time.Hour, 48 * time.Hour, 72 * time.Hour, 96 * time.Hour,
	7 * 24 * time.Hour,
}

// NiceIn is Nice in a CloudWatch unit, as it is told: 45 min, and not the 33 min 20 s that are 2,000 s.
func NiceIn(v float64, unit string) float64 {
	if unit == "Percent" && v > 80 && v <= 100 {
		return 100
	}
	s, ok := app.SecondsOf(unit)
	if !ok || v*s <= niceTimes[0].Seconds() {
		return Nice(v)
	}
	for _, t := range niceTimes {
		if t.Seconds() >= v*s*(1-1e-9) {
			return t.Seconds() / s
		}
	}
	const day = 24 * 3600
	return Nice(v*s/day) * day / s
}
