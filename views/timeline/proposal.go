package timeline

import (
	"context"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

const (
	proposedMetrics = 6 // lanes of metrics: more are not read at one look
	proposedGroups  = 4 // log groups in one lane
)

// known is what the cache has in the places of an alarm, of which a board for it is made.
type known struct {
	alarms   []app.Alarm
	metrics  []placed
	groups   []app.LogGroup
	services []string // of which traces were found
	below    []string // by which the requests to what it watches are answered
}

// proposed returns a board for an alarm: what it watches, the other metrics of the same resource in the order in which
// presets have them, the logs and the traces of that name, the alarms and the changes. For a composite alarm the same of
// the alarms of its rule.
func proposed(a app.Alarm, k known, presets app.Presets) app.Board {
	b := app.Board{Name: a.Name, Alarm: a.Name}
	causes := causesOf(a, k.alarms)
	b = b.Add(-1, app.Lane{Kind: app.AlarmLane, Scope: a.Place(), Alarms: relativesOf(a, causes, k.alarms)})
	b = b.Add(-1, changesOf(causes, k.below))
	for _, c := range causes {
		if l, ok := laneFor(c); ok {
			b = addMetric(b, l)
		}
	}
	for _, c := range causes {
		for _, m := range kin(c, k.metrics, presets) {
			b = addMetric(b, app.Lane{Kind: app.MetricLane, Scope: m.Place(), Readings: []app.Reading{usualReading(m.Metric, presets)}})
		}
	}
	b = b.Add(-1, app.Lane{Kind: app.LogLane, Groups: groupsOf(causes, k.groups)})
	traces := app.Lane{Kind: app.TraceLane}
	if len(k.services) > 0 {
		traces.Service = k.services[0]
	}
	return b.Add(-1, traces).Add(-1, app.Lane{Kind: app.CoverageLane})
}

// addMetric adds a lane while there is room for metrics.
func addMetric(b app.Board, l app.Lane) app.Board {
	n := 0
	for _, o := range b.Lanes {
		if o.Kind == app.MetricLane {
			n++
		}
	}
	if l.Kind != app.MetricLane || n == proposedMetrics {
		return b
	}
	return b.Add(-1, l)
}

// causesOf returns the alarm, or those of a composite alarm's rule, at any depth.
func causesOf(a app.Alarm, all []app.Alarm) []app.Alarm {
	var found []app.Alarm
	seen := map[string]bool{}
	var add func(app.Alarm)
	add = func(a app.Alarm) {
		if seen[a.Name] {
			return
		}
		seen[a.Name] = true
		if a.Kind != app.CompositeAlarm {
			found = append(found, a)
			return
		}
		for _, name := range a.Children() {
			if i := slices.IndexFunc(all, func(o app.Alarm) bool { return o.Place() == a.Place() && o.Name == name }); i >= 0 {
				add(all[i])
			}
		}
	}
	add(a)
	return found
}

// kin returns the other metrics of what an alarm watches, in the order of presets: of the same namespace, place and
// dimensions. What is drawn in the lane of another one is left out.
func kin(a app.Alarm, metrics []placed, presets app.Presets) []placed {
	if a.Metric == nil {
		return nil
	}
	var found []placed
	for _, service := range presets {
		if service.Namespace != a.Metric.Namespace {
			continue
		}
		for _, preset := range service.Metrics {
			m := placed{a.Place(), app.NewMetric(service.Namespace, preset.Name, a.Metric.Dimensions...)}
			there := slices.ContainsFunc(metrics, func(o placed) bool { return o.key() == m.key() })
			if there && m.Metric.Key() != a.Metric.Key() && !shared(m, metrics, presets) {
				found = append(found, m)
			}
		}
	}
	return found
}

// resourcesOf are the names of what alarms watch.
func resourcesOf(alarms []app.Alarm) []string {
	var names []string
	for _, a := range alarms {
		for _, m := range metricsOf(a) {
			if name := m.Subject(); name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// groupsOf returns the log groups in whose name one that alarms watch is a part between slashes; none for all groups.
func groupsOf(alarms []app.Alarm, groups []app.LogGroup) []string {
	var found []string
	for _, name := range resourcesOf(alarms) {
		for _, g := range groups {
			if slices.Contains(strings.Split(g.Name, "/"), name) && len(found) < proposedGroups && !slices.Contains(found, g.Name) {
				found = append(found, g.Name)
			}
		}
	}
	return found
}

// readKnown reads of what a board for an alarm is made.
func readKnown(ctx context.Context, r Reader, a app.Alarm, within app.Range) (k known, err error) {
	scopes := []app.Scope{a.Place()}
	if k.alarms, err = r.Alarms(ctx, app.AlarmQuery{Scopes: scopes}); err != nil {
		return k, err
	}
	e := evidence{places: scopes}
	if k.metrics, err = e.metrics(ctx, r); err != nil {
		return k, err
	}
	if k.groups, err = r.LogGroups(ctx, scopes); err != nil {
		return k, err
	}
	watched := resourcesOf(causesOf(a, k.alarms))
	graph, err := r.ServiceGraph(ctx, a.Place(), within)
	if err != nil {
		return k, err
	}
	k.below = graph.Downstream(watched...)
	for _, name := range watched {
		found, err := r.Latencies(ctx, app.TraceQuery{Scopes: scopes, Range: within, Resource: name, Limit: 1})
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
	ui.Load(&v.proposing, func(ctx context.Context) (known, error) { return readKnown(ctx, v.reader, a, within) },
		func(k known, err error) {
			if err != nil {
				v.failed = err
				v.arrange()
				return
			}
			b := proposed(a, k, v.presets)
			b.Range = within
			v.openBoard(b)
		})
}
