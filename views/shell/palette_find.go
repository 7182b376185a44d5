package shell

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/ui"
)

// readFindings reads all that the cache has a name for, in some places: alarms, services, log groups and metrics. open
// shows one of them. What it could read travels with its error.
func readFindings(ctx context.Context, r Reader, o drawer.ReadContext, open func(app.Item)) ([]finding, error) {
	places, err := o.Focus.Scopes, error(nil)
	if len(places) == 0 {
		if places, err = r.Scopes(ctx); err != nil {
			return nil, err
		}
	}
	var all []finding
	alarms, err := r.Alarms(ctx, app.AlarmQuery{Scopes: places})
	for _, a := range alarms {
		all = append(all, alarmFinding(a, open))
	}
	problems := []error{err}
	for _, place := range places {
		names, err := servicesIn(ctx, r, place, o.Window)
		for _, name := range names {
			all = append(all, newFinding(ui.Command{Title: name, Detail: "Service · " + place.Region,
				Do: func() { open(app.Service{Scope: place, Name: name}) }}).in(place.Account))
		}
		problems = append(problems, err)
	}
	groups, err := r.LogGroups(ctx, places)
	for _, g := range groups {
		all = append(all, newFinding(ui.Command{Title: g.Name, Detail: "Log group · " + g.Region,
			Do: func() { open(g) }}).in(g.Account))
	}
	problems = append(problems, err)
	for _, place := range places {
		metrics, err := r.Metrics(ctx, place)
		for _, m := range metrics {
			all = append(all, metricFinding(place, m, o.Presets, open))
		}
		problems = append(problems, err)
	}
	return tellApart(all), errors.Join(problems...)
}

func alarmFinding(a app.Alarm, open func(app.Item)) finding {
	_, _, state := ui.OfState(a.State)
	return newFinding(ui.Command{Title: a.Name, Detail: "Alarm, " + strings.ToLower(state) + " · " + a.Region,
		Do: func() { open(a) }}).in(a.Account)
}

// servicesIn returns the names of the services of a place in a range, each once: those of the service graph but
// clients, or, where the cache has no graph, those at which the newest traces entered.
func servicesIn(ctx context.Context, r Reader, place app.Scope, within app.Range) (names []string, err error) {
	graph, err := r.ServiceGraph(ctx, place, within)
	if err != nil {
		return nil, err
	}
	for _, n := range graph.Nodes {
		if n.Type != app.ClientType && !slices.Contains(names, n.Name) {
			names = append(names, n.Name)
		}
	}
	if len(graph.Nodes) > 0 {
		return names, nil
	}
	for t, err := range r.Traces(ctx, app.TraceQuery{Scopes: []app.Scope{place}, Range: within, Newest: true,
		Limit: newestTraces}) {
		if err != nil {
			return names, err
		}
		if t.Entry != "" && !slices.Contains(names, t.Entry) {
			names = append(names, t.Entry)
		}
	}
	return names, nil
}

// newestTraces is how many traces are looked at for services: their summaries are read in a few milliseconds.
const newestTraces = 200

// metricFinding is a metric by its resource and the words that presets have for it, and by AWS's own names. Dimensions
// that only narrow its resource tell it from others that are called the same.
func metricFinding(place app.Scope, m app.Metric, presets app.Presets, open func(app.Item)) finding {
	known, _ := presets.Of(m)
	subject, narrows := m.Subject(), ""
	for _, d := range m.Dimensions {
		if d.Value != subject {
			narrows += d.Value + " · "
		}
	}
	do := func() {
		open(app.Series{Scope: place, Reading: presets.Readings([]app.Metric{m}, nil)[0]})
	}
	return newFinding(ui.Command{Title: strings.TrimSpace(resource.Short(subject) + " " + cmp.Or(known.Short, m.Name)),
		Detail: narrows + "Metric, " + presets.Title(m.Namespace) + " · " + place.Region, Do: do}, m.Namespace, m.Name,
		subject).in(place.Account)
}
