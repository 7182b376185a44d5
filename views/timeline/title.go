package timeline

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/ui"
)

const (
	titleHeight  = 38
	troubleInset = 6 // above and below what went wrong
)

// titleRow names the screen and says what it shows; below, if something went wrong, what.
type titleRow struct {
	widget.BaseWidget
	words   string
	beside  string
	chips   []*ui.Chip // from the right
	undo    *ui.Chip   // of a lane that was removed
	removed string
	failed  error
	title   *canvas.Text
	note    *canvas.Text
	ground  *canvas.Rectangle
	trouble *ui.Paragraph
	of      string // what could not be read
}

func newTitleRow(v *View) *titleRow {
	chip := func(says string, do func()) *ui.Chip { return ui.NewChip(do, ui.Word{Text: says, Style: ui.Small}) }
	text := func(says string) *canvas.Text { return canvas.NewText(says, color.Transparent) }
	t := &titleRow{
		words: "Timeline", title: text("Timeline"), note: text(""), undo: chip("", v.undo),
		chips:  []*ui.Chip{chip("Boards", v.showBoards), chip("Save board", v.save), chip("+ Lane", v.showAdd)},
		ground: canvas.NewRectangle(color.Transparent), trouble: ui.NewParagraph("", ui.Small, leastPlot),
	}
	t.undo.Hide()
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer draws the row.
func (t *titleRow) CreateRenderer() fyne.WidgetRenderer {
	parts := []fyne.CanvasObject{t.title, t.note, t.ground, t.trouble, t.undo}
	for _, c := range t.chips {
		parts = append(parts, c)
	}
	return &ui.Face{Widget: t, Parts: parts, Place: t.place, Min: t.min}
}

func (t *titleRow) min() fyne.Size {
	size := fyne.NewSize(plotLeft, titleHeight)
	if t.failed != nil {
		size.Height += t.trouble.MinSize().Height + 2*troubleInset
	}
	return size
}

// show sets the title, the words beside it, and what could not be read, and why; nil: all was read.
func (t *titleRow) show(words, beside, of string, failed error) {
	if t.words != words || t.beside != beside || t.of != of || t.failed != failed {
		t.words, t.beside, t.of, t.failed = words, beside, of, failed
		t.sayTrouble(t.Size().Width)
		t.Refresh()
	}
}

// sayTrouble breaks the text of an error into lines, so that its end, which says what to do, is not cut off.
func (t *titleRow) sayTrouble(width float32) {
	if t.failed == nil {
		return
	}
	what, remedy := explain.Explain(t.failed)
	t.trouble.Break("Could not read "+t.of+"; what is shown of it is older. "+what+" "+remedy, width-2*nameLeft)
}

// heightFor is the height that the row needs at a width.
func (t *titleRow) heightFor(width float32) float32 {
	t.sayTrouble(width)
	return t.min().Height
}

func (t *titleRow) place(size fyne.Size) {
	ui.Title.Apply(t.title)
	ui.Note.Apply(t.note)
	right := t.placeChips(size.Width - plotRight)
	t.title.Text = ui.Title.Fit(t.words, right-nameLeft)
	after := nameLeft + t.title.MinSize().Width + 14
	t.note.Text = ""
	if room := right - after; room >= leastWords {
		t.note.Text = ui.Note.Fit(t.beside, room)
	}
	for _, x := range []struct {
		text *canvas.Text
		left float32
	}{{t.title, nameLeft}, {t.note, after}} {
		x.text.Resize(x.text.MinSize())
		x.text.Move(fyne.NewPos(x.left, (titleHeight-x.text.MinSize().Height)/2))
	}
	t.placeTrouble(size)
}

// chipGap is the air between the chips of the row.
const chipGap = 6

// placeChips puts the chips at the right, and returns where they begin.
func (t *titleRow) placeChips(right float32) float32 {
	all := t.chips
	if t.removed != "" {
		all = append(all[:len(all):len(all)], t.undo)
	}
	for _, c := range all {
		size := c.MinSize()
		right -= size.Width
		c.Resize(size)
		c.Move(fyne.NewPos(right, (titleHeight-size.Height)/2))
		right -= chipGap
	}
	return right - nameLeft
}

// removedPart is as much of a removed lane's name as the chip has room for.
const removedPart = 130

// offer offers to bring back the lane of that name; "": none was removed.
func (t *titleRow) offer(removed string) {
	if removed == t.removed {
		return
	}
	t.removed = removed
	t.undo.Set(
		ui.Word{Text: "Removed " + ui.Small.Fit(removed, removedPart) + " ·", Style: ui.Note},
		ui.Word{Text: "Undo", Style: ui.Small.In(ui.ColorAccent)},
	)
	ui.SetShown(t.undo, removed != "")
	t.Refresh()
}

func (t *titleRow) placeTrouble(size fyne.Size) {
	ui.SetShown(t.ground, t.failed != nil)
	ui.SetShown(t.trouble, t.failed != nil)
	if t.failed == nil {
		return
	}
	t.ground.FillColor = ui.Fade(ui.Color(ui.ColorAlarm), 44)
	t.ground.Move(fyne.NewPos(0, titleHeight))
	t.ground.Resize(fyne.NewSize(size.Width, t.trouble.MinSize().Height+2*troubleInset))
	t.trouble.Resize(t.trouble.MinSize())
	t.trouble.Move(fyne.NewPos(nameLeft, titleHeight+troubleInset))
}
