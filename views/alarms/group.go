package alarms

import (
	"cmp"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// grouping says what alarms are put together by; "" by nothing, "tag:team" by a tag.
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

// name is how the head says it.
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

// groupings are those that there are for a board.
func groupings(tags []string) []grouping {
	list := []grouping{ungrouped, byService, byResource, byComposite, byOwner, byPlace}
	for _, t := range tags {
		list = append(list, grouping(tagPrefix+t))
	}
	return list
}

// line is one line of the table: an alarm, or the head of a group.
type line struct {
	row   *Row   // of an alarm, or of the composite alarm that heads its group; nil for the head of a group that none heads
	group *group // of a head; nil for an alarm
	depth int
	key   string
}

// group is what stands together.
type group struct {
	id     string
	name   string // "": what belongs to no group
	rows   []*Row
	head   *Row // the composite alarm; nil where the group is none's
	count  [len(facetNames)]int
	folded bool
}

// lines arranges rows in groups; without a grouping each is a line.
func (w filter) lines(rows []*Row, presets app.Presets) []line {
	if w.group == ungrouped {
		lines := make([]line, len(rows))
		for i, r := range rows {
			lines[i] = line{row: r, key: r.key}
		}
		return lines
	}
	var lines []line
	for _, g := range w.groups(rows, presets) {
		g.folded = w.folded[g.id]
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

// groups puts rows together, those with most alarms in alarm first, and what belongs to none last.
func (w filter) groups(rows []*Row, presets app.Presets) []*group {
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
		for f := range facetUnwatched {
			if f.has(r) {
				g.count[f]++
			}
		}
		return g
	}
	if w.group == byComposite {
		groupByComposite(rows, put)
	} else {
		for _, r := range rows {
			name := w.group.of(r.Alarm, presets)
			put(name, name, r)
		}
	}
	slices.SortStableFunc(list, func(a, b *group) int {
		return cmp.Or(emptyLast(a.name, b.name), cmp.Compare(b.count[facetInAlarm], a.count[facetInAlarm]), compareText(a.name, b.name))
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
	return app.ShortResource(readings[0].Subject())
}

// groupByComposite puts each alarm under every composite alarm that reads it, and the rest, with composite alarms that have
// none of their own here, under none.
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
