package timeline

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/nephograph/nephograph/views/ui"
)

// pinnedPart is how much of the room pinned rows may take, so that others can be seen below them.
const pinnedPart = 0.6

// pinnedArea is where pinned rows stay, below the ruler, while the others scroll under them.
type pinnedArea struct {
	rows   int               // how many are pinned, from the top
	ground *canvas.Rectangle // hides the names of what passes under it
	names  *fyne.Container
	under  *canvas.Rectangle // the same for pictures
	line   *canvas.Rectangle // below it, while something is hidden
	grid   []*canvas.Rectangle
}

func newPinnedArea() pinnedArea {
	l := pinnedArea{names: container.NewWithoutLayout(), ground: canvas.NewRectangle(color.Transparent),
		under: canvas.NewRectangle(color.Transparent), line: canvas.NewRectangle(color.Transparent)}
	for _, o := range []fyne.CanvasObject{l.ground, l.under, l.line} {
		o.Hide()
	}
	return l
}

// pinnedRows returns how many rows of a scene stay where they are: those that are pinned, as long as they leave room
// for others.
func (s scene) pinnedRows(room float32) int {
	n := 0
	for i, r := range s.rows {
		if !r.pinned || r.top+r.height > room*pinnedPart {
			break
		}
		n = i + 1
	}
	return n
}

// scrolled is how far pinned rows are moved down: as far as the rows are scrolled.
func (f *field) scrolled() float32 {
	if f.pinnedArea.rows == 0 {
		return 0
	}
	return f.view.scroll.Offset.Y
}

// top returns the height at which a lane stands now.
func (f *field) top(i int) float32 {
	if i < f.pinnedArea.rows {
		return f.scene.rows[i].top + f.scrolled()
	}
	return f.scene.rows[i].top
}

// edge returns the height at which the pinned rows end.
func (f *field) edge() float32 {
	if n := f.pinnedArea.rows; n > 0 {
		return f.top(n-1) + f.scene.rows[n-1].height
	}
	return 0
}

// under reports whether what lies at a height of a lane is hidden by pinned ones.
func (f *field) under(row int, y float32) bool { return row >= f.pinnedArea.rows && y < f.edge() }

// placePinnedArea puts the pinned lanes below the ruler.
func (f *field) placePinnedArea() {
	l, size := &f.pinnedArea, fyne.NewSize(f.Size().Width, f.edge()-f.scrolled())
	at := fyne.NewPos(0, f.scrolled())
	l.names.Move(at)
	l.names.Resize(size)
	for _, r := range []*canvas.Rectangle{l.ground, l.under} {
		r.FillColor = ui.Color(ui.ColorBackground)
		r.Move(at)
		r.Resize(size)
		ui.SetShown(r, l.rows > 0 && at.Y > 0)
	}
	l.line.FillColor = ui.Color(ui.ColorFaint)
	l.line.Move(at.AddXY(0, size.Height-1))
	l.line.Resize(fyne.NewSize(size.Width, 1))
	ui.SetShown(l.line, l.ground.Visible())
	l.grid = nil
	if l.ground.Visible() {
		l.grid = f.gridlinesOver(at.Y, size.Height)
	}
}

// gridlinesOver returns gridlines of a part of the height.
func (f *field) gridlinesOver(top, height float32) []*canvas.Rectangle {
	lines := make([]*canvas.Rectangle, len(f.grid))
	for i, g := range f.grid {
		lines[i] = canvas.NewRectangle(g.FillColor)
		lines[i].Move(fyne.NewPos(g.Position().X, top))
		lines[i].Resize(fyne.NewSize(1, height))
	}
	return lines
}

// follow keeps the pinned lanes in sight when the others are scrolled.
func (f *field) follow(fyne.Position) {
	if f.pinnedArea.rows > 0 {
		f.arrange()
	}
}
