package alarms

import (
	"strings"

	"github.com/nephograph/nephograph/app"
)

// filter says which rows of a board are shown, and in which groups and order.
type filter struct {
	text   string // its words all have to occur in a row
	facet  facet
	group  grouping
	order  order
	folded map[string]bool // the groups that are folded, by id
}

// facet is a part of the board that can be shown by itself.
type facet uint8

// The facets, in the order in which the head shows them.
const (
	facetAll facet = iota
	facetInAlarm
	facetInsufficientData
	facetOK
	facetFlapping
	facetMuted
	facetDeleted
	facetUnwatched // resources, not alarms
)

// facetNames are the names of the facets, in the window and in the state of the screen.
var facetNames = [...]string{"All", "In alarm", "Insufficient data", "OK", "Flapping", "Muted", "Deleted",
	"Not watched"}

// facetOf returns the facet of that name, facetAll if there is none.
func facetOf(name string) facet {
	for i, n := range facetNames {
		if n == name {
			return facet(i)
		}
	}
	return facetAll
}

// has reports whether a row belongs to the facet.
func (f facet) has(r *Row) bool {
	gone := !r.Alarm.Gone.IsZero()
	switch f {
	case facetAll:
		return true
	case facetInAlarm:
		return !gone && r.Alarm.State == app.InAlarm
	case facetInsufficientData:
		return !gone && r.Alarm.State == app.InsufficientData
	case facetOK:
		return !gone && r.Alarm.State == app.OK
	case facetFlapping:
		return r.Flapping
	case facetMuted:
		return r.Muted && !gone
	case facetDeleted:
		return gone
	}
	return false
}

// filtered is what a filter leaves of a board.
type filtered struct {
	rows      []*Row
	unwatched []app.Unwatched
	count     [len(facetNames)]int  // of each facet, among the rows that have the words
	any       [len(facetNames)]bool // whether a facet has anything at all
}

// filter returns the rows that have all words of a filter and belong to its facet, in its order.
func (b board) filter(f filter, presets app.Presets) filtered {
	left := filtered{rows: make([]*Row, 0, len(b.rows))}
	words := strings.Fields(strings.ToLower(f.text))
	for _, r := range b.rows {
		matches := hasAll(r.text, words)
		for facet := range facetUnwatched {
			if facet.has(r) {
				left.any[facet] = true
				if matches {
					left.count[facet]++
				}
			}
		}
		if matches && f.facet.has(r) {
			left.rows = append(left.rows, r)
		}
	}
	for _, u := range b.unwatched {
		if hasAll(strings.ToLower(unwatchedText(u, presets)), words) {
			left.count[facetUnwatched]++
			left.unwatched = append(left.unwatched, u)
		}
	}
	left.any[facetUnwatched] = len(b.unwatched) > 0
	f.order.sort(left.rows)
	return left
}

func hasAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
