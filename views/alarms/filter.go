package alarms

import (
	"strings"

	"github.com/nephograph/nephograph/app"
)

// filter is what a person wants to see of a board.
type filter struct {
	text   string // words that all have to occur
	facet  facet
	group  grouping
	order  order
	folded map[string]bool // groups by name
}

// facet is a part of the board that can be shown alone.
type facet uint8

// The facets, in the order in which they stand.
const (
	facetAll facet = iota
	facetInAlarm
	facetInsufficientData
	facetOK
	facetFlapping
	facetDeleted
	facetUnwatched // resources, not alarms
)

// facetNames are their names; what is kept of a screen is written with them.
var facetNames = [...]string{"All", "In alarm", "No data", "OK", "Flapping", "Deleted", "Not watched"}

// facetOf returns the facet of that name, everything if there is none.
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
	case facetDeleted:
		return gone
	}
	return false
}

// filtered is what a wish leaves of a board.
type filtered struct {
	rows      []*Row
	unwatched []app.Unwatched
	count     [len(facetNames)]int  // of each facet, among what the words leave
	any       [len(facetNames)]bool // whether a facet has anything at all
}

// filter returns the rows that have all words and belong to the facet, in the order of the wish.
func (b board) filter(w filter, presets app.Presets) filtered {
	p := filtered{rows: make([]*Row, 0, len(b.rows))}
	words := strings.Fields(strings.ToLower(w.text))
	for _, r := range b.rows {
		fits := hasAll(r.text, words)
		for f := range facetUnwatched {
			if f.has(r) {
				p.any[f] = true
				if fits {
					p.count[f]++
				}
			}
		}
		if !fits {
			continue
		}
		if w.facet.has(r) {
			p.rows = append(p.rows, r)
		}
	}
	for _, u := range b.unwatched {
		if hasAll(strings.ToLower(unwatchedText(u, presets)), words) {
			p.count[facetUnwatched]++
			p.unwatched = append(p.unwatched, u)
		}
	}
	p.any[facetUnwatched] = len(b.unwatched) > 0
	w.order.sort(p.rows)
	return p
}

func hasAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
