package timeline

import (
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/app/resource"
)

// only returns the snapshot with the alarms of a lane, and the changes that concern its resources, where the lane names
// any.
func (snap snapshot) only(l app.Lane) snapshot {
	here := func(place app.Scope) bool { return l.Scope == app.Scope{} || place == l.Scope.Place() }
	if len(l.Alarms) > 0 {
		snap.every = true
		snap.alarms = slices.DeleteFunc(slices.Clone(snap.alarms), func(w insight.AlarmWindow) bool {
			return !here(w.Place()) || !slices.Contains(l.Alarms, w.Name)
		})
	}
	if len(l.Resources) > 0 {
		// Which of these changes matters most depends on them and on the alarms of the same resources alone.
		snap.proposal = proposal{}
		names := resource.Names(l.Resources...)
		snap.alarms = slices.DeleteFunc(slices.Clone(snap.alarms), func(w insight.AlarmWindow) bool {
			return !here(w.Place()) || !watchesOneOf(w.Alarm, l.Resources)
		})
		snap.changes = slices.DeleteFunc(slices.Clone(snap.changes), func(c app.TrailEvent) bool {
			return !here(c.Place()) || !resource.Concerns(c, names)
		})
	}
	return snap
}

// watchesOneOf reports whether an alarm watches one of these resources.
func watchesOneOf(a app.Alarm, names []string) bool {
	return slices.ContainsFunc(resource.Watched(a), func(name string) bool { return slices.Contains(names, name) })
}

// rows are the alarms of the lane, in order: those that matter, and the others below them where every one is shown.
func (snap snapshot) rows() []insight.RankedAlarm {
	rest := insight.RankAlarms(snap.alarms)
	var rows []insight.RankedAlarm
	if snap.every {
		rows = slices.Clone(rest)
		for _, w := range snap.alarms {
			rest = append(rest, insight.RankedAlarm{AlarmWindow: w})
		}
	} else {
		rows, _ = snap.proposal.rank(snap.alarms, rest)
	}
	for _, w := range rest {
		if (snap.every || w.Weight < insight.Quiet) && !slices.ContainsFunc(rows, w.Is) {
			rows = append(rows, w)
		}
	}
	return rows
}

// relativesOf are the names of an alarm, of the composite ones whose rule has it, of those in its own rule, and of all
// others on what they watch.
func relativesOf(a app.Alarm, causes, all []app.Alarm) []string {
	names := []string{a.Name}
	add := func(o app.Alarm) {
		if o.Place() == a.Place() && !slices.Contains(names, o.Name) {
			names = append(names, o.Name)
		}
	}
	for _, o := range all {
		if o.Kind == app.CompositeAlarm && slices.Contains(o.Children(), a.Name) {
			add(o)
		}
	}
	for _, c := range causes {
		add(c)
	}
	watched := resource.Watched(causes...)
	for _, o := range all {
		if watchesOneOf(o, watched) {
			add(o)
		}
	}
	return names
}

// changesOf is the lane of the changes to what alarms watch and to what is called by that, in all places, since calls
// cross accounts; of all changes where alarms name nothing.
func changesOf(causes []app.Alarm, below []string) app.Lane {
	l := app.Lane{Kind: app.TrailLane}
	for _, name := range append(resource.Watched(causes...), below...) {
		name, _, _ = strings.Cut(name, "/") // a stage is called shop-api/prod
		if !slices.Contains(l.Resources, name) {
			l.Resources = append(l.Resources, name)
		}
	}
	return l
}

// origin says which alarm the board was proposed for.
func (v *View) origin() string {
	if name := v.edits.Here().Alarm; name != "" {
		return " · proposed from the alarm " + name
	}
	return ""
}

// narrow keeps the alarms that name a resource, all for "".
func narrow(alarms []app.Alarm, name string) []app.Alarm {
	if name == "" {
		return alarms
	}
	of := resource.Read(name)
	return slices.DeleteFunc(slices.Clone(alarms), func(a app.Alarm) bool { return !of.NamedBy(a) })
}
