package alarms

import (
	"math"

	"github.com/nephograph/nephograph/views/chart"
)

// tight is the part of the greatest value that all values have to lie within for the scale to leave zero out: 80 to 88
// % about a threshold of 85 are then told apart.
const tight = 0.4

// scaled holds all that is drawn, and as a rule zero, so that a small change does not look like a great one.
func (p *evaluationPicture) scaled(unit string) chart.Scale {
	least, greatest := p.reach()
	s := chart.Scale{Min: min(least, 0), Max: chart.NiceIn(greatest*1.1, unit)}
	if spread := greatest - least; least > 0 && spread > 0 && spread < greatest*tight {
		step := coarse(spread / 2)
		s = chart.Scale{Min: max(math.Floor((least-spread/4)/step)*step, 0),
			Max: math.Ceil((greatest+spread/4)/step) * step}
	}
	if unit == "Percent" && greatest <= 100 {
		s.Max = min(s.Max, 100)
	}
	return s
}

// reach returns the least and the greatest value that is drawn.
func (p *evaluationPicture) reach() (least, greatest float64) {
	least, greatest = math.Inf(1), math.Inf(-1)
	take := func(v float64) {
		if !math.IsInf(v, 0) && !math.IsNaN(v) {
			least, greatest = min(least, v), max(greatest, v)
		}
	}
	for _, d := range p.points {
		take(d.Value)
	}
	for _, d := range p.verdict.Periods {
		if d.Value != nil {
			take(*d.Value)
		}
	}
	for _, d := range p.band {
		take(d.Value)
		take(d.Low)
		take(d.High)
	}
	if p.rule != nil {
		take(*p.rule)
	}
	if least > greatest {
		return 0, 0
	}
	return least, greatest
}

// coarse returns the least of 1, 2, 5, 10, 20 and so on that is not below v.
func coarse(v float64) float64 {
	unit := math.Pow(10, math.Floor(math.Log10(v)))
	for _, step := range []float64{1, 2, 5} {
		if step*unit >= v {
			return step * unit
		}
	}
	return 10 * unit
}
