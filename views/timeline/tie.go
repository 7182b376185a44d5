package timeline

import (
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
)

// named is a resource by its short name, in the place where it is.
type named struct {
	place app.Scope
	name  string
}

// tie is by what a thing of the timeline has relatives: the resources that it concerns, the alarms above and below it, and
// the time that it took. A thing that concerns no resource is related to all that happened in its time.
type tie struct {
	names  []named
	alarms []app.Alarm
	within []app.Range
}

func (k tie) knows(a app.Alarm) bool {
	return slices.ContainsFunc(k.alarms, func(o app.Alarm) bool { return app.CompareAlarms(a, o) == 0 })
}

func (k tie) shares(o tie) bool {
	return slices.ContainsFunc(k.names, func(n named) bool { return slices.Contains(o.names, n) })
}

func (k tie) during(at time.Time) bool {
	return len(k.names) == 0 && slices.ContainsFunc(k.within, func(r app.Range) bool { return r.Contains(at) })
}

// bond is what a lane and the things in it are related by. It is made with the lane, so that hovering looks names up and
// nothing else.
type bond struct {
	names []tie // by row of alarms, or by mark of changes
	of    map[named]bool
	timed bool // bars or dots, which have a time
}

// related reports whether the lane as a whole concerns what a thing does.
func (b bond) related(k tie) bool {
	if b.timed && len(k.names) == 0 {
		return len(k.within) > 0
	}
	return slices.ContainsFunc(k.names, func(n named) bool { return b.of[n] })
}

// bonds returns that of each lane.
func bonds(e evidence, b app.Board, lanes []lane) []bond {
	all := make([]bond, len(lanes))
	for i, l := range b.Lanes {
		switch l.Kind {
		case app.AlarmLane:
			all[i].names = e.alarmTies(bare(lanes[i]).(*alarmLane).rows)
		case app.ChangeLane:
			for _, m := range bare(lanes[i]).(*changeLane).marks {
				all[i].names = append(all[i].names, changeTie(m.events...))
			}
		case app.MetricLane:
			all[i].of = map[named]bool{{l.Scope.Place(), app.ShortResource(l.Readings[0].Subject())}: true}
			for _, m := range l.More {
				all[i].of[named{m.Scope.Place(), app.ShortResource(m.Reading.Subject())}] = true
			}
		case app.LogLane:
			all[i] = bond{of: groupNames(e.groups, l.Groups), timed: true}
		case app.TraceLane:
			all[i] = bond{of: e.serviceNames(l.Services), timed: true}
		}
	}
	return all
}

// bare returns a lane without what is put around it.
func bare(l lane) lane {
	switch l := l.(type) {
	case namedLane:
		return bare(l.lane)
	case sizedLane:
		return bare(l.lane)
	case collapsedLane:
		return bare(l.lane)
	}
	return l
}

// groupNames are the names in those of log groups: the parts between slashes. No group is named: all count.
func groupNames(groups []app.LogGroup, only []string) map[named]bool {
	names := map[named]bool{}
	for _, g := range groups {
		if len(only) > 0 && !slices.Contains(only, g.Name) {
			continue
		}
		for _, part := range strings.Split(strings.Trim(g.Name, "/"), "/") {
			names[named{g.Place(), part}] = true
		}
	}
	return names
}

// serviceNames are the services that took part in traces, or those that a lane shows. A stage is called shop-api/prod.
func (e evidence) serviceNames(only []string) map[named]bool {
	names := map[named]bool{}
	for _, g := range e.graphs {
		for _, n := range g.Nodes {
			short, _, _ := strings.Cut(n.Name, "/")
			if len(only) == 0 || slices.Contains(only, n.Name) || slices.Contains(only, short) {
				names[named{g.Place(), n.Name}], names[named{g.Place(), short}] = true, true
			}
		}
	}
	return names
}

// alarmTies returns what each alarm of the rows is related by.
func (e evidence) alarmTies(rows []insight.RankedAlarm) []tie {
	alarms := make([]app.Alarm, len(e.alarms))
	under := map[int][]int{} // alarms of each composite one's rule
	of := insight.AlarmsUnder(e.alarms)
	for i, w := range e.alarms {
		alarms[i] = w.Alarm
		if w.Kind == app.CompositeAlarm {
			under[i] = of(w)
		}
	}
	all := make([]tie, len(rows))
	for i, r := range rows {
		own := insight.IndexOfAlarm(e.alarms, r.AlarmWindow)
		k := tie{alarms: []app.Alarm{r.Alarm}, within: r.InAlarm()}
		for parent, children := range under {
			if slices.Contains(children, own) {
				k.alarms = append(k.alarms, alarms[parent])
			}
		}
		for _, c := range under[own] {
			k.alarms = append(k.alarms, alarms[c])
		}
		for _, c := range r.Causes(alarms) {
			for _, reading := range c.Readings() {
				k.names = append(k.names, named{c.Place(), app.ShortResource(reading.Subject())})
			}
		}
		all[i] = k
	}
	return all
}

// changeTie is what changes are related by.
func changeTie(events ...app.TrailEvent) tie {
	var k tie
	for _, e := range events {
		for _, r := range e.Resources {
			for _, name := range resourceParts(r.Name) {
				k.names = append(k.names, named{e.Place(), name})
			}
		}
	}
	return k
}

// resourceParts are the names in that of a resource: of an ARN, all parts of what it names, as table/orders or
// loadbalancer/app/shop/50dc6c495c0c9188 does.
func resourceParts(name string) []string {
	if !strings.HasPrefix(name, "arn:") {
		return []string{app.ShortResource(name)}
	}
	parts := strings.SplitN(name, ":", 6) // arn:partition:service:region:account:resource
	return strings.FieldsFunc(parts[len(parts)-1], func(r rune) bool { return r == ':' || r == '/' })
}

// tieOf returns what a thing that is shown is related by.
func (s scene) tieOf(item app.Item) tie {
	switch item := app.PlainItem(item).(type) {
	case app.Alarm:
		for i, l := range s.lanes {
			if alarms, ok := bare(l).(*alarmLane); ok {
				for row, r := range alarms.rows {
					if app.CompareAlarms(r.Alarm, item) == 0 {
						return s.bonds[i].names[row]
					}
				}
			}
		}
	case app.TrailEvent:
		return changeTie(item)
	case app.Changes:
		return changeTie(item...)
	case app.Series:
		return tie{names: []named{{item.Place(), app.ShortResource(item.Subject())}}}
	case app.Latency:
		return tie{within: []app.Range{{From: item.At, To: item.At.Add(max(item.Response, time.Millisecond))}}}
	case app.LogBucket:
		return tie{within: []app.Range{item.Range}}
	}
	return tie{}
}

// traceTie is what a trace is related by, once its spans are known: its services, the resources that they use, and its time.
func traceTie(l app.Latency, t app.Trace, places []app.Scope) tie {
	k := tie{within: []app.Range{{From: l.At, To: l.At.Add(max(l.Response, time.Millisecond))}}}
	add := func(name string) {
		short, _, _ := strings.Cut(name, "/")
		for _, p := range places { // a call may go to another account
			if n := (named{p.Place(), short}); short != "" && !slices.Contains(k.names, n) {
				k.names = append(k.names, n)
			}
		}
	}
	add(t.Entry)
	for _, s := range t.Spans {
		add(s.Service)
		for _, part := range resourceParts(s.Resource) {
			add(part)
		}
	}
	return k
}
