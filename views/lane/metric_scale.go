package lane

import (
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
)

// headroom is by how much a scale ends above its highest value, so that the line does not touch the edge.
const headroom = 1.05

// scaleOf returns the scale of values from low to high: from zero, so that heights can be compared, unless values are
// negative.
func scaleOf(low, high float64, unit string) chart.Scale {
	s := chart.Scale{Max: chart.NiceIn(high*headroom, unit)}
	if unit == "Percent" && high <= 100 {
		s.Max = chart.NiceIn(high, unit)
	}
	if low < 0 {
		s.Min = -chart.NiceIn(-low*headroom, unit)
		if high <= 0 {
			s.Max = 0
		}
	}
	return s
}

// scaleText labels an end of a scale.
func scaleText(v float64, unit string) string {
	if v == 0 {
		return "0"
	}
	return phrase.Amount(v, unit)
}
