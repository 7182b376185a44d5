package timeline

import (
	"context"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/ui"
)

// BoardStore keeps the boards that have a name.
type BoardStore interface {
	Load(context.Context) ([]app.Board, error)
	Save(context.Context, []app.Board) error
}

// KeepBoards has boards kept in a store. Call it before Enter; without a store they last as long as the window.
func (v *View) KeepBoards(s BoardStore) *View {
	v.store = s
	return v
}

func (v *View) loadBoards() {
	if v.store == nil || v.loads.boards.Busy() {
		return
	}
	ui.Load(&v.loads.boards, v.store.Load, func(boards []app.Board, err error) {
		if v.failedToKeep = err; err == nil {
			v.saved = boards
		}
		v.arrange()
	})
}

// keepBoards saves these boards in place of those that were kept.
func (v *View) keepBoards(boards []app.Board) {
	slices.SortFunc(boards, func(a, b app.Board) int { return strings.Compare(a.Name, b.Name) })
	v.saved = boards
	v.arrange()
	if v.store == nil {
		return
	}
	ui.Again(&v.loads.boards, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, v.store.Save(ctx, boards)
	},
		func(_ struct{}, err error) {
			v.failedToKeep = err
			v.arrange()
		})
}

// find returns where a board of that name is kept, -1 if there is none.
func (v *View) find(name string) int {
	return slices.IndexFunc(v.saved, func(b app.Board) bool { return b.Name == name })
}

// saveBoard keeps what is shown under a name, with the window that is looked at, in place of the board that has the
// name.
func (v *View) saveBoard(name string) {
	if name = strings.TrimSpace(name); name == "" || !v.answered {
		return
	}
	b := v.shownBoard().In(v.session.Focus.Now())
	b.Name = name
	if v.edits.Here().Automatic() {
		v.edits.Change(b)
		v.rearranged()
	} else {
		v.edits.Rename(b)
	}
	boards := slices.Clone(v.saved)
	if i := v.find(name); i >= 0 {
		boards[i] = b
	} else {
		boards = append(boards, b)
	}
	v.keepBoards(boards)
}

// save keeps the board under the name that it has, or asks for one.
func (v *View) save() {
	if name := v.edits.Here().Name; name != "" {
		v.saveBoard(name)
		return
	}
	v.showBoards()
}

// openBoard shows a board in its own window. Undo leads back to the lanes before, Back to the window before.
func (v *View) openBoard(b app.Board) {
	v.removed = ""
	v.edits.Change(b)
	v.rearranged()
	now := v.session.Focus.Now()
	f := b.On(now)
	if b.Alarm != "" {
		f.Resource = "" // what belongs to an alarm has several names
	}
	if !f.Equal(now) {
		v.session.Go(f)
		return
	}
	v.follow()
}

// proposedLanes shows the lanes that the window proposes.
func (v *View) proposedLanes() {
	v.removed = ""
	v.edits.Change(app.Board{})
	v.proposal, v.earlier = proposal{}, nil
	v.rearranged()
	v.follow()
}

// deleteBoard deletes a board from the store; what is shown of it stays.
func (v *View) deleteBoard(name string) {
	if i := v.find(name); i >= 0 {
		v.keepBoards(slices.Delete(slices.Clone(v.saved), i, i+1))
	}
}

// unsaved says, after the number of lanes, whether the board is not saved.
func (v *View) unsaved() string {
	b := v.edits.Here()
	i := v.find(b.Name)
	switch {
	case v.failedToKeep != nil:
		what, _ := explain.Explain(v.failedToKeep)
		return " · boards are not kept: " + what
	case b.Automatic() || b.Name == "":
		return ""
	case i < 0:
		return " · not saved"
	case !v.saved[i].Equal(
		app.Board{Name: b.Name, Alarm: b.Alarm, Window: v.saved[i].Window, Range: v.saved[i].Range, Lanes: b.Lanes},
	):
		return " · changed, not saved"
	}
	return ""
}
