package lane

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/phrase"
)

// PlacedMetric is a metric where it is measured.
type PlacedMetric struct {
	app.Scope
	app.Metric
}

// PlacedKey identifies the metric among those of all places.
func (p PlacedMetric) PlacedKey() string { return p.Place().String() + " " + p.Metric.Key() }

// Plot says what a lane of a metric draws, and which alarms watch it.
type Plot struct {
	PlacedMetric
	Readings []app.Reading         // of the metric, each by another statistic; the first names the lane
	More     []app.LaneSeries      // of other metrics, drawn in the same lane
	Alarms   []insight.AlarmWindow // that watch it
	Period   time.Duration         // by which it is drawn; 0: that of the readings
}

// AddReading adds a reading, once. A lane draws one statistic at one period only.
func (p *Plot) AddReading(r app.Reading) {
	if !slices.ContainsFunc(p.Readings, func(o app.Reading) bool { return o.Statistic == r.Statistic }) {
		p.Readings = append(p.Readings, r)
	}
}

// Company returns the readings that presets draw with the metric: what is beside it, and its limit. They compare with
// the usual statistic only.
func (p Plot) Company(presets app.Presets) []app.Reading {
	known, _ := presets.Of(p.Metric)
	if len(p.Readings) != 1 || p.Readings[0].Statistic != known.Statistic {
		return nil
	}
	var all []app.Reading
	for _, name := range []string{known.Beside, known.Limit.Metric} {
		if name != "" {
			m := p.Metric
			m.Name = name
			all = append(all, presets.Reading(m))
		}
	}
	return all
}

// Resource is the first part of the lane's name, of which Words is the second: orders.
func (p Plot) Resource() string { return resource.Of(p.Metric).Short }

// Words is what the metric is called after its resource: writes.
func (p Plot) Words(presets app.Presets) string { return phrase.Metric(p.Metric, presets) }

// PerSecond reports whether the lane shows its Sums as a rate, since its limit is one.
func (p Plot) PerSecond(presets app.Presets) bool {
	known, _ := presets.Of(p.Metric)
	return known.Limit.PerSecond && len(p.Company(presets)) > 0
}

// Measures says how the lane reads its metric: "DynamoDB · Sum, 1 min", or "Sum/s" where it is shown as a rate.
func (p Plot) Measures(presets app.Presets) string {
	var statistics []string
	for _, r := range p.Readings {
		statistics = append(statistics, r.Statistic)
	}
	switch {
	case p.PerSecond(presets):
		statistics = []string{"Sum/s"}
	case len(statistics) > 1:
		for i, s := range statistics {
			statistics[i] = shortStatistic(s)
		}
	}
	period := phrase.Duration(cmp.Or(p.Period, p.Readings[0].Period))
	return presets.Title(p.Namespace) + " · " + strings.Join(statistics, ", ") + ", " + period
}

// shortStatistic is a statistic's name where several stand side by side.
func shortStatistic(name string) string {
	switch name {
	case "Average":
		return "avg"
	case "Maximum":
		return "max"
	case "Minimum":
		return "min"
	case "SampleCount":
		return "count"
	case "Sum":
		return "sum"
	}
	return name
}
