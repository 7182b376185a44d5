package app

import (
	"encoding/json"
	"math"
	"slices"
	"time"
)

// AlarmBand is what CloudWatch looked at when an alarm on an anomaly detection band turned, read from StateReasonData:
// datapoints with the band around each, oldest first. The band itself no API tells afterwards.
type AlarmBand []BandPoint

// BandPoint is a datapoint with the band of its period.
type BandPoint struct {
	At        time.Time // where its period begins
	Value     float64
	Low, High float64 // infinite where CloudWatch did not name that side
}

// ParseAlarmBand reads StateReasonData of an alarm on a band; false where it names no band. CloudWatch gives the values
// and the band by place, from the start date on (EventBridge's example of an anomaly detection alarm in the CloudWatch
// user guide, "Alarm events and EventBridge"); where it gives the datapoints' times too, these are taken.
func ParseAlarmBand(data string) (AlarmBand, bool) {
	var raw struct {
		StartDate string
		Period    float64   // seconds
		Recent    []float64 `json:"recentDatapoints"`
		Lower     []float64 `json:"recentLowerThresholds"`
		Upper     []float64 `json:"recentUpperThresholds"`
		Evaluated []struct {
			Timestamp string
			Value     *float64
		} `json:"evaluatedDatapoints"`
	}
	if json.Unmarshal([]byte(data), &raw) != nil || len(raw.Recent) == 0 || len(raw.Lower)+len(raw.Upper) == 0 {
		return nil, false
	}
	var times []time.Time
	for _, d := range raw.Evaluated {
		if at, err := time.Parse(reasonTime, d.Timestamp); err == nil && d.Value != nil {
			times = append(times, at.UTC())
		}
	}
	if len(times) != len(raw.Recent) {
		start, err := time.Parse(reasonTime, raw.StartDate)
		if err != nil || !(raw.Period > 0 && raw.Period <= maxPeriod) {
			return nil, false
		}
		times = times[:0]
		for i := range raw.Recent {
			times = append(times, start.UTC().Add(time.Duration(i)*time.Duration(raw.Period*float64(time.Second))))
		}
	}
	slices.SortFunc(times, time.Time.Compare)
	band := make(AlarmBand, len(times))
	for i, at := range times {
		band[i] = BandPoint{at, raw.Recent[i], edge(raw.Lower, i, math.Inf(-1)), edge(raw.Upper, i, math.Inf(1))}
	}
	return band, true
}

// maxPeriod is the longest period of an alarm in seconds, a week (PutMetricAlarm, EvaluationPeriods).
const maxPeriod = 604_800

func edge(edges []float64, i int, unknown float64) float64 {
	if i < len(edges) {
		return edges[i]
	}
	return unknown
}

// Breaches reports whether a datapoint lies beyond its band, on a side that the alarm looks at.
func (p BandPoint) Breaches(a Alarm) bool {
	switch a.Comparison {
	case "GreaterThanUpperThreshold":
		return p.Value > p.High
	case "LessThanLowerThreshold":
		return p.Value < p.Low
	case "LessThanLowerOrGreaterThanUpperThreshold":
		return p.Value < p.Low || p.Value > p.High
	}
	return false
}

// Verdict puts what CloudWatch said that it looked at in the form of Evaluate. The state is the one that the reason was
// given for.
func (b AlarmBand) Verdict(a Alarm, state AlarmState) Verdict {
	v := Verdict{State: state}
	for _, p := range b {
		v.Periods = append(v.Periods, EvaluatedPeriod{At: p.At, Value: &p.Value, Breaching: p.Breaches(a),
			Counted: true})
	}
	return v
}
