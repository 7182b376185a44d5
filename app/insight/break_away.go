package insight

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// MetricHistory is a metric before a symptom and around it.
type MetricHistory struct {
	app.Series
	// Limit is what the series may reach, over the time for which that is known; none: nothing says. The series is in
	// the unit of the limit (app.Series.PerSecond).
	Limit []app.LimitStep
	// Known says that the cache has the time before the symptom, so that what has no datapoint there was not published.
	Known bool
}

// BreakAway is when a metric left what is usual for it.
type BreakAway struct {
	At      time.Time
	Was, Is float64 // the median before, and since
	Beyond  float64 // by how many spreads Is is off, without a sign
}

const (
	// breakBeyond is by how many spreads a metric must be off. A window of 300 metrics has few that are by chance.
	breakBeyond = 4
	// breakFor is for how many datapoints in a row a metric must be off, so that a single one is no break.
	breakFor = 3
	// leastMove is the least spread of a metric, as a share of what it usually is: a disk that never moved and now
	// moves by a hundredth did not break away.
	leastMove = 0.05
)

// FindBreakAway returns when a series broke away from what it was in usual, looking at now; false where it did not, or
// where there is too little to tell. A metric that always is the same never does.
func FindBreakAway(m MetricHistory, usual, now app.Range) (BreakAway, bool) {
	before, since := valuesIn(m.Points, usual), pointsIn(m.Points, now)
	if len(before) == 0 && m.Known && m.counts() { // throttles are published once there are any
		before = make([]float64, leastUsual)
	}
	if len(before) < leastUsual || len(since) < breakFor {
		return BreakAway{}, false
	}
	up, down := bothWays(before, m.least(before))
	from := 0
	for from+breakFor <= len(since) {
		switch run := since[from:]; {
		case stays(run, up.beyond):
			return breakOf(run, up, 1), true
		case stays(run, func(v float64) float64 { return down.beyond(-v) }):
			return breakOf(run, down, -1), true
		}
		from++
	}
	return BreakAway{}, false
}

// counts reports whether a bucket without a datapoint means that nothing was counted.
func (m MetricHistory) counts() bool { return m.Statistic == "Sum" || m.Statistic == "SampleCount" }

// least returns the least spread that means anything. Counts are as restless as chance makes them (Poisson).
func (m MetricHistory) least(before []float64) float64 {
	sorted := slices.Clone(before)
	slices.Sort(sorted)
	middle := math.Abs(quantile(sorted, 0.5))
	if m.Unit == "Count" || m.counts() {
		return max(leastMove*middle, math.Sqrt(middle), 1)
	}
	return max(leastMove*middle, math.Abs(sorted[0])*leastMove, math.Abs(sorted[len(sorted)-1])*leastMove, 1e-9)
}

// bothWays returns what is usual upwards, and downwards as upwards of the negated values.
func bothWays(values []float64, least float64) (up, down usual) {
	negated := make([]float64, len(values))
	for i, v := range values {
		negated[i] = -v
	}
	return usualOf(values, least), usualOf(negated, least)
}

// stays reports whether the first breakFor points are off, and the rest in its middle too: what comes back at once was
// no break.
func stays(run []app.Point, beyond func(float64) float64) bool {
	for _, p := range run[:breakFor] {
		if beyond(p.Value) < breakBeyond {
			return false
		}
	}
	return beyond(middleOf(run)) >= breakBeyond
}

func middleOf(run []app.Point) float64 {
	values := make([]float64, len(run))
	for i, p := range run {
		values[i] = p.Value
	}
	slices.Sort(values)
	return quantile(values, 0.5)
}

func breakOf(run []app.Point, u usual, sign float64) BreakAway {
	is := middleOf(run)
	return BreakAway{At: run[0].At, Was: sign * u.middle, Is: is, Beyond: u.beyond(sign * is)}
}

func pointsIn(points []app.Point, within app.Range) []app.Point {
	return slices.DeleteFunc(slices.Clone(points), func(p app.Point) bool { return !within.Contains(p.At) })
}

func valuesIn(points []app.Point, within app.Range) (values []float64) {
	for _, p := range points {
		if within.Contains(p.At) {
			values = append(values, p.Value)
		}
	}
	return values
}

// AtLimit is that a resource came to its limit.
type AtLimit struct {
	At    time.Time
	Is    float64 // the median since
	Limit float64 // 0: the metric counts what was refused, and says no limit
}

const (
	// nearLimit is the part of a limit from which a resource is at it: of capacity that is counted a second and
	// published a minute, some seconds are over before the minute is.
	nearLimit = 0.9
	// fullPercent is from where what is used in percent is used up.
	fullPercent = 95
)

// refusals are the words in names of metrics that count what a limit refused.
var refusals = []string{"throttle", "throughputexceeded", "rejected", "spillover"}

// FindAtLimit returns since when a resource is at its limit, looking at now; false where it is not, or was before.
func FindAtLimit(m MetricHistory, usual, now app.Range) (AtLimit, bool) {
	switch {
	case len(m.Limit) > 0:
		return reaches(m, usual, now, m.limitAt, nearLimit)
	case m.Unit == "Percent" && uses(m.Metric.Name):
		return reaches(m, usual, now, func(time.Time) float64 { return 100 }, fullPercent/100.0)
	case containsAny(strings.ToLower(m.Metric.Name), refusals):
		b, ok := FindBreakAway(m, usual, now)
		return AtLimit{At: b.At, Is: b.Is}, ok && b.Is > b.Was
	}
	return AtLimit{}, false
}

// uses reports whether a metric of percent says how much of something is used.
func uses(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "utilization") || strings.Contains(name, "used")
}

// limitAt returns the limit at an instant, 0 where it is not known.
func (m MetricHistory) limitAt(t time.Time) float64 {
	for _, s := range m.Limit {
		if s.Contains(t) {
			return s.Value
		}
	}
	return 0
}

// reaches returns since when a series is at a part of its limit for breakFor datapoints in a row, unless that is usual.
func reaches(m MetricHistory, usual, now app.Range, limit func(time.Time) float64, part float64) (AtLimit, bool) {
	over := func(p app.Point) bool { l := limit(p.At); return l > 0 && p.Value >= part*l }
	before := pointsIn(m.Points, usual)
	busy := 0
	for _, p := range before {
		if over(p) {
			busy++
		}
	}
	if 4*busy >= len(before) && busy > 0 {
		return AtLimit{}, false
	}
	since := pointsIn(m.Points, now)
	for i := range since {
		run := since[i:]
		if len(run) < breakFor || slices.ContainsFunc(run[:breakFor], func(p app.Point) bool { return !over(p) }) {
			continue
		}
		return AtLimit{At: run[0].At, Is: middleOf(run), Limit: limit(run[0].At)}, true
	}
	return AtLimit{}, false
}
