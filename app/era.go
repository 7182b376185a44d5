package app

import "time"

// KeptFor returns how long CloudWatch keeps datapoints of a period (GetMetricData, "CloudWatch retains metric data as
// follows"): the finer they are, the shorter.
func KeptFor(period time.Duration) time.Duration {
	const day = 24 * time.Hour
	switch {
	case period <= 0:
		return 0
	case period%time.Hour == 0:
		return 455 * day
	case period%(5*time.Minute) == 0:
		return 63 * day
	case period%time.Minute == 0:
		return 15 * day
	}
	return 3 * time.Hour
}

// Era is a stretch of time with the reading by which CloudWatch still knows it.
type Era struct {
	Reading
	Range Range
}

// Eras cuts a range into those of which AWS keeps datapoints of the reading's period, and of whole multiples of it for
// what is older, newest first. What is older than AWS keeps anything is left out.
func (r Reading) Eras(within Range, now time.Time) []Era {
	if r.Period <= 0 {
		return []Era{{r, within}}
	}
	var eras []Era
	to, kept := within.To, time.Duration(0)
	for _, step := range []time.Duration{r.Period, time.Minute, 5 * time.Minute, time.Hour} {
		coarse := r
		coarse.Period = multiple(r.Period, step)
		if KeptFor(coarse.Period) <= kept {
			continue
		}
		kept = KeptFor(coarse.Period)
		part := within.Intersect(Range{now.Add(-kept), to})
		if part.Empty() {
			continue
		}
		eras = append(eras, Era{coarse, part})
		to = part.From
	}
	return eras
}

// Longer returns the readings by longer periods that a cache may hold of what AWS no longer keeps by this one since
// from: all of them, since what was pulled in time outlives AWS's own keeping.
func (r Reading) Longer(from, now time.Time) []Reading {
	if !from.Before(now.Add(-KeptFor(r.Period))) {
		return nil
	}
	var all []Reading
	for _, era := range r.Eras(Range{To: now}, now) {
		if era.Period > r.Period {
			all = append(all, era.Reading)
		}
	}
	return all
}

// multiple returns the shortest time that is a whole number of both, which are above zero.
func multiple(a, b time.Duration) time.Duration {
	x, y := a, b
	for y > 0 {
		x, y = y, x%y
	}
	return a / x * b
}
