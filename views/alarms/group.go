package alarms

import (
	"cmp"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

// grouping says what alarms are grouped by: a property of theirs, a tag as in "tag:team", or nothing for "".
type grouping string

// The groupings beside tags.
const (
	ungrouped   grouping = ""
	byService   grouping = "service"
	byResource  grouping = "resource"
	byComposite grouping = "composite"
	byOwner     grouping = "owner"
	byPlace     grouping = "place"
	tagPrefix            = "tag:"
)

// name is how the window writes it.
func (g grouping) name() string {
	if tag, ok := strings.CutPrefix(string(g), tagPrefix); ok {
		return "tag " + tag
	}
	switch g {
	case ungrouped:
		return "none"
	case byService:
		return "AWS service"
	case byPlace:
		return "account and Region"
	}
	return string(g)
}

// groupings are those that a board with these tags can be grouped by.
func groupings(tags []string) []grouping {
	list := []grouping{ungrouped, byService, byResource, byComposite, byOwner, byPlace}
	for _, t := range tags {
		list = append(list, grouping(tagPrefix+t))
	}
	return list
}

// line is one line of the table: an alarm, or the heading of a group.
type line struct {
	row   *Row   // of an alarm, or of the composite alarm in a heading; nil in other headings
	group *group // of a heading; nil for an alarm
	depth int
	key   string
}

// group is a group of alarms.
type group struct {
	id     string
	name   string // "" for the alarms that belong to no group
	rows   []*Row
	head   *Row // the composite alarm that reads these; nil without one
	count  [len(facetNames)]int
	folded bool
}

// lines arranges rows in groups; without a grouping each row is a line.
func (f filter) lines(rows []*Row, presets app.Presets) []line {
	if f.group == ungrouped {
		lines := make([]line, len(rows))
		for i, r := range rows {
			lines[i] = line{row: r, key: r.key}
		}
		return lines
	}
	var lines []line
	for _, g := range f.groups(rows, presets) {
		g.folded = f.folded[g.id]
		lines = append(lines, line{row: g.head, group: g, key: "group " + g.id})
		if g.folded {
			continue
		}
		for _, r := range g.rows {
			lines = append(lines, line{row: r, depth: 1, key: g.id + "\n" + r.key})
		}
	}
	return lines
}

// groups puts rows into groups, the one with the most alarms in alarm first, the one of no name last.
func (f filter) groups(rows []*Row, presets app.Presets) []*group {
	byID := map[string]*group{}
	var list []*group
	put := func(id, name string, r *Row) *group {
		g := byID[id]
		if g == nil {
			g = &group{id: id, name: name}
			byID[id] = g
			list = append(list, g)
		}
		g.rows = append(g.rows, r)
		for facet := range facetUnwatched {
			if facet.has(r) {
				g.count[facet]++
			}
		}
		return g
	}
	if f.group == byComposite {
		groupByComposite(rows, put)
	} else {
		for _, r := range rows {
			name := f.group.of(r.Alarm, presets)
			put(name, name, r)
		}
	}
	slices.SortStableFunc(list, func(a, b *group) int {
		return cmp.Or(emptyLast(a.name, b.name), cmp.Compare(b.count[facetInAlarm], a.count[facetInAlarm]),
			compareText(a.name, b.name))
	})
	return list
}

// of returns the name of an alarm's group, "" if it belongs to none.
func (g grouping) of(a app.Alarm, presets app.Presets) string {
	if tag, ok := strings.CutPrefix(string(g), tagPrefix); ok {
		return a.Tags[tag]
	}
	readings := a.Readings()
	switch {
	case g == byOwner:
		return ownerName(a)
	case g == byPlace:
		return a.Account + " · " + a.Region
	case len(readings) == 0:
		return ""
	case g == byService:
		return presets.Title(readings[0].Namespace)
	}
	return resource.Of(readings[0].Metric).Short
}

// groupByComposite puts each alarm into the group of every composite alarm that reads it. The others go into the group
// of none, as do composite alarms that read no alarm of the board.
func groupByComposite(rows []*Row, put func(id, name string, r *Row) *group) {
	byKey := map[string]*Row{}
	for _, r := range rows {
		byKey[r.key] = r
	}
	under := map[string]bool{}
	for _, r := range rows {
		for _, child := range r.Alarm.Children() {
			if c, ok := byKey[keyOf(app.Alarm{Scope: r.Alarm.Scope, Name: child})]; ok {
				put(r.key, r.Alarm.Name, c).head = r
				under[c.key], under[r.key] = true, true
			}
		}
	}
	for _, r := range rows {
		if !under[r.key] {
			put("", "", r)
		}
	}
}
