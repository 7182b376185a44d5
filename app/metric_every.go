package app

import "time"

// cadences are how often AWS services publish datapoints where they do not do so by the minute: EC2 without detailed
// monitoring every five minutes, others by the quarter of an hour or the hour, billing every six hours, S3's storage
// once a day (user guides of CloudWatch, EC2, Billing and S3).
var cadences = []time.Duration{
	5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour, 6 * time.Hour, 24 * time.Hour,
}

// leastCadence is from how many datapoints on it is told how often there are some.
const leastCadence = 3

// Every returns how often the series has datapoints: more rarely than its period where what it measures is published
// so. GetMetricData asked by the minute then gives one datapoint every five minutes with nothing between, and none is
// missing. It is the period where datapoints come irregularly, as those of errors do, or are too few to tell.
func (s Series) Every() time.Duration {
	if len(s.Points) < leastCadence || s.Period <= 0 {
		return s.Period
	}
	every := s.Points[1].At.Sub(s.Points[0].At)
	for i := 2; i < len(s.Points); i++ {
		every = min(every, s.Points[i].At.Sub(s.Points[i-1].At))
	}
	known := false
	for _, c := range cadences {
		known = known || c == every
	}
	if !known || every <= s.Period || every%s.Period != 0 {
		return s.Period
	}
	steps := 0
	for i := 1; i < len(s.Points); i++ {
		apart := s.Points[i].At.Sub(s.Points[i-1].At)
		if apart%every != 0 {
			return s.Period
		}
		if apart == every {
			steps++
		}
	}
	if 4*steps < 3*(len(s.Points)-1) { // many are missing: it is no cadence
		return s.Period
	}
	return every
}
