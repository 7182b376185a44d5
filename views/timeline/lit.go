package timeline

import (
	"github.com/nephograph/nephograph/app"
)

// lit is a place that lights up because it is a relative of what the pointer is over.
type lit struct {
	lane   int
	part   litPart
	middle float32   // of a row or a mark in its lane
	within app.Range // of a stretch; a mark stands where it begins
}

type litPart uint8

const (
	litHead    litPart = iota // the lane's name
	litRow                    // one of its rows
	litMark                   // a change
	litStretch                // the time of bars or dots
)

// relatives returns what lights up for what a thing is related by.
func (s scene) relatives(k tie) []lit {
	var all []lit
	for i, b := range s.bonds {
		found := s.litIn(i, k)
		if len(found) > 0 && s.board.Lanes[i].Collapsed {
			found = []lit{{lane: i}}
		}
		if b.related(k) {
			all = append(all, lit{lane: i})
			if b.timed {
				for _, r := range k.within {
					found = append(found, lit{lane: i, part: litStretch, within: r})
				}
			}
		}
		all = append(all, found...)
	}
	return all
}

// litIn returns the rows and the marks of a lane that light up.
func (s scene) litIn(i int, k tie) (all []lit) {
	switch l := bare(s.lanes[i]).(type) {
	case *alarmLane:
		for row, r := range l.rows {
			if k.knows(r.Alarm) || k.shares(s.bonds[i].names[row]) {
				all = append(all, lit{lane: i, part: litRow, middle: l.middle(row)})
			}
		}
	case *changeLane:
		for m, mark := range l.marks {
			if k.shares(s.bonds[i].names[m]) || k.during(mark.at()) {
				all = append(all, lit{lane: i, part: litMark, middle: changeMiddle, within: app.Range{From: mark.at()}})
			}
		}
	}
	return all
}
