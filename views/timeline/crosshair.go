package timeline

import (
	"math"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/ui"
)

const (
	readoutGap  = 6   // between the crosshair and what it reads
	readoutFall = 8   // by which a readout lies below the middle of its lane, off the thresholds' words
	readoutHalf = 9   // half the height of a readout
	readoutPart = 120 // traces within this part of the window count for a readout
)

// placeCross places the crosshair, and the readouts to its right, or to its left where there is no room.
func (f *field) placeCross() {
	at, from, shown := f.view.pointed()
	f.placePin(f.view.pin)
	x := f.view.axis.X(at)
	shown = shown && x >= 0 && x <= f.view.axis.Width && len(f.scene.rows) > 0
	ui.SetShown(f.hair, shown)
	f.hair.Move(fyne.NewPos(x, 0))
	f.hair.Resize(fyne.NewSize(1, f.Size().Height))
	near := f.view.axis.Range.Length() / readoutPart
	for i, r := range f.readout {
		if !shown || i >= len(f.scene.rows) {
			r.Hide()
			continue
		}
		row := f.scene.rows[i]
		said := lane.Measured(row.lane, from, at, near)
		ui.SetShown(r, said != "")
		r.Set(said)
		middle := f.top(i) + row.readoutMiddle()
		if f.under(i, middle-readoutHalf) {
			r.Hide()
		}
		if l, ok := row.lane.(lane.Crowded); ok && !row.collapsed {
			f.placeOffMarks(i, l, said, x)
			continue
		}
		f.placeReadout(r, x, middle)
	}
	f.uncover()
}

// placePin places the line at the instant that is measured against.
func (f *field) placePin(at time.Time) {
	x := f.view.axis.X(at)
	ui.SetShown(f.pinLine, !at.IsZero() && x >= 0 && x <= f.view.axis.Width && len(f.scene.rows) > 0)
	f.pinLine.Move(fyne.NewPos(x, 0))
	f.pinLine.Resize(fyne.NewSize(1, f.Size().Height))
}

// uncover hides words that a readout covers in part, since the rest of them would mislead.
func (f *field) uncover() {
	for i, words := range f.drawn.words {
		for _, w := range words {
			covered := (w.Backed || w.Cut) && i < len(f.readout) && covers(f.readout[i], w.text)
			ui.SetShown(w.text, w.fits && !covered)
			ui.SetShown(w.back, w.fits && !covered && w.Backed)
		}
	}
}

// covers reports whether an object that is shown lies over a part of another.
func covers(over, under fyne.CanvasObject) bool {
	a, b := over.Position(), under.Position()
	return over.Visible() && a.X < b.X+under.Size().Width && b.X < a.X+over.Size().Width &&
		a.Y < b.Y+under.Size().Height && b.Y < a.Y+over.Size().Height
}

func (f *field) placeReadout(r *ui.Readout, x, middle float32) {
	size := r.MinSize()
	left := f.readoutLeft(x, size.Width)
	r.Resize(size)
	r.Move(fyne.NewPos(left, middle-size.Height/2))
}

// hiding is how much worse it is to cover a pixel of a mark or its words than to stand a pixel further away.
const hiding = 20

// placeOffMarks places the readout of a crowded lane beside the crosshair, where it covers the least of the marks and
// their words; where it would cover some, it is shortened.
func (f *field) placeOffMarks(i int, l lane.Crowded, said string, x float32) {
	r, top := f.readout[i], f.top(i)
	taken := l.Obstacles(f.view.axis)
	for _, w := range f.drawn.words[i] {
		if w.fits && !w.Backed && !w.Cut { // others are hidden where they are covered
			at, size := w.text.Position().SubtractXY(0, top), w.text.MinSize()
			taken = append(taken, lane.Box{Left: at.X, Top: at.Y, Right: at.X + size.Width, Bottom: at.Y + size.Height})
		}
	}
	at, bad := f.offMarks(l, x, r.MinSize().Width, taken)
	for _, brief := range l.Shorter(said) {
		if bad >= hiding && brief != said {
			r.Set(brief)
			at, bad = f.offMarks(l, x, r.MinSize().Width, taken)
		}
	}
	r.Resize(r.MinSize())
	r.Move(at.AddXY(0, top))
}

// offMarks returns where a readout of that width covers the least of what is taken, and how bad it is there.
func (f *field) offMarks(l lane.Crowded, x, width float32, taken []lane.Box) (at fyne.Position, least float32) {
	lefts := []float32{x + readoutGap, x - readoutGap - width}
	for _, b := range taken {
		lefts = append(lefts, b.Right+readoutGap, b.Left-readoutGap-width)
	}
	at, least = fyne.NewPos(f.readoutLeft(x, width), l.ReadoutRows()[0]-readoutHalf), math.MaxFloat32
	for _, middle := range l.ReadoutRows() {
		for _, left := range lefts {
			if left < 0 || left+width > f.view.axis.Width || f.onLine(x, left, width) {
				continue
			}
			b := lane.Box{Left: left, Top: middle - readoutHalf, Right: left + width, Bottom: middle + readoutHalf}
			bad := max(left-x, x-b.Right) - readoutGap
			for _, t := range taken {
				if b.Top < t.Bottom && t.Top < b.Bottom {
					bad += hiding * b.Across(t.Left, t.Right)
				}
			}
			if bad < least {
				at, least = fyne.NewPos(left, b.Top), bad
			}
		}
	}
	return at, least
}
