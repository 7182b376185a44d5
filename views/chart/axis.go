package chart

import (
	"time"

	"github.com/nephograph/nephograph/app"
)

// Axis is the one way from time to a place on the screen and back: a range that is Width device-independent pixels
// wide. Everything that is drawn over time, and every gesture on it, goes through its four methods.
type Axis struct {
	Range app.Range
	Width float32
}

// Part returns where t lies on the axis: 0 at its start, 1 at its end, beyond them outside.
func (a Axis) Part(t time.Time) float64 {
	if a.Range.Empty() {
		return 0
	}
	return float64(t.Sub(a.Range.From)) / float64(a.Range.Length())
}

// At returns the instant at a part of the axis; it undoes Part.
func (a Axis) At(part float64) time.Time {
	return a.Range.From.Add(time.Duration(part * float64(a.Range.Length())))
}

// X returns the pixels from the start of the axis to t.
func (a Axis) X(t time.Time) float32 { return float32(a.Part(t) * float64(a.Width)) }

// Time returns the instant x pixels from the start of the axis; it undoes X.
func (a Axis) Time(x float32) time.Time {
	if a.Width <= 0 {
		return a.Range.From
	}
	return a.At(float64(x) / float64(a.Width))
}

// Wide returns how long a stretch of x pixels lasts.
func (a Axis) Wide(x float32) time.Duration {
	if a.Width <= 0 {
		return 0
	}
	return time.Duration(float64(x) / float64(a.Width) * float64(a.Range.Length()))
}
