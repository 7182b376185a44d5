package timeline

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

const (
	boardsWidth  = 420
	boardsHeight = 240 // of the list, which scrolls
)

// boardsSheet lists the boards that are kept: each opens, or is deleted; what is shown is saved under a name.
type boardsSheet struct {
	*widget.PopUp
	view    *View
	name    *ui.Field
	rows    *fyne.Container
	deleted *app.Board // the last one, to be brought back
}

// showBoards opens the sheet.
func (v *View) showBoards() {
	c := fyne.CurrentApp().Driver().CanvasForObject(v)
	if c == nil {
		return
	}
	s := newBoardsSheet(v, c)
	s.Show()
	c.Focus(s.name)
}

func newBoardsSheet(v *View, c fyne.Canvas) *boardsSheet {
	s := &boardsSheet{view: v, name: ui.NewField("Name of the board"), rows: container.NewVBox()}
	s.name.SetText(v.edits.Here().Name)
	s.name.OnEscape = s.hide
	s.name.OnSubmitted = func(string) { s.save() }
	save := ui.NewButton("Save", s.save).Primary()
	room := ui.NewSpace(boardsWidth, boardsHeight)
	content := container.NewVBox(
		ui.NewText("Boards", ui.Title), ui.NewSpace(0, 8),
		ui.NewText("Save these lanes with this window", ui.Note),
		container.NewBorder(nil, nil, nil, save, s.name), ui.NewSpace(0, 8),
		container.NewStack(room, container.NewVScroll(s.rows)), ui.NewSpace(0, 8),
		container.NewHBox(layout.NewSpacer(), ui.NewButton("Close", s.hide)))
	s.PopUp = widget.NewModalPopUp(container.New(layout.NewCustomPaddedLayout(16, 16, 20, 20), content), c)
	s.fill()
	return s
}

func (s *boardsSheet) hide() { s.PopUp.Hide() }

func (s *boardsSheet) save() {
	if s.name.Text != "" {
		s.view.saveBoard(s.name.Text)
		s.hide()
	}
}

// fill lists the boards anew.
func (s *boardsSheet) fill() {
	s.rows.Objects = nil
	if !s.view.edits.Here().Automatic() {
		s.rows.Add(container.NewHBox(ui.NewButton("Lanes as proposed", func() { s.hide(); s.view.proposedLanes() })))
	}
	if len(s.view.saved) == 0 {
		s.rows.Add(ui.NewText("No board is saved yet.", ui.Note))
	}
	for _, b := range s.view.saved {
		s.rows.Add(s.row(b))
	}
	if b := s.deleted; b != nil {
		back := ui.NewButton("Undo: bring back "+ui.Body.Fit(b.Name, boardsWidth/2), func() {
			s.deleted = nil
			s.view.keepBoards(append(s.view.saved[:len(s.view.saved):len(s.view.saved)], *b))
			s.fill()
		})
		s.rows.Add(container.NewHBox(back))
	}
	s.rows.Refresh()
}

func (s *boardsSheet) row(b app.Board) fyne.CanvasObject {
	open := ui.NewButton(ui.Body.Fit(b.Name, boardsWidth/2), func() { s.hide(); s.view.openBoard(b) })
	remove := ui.NewChip(func() {
		s.deleted = &b
		s.view.deleteBoard(b.Name)
		s.fill()
	}, ui.Word{Text: "Delete", Style: ui.Small})
	return container.NewHBox(open, ui.NewText(s.view.boardWords(b), ui.Note), layout.NewSpacer(), remove)
}

// boardWords say what a board holds: "11 lanes · the last 3 h".
func (v *View) boardWords(b app.Board) string {
	words := phrase.Plural(int64(len(b.Lanes)), "lane", "lanes")
	switch {
	case b.Window > 0:
		words += " · the last " + phrase.Window(b.Window)
	case !b.Range.Empty():
		words += " · " + phrase.Between(b.Range, v.session.Now(), v.session.Zone.Now())
	}
	return words
}
