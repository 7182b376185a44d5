package timeline

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/views/phrase"
)

const (
	maxPlots     = 6 // metric lanes: more do not fit beside the others at 900 pixels
	defaultPlots = 4 // metric lanes where no alarm asks for any
)

// placed is a metric where it is measured.
type placed struct {
	app.Scope
	app.Metric
}

func (p placed) key() string { return p.Place().String() + " " + p.Metric.Key() }

// plot says what one metric lane shows: a metric with the alarms that watch it.
type plot struct {
	placed
	readings []app.Reading
	more     []app.LaneSeries // of other metrics, drawn in the same lane
	watches  []insight.AlarmWindow
	drawn    time.Duration // the period by which it is told where that is not the readings'; 0: it is
}

// choosePlots returns a lane for each metric that an alarm of the window watches, of the alarms that matter: at most
// most, and in the order in which the alarms went off, which runs from cause to symptom more often than not.
func choosePlots(all []insight.AlarmWindow, presets app.Presets, most int) []plot {
	byWeight := slices.DeleteFunc(slices.Clone(all), func(w insight.AlarmWindow) bool {
		_, reads := w.Reading()
		return !reads || w.Weight == insight.Quiet
	})
	slices.SortStableFunc(byWeight, func(a, b insight.AlarmWindow) int { return cmp.Compare(a.Weight, b.Weight) })
	var plots []plot
	var keys []string // of plots: each is made once, which is most of the work of many alarms
	for _, w := range byWeight {
		r, _ := w.Reading()
		p := placed{w.Scope, r.Metric}
		key := p.key()
		i := slices.Index(keys, key)
		if i < 0 {
			if len(plots) == most {
				continue
			}
			i = len(plots)
			plots, keys = append(plots, plot{placed: p}), append(keys, key)
		}
		plots[i].watches = append(plots[i].watches, w)
		plots[i].read(r)
	}
	for i := range plots {
		plots[i].read(presets.Reading(plots[i].Metric))
	}
	slices.SortStableFunc(plots, func(a, b plot) int { return a.began().Compare(b.began()) })
	return plots
}

// shared reports whether a metric is drawn in the lane of another one that is there.
func shared(m placed, metrics []placed, presets app.Presets) bool {
	lead, ok := presets.Beside(m.Metric)
	return ok && slices.ContainsFunc(metrics, func(o placed) bool { return o.key() == placed{m.Scope, lead}.key() })
}

// touchedPlots returns a lane for each metric that presets know of what a change concerns, in its place and service.
func touchedPlots(c app.TrailEvent, metrics []placed, presets app.Presets) []plot {
	var plots []plot
	for _, m := range metrics {
		_, known := presets.Of(m.Metric)
		if !known || shared(m, metrics, presets) || m.Place() != c.Place() || !strings.EqualFold(strings.TrimPrefix(m.Namespace, "AWS/"), c.Service()) {
			continue
		}
		if slices.ContainsFunc(c.Resources, func(r app.TrailResource) bool { return names(m.Metric, r.ShortName()) }) {
			plots = append(plots, plot{placed: m, readings: []app.Reading{presets.Reading(m.Metric)}})
		}
	}
	return plots
}

// maxTouched is how many lanes what the most important change concerns gets: one holds the limit and the throttles too.
const maxTouched = 1

// shifted keeps the lanes in which a metric moved the most from before an instant to after it.
func shifted(plots []plot, series []app.Series, at time.Time, presets app.Presets) []plot {
	moved := map[string]float64{}
	for _, s := range series {
		moved[placed{s.Scope, s.Metric}.key()] = insight.Shift(s, at)
	}
	for _, p := range plots {
		for _, r := range p.company(presets) {
			moved[p.key()] = max(moved[p.key()], moved[placed{p.Scope, r.Metric}.key()])
		}
	}
	plots = slices.DeleteFunc(slices.Clone(plots), func(p plot) bool { return moved[p.key()] < insight.LeastShift })
	slices.SortStableFunc(plots, func(a, b plot) int { return cmp.Compare(moved[b.key()], moved[a.key()]) })
	return plots[:min(len(plots), maxTouched)]
}

// without returns the lanes whose metric none of the others has.
func without(plots, others []plot) []plot {
	return slices.DeleteFunc(slices.Clone(plots), func(p plot) bool {
		return slices.ContainsFunc(others, func(o plot) bool { return o.key() == p.key() })
	})
}

// read adds a reading to the lane, once. A lane draws one statistic at one period only.
func (p *plot) read(r app.Reading) {
	if !slices.ContainsFunc(p.readings, func(o app.Reading) bool { return o.Statistic == r.Statistic }) {
		p.readings = append(p.readings, r)
	}
}

// never is later than every alarm.
var never = time.Unix(1<<40, 0)

// began returns when the first of the lane's alarms went off, never for none; one that flaps tells nothing.
func (p plot) began() time.Time {
	first := never
	for _, w := range p.watches {
		if at, rang := w.FirstAlarm(); rang && !w.Flapping && at.Before(first) {
			first = at
		}
	}
	return first
}

// addDefaults fills up to defaultPlots with metrics that presets know: from each service the one that it names first,
// then the second of each, and so on, so that the handful tells of many services.
func addDefaults(plots []plot, metrics []placed, resource string, presets app.Presets) []plot {
	slices.SortFunc(metrics, func(a, b placed) int { return cmp.Compare(a.key(), b.key()) })
	for turn := 0; turn < maxPlots; turn++ {
		for _, service := range presets {
			if len(plots) >= defaultPlots {
				return plots
			}
			if turn >= len(service.Metrics) {
				continue
			}
			name := service.Metrics[turn].Name
			i := slices.IndexFunc(metrics, func(m placed) bool {
				return m.Namespace == service.Namespace && m.Name == name && !shared(m, metrics, presets) && (resource == "" || names(m.Metric, resource))
			})
			if i < 0 || slices.ContainsFunc(plots, func(p plot) bool { return p.key() == metrics[i].key() }) {
				continue
			}
			plots = append(plots, plot{placed: metrics[i], readings: []app.Reading{presets.Reading(metrics[i].Metric)}})
		}
	}
	return plots
}

func names(m app.Metric, resource string) bool {
	return slices.ContainsFunc(m.Dimensions, func(d app.Dimension) bool { return d.Value == resource })
}

// company are the readings that are drawn with the lane's own: what is beside it, and its limit. They compare with the
// usual statistic only.
func (p plot) company(presets app.Presets) []app.Reading {
	known, _ := presets.Of(p.Metric)
	if len(p.readings) != 1 || p.readings[0].Statistic != known.Statistic {
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

// plotReadings returns all readings of the lanes by their keys.
func plotReadings(plots []plot, presets app.Presets) map[string]app.Reading {
	readings := map[string]app.Reading{}
	for _, p := range plots {
		for _, r := range append(p.company(presets), p.readings...) {
			readings[r.Key()] = r
		}
		for _, m := range p.more {
			readings[m.Reading.Key()] = m.Reading
		}
	}
	return readings
}

// resource is the first part of a lane's name, and words the second: "orders" and "writes".
func (p plot) resource() string { return app.ShortResource(p.Metric.Subject()) }

func (p plot) words(presets app.Presets) string { return phrase.Metric(p.Metric, presets) }

// perSecond reports whether the lane tells its Sums as a rate, as its limit is.
func (p plot) perSecond(presets app.Presets) bool {
	known, _ := presets.Of(p.Metric)
	return known.Limit.PerSecond && len(p.company(presets)) > 0
}

// measures says how the lane reads its metric: "DynamoDB · Sum, 1 min"; "Sum/s" where each is told as a rate.
func (p plot) measures(presets app.Presets) string {
	var statistics []string
	for _, r := range p.readings {
		statistics = append(statistics, r.Statistic)
	}
	switch {
	case p.perSecond(presets):
		statistics = []string{"Sum/s"}
	case len(statistics) > 1:
		for i, s := range statistics {
			statistics[i] = cmp.Or(shortStatistics[s], s)
		}
	}
	return presets.Title(p.Namespace) + " · " + strings.Join(statistics, ", ") + ", " + phrase.Duration(cmp.Or(p.drawn, p.readings[0].Period))
}

// shortStatistics are for where several stand side by side.
var shortStatistics = map[string]string{"Average": "avg", "Maximum": "max", "Minimum": "min", "SampleCount": "count", "Sum": "sum"}
