package app

import "time"

// DetectorState is how far the model of an anomaly detector is trained, in CloudWatch's words.
type DetectorState string

// The states of an anomaly detector.
const (
	DetectorPending      DetectorState = "PENDING_TRAINING"
	DetectorInsufficient DetectorState = "TRAINED_INSUFFICIENT_DATA"
	DetectorTrained      DetectorState = "TRAINED"
)

// AnomalyDetector is the model behind a band (CloudWatch API reference, AnomalyDetector).
type AnomalyDetector struct {
	ID    string        `json:"id,omitempty"`
	State DetectorState `json:"state,omitempty"`
	// Metric and Statistic are what it learns from; nil and "" where that is Expression, of metric math.
	Metric     *Metric   `json:"metric,omitempty"`
	Statistic  string    `json:"statistic,omitempty"`
	Expression string    `json:"expression,omitempty"`
	Zone       string    `json:"zone,omitempty"`
	Adapts     string    `json:"adaptation_speed,omitempty"`  // FAST, NORMAL, SLOW
	Outliers   string    `json:"outlier_filtering,omitempty"` // MINIMAL, MODERATE, STRICT
	Spikes     bool      `json:"periodic_spikes,omitempty"`   // they are expected
	Excluded   []Range   `json:"excluded,omitempty"`          // from the training
	Seen       time.Time `json:"-"`                           // when AWS last listed it
}

// Of reports whether the detector is that of the band with which an alarm compares.
func (d AnomalyDetector) Of(a Alarm) bool {
	return a.ComparesBand() && a.Metric != nil && d.Metric != nil && d.Statistic == a.Statistic &&
		d.Metric.Key() == a.Metric.Key()
}

// ComparesBand reports whether the alarm compares with an anomaly detection band.
func (a Alarm) ComparesBand() bool {
	switch a.Comparison {
	case "GreaterThanUpperThreshold", "LessThanLowerThreshold", "LessThanLowerOrGreaterThanUpperThreshold":
		return true
	}
	return false
}
