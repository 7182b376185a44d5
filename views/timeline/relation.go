package timeline

import (
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/lane"
)

// placedName is a resource by one of its names, in the place where it is.
type placedName struct {
	place   app.Scope
	name    string
	service string // as ARNs write it, where that is known: the function orders is not the table orders
}

// same reports whether two names may mean one resource.
func (n placedName) same(o placedName) bool {
	return n.place == o.place && n.name == o.name && (n.service == "" || o.service == "" || n.service == o.service)
}

// placedNames are the names of a resource in a place.
func placedNames(place app.Scope, of resource.Name) []placedName {
	var all []placedName
	for _, name := range of.All() {
		all = append(all, placedName{place, name, serviceOf(of)})
	}
	return all
}

// serviceOf is the service of a resource; a log group that is named after nothing known may be of any.
func serviceOf(of resource.Name) string {
	if of.Service == "logs" {
		return ""
	}
	return of.Service
}

// nameSet are names, found by place and name without their service.
type nameSet map[placedName][]placedName

func (s nameSet) add(names ...placedName) {
	for _, n := range names {
		key := placedName{place: n.place, name: n.name}
		s[key] = append(s[key], n)
	}
}

// has reports whether one of the names may mean the same as n.
func (s nameSet) has(n placedName) bool {
	return slices.ContainsFunc(s[placedName{place: n.place, name: n.name}], n.same)
}

// measured is what a metric measures in a place.
func measured(place app.Scope, m app.Metric) placedName {
	of := resource.Of(m)
	return placedName{place.Place(), of.Short, serviceOf(of)}
}

// relation is what a thing of the timeline is related to others by: the resources that it concerns, the alarms above
// and below it, and the time that it took. A thing that concerns no resource is related to all that happened in its
// time.
type relation struct {
	names  []placedName
	alarms []app.Alarm
	within []app.Range
}

func (k relation) knows(a app.Alarm) bool {
	return slices.ContainsFunc(k.alarms, func(o app.Alarm) bool { return app.CompareAlarms(a, o) == 0 })
}

func (k relation) shares(o relation) bool {
	return slices.ContainsFunc(k.names, func(n placedName) bool { return slices.ContainsFunc(o.names, n.same) })
}

func (k relation) during(at time.Time) bool {
	return len(k.names) == 0 && slices.ContainsFunc(k.within, func(r app.Range) bool { return r.Contains(at) })
}

// laneRelations are what a lane and the things in it are related by. They are found when the lane is made, so that
// hovering looks names up and does nothing else.
type laneRelations struct {
	things []thing // rows of alarms, or marks of changes
	of     nameSet
	timed  bool // bars or dots, which have a time
}

// thing is one of a lane, with what it is related by.
type thing struct {
	at lane.Place
	relation
}

// related reports whether the lane as a whole concerns what a thing does.
func (r laneRelations) related(k relation) bool {
	if r.timed && len(k.names) == 0 {
		return len(k.within) > 0
	}
	return slices.ContainsFunc(k.names, func(n placedName) bool { return r.of.has(n) })
}

// relationsOf returns those of a lane of a board.
func (snap snapshot) relationsOf(l app.Lane, made lane.Lane) laneRelations {
	switch l.Kind {
	case app.AlarmLane, app.TrailLane:
		if l, ok := made.(lane.Lister); ok {
			return laneRelations{things: snap.related(l.Things())}
		}
	case app.MetricLane:
		of := nameSet{}
		of.add(measured(l.Scope, l.Readings[0].Metric))
		for _, m := range l.More {
			of.add(measured(m.Scope, m.Reading.Metric))
		}
		return laneRelations{of: of}
	case app.LogLane:
		return laneRelations{of: groupNames(snap.groups, l.Groups), timed: true}
	case app.TraceLane:
		return laneRelations{of: snap.serviceNames(l.Services), timed: true}
	}
	return laneRelations{}
}

// related says what things are related by.
func (snap snapshot) related(places []lane.Place) []thing {
	ofAlarm := snap.alarmRelations()
	all := make([]thing, len(places))
	for i, p := range places {
		all[i].at = p
		switch item := p.Item.(type) {
		case app.Alarm:
			all[i].relation = ofAlarm(item)
		case app.TrailEvent:
			all[i].relation = changeRelation(item)
		case app.Changes:
			all[i].relation = changeRelation(item...)
		}
	}
	return all
}

// groupNames are the names of the resources whose logs log groups hold. No group is named: all count.
func groupNames(groups []app.LogGroup, only []string) nameSet {
	names := nameSet{}
	for _, g := range groups {
		if len(only) > 0 && !slices.Contains(only, g.Name) {
			continue
		}
		names.add(placedNames(g.Place(), resource.OfGroup(g.Name))...)
	}
	return names
}

// serviceNames are the services that took part in traces, or those that a lane shows. A stage is called shop-api/prod.
func (snap snapshot) serviceNames(only []string) nameSet {
	names := nameSet{}
	for _, g := range snap.graphs {
		for _, n := range g.Nodes {
			short, _, _ := strings.Cut(n.Name, "/")
			if len(only) == 0 || slices.Contains(only, n.Name) || slices.Contains(only, short) {
				of := resource.ServiceOf(n.Type)
				names.add(placedName{g.Place(), n.Name, of}, placedName{g.Place(), short, of})
			}
		}
	}
	return names
}

// alarmRelations returns a function that says what an alarm is related by.
func (snap snapshot) alarmRelations() func(app.Alarm) relation {
	alarms := make([]app.Alarm, len(snap.alarms))
	under := map[int][]int{} // alarms of each composite one's rule
	of := insight.AlarmsUnder(snap.alarms)
	for i, w := range snap.alarms {
		alarms[i] = w.Alarm
		if w.Kind == app.CompositeAlarm {
			under[i] = of(w)
		}
	}
	return func(a app.Alarm) relation {
		own, _ := insight.FindAlarm(snap.alarms, a)
		k := relation{alarms: []app.Alarm{a}, within: snap.alarms[own].InAlarm()}
		for parent, children := range under {
			if slices.Contains(children, own) {
				k.alarms = append(k.alarms, alarms[parent])
			}
		}
		for _, c := range under[own] {
			k.alarms = append(k.alarms, alarms[c])
		}
		for _, c := range a.Causes(alarms) {
			for _, reading := range c.Readings() {
				k.names = append(k.names, measured(c.Scope, reading.Metric))
			}
		}
		return k
	}
}

// changeRelation is what changes are related by.
func changeRelation(events ...app.TrailEvent) relation {
	var k relation
	for _, e := range events {
		for _, of := range resource.Concerned(e) {
			k.names = append(k.names, placedNames(e.Place(), of)...)
		}
	}
	return k
}

// relationOf returns what a thing that is shown is related by.
func (s scene) relationOf(item app.Item) relation {
	switch item := app.PlainItem(item).(type) {
	case app.Alarm:
		for _, r := range s.rows {
			for _, t := range r.relations.things {
				if a, ok := t.at.Item.(app.Alarm); ok && app.CompareAlarms(a, item) == 0 {
					return t.relation
				}
			}
		}
	case app.TrailEvent:
		return changeRelation(item)
	case app.Changes:
		return changeRelation(item...)
	case app.Series:
		return relation{names: []placedName{measured(item.Scope, item.Metric)}}
	case app.Latency:
		return relation{within: []app.Range{{From: item.At, To: item.At.Add(max(item.Response, time.Millisecond))}}}
	case app.LogBucket:
		return relation{within: []app.Range{item.Range}}
	}
	return relation{}
}

// traceRelation is what a trace is related by, once its spans are known: its services, the resources that they use, and
// its time.
func traceRelation(l app.Latency, t app.Trace, places []app.Scope) relation {
	k := relation{within: []app.Range{{From: l.At, To: l.At.Add(max(l.Response, time.Millisecond))}}}
	add := func(name, service string) {
		short, _, _ := strings.Cut(name, "/")
		for _, p := range places { // a call may go to another account
			if n := (placedName{p.Place(), short, service}); short != "" && !slices.Contains(k.names, n) {
				k.names = append(k.names, n)
			}
		}
	}
	add(t.Entry, "")
	for _, s := range t.Spans {
		add(s.Service, "")
		called := resource.Read(s.Resource)
		for _, part := range called.All() {
			add(part, serviceOf(called))
		}
	}
	return k
}
