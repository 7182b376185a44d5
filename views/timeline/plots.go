package timeline

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/lane"
)

const (
	maxPlots     = 6 // metric lanes: more do not fit beside the others at 900 pixels
	defaultPlots = 4 // metric lanes where no alarm asks for any
)

// choosePlots returns a lane for each metric that an alarm of the window watches, of the alarms that matter: at most
// most, and in the order in which the alarms went off, which runs from cause to symptom more often than not.
func choosePlots(all []insight.AlarmWindow, presets app.Presets, most int) []lane.Plot {
	byWeight := slices.DeleteFunc(slices.Clone(all), func(w insight.AlarmWindow) bool {
		_, reads := w.Reading()
		return !reads || w.Weight == insight.Quiet
	})
	slices.SortStableFunc(byWeight, func(a, b insight.AlarmWindow) int { return cmp.Compare(a.Weight, b.Weight) })
	var plots []lane.Plot
	var keys []string // of plots: each is made once, which is most of the work of many alarms
	for _, w := range byWeight {
		r, _ := w.Reading()
		p := lane.PlacedMetric{Scope: w.Scope, Metric: r.Metric}
		key := p.PlacedKey()
		i := slices.Index(keys, key)
		if i < 0 {
			if len(plots) == most {
				continue
			}
			i = len(plots)
			plots, keys = append(plots, lane.Plot{PlacedMetric: p}), append(keys, key)
		}
		plots[i].Alarms = append(plots[i].Alarms, w)
		plots[i].AddReading(r)
	}
	for i := range plots {
		plots[i].AddReading(presets.Reading(plots[i].Metric))
	}
	slices.SortStableFunc(plots, func(a, b lane.Plot) int { return began(a).Compare(began(b)) })
	return plots
}

// shared reports whether a metric is drawn in the lane of another metric that exists.
func shared(m lane.PlacedMetric, metrics []lane.PlacedMetric, presets app.Presets) bool {
	lead, ok := presets.Beside(m.Metric)
	return ok && slices.ContainsFunc(metrics, func(o lane.PlacedMetric) bool {
		return o.PlacedKey() == lane.PlacedMetric{Scope: m.Scope, Metric: lead}.PlacedKey()
	})
}

// touchedPlots returns a lane for each metric with a preset of the resources that a change concerns, in its place and
// service.
func touchedPlots(c app.TrailEvent, metrics []lane.PlacedMetric, presets app.Presets) []lane.Plot {
	var plots []lane.Plot
	for _, m := range metrics {
		_, known := presets.Of(m.Metric)
		service := strings.TrimPrefix(m.Namespace, "AWS/")
		if !known || shared(m, metrics, presets) || m.Place() != c.Place() || !strings.EqualFold(service, c.Service()) {
			continue
		}
		if slices.ContainsFunc(c.Resources,
			func(r app.TrailResource) bool { return resource.OfTrail(r).Measures(m.Metric) }) {
			plots = append(plots, lane.Plot{PlacedMetric: m, Readings: []app.Reading{presets.Reading(m.Metric)}})
		}
	}
	return plots
}

// maxTouched is the number of lanes for what the most important change concerns: one holds the limit and the throttles
// too.
const maxTouched = 1

// shifted keeps the lanes in which a metric moved the most from before an instant to after it.
func shifted(plots []lane.Plot, series []app.Series, at time.Time, presets app.Presets) []lane.Plot {
	moved := map[string]float64{}
	for _, s := range series {
		moved[lane.PlacedMetric{Scope: s.Scope, Metric: s.Metric}.PlacedKey()] = insight.Shift(s, at)
	}
	for _, p := range plots {
		for _, r := range p.Company(presets) {
			beside := lane.PlacedMetric{Scope: p.Scope, Metric: r.Metric}
			moved[p.PlacedKey()] = max(moved[p.PlacedKey()], moved[beside.PlacedKey()])
		}
	}
	plots = slices.DeleteFunc(
		slices.Clone(plots), func(p lane.Plot) bool { return moved[p.PlacedKey()] < insight.LeastShift },
	)
	slices.SortStableFunc(
		plots, func(a, b lane.Plot) int { return cmp.Compare(moved[b.PlacedKey()], moved[a.PlacedKey()]) },
	)
	return plots[:min(len(plots), maxTouched)]
}

// without returns the lanes whose metric none of the others has.
func without(plots, others []lane.Plot) []lane.Plot {
	return slices.DeleteFunc(slices.Clone(plots), func(p lane.Plot) bool {
		return slices.ContainsFunc(others, func(o lane.Plot) bool { return o.PlacedKey() == p.PlacedKey() })
	})
}

// never is later than every alarm.
var never = time.Unix(1<<40, 0)

// began returns when the first of a lane's alarms went off, never for none; one that flaps tells nothing.
func began(p lane.Plot) time.Time {
	first := never
	for _, w := range p.Alarms {
		if at, rang := w.FirstAlarm(); rang && !w.Flapping && at.Before(first) {
			first = at
		}
	}
	return first
}

// addDefaults fills up to defaultPlots with metrics that presets know: from each service the one that it names first,
// then the second of each, and so on, so that the handful tells of many services.
func addDefaults(plots []lane.Plot, metrics []lane.PlacedMetric, resourceName string, presets app.Presets) []lane.Plot {
	of := resource.Read(resourceName)
	slices.SortFunc(metrics, func(a, b lane.PlacedMetric) int { return cmp.Compare(a.PlacedKey(), b.PlacedKey()) })
	for turn := 0; turn < maxPlots; turn++ {
		for _, service := range presets {
			if len(plots) >= defaultPlots {
				return plots
			}
			if turn >= len(service.Metrics) {
				continue
			}
			name := service.Metrics[turn].Name
			i := slices.IndexFunc(metrics, func(m lane.PlacedMetric) bool {
				return m.Namespace == service.Namespace && m.Name == name && !shared(m, metrics, presets) &&
					(resourceName == "" || of.Measures(m.Metric))
			})
			if i < 0 || slices.ContainsFunc(
				plots, func(p lane.Plot) bool { return p.PlacedKey() == metrics[i].PlacedKey() },
			) {
				continue
			}
			plots = append(plots, lane.Plot{
				PlacedMetric: metrics[i], Readings: []app.Reading{presets.Reading(metrics[i].Metric)},
			})
		}
	}
	return plots
}

// plotReadings returns all readings of the lanes by their keys.
func plotReadings(plots []lane.Plot, presets app.Presets) map[string]app.Reading {
	readings := map[string]app.Reading{}
	for _, p := range plots {
		for _, r := range append(p.Company(presets), p.Readings...) {
			readings[r.Key()] = r
		}
		for _, m := range p.More {
			readings[m.Reading.Key()] = m.Reading
		}
	}
	return readings
}
