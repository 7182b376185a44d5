package alarms

import (
	"strings"

	"github.com/nephograph/nephograph/app"
)

// wish is what a person wants to see of a board.
type wish struct {
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
	everything facet = iota
	inAlarm
	noData
	fine
	flapping
	deleted
	unwatched // resources, not alarms
)

// facets are their names; what is kept of a screen is written with them.
var facets = [...]string{"All", "In alarm", "No data", "OK", "Flapping", "Deleted", "Not watched"}

// facetOf returns the facet of that name, everything if there is none.
func facetOf(name string) facet {
	for i, n := range facets {
		if n == name {
			return facet(i)
		}
	}
	return everything
}

// has reports whether a row belongs to the facet.
func (f facet) has(r *Row) bool {
	gone := !r.Alarm.Gone.IsZero()
	switch f {
	case everything:
		return true
	case inAlarm:
		return !gone && r.Alarm.State == app.InAlarm
	case noData:
		return !gone && r.Alarm.State == app.InsufficientData
	case fine:
		return !gone && r.Alarm.State == app.OK
	case flapping:
		return r.Flapping
	case deleted:
		return gone
	}
	return false
}

// picked is what a wish leaves of a board.
type picked struct {
	rows  []*Row
	blind []app.Unwatched
	count [len(facets)]int  // of each facet, among what the words leave
	any   [len(facets)]bool // whether a facet has anything at all
}

// pick returns the rows that have all words and belong to the facet, in the order of the wish.
func (b board) pick(w wish, presets app.Presets) picked {
	p := picked{rows: make([]*Row, 0, len(b.rows))}
	words := strings.Fields(strings.ToLower(w.text))
	for _, r := range b.rows {
		fits := hasAll(r.words, words)
		for f := range unwatched {
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
	for _, u := range b.blind {
		if hasAll(strings.ToLower(blindWords(u, presets)), words) {
			p.count[unwatched]++
			p.blind = append(p.blind, u)
		}
	}
	p.any[unwatched] = len(b.blind) > 0
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
