package timeline

import (
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// shownBoard is the board that an edit starts from: the one that a person arranged, or the proposed one.
func (v *View) shownBoard() app.Board {
	if b := v.edits.Here(); !b.Automatic() {
		return b
	}
	return v.field.scene.board
}

// chosenKey returns the key of the lane that keys go to, "" for none.
func (v *View) chosenKey() string {
	if lanes := v.field.scene.board.Lanes; v.row >= 0 && v.row < len(lanes) {
		return lanes[v.row].Key()
	}
	return ""
}

// edit changes the board, and shows it at once with what is in memory.
func (v *View) edit(change func(app.Board) app.Board) {
	if !v.answered {
		return
	}
	v.removed = ""
	before := v.shownBoard()
	if after := change(before); !after.Equal(before) {
		v.edits.Change(after)
		v.rearranged()
	}
}

// editChosen is edit for the lane that keys go to; change gets its index.
func (v *View) editChosen(change func(b app.Board, i int) app.Board) {
	key := v.chosenKey()
	if i := v.shownBoard().Find(key); key != "" && i >= 0 {
		v.edit(func(b app.Board) app.Board { return change(b, i) })
	}
}

// rearranged shows the board as it is now. Where lanes are proposed again, the old ones stay until they have been read.
func (v *View) rearranged() {
	if b := v.edits.Here(); !b.Automatic() {
		v.snapshot.board = b
		v.draw()
	}
	v.arrange()
}

func (v *View) removeLane() {
	name := v.chosenName()
	v.editChosen(func(b app.Board, i int) app.Board { return b.Remove(i) })
	v.removed = name
	v.arrange()
}

func (v *View) moveLane(by int) {
	v.editChosen(func(b app.Board, i int) app.Board { return b.Move(i, i+by) })
}

func (v *View) pinLane() {
	v.editChosen(func(b app.Board, i int) app.Board { return b.Pin(i, !b.Lanes[i].Pinned) })
}

func (v *View) collapseLane() {
	v.editChosen(func(b app.Board, i int) app.Board { return b.Collapse(i, !b.Lanes[i].Collapsed) })
}

// resizeStep is by how many pixels a key makes a lane higher or lower.
const resizeStep = 16

func (v *View) resizeLane(by float32) {
	if v.row < 0 || v.row >= len(v.field.scene.rows) {
		return
	}
	height := v.field.scene.rows[v.row].height + by
	least := v.field.scene.rows[v.row].least()
	v.editChosen(func(b app.Board, i int) app.Board { return b.Resize(i, max(height, least)) })
}

// undo takes back the last change of the board.
func (v *View) undo() {
	if v.edits.CanUndo() {
		v.removed = ""
		v.edits.Undo()
		for _, l := range v.edits.Here().Lanes {
			if v.field.scene.board.Find(l.Key()) < 0 {
				v.wanted = l.Key() // it comes back, and gets the keys
			}
		}
		v.rearranged()
		v.reread()
	}
}

var _ ui.Adder = (*View)(nil)

// Add adds a lane for an item: a metric's for app.Series and for app.Alarm, logs for app.LogGroup. It comes below the
// lane that keys go to, and gets the keys. What has a lane already only gets the keys. For ui.BoardFor it opens a
// board.
func (v *View) Add(item app.Item) {
	if of, ok := item.(ui.BoardFor); ok {
		v.proposeFor(of.Alarm)
		return
	}
	if l, ok := laneFor(item); ok {
		v.addLane(l)
	}
}

func (v *View) addLane(l app.Lane) {
	v.wanted = l.Key()
	v.edit(func(b app.Board) app.Board { return b.Add(placeFor(b, v.chosenKey()), l) })
	v.chooseWanted()
	v.reread()
}

// laneFor returns the lane that shows an item.
func laneFor(item app.Item) (app.Lane, bool) {
	switch item := item.(type) {
	case app.Series:
		return app.Lane{Kind: app.MetricLane, Scope: item.Place(), Readings: []app.Reading{item.Reading}}, true
	case app.LogGroup:
		return app.Lane{Kind: app.LogLane, Groups: []string{item.Name}}, true
	case app.Alarm:
		if r, reads := item.Reading(); reads {
			return app.Lane{Kind: app.MetricLane, Scope: item.Place(), Readings: []app.Reading{r}}, true
		}
		return app.Lane{Kind: app.AlarmLane}, true
	}
	return app.Lane{}, false
}

// placeFor is where a lane is added: below the one that keys go to, or else above the coverage.
func placeFor(b app.Board, chosen string) int {
	if i := b.Find(chosen); i >= 0 {
		return i + 1
	}
	return slices.IndexFunc(b.Lanes, func(l app.Lane) bool { return l.Kind == app.CoverageLane })
}

// chooseWanted gives the keys to the lane that was asked for, once it is there.
func (v *View) chooseWanted() {
	if i := v.field.scene.board.Find(v.wanted); v.wanted != "" && i >= 0 {
		v.wanted = ""
		v.choose(i)
		v.bringIntoSight()
	}
}

// keepChosen keeps the keys with their lane wherever it is now, or at the place of a lane that was removed.
func (v *View) keepChosen(key string, lanes app.Board) {
	if i := lanes.Find(key); key != "" && i >= 0 {
		v.row = i
	}
	v.row = min(v.row, len(lanes.Lanes)-1)
}

// chosenName is how the lane that keys go to is called, "" for none.
func (v *View) chosenName() string {
	if v.row < 0 || v.row >= len(v.field.scene.rows) {
		return ""
	}
	return v.field.scene.rows[v.row].title()
}
