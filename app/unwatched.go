package app

import (
	"cmp"
	"slices"
	"strings"
)

// Unwatched is a resource with metrics of which no alarm watches any.
type Unwatched struct {
	Scope
	Namespace string
	Resource  string   // Metric.Subject
	Metrics   []Metric // by key
}

// FindUnwatched returns the resources of a scope that no alarm watches, by namespace and resource. metrics are those to
// be watched: a metric without a resource is none's. An alarm watches every resource that one of its readings names,
// but those of a Metrics Insights query (SELECT ...) are not known.
func FindUnwatched(s Scope, metrics []Metric, alarms []Alarm) []Unwatched {
	type place struct{ namespace, resource string }
	of := func(m Metric) place { return place{m.Namespace, m.Subject()} }
	watched := map[place]bool{}
	for _, a := range alarms {
		if a.Scope.Place() != s.Place() || !a.Gone.IsZero() {
			continue
		}
		for _, r := range a.Readings() {
			watched[of(r.Metric)] = true
		}
	}
	found := map[place]*Unwatched{}
	for _, m := range metrics {
		p := of(m)
		if p.resource == "" || watched[p] {
			continue
		}
		if found[p] == nil {
			found[p] = &Unwatched{Scope: s, Namespace: p.namespace, Resource: p.resource}
		}
		found[p].Metrics = append(found[p].Metrics, m)
	}
	list := make([]Unwatched, 0, len(found))
	for _, u := range found {
		slices.SortFunc(u.Metrics, func(a, b Metric) int { return strings.Compare(a.Key(), b.Key()) })
		list = append(list, *u)
	}
	slices.SortFunc(list, func(a, b Unwatched) int {
		return cmp.Or(strings.Compare(a.Namespace, b.Namespace), strings.Compare(a.Resource, b.Resource))
	})
	return list
}

// Telling returns the metric that shows first that something is wrong with the resource: the first that presets say
// tells, else the first that they know, else the first there is.
func (u Unwatched) Telling(presets Presets) Metric {
	for _, tells := range []bool{true, false} {
		for _, p := range presets {
			if p.Namespace != u.Namespace {
				continue
			}
			for _, known := range p.Metrics {
				i := slices.IndexFunc(u.Metrics, func(m Metric) bool { return m.Name == known.Name })
				if i >= 0 && (known.Tells || !tells) {
					return u.Metrics[i]
				}
			}
		}
	}
	return u.Metrics[0]
}
