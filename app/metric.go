package app

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Dimension is one name and value of a metric's identity. Both are case-sensitive.
type Dimension struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Metric is the identity of a metric in one account and Region: namespace, name and dimensions, sorted by name.
// Make one with NewMetric, so that equal metrics have equal keys.
type Metric struct {
	Namespace  string      `json:"namespace"` // AWS/Lambda
	Name       string      `json:"name"`      // Errors
	Dimensions []Dimension `json:"dimensions,omitempty"`
	// OwningAccount has the metric, where it is not the scope's own: an alarm of a monitoring account may watch one
	// (CloudWatch user guide, "CloudWatch cross-account observability").
	OwningAccount string `json:"owning_account,omitempty"`
}

// NewMetric returns the metric with its dimensions sorted; dims alternates names and values.
func NewMetric(namespace, name string, dims ...Dimension) Metric {
	dims = slices.Clone(dims)
	slices.SortFunc(dims, func(a, b Dimension) int { return cmp.Compare(a.Name, b.Name) })
	return Metric{Namespace: namespace, Name: name, Dimensions: dims}
}

// Key returns the identity as one line of text, unique within a scope. Values that hold a separator are quoted; the
// namespace may hold a slash, because the name may not.
func (m Metric) Key() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s/%s", quote(m.Namespace, separators), quote(m.Name, separators+"/"))
	for _, d := range m.Dimensions {
		fmt.Fprintf(&b, ",%s=%s", quote(d.Name, separators), quote(d.Value, separators))
	}
	if m.OwningAccount != "" {
		b.WriteString("|" + m.OwningAccount)
	}
	return b.String()
}

// separators are what parts a key, and what quotes its parts.
const separators = ",=\"|"

func quote(s, separators string) string {
	if strings.ContainsAny(s, separators) || s == "" {
		return fmt.Sprintf("%q", s)
	}
	return s
}

// Dimension returns the value of the dimension of that name, "" if the metric has none.
func (m Metric) Dimension(name string) string {
	for _, d := range m.Dimensions {
		if d.Name == name {
			return d.Value
		}
	}
	return ""
}

// Resource returns the values of the dimensions in their order, which is how a person names what is measured:
// "orders" for TableName=orders, "prod, checkout" for two; and the account, of a metric that another one has.
func (m Metric) Resource() string {
	values := make([]string, len(m.Dimensions))
	for i, d := range m.Dimensions {
		values[i] = d.Value
	}
	if m.OwningAccount != "" {
		values = append(values, "account "+m.OwningAccount)
	}
	return strings.Join(values, ", ")
}

// Reading is a way to read a metric: with one statistic, in buckets of one period.
type Reading struct {
	Metric
	// Statistic is Sum, Average, Minimum, Maximum, SampleCount, or a percentile such as p99 or p99.9.
	Statistic string `json:"statistic"`
	// Period is a whole number of minutes for the standard resolution; 1, 5, 10 or 30 seconds for high resolution.
	Period time.Duration `json:"period_ns"`
}

// Key returns the reading as one line of text, unique within a scope.
func (r Reading) Key() string {
	return fmt.Sprintf("%s|%s|%d", r.Metric.Key(), r.Statistic, int(r.Period.Seconds()))
}

// Point is one datapoint: the value over the period that starts at At.
type Point struct {
	At    time.Time
	Value float64
}

// MarshalJSON writes the pair [time, value].
func (p Point) MarshalJSON() ([]byte, error) { return json.Marshal([2]any{p.At, p.Value}) }

// UnmarshalJSON reads what MarshalJSON wrote.
func (p *Point) UnmarshalJSON(b []byte) error { return json.Unmarshal(b, &[2]any{&p.At, &p.Value}) }

// Series is the datapoints of one reading in one scope, oldest first. A period without a datapoint is a gap, not a
// zero.
type Series struct {
	Scope
	Reading
	Unit   string  `json:"unit,omitempty"` // Seconds, Bytes, Count...; as presets know it: GetMetricData does not say
	Points []Point `json:"points"`
	// Complete says that this answer holds every datapoint of the asked range (StatusCode Complete).
	Complete bool `json:"-"`
}

// CompareSeries orders by scope, then key.
func CompareSeries(a, b Series) int {
	return cmp.Or(CompareScopes(a.Scope, b.Scope), cmp.Compare(a.Reading.Key(), b.Reading.Key()))
}

// Bounds of one GetMetricData request (CloudWatch API reference, GetMetricData).
const (
	MaxReadings = 500     // metric queries a request
	MaxPoints   = 100_800 // datapoints a page
)

// BatchReadings cuts readings into requests that stay within MaxReadings queries and, as far as one reading allows,
// MaxPoints datapoints over a range of that length.
func BatchReadings(readings []Reading, length time.Duration) [][]Reading {
	var batches [][]Reading
	start, points := 0, 0
	for i, r := range readings {
		n := 1
		if r.Period > 0 {
			n = int((length + r.Period - 1) / r.Period)
		}
		if i > start && (i-start == MaxReadings || points+n > MaxPoints) {
			batches = append(batches, readings[start:i])
			start, points = i, 0
		}
		points += n
	}
	if start < len(readings) {
		batches = append(batches, readings[start:])
	}
	return batches
}

// Preset is what the console knows of the metrics of one namespace (assets/presets).
type Preset struct {
	Namespace string         `yaml:"namespace"`
	Title     string         `yaml:"title"` // the service as people call it: API Gateway
	Metrics   []MetricPreset `yaml:"metrics"`
}

// MetricPreset says how an operator reads one metric.
type MetricPreset struct {
	Name      string `yaml:"name"`
	Statistic string `yaml:"statistic"` // the one that shows trouble
	Unit      string `yaml:"unit"`
	Means     string `yaml:"means"` // one sentence on what it measures, or what a breach means
	Tells     bool   `yaml:"tells"` // when it goes wrong users suffer: what to watch first

	// what it is, said after the resource's name: writes, iterator age; "": made of Name
	Short  string      `yaml:"short"`
	Beside string      `yaml:"beside"` // metric of the same resource that is drawn with this one; "" for none
	Limit  LimitPreset `yaml:"limit"`  // the zero value: no metric says what its limit is
}

// Presets answers how to read a metric. The zero value knows none.
type Presets []Preset

// Of returns the preset of a metric and whether there is one.
func (p Presets) Of(m Metric) (MetricPreset, bool) {
	for _, s := range p {
		if s.Namespace != m.Namespace {
			continue
		}
		for _, k := range s.Metrics {
			if k.Name == m.Name {
				return k, true
			}
		}
	}
	return MetricPreset{}, false
}

// Title returns the service's name as people say it, or the namespace without "AWS/".
func (p Presets) Title(namespace string) string {
	for _, s := range p {
		if s.Namespace == namespace {
			return s.Title
		}
	}
	return strings.TrimPrefix(namespace, "AWS/")
}

// Reading is how presets read a metric, as Readings has it; it is pulled whether an alarm watches the metric or not.
func (p Presets) Reading(m Metric) Reading { return p.Readings([]Metric{m}, nil)[0] }

// Readings returns what to pull for these metrics: each with its preset's statistic, or Average where none is known,
// at one minute; and what the alarms evaluate, where that differs. Sorted by key, without doubles.
func (p Presets) Readings(metrics []Metric, alarms []Alarm) []Reading {
	byKey := map[string]Reading{}
	for _, m := range metrics {
		statistic := "Average"
		if known, ok := p.Of(m); ok {
			statistic = known.Statistic
		}
		r := Reading{m, statistic, time.Minute}
		byKey[r.Key()] = r
	}
	for _, a := range alarms {
		for _, r := range a.Readings() {
			byKey[r.Key()] = r
		}
	}
	readings := make([]Reading, 0, len(byKey))
	for _, r := range byKey {
		readings = append(readings, r)
	}
	slices.SortFunc(readings, func(a, b Reading) int { return cmp.Compare(a.Key(), b.Key()) })
	return readings
}
