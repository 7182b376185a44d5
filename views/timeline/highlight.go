package timeline

import (
	"github.com/nephograph/nephograph/app"
)

// highlight is a place that lights up because it is related to what the pointer is over.
type highlight struct {
	row    int
	part   highlightPart
	middle float32   // of one of several rows of a lane, or of a mark
	within app.Range // of a stretch; a mark stands where it begins
}

type highlightPart uint8

const (
	highlightName    highlightPart = iota // the lane's name
	highlightRow                          // one of its rows
	highlightMark                         // a change
	highlightStretch                      // the time of bars or dots
)

// related returns what lights up for a relation.
func (s scene) related(k relation) []highlight {
	var all []highlight
	for i, r := range s.rows {
		found := r.relations.highlights(i, k)
		if len(found) > 0 && r.collapsed {
			found = []highlight{{row: i}}
		}
		if r.relations.related(k) {
			all = append(all, highlight{row: i})
			if r.relations.timed {
				for _, w := range k.within {
					found = append(found, highlight{row: i, part: highlightStretch, within: w})
				}
			}
		}
		all = append(all, found...)
	}
	return all
}

// highlights returns the things of a row's lane that light up.
func (r laneRelations) highlights(row int, k relation) (all []highlight) {
	for _, t := range r.things {
		alarm, is := t.at.Item.(app.Alarm)
		switch {
		case is && (k.knows(alarm) || k.shares(t.relation)):
			all = append(all, highlight{row: row, part: highlightRow, middle: t.at.Middle})
		case !is && (k.shares(t.relation) || k.during(t.at.At)):
			all = append(
				all, highlight{row: row, part: highlightMark, middle: t.at.Middle, within: app.Range{From: t.at.At}},
			)
		}
	}
	return all
}
