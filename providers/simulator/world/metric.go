package world

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// MetricSet is the metrics of one resource.
type MetricSet struct {
	In         string            `yaml:"in"`
	Namespace  string            `yaml:"namespace"`
	Dimensions map[string]string `yaml:"dimensions"`
	// Log is the group of the log events in the embedded metric format that publish the set; empty for metrics that
	// come another way.
	Log     string        `yaml:"log"`
	Metrics []MetricStory `yaml:"metrics"`
}

// MetricStory says what a metric's values are over the day: Base times the curves in Times.
type MetricStory struct {
	Name       string            `yaml:"name"`
	Dimensions map[string]string `yaml:"dimensions"` // besides those of the set
	Unit       string            `yaml:"unit"`
	Base       float64           `yaml:"base"`
	Times      []string          `yaml:"times"`
	Noise      float64           `yaml:"noise"`
	Whole      bool              `yaml:"whole"` // whole numbers only
	Most       float64           `yaml:"most"`  // upper bound, 0: none
	// Spread makes many values a minute, with logarithms that deviate by so much; Of is the curve of how many.
	Spread float64 `yaml:"spread"`
	Of     string  `yaml:"of"`
	// Sparse metrics publish nothing instead of zero, as AWS does for throttles and errors of a load balancer.
	Sparse bool  `yaml:"sparse"`
	Gaps   []Gap `yaml:"gaps"`
}

// Gap is a stretch, in offsets from the anchor, in which nothing was published.
type Gap struct {
	From time.Duration `yaml:"from"`
	To   time.Duration `yaml:"to"`
}

// spreadValues is how many values stand for a minute's distribution; its largest is what p99 of one minute reads.
const spreadValues = 20

// metrics records every metric of the scenario.
func (m *maker) metrics() {
	for _, set := range m.scenario.Metrics {
		p := m.places[set.In]
		first := len(p.Metrics)
		for _, story := range set.Metrics {
			p.Metrics = append(p.Metrics, m.record(p, set, story))
		}
		if set.Log != "" {
			m.embed(p, set, p.Metrics[first:])
		}
	}
}

// record makes up the samples of one metric, one for each whole minute of the world.
func (m *maker) record(p *Place, set MetricSet, story MetricStory) Recorded {
	r := Recorded{Metric: app.NewMetric(set.Namespace, story.Name, dimensions(set.Dimensions, story.Dimensions)...),
		Unit: story.Unit}
	d := newDice(m.world.Seed, "metric", p.Scope.String(), r.Metric.Key())
	from := m.world.Range.From.Truncate(time.Minute)
	if from.Before(m.world.Range.From) {
		from = from.Add(time.Minute)
	}
	for at := from; !at.Add(time.Minute).After(m.anchor()); at = at.Add(time.Minute) {
		values := m.values(d, story, at)
		if m.silent(story, at) || story.Sparse && values[len(values)-1] == 0 {
			continue
		}
		count := float64(len(values))
		if story.Of != "" && set.Log == "" {
			count = max(1, math.Round(m.rhythm.at(at, story.Of)))
		}
		r.Samples = append(r.Samples, Sample{at, count, values})
	}
	return r
}

// values makes up the values of one minute, sorted.
func (m *maker) values(d dice, story MetricStory, at time.Time) []float64 {
	middle := story.Base * m.rhythm.at(at, story.Times...) * (1 + story.Noise*(2*d.Float64()-1))
	if story.Spread == 0 {
		return []float64{story.rounded(middle)}
	}
	values := make([]float64, spreadValues)
	for i := range values {
		values[i] = story.rounded(middle * d.around(story.Spread))
	}
	slices.Sort(values)
	return values
}

// rounded keeps three decimals: what a service would publish, and the same on every machine.
func (s MetricStory) rounded(v float64) float64 {
	if s.Most > 0 {
		v = min(v, s.Most)
	}
	if s.Whole {
		return math.Round(v)
	}
	return math.Round(v*1000) / 1000
}

func (m *maker) silent(story MetricStory, at time.Time) bool {
	offset := at.Sub(m.anchor())
	return slices.ContainsFunc(story.Gaps, func(g Gap) bool { return g.From <= offset && offset < g.To })
}

func dimensions(maps ...map[string]string) []app.Dimension {
	var dims []app.Dimension
	for _, m := range maps {
		for name, value := range m {
			dims = append(dims, app.Dimension{Name: name, Value: value})
		}
	}
	return dims
}

// Points reads the metric with a statistic, as GetMetricData does: Sum, Average, Minimum, Maximum, SampleCount, or a
// percentile such as p99 or p99.9. Buckets are aligned to the Unix epoch; those that start within the range are told,
// each over all of its samples; those without a sample are left out. An unknown statistic has no points.
func (r Recorded) Points(statistic string, period time.Duration, within app.Range) []app.Point {
	if period <= 0 {
		return nil
	}
	var points []app.Point
	for i := 0; i < len(r.Samples); {
		start := bucket(r.Samples[i].At, period)
		end := i + 1
		for end < len(r.Samples) && bucket(r.Samples[end].At, period).Equal(start) {
			end++
		}
		if value, ok := read(r.Samples[i:end], statistic); ok && within.Contains(start) {
			points = append(points, app.Point{At: start, Value: value})
		}
		i = end
	}
	return points
}

func bucket(at time.Time, period time.Duration) time.Time {
	seconds, step := at.Unix(), max(1, int64(period/time.Second))
	return time.Unix(seconds-seconds%step, 0).UTC()
}

// read computes a statistic over the samples of a bucket.
func read(samples []Sample, statistic string) (float64, bool) {
	sum, count := 0.0, 0.0
	low, high := math.Inf(1), math.Inf(-1)
	for _, s := range samples {
		sum += s.sum()
		count += s.Count
		low, high = min(low, s.Values[0]), max(high, s.Values[len(s.Values)-1])
	}
	switch statistic {
	case "Sum":
		return sum, true
	case "Average":
		return sum / count, true
	case "Minimum":
		return low, true
	case "Maximum":
		return high, true
	case "SampleCount":
		return count, true
	}
	digits, ok := strings.CutPrefix(statistic, "p")
	p, err := strconv.ParseFloat(digits, 64)
	if !ok || err != nil || !(p >= 0 && p <= 100) {
		return 0, false
	}
	return percentile(samples, p/100*count), true
}

// sum returns the total of what was recorded in the minute.
func (s Sample) sum() float64 {
	total := 0.0
	for _, v := range s.Values {
		total += v
	}
	if s.Count == float64(len(s.Values)) {
		return total
	}
	return total / float64(len(s.Values)) * s.Count
}

// percentile returns the smallest value that at least so many of the recorded values do not exceed (nearest rank).
func percentile(samples []Sample, rank float64) float64 {
	type weighed struct{ value, weight float64 }
	var all []weighed
	for _, s := range samples {
		for _, v := range s.Values {
			all = append(all, weighed{v, s.Count / float64(len(s.Values))})
		}
	}
	slices.SortFunc(all, func(a, b weighed) int { return cmp.Compare(a.value, b.value) })
	below := 0.0
	for _, w := range all {
		if below += w.weight; below >= rank*(1-1e-12) { // sums of weights are inexact
			return w.value
		}
	}
	return all[len(all)-1].value
}

func compareKeys(a, b app.Metric) int { return cmp.Compare(a.Key(), b.Key()) }

func compareText(a, b string) int { return cmp.Compare(a, b) }

// recorded returns a place's metric by its identity.
func (p *Place) recorded(m app.Metric) (Recorded, bool) {
	key := m.Key()
	i := slices.IndexFunc(p.Metrics, func(r Recorded) bool { return r.Metric.Key() == key })
	if i < 0 {
		return Recorded{}, false
	}
	return p.Metrics[i], true
}

// sample returns what was recorded in a minute.
func (r Recorded) sample(minute time.Time) (Sample, bool) {
	i, ok := slices.BinarySearchFunc(r.Samples, minute, func(s Sample, at time.Time) int { return s.At.Compare(at) })
	if !ok {
		return Sample{}, false
	}
	return r.Samples[i], true
}
