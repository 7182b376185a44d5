package timeline

import (
	"context"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/ui"
)

const (
	proposedMetrics = 6  // lanes of metrics: more cannot be taken in at one look
	proposedNames   = 20 // log groups or services in one lane; where there are more, it shows all there are
)

// known is what the cache has in the place of an alarm, from which a board for the alarm is made.
type known struct {
	alarms   []app.Alarm
	metrics  []lane.PlacedMetric
	groups   []app.LogGroup
	services []string // that it watches, of those in alarm if any are, with traces in the cache
	below    []string // that answer the requests to what it watches
}

// proposed returns a board for an alarm: what it watches, the other metrics of the same resource in the order in which
// presets have them, the traces in which it takes part, its logs and those of what it calls, the alarms and the
// changes. For a composite alarm the same of the alarms of its rule.
func proposed(a app.Alarm, k known, presets app.Presets) app.Board {
	b := app.Board{Name: a.Name, Alarm: a.Name}
	causes := a.Causes(k.alarms)
	b = b.Add(-1, app.Lane{Kind: app.AlarmLane, Scope: a.Place(), Alarms: relativesOf(a, causes, k.alarms)})
	b = b.Add(-1, changesOf(causes, k.below))
	for _, c := range causes {
		if l, ok := laneFor(c); ok {
			b = addMetric(b, l)
		}
	}
	for _, c := range causes {
		if metricsIn(b) == proposedMetrics { // kin looks at every metric there is
			break
		}
		for _, m := range kin(c, k.metrics, presets) {
			b = addMetric(b, app.Lane{
				Kind: app.MetricLane, Scope: m.Place(), Readings: []app.Reading{presets.Reading(m.Metric)},
			})
		}
	}
	b = b.Add(-1, app.Lane{Kind: app.LogLane, Groups: groupsOf(slices.Concat(leading(causes), k.below), k.groups)})
	return b.Add(-1, app.Lane{Kind: app.TraceLane, Services: k.services}).Add(-1, app.Lane{Kind: app.CoverageLane})
}

// addMetric adds a lane while there is room for metrics.
func addMetric(b app.Board, l app.Lane) app.Board {
	if l.Kind != app.MetricLane || metricsIn(b) == proposedMetrics {
		return b
	}
	return b.Add(-1, l)
}

func metricsIn(b app.Board) (n int) {
	for _, l := range b.Lanes {
		if l.Kind == app.MetricLane {
			n++
		}
	}
	return n
}

// kin returns the other metrics of what an alarm watches, in the order of presets: of the same namespace, place and
// dimensions. What is drawn in the lane of another one is left out.
func kin(a app.Alarm, metrics []lane.PlacedMetric, presets app.Presets) []lane.PlacedMetric {
	if a.Metric == nil {
		return nil
	}
	var found []lane.PlacedMetric
	for _, service := range presets {
		if service.Namespace != a.Metric.Namespace {
			continue
		}
		for _, preset := range service.Metrics {
			m := lane.PlacedMetric{
				Scope: a.Place(), Metric: app.NewMetric(service.Namespace, preset.Name, a.Metric.Dimensions...),
			}
			there := slices.ContainsFunc(
				metrics, func(o lane.PlacedMetric) bool { return o.PlacedKey() == m.PlacedKey() },
			)
			if there && m.Metric.Key() != a.Metric.Key() && !shared(m, metrics, presets) {
				found = append(found, m)
			}
		}
	}
	return found
}

// groupsOf returns the log groups of resources; none, which stands for all groups, where there are more than a lane
// names.
func groupsOf(names []string, groups []app.LogGroup) []string {
	var found []string
	for _, n := range resource.Names(names...) {
		for _, group := range n.Groups(groups) {
			if !slices.Contains(found, group) {
				found = append(found, group)
			}
		}
	}
	if len(found) > proposedNames {
		return nil
	}
	return found
}

// leading returns what the alarms that cause one watch, or what those of them in alarm watch where that is more than a
// lane names.
func leading(causes []app.Alarm) []string {
	if names := resource.Watched(causes...); len(names) <= proposedNames {
		return names
	}
	return resource.Watched(app.Alarming(causes)...)
}

// readKnown reads what a board for an alarm is made from.
func readKnown(ctx context.Context, r Reader, a app.Alarm, within app.Range) (k known, err error) {
	scopes := []app.Scope{a.Place()}
	if k.alarms, err = r.Alarms(ctx, app.AlarmQuery{Scopes: scopes}); err != nil {
		return k, err
	}
	e := snapshot{places: scopes}
	if k.metrics, err = e.metrics(ctx, r); err != nil {
		return k, err
	}
	if k.groups, err = r.LogGroups(ctx, scopes); err != nil {
		return k, err
	}
	causes := a.Causes(k.alarms)
	graph, err := r.ServiceGraph(ctx, a.Place(), within)
	if err != nil {
		return k, err
	}
	k.below = graph.Downstream(leading(causes)...)
	// An alarm that is OK may watch what is slow by nature, and would set the scale.
	watched := resource.Watched(app.Alarming(causes)...)
	if len(watched) > proposedNames {
		return k, nil
	}
	for _, name := range watched {
		found, err := r.Latencies(
			ctx, app.TraceQuery{Scopes: scopes, Range: within, Resources: []string{name}, Limit: 1},
		)
		if err != nil {
			return k, err
		}
		if len(found) > 0 {
			k.services = append(k.services, name)
		}
	}
	return k, nil
}

// proposeFromSelected opens a board for the alarm that the drawer shows.
func (v *View) proposeFromSelected() {
	if a, ok := v.session.Selected.Now().(app.Alarm); ok {
		v.proposeFor(a)
	}
}

// proposeFor opens a board for an alarm, in the window around it.
func (v *View) proposeFor(a app.Alarm) {
	within := a.Around(v.session.End())
	ui.Load(&v.loads.proposal, func(ctx context.Context) (app.Board, error) {
		k, err := readKnown(ctx, v.reader, a, within)
		b := proposed(a, k, v.presets)
		b.Range = within
		return b, err
	}, func(b app.Board, err error) {
		if err != nil {
			v.failed = err
			v.arrange()
			return
		}
		v.openBoard(b)
	})
}
