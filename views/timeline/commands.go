package timeline

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

var _ ui.Commander = (*View)(nil)

// Commands are what can be done with lanes and boards, for the command palette.
func (v *View) Commands() []ui.Command {
	list := []ui.Command{
		{Title: "Add a lane …", Detail: "Timeline", Keys: "a", Do: v.showAdd},
		{Title: "Boards: open, save, delete", Detail: "Timeline", Keys: "b", Do: v.showBoards},
	}
	if at, _, shown := v.pointed(); shown {
		list = append(list, ui.Command{
			Title: "What explains this instant?", Detail: phrase.Moment(at, v.session.Now(), v.session.Zone.Now()),
			Keys: "e", Do: v.explainInstant,
		})
	}
	if a, ok := v.session.Selected.Now().(app.Alarm); ok {
		list = append(
			list, ui.Command{Title: "Board from this alarm", Detail: a.Name, Keys: "B", Do: v.proposeFromSelected},
		)
	}
	for _, b := range v.saved {
		list = append(
			list, ui.Command{Title: "Board: " + b.Name, Detail: v.boardWords(b), Do: func() { v.openBoard(b) }},
		)
	}
	if v.answered {
		list = append(list, ui.Command{Title: "Lanes as proposed", Detail: "Timeline", Do: v.proposedLanes})
	}
	if v.edits.CanUndo() {
		list = append(
			list, ui.Command{Title: "Undo the last change of lanes", Detail: "Timeline", Keys: "u", Do: v.undo},
		)
	}
	for _, kind := range app.LaneKinds {
		if l := (app.Lane{Kind: kind}); kind != app.MetricLane && v.answered && v.shownBoard().Find(l.Key()) < 0 {
			list = append(list, ui.Command{
				Title: "Add the lane of " + string(kind), Detail: "Timeline", Do: func() { v.addLane(l) },
			})
		}
	}
	return append(list, v.laneCommands()...)
}

// explainInstant asks what explains the instant at the crosshair, or the one that is pinned.
func (v *View) explainInstant() {
	if at, _, shown := v.pointed(); shown {
		v.session.Selected.Set(app.WhatExplains{At: at})
	}
}

// laneCommands change the lane that keys go to; without one there are none.
func (v *View) laneCommands() []ui.Command {
	if v.row < 0 || v.row >= len(v.field.scene.rows) {
		return nil
	}
	of := v.chosenName()
	return []ui.Command{
		{Title: "Remove the lane", Detail: of, Keys: "x", Do: v.removeLane},
		{Title: "Pin the lane to the top, or let it go", Detail: of, Keys: "P", Do: v.pinLane},
		{Title: "Collapse the lane, or open it", Detail: of, Keys: "c", Do: v.collapseLane},
		{Title: "Move the lane up", Detail: of, Keys: "{", Do: func() { v.moveLane(-1) }},
		{Title: "Move the lane down", Detail: of, Keys: "}", Do: func() { v.moveLane(1) }},
	}
}
