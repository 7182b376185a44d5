package app

import (
	"cmp"
	"slices"
	"time"
)

// Verdict is what an alarm makes of its metric at one moment.
type Verdict struct {
	// State follows from the periods; NotKnown where the alarm stays in the state that it is in.
	State   AlarmState
	Periods []EvaluatedPeriod // oldest first
}

// EvaluatedPeriod is one period as an alarm sees it.
type EvaluatedPeriod struct {
	At        time.Time // where it begins
	Value     *float64  // nil: there is no datapoint
	Breaching bool      // by its value, or because a missing datapoint is taken so
	Counted   bool      // it decides; the others were only looked at
}

// TreatedMissing says how an alarm takes missing datapoints, with AWS's defaults where it does not say: missing, but
// ignore for metrics of DynamoDB (CloudWatch user guide, "Configuring how CloudWatch alarms treat missing data").
func (a Alarm) TreatedMissing() string {
	standard := "missing"
	if a.Metric != nil && a.Metric.Namespace == "AWS/DynamoDB" {
		standard = "ignore"
	}
	return cmp.Or(a.TreatMissing, standard)
}

// Needed returns how many of how many datapoints have to breach: the M and the N of M out of N.
func (a Alarm) Needed() (m, n int) {
	n = max(a.EvaluationPeriods, 1)
	return min(cmp.Or(max(a.DatapointsToAlarm, 0), n), n), n
}

// lookBack is how many periods more than the evaluation periods CloudWatch looks at, to find datapoints for missing
// ones. AWS does not say how many; the tables of its user guide, "Configuring how CloudWatch alarms treat missing
// data", have two.
const lookBack = 2

// Evaluate judges the periods that end at end, as CloudWatch does (user guide, "Alarm evaluation" and "Configuring how
// CloudWatch alarms treat missing data"): the newest N datapoints decide, and only where there are fewer, missing ones
// are taken as the alarm says. points is the alarm's series, oldest first. The alarm needs a period and a threshold.
func (a Alarm) Evaluate(points []Point, end time.Time) Verdict {
	m, n := a.Needed()
	v := Verdict{Periods: a.periods(points, end, n+lookBack)}
	found := v.count(n)
	breaching, filled := 0, n-found
	for _, p := range v.Periods {
		if p.Counted && p.Breaching {
			breaching++
		}
	}
	switch treated := a.TreatedMissing(); {
	case filled <= 0:
	case treated == "breaching":
		v.fill(filled, true)
		breaching += filled
	case treated == "notBreaching":
		v.fill(filled, false)
	case found == 0 && treated == "missing":
		v.fill(filled, false)
		v.State = InsufficientData
		return v
	case found == 0: // ignore
		return v
	case breaching < m && v.premature(m):
		if treated == "missing" {
			v.State = InAlarm
		}
		return v
	}
	v.State = OK
	if breaching >= m {
		v.State = InAlarm
	}
	return v
}

// periods returns the last n periods before end with their datapoints.
func (a Alarm) periods(points []Point, end time.Time, n int) []EvaluatedPeriod {
	all := make([]EvaluatedPeriod, n)
	for i := range all {
		all[i].At = end.Add(time.Duration(i-n) * a.Period)
	}
	for i := len(points) - 1; i >= 0 && !points[i].At.Before(all[0].At); i-- {
		if at := int(points[i].At.Sub(all[0].At) / a.Period); at < n && points[i].At.Before(end) {
			value := points[i].Value
			all[at].Value, all[at].Breaching = &value, a.Breaches(value)
		}
	}
	return all
}

// count marks the newest datapoints, n at most, as those that decide, and returns how many there are.
func (v *Verdict) count(n int) (found int) {
	for i := len(v.Periods) - 1; i >= 0 && found < n; i-- {
		if v.Periods[i].Value != nil {
			v.Periods[i].Counted = true
			found++
		}
	}
	return found
}

// fill lets the newest n missing datapoints count, breaching or not.
func (v *Verdict) fill(n int, breaching bool) {
	for i := len(v.Periods) - 1; i >= 0 && n > 0; i-- {
		if v.Periods[i].Value == nil {
			v.Periods[i].Counted, v.Periods[i].Breaching = true, breaching
			n--
		}
	}
}

// premature reports whether fewer datapoints than needed are enough to go off: all that there are breach, and the
// oldest is m periods old (user guide, "Avoiding premature transitions to alarm state").
func (v *Verdict) premature(m int) bool {
	oldest := 0
	for i, p := range v.Periods {
		switch {
		case p.Value == nil:
		case !p.Breaching:
			return false
		case oldest == 0:
			oldest = len(v.Periods) - i
		}
	}
	return oldest >= m
}

// Verdict puts what CloudWatch said that it looked at in the form of Evaluate. The state is the one that the reason was
// given for.
func (r AlarmReason) Verdict(a Alarm, state AlarmState) Verdict {
	a.Threshold = &r.Threshold
	v := Verdict{State: state}
	for _, d := range r.Datapoints {
		p := EvaluatedPeriod{At: d.At, Value: d.Value, Counted: true}
		p.Breaching = d.Value == nil && a.TreatedMissing() == "breaching" || d.Value != nil && a.Breaches(*d.Value)
		v.Periods = append(v.Periods, p)
	}
	sortByTime(v.Periods)
	return v
}

// Counts returns how many of the periods that decide breach, how many have no datapoint, and how many there are.
func (v Verdict) Counts() (breaching, missing, counted int) {
	for _, p := range v.Periods {
		if !p.Counted {
			continue
		}
		counted++
		if p.Breaching {
			breaching++
		}
		if p.Value == nil {
			missing++
		}
	}
	return breaching, missing, counted
}

// Span returns where the first period that decides begins, and where the last one does.
func (v Verdict) Span() (first, last time.Time) {
	for _, p := range v.Periods {
		if p.Counted && first.IsZero() {
			first = p.At
		}
		if p.Counted {
			last = p.At
		}
	}
	return first, last
}

func sortByTime(periods []EvaluatedPeriod) {
	slices.SortStableFunc(periods, func(a, b EvaluatedPeriod) int { return a.At.Compare(b.At) })
}
