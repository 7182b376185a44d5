package timeline

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/ui"
)

// nowMark is a line on the pictures where now is, and a background behind what is ahead of it.
type nowMark struct {
	ground, line *canvas.Rectangle
	word         *canvas.Text
}

func newNowMark() nowMark {
	rectangle := func() *canvas.Rectangle { return canvas.NewRectangle(color.Transparent) }
	p := nowMark{rectangle(), rectangle(), canvas.NewText("now", color.Transparent)}
	p.ground.Hide()
	p.line.Hide()
	p.word.Hide()
	return p
}

// presentInset is how far from the line its word stands.
const presentInset = 4

// place puts the line at x of pictures of that size. At their end there is nothing to mark.
func (p nowMark) place(x float32, size fyne.Size) {
	shown := x >= 0 && x < size.Width-1
	ground := x < size.Width-1
	ui.SetShown(p.ground, ground)
	ui.SetShown(p.line, shown)
	style := ui.Note
	style.Size = lane.WordSize
	style.Apply(p.word)
	word := p.word.MinSize()
	ui.SetShown(p.word, shown && x+presentInset+word.Width < size.Width)
	p.ground.FillColor, p.line.FillColor = ui.Fade(ui.Color(ui.ColorFaint), 36), ui.Color(ui.ColorFaint)
	p.ground.Move(fyne.NewPos(max(x, 0), 0))
	p.ground.Resize(fyne.NewSize(size.Width-max(x, 0), size.Height))
	p.line.Move(fyne.NewPos(x, 0))
	p.line.Resize(fyne.NewSize(1, size.Height))
	p.word.Resize(word)
	p.word.Move(fyne.NewPos(x+presentInset, 1))
}
