package timeline

import (
	"time"

	"github.com/nephograph/nephograph/views/ui"
)

// niceTimes are the ends of scales of time that are easy to read, from ten seconds on; below, seconds count in tens.
var niceTimes = []time.Duration{
	10 * time.Second, 15 * time.Second, 20 * time.Second, 30 * time.Second, 45 * time.Second,
	time.Minute, 90 * time.Second, 2 * time.Minute, 3 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute,
	20 * time.Minute, 30 * time.Minute, 45 * time.Minute, time.Hour, 90 * time.Minute, 2 * time.Hour, 3 * time.Hour, 6 * time.Hour,
	12 * time.Hour, 18 * time.Hour, 24 * time.Hour, 36 * time.Hour, 48 * time.Hour, 72 * time.Hour, 7 * 24 * time.Hour,
}

// inSeconds is what one of CloudWatch's units of time is in seconds.
var inSeconds = map[string]float64{"Seconds": 1, "Milliseconds": 1e-3, "Microseconds": 1e-6}

// niceEnd returns an end of a scale, easy to read in its unit, that is not below v.
func niceEnd(v float64, unit string) float64 {
	if unit == "Percent" && v > 80 && v <= 100 {
		return 100
	}
	if s, ok := inSeconds[unit]; ok && v*s > niceTimes[0].Seconds() {
		for _, t := range niceTimes {
			if t.Seconds() >= v*s {
				return t.Seconds() / s
			}
		}
		const day = 24 * 3600
		return ui.Nice(v*s/day) * day / s
	}
	return ui.Nice(v)
}

// headroom keeps the highest point of a line off the lane's edge.
const headroom = 1.05

// scaleOf returns the scale of values that reach from low to high: from zero, so that heights compare, unless values
// are negative.
func scaleOf(low, high float64, unit string) ui.Scale {
	s := ui.Scale{Max: niceEnd(high*headroom, unit)}
	if unit == "Percent" && high <= 100 {
		s.Max = niceEnd(high, unit)
	}
	if low < 0 {
		s.Min = -niceEnd(-low*headroom, unit)
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
	return ui.Amount(v, unit)
}
