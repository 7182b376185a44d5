package app

// BoardEdits is a board with what it was before each change, to be undone. The zero value is at the zero Board.
type BoardEdits struct {
	before []Board // oldest first
	here   Board
}

// editsLength bounds the memory of what was changed; nobody takes back a hundred steps.
const editsLength = 100

// Here returns the board as it is now.
func (e *BoardEdits) Here() Board { return e.here }

// Change makes b the board that is here, and reports whether it is another; Undo leads back to the one before.
func (e *BoardEdits) Change(b Board) bool {
	if b.Equal(e.here) {
		return false
	}
	e.before = append(e.before, e.here)
	if over := len(e.before) - editsLength; over > 0 {
		e.before = e.before[over:]
	}
	e.here = b
	return true
}

// Rename gives the board that is here the name and the window of b. That is no change to be undone: the steps that led
// to it are of the same board.
func (e *BoardEdits) Rename(b Board) {
	old := e.here.Name
	e.here.Name, e.here.Window, e.here.Range = b.Name, b.Window, b.Range
	for i := len(e.before) - 1; i >= 0 && e.before[i].Name == old && !e.before[i].Automatic(); i-- {
		e.before[i].Name, e.before[i].Window, e.before[i].Range = b.Name, b.Window, b.Range
	}
}

// CanUndo reports whether there is a change to undo.
func (e *BoardEdits) CanUndo() bool { return len(e.before) > 0 }

// Undo returns to the board before the last change; it does nothing where there was none.
func (e *BoardEdits) Undo() {
	if last := len(e.before) - 1; last >= 0 {
		e.here, e.before = e.before[last], e.before[:last]
	}
}
