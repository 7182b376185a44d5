package shell

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// readFindings reads all that the cache has a name for, in some places: alarms, services, log groups and metrics. open shows
// one of them. What it could read travels with its error.
func readFindings(ctx context.Context, r Reader, o outlook, open func(ui.Item)) ([]finding, error) {
	places, err := o.focus.Scopes, error(nil)
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
		graph, err := r.ServiceGraph(ctx, place, o.focus.At(o.now))
		all, problems = append(all, serviceFindings(place, graph, open)...), append(problems, err)
	}
	groups, err := r.LogGroups(ctx, places)
	for _, g := range groups {
		all = append(all, newFinding(ui.Command{Title: g.Name, Detail: "Log group · " + g.Region, Do: func() { open(g) }}, g.Account))
	}
	problems = append(problems, err)
	for _, place := range places {
		metrics, err := r.Metrics(ctx, place)
		for _, m := range metrics {
			all = append(all, metricFinding(place, m, o.presets, open))
		}
		problems = append(problems, err)
	}
	return all, errors.Join(problems...)
}

func alarmFinding(a app.Alarm, open func(ui.Item)) finding {
	_, _, state := ui.OfState(a.State)
	return newFinding(ui.Command{Title: a.Name, Detail: "Alarm, " + strings.ToLower(state) + " · " + a.Region, Do: func() { open(a) }}, a.Account)
}

// serviceFindings are the services of a graph, each once under all its types; clients are none.
func serviceFindings(place app.Scope, g app.ServiceGraph, open func(ui.Item)) (all []finding) {
	seen := map[string]bool{}
	for _, n := range g.Nodes {
		if n.Type == clientType || seen[n.Name] {
			continue
		}
		seen[n.Name] = true
		s := ui.Service{Scope: place, Name: n.Name}
		all = append(all, newFinding(ui.Command{Title: n.Name, Detail: "Service · " + place.Region, Do: func() { open(s) }}, n.Type, place.Account))
	}
	return all
}

// clientType is the type of those who send requests (AWS X-Ray API reference, GetServiceGraph).
const clientType = "client"

// metricFinding is a metric by its resource and the words that presets have for it, and by AWS's own names. Dimensions that
// only narrow its resource tell it from others that are called the same.
func metricFinding(place app.Scope, m app.Metric, presets app.Presets, open func(ui.Item)) finding {
	known, _ := presets.Of(m)
	resource, narrows := m.Subject(), ""
	for _, d := range m.Dimensions {
		if d.Value != resource {
			narrows += d.Value + " · "
		}
	}
	do := func() {
		open(app.Series{Scope: place, Reading: presets.Readings([]app.Metric{m}, nil)[0]})
	}
	return newFinding(ui.Command{Title: strings.TrimSpace(app.ShortResource(resource) + " " + cmp.Or(known.Short, m.Name)),
		Detail: narrows + "Metric, " + presets.Title(m.Namespace) + " · " + place.Region, Do: do}, m.Namespace, m.Name, resource, place.Account)
}
