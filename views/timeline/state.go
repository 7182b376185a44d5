package timeline

import (
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/ui"
)

// loads are what the screen has running away from the UI goroutine, each with a loader of its own.
type loads struct {
	snapshot ui.Loader
	scene    ui.Loader
	boards   ui.Loader // that have a name
	proposal ui.Loader // of a board for an alarm
	trace    ui.Loader // that the pointer is over
	emphasis ui.Loader // of a lane of which one series stands out
	start    ui.Loader // of the cache
}

func newLoads(threads ui.Threads) (l loads) {
	for _, loader := range append(l.ofScreen(), &l.boards) {
		loader.Threads = threads
	}
	return l
}

// ofScreen are the loaders of what is shown. That of the boards goes on when the screen is left, for it saves too.
func (l *loads) ofScreen() []*ui.Loader {
	return []*ui.Loader{&l.snapshot, &l.scene, &l.proposal, &l.trace, &l.emphasis, &l.start}
}

func (l *loads) stop() {
	for _, loader := range l.ofScreen() {
		loader.Stop()
	}
}

// proposals are what the timeline has proposed.
type proposals struct {
	proposal      proposal
	earlier       []proposal // those before, the newest first
	proposedEarly bool       // it was proposed while a pull went on, of what had come by then
	revision      int        // how often the cache got other alarms or changes
}

// boards are the board that is arranged, and those that have a name.
type boards struct {
	edits        app.BoardEdits
	removed      string      // name of the lane that was removed last, which Undo brings back; "": none
	saved        []app.Board // that have a name
	failedToKeep error       // why they could not be read or written
	store        BoardStore
}

// crosshair is the instant that is read.
type crosshair struct {
	crossAt time.Time
	crossed bool      // the crosshair is shown
	under   float32   // where the pointer rests on the pictures, in pixels from their left; -1: nowhere
	pin     time.Time // that the crosshair is measured against; zero: none
}

// chosen is where keys go to.
type chosen struct {
	row     int        // -1 for none
	step    lane.Place // what they went to in it
	stepped int        // its place among the steps; -1: nowhere
	wanted  string     // key of a lane that gets the keys once it is there
}
