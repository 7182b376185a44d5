package timeline

import (
	"math"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/views/ui"
)

const (
	readoutGap  = 6   // between the crosshair and what it reads
	readoutFall = 8   // by which a readout lies below the middle of its lane, off the thresholds' words
	readoutPart = 120 // traces within this part of the window count for a readout
)

// readoutMiddle returns the height of the middle of a lane's readout: where it covers least.
func readoutMiddle(l lane, height float32) float32 {
	if n, ok := l.(namedLane); ok {
		l = n.lane
	}
	switch l.(type) {
	case *alarmLane:
		return nameMiddle
	case *changeLane:
		return changeMiddle
	}
	return height/2 + readoutFall
}

// placeCross puts the crosshair and what it reads beside it: at its right, or at its left where there is no room.
func (f *field) placeCross() {
	at, from, shown := f.view.pointed()
	f.placePin(f.view.pin)
	x := f.view.axis.X(at)
	shown = shown && x >= 0 && x <= f.view.axis.Width && len(f.scene.lanes) > 0
	setShown(f.hair, shown)
	f.hair.Move(fyne.NewPos(x, 0))
	f.hair.Resize(fyne.NewSize(1, f.Size().Height))
	near := f.view.axis.Range.Length() / readoutPart
	for i, r := range f.readout {
		if !shown || i >= len(f.scene.lanes) {
			r.Hide()
			continue
		}
		said := measured(f.scene.lanes[i], from, at, near)
		setShown(r, said != "")
		r.Set(said)
		middle := f.top(i) + readoutMiddle(f.scene.lanes[i], f.scene.heights[i])
		if f.under(i, middle-readoutHalf) {
			r.Hide()
		}
		if l, ok := bare(f.scene.lanes[i]).(*changeLane); ok && !f.scene.board.Lanes[i].Collapsed {
			f.placeOffMarks(i, l, said, x)
			continue
		}
		f.placeReadout(r, x, middle)
	}
	f.uncover()
}

// placePin puts a line at the instant that is measured against.
func (f *field) placePin(at time.Time) {
	x := f.view.axis.X(at)
	setShown(f.pinned, !at.IsZero() && x >= 0 && x <= f.view.axis.Width && len(f.scene.lanes) > 0)
	f.pinned.Move(fyne.NewPos(x, 0))
	f.pinned.Resize(fyne.NewSize(1, f.Size().Height))
}

// uncover hides the words of lanes that a readout covers a part of, since what is left of them would mislead.
func (f *field) uncover() {
	i := 0
	for lane, notes := range f.said {
		for _, n := range notes {
			shown := f.fits[i] && !((n.backed || n.cut) && lane < len(f.readout) && covers(f.readout[lane], f.notes[i]))
			setShown(f.notes[i], shown)
			setShown(f.backs[i], shown && n.backed)
			i++
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

// hiding is how much worse it is to hide a pixel's width of a mark or its words than to stand a pixel further off.
const hiding = 20

// placeOffMarks puts the readout of changes beside the crosshair, where it hides the least of the marks and their words; where it
// would hide some it says what was changed only.
func (f *field) placeOffMarks(lane int, l *changeLane, said string, x float32) {
	r, top := f.readout[lane], f.top(lane)
	taken := l.reaches(f.view.axis)
	for i, n := range f.said[lane] {
		if j := f.notesBefore(lane) + i; f.fits[j] && !n.backed && !n.cut { // those give way
			at, size := f.notes[j].Position().SubtractXY(0, top), f.notes[j].MinSize()
			taken = append(taken, box{at.X, at.Y, at.X + size.Width, at.Y + size.Height})
		}
	}
	what, _, _ := strings.Cut(said, ", ")
	at, bad := f.offMarks(x, r.MinSize().Width, taken)
	for _, brief := range []string{what, shorten(what, titleLetters/2)} {
		if bad >= hiding && brief != said {
			r.Set(brief)
			at, bad = f.offMarks(x, r.MinSize().Width, taken)
		}
	}
	r.Resize(r.MinSize())
	r.Move(at.AddXY(0, top))
}

// offMarks returns where in the lane of changes words of that width hide the least of what is there, in the row of the words or in
// that of the marks; and how bad it is there.
func (f *field) offMarks(x, width float32, taken []box) (at fyne.Position, least float32) {
	lefts := []float32{x + readoutGap, x - readoutGap - width}
	for _, b := range taken {
		lefts = append(lefts, b.right+readoutGap, b.left-readoutGap-width)
	}
	at, least = fyne.NewPos(f.readoutLeft(x, width), changeMiddle-readoutHalf), math.MaxFloat32
	for _, middle := range []float32{changeMiddle, changeWords} {
		for _, left := range lefts {
			if left < 0 || left+width > f.view.axis.Width || f.onLine(x, left, width) {
				continue
			}
			b := box{left, middle - readoutHalf, left + width, middle + readoutHalf}
			bad := max(left-x, x-b.right) - readoutGap
			for _, t := range taken {
				if b.top < t.bottom && t.top < b.bottom {
					bad += hiding * b.across(t.left, t.right)
				}
			}
			if bad < least {
				at, least = fyne.NewPos(left, b.top), bad
			}
		}
	}
	return at, least
}

// setShown shows or hides an object, without asking for a repaint where nothing changes.
func setShown(o fyne.CanvasObject, shown bool) {
	switch {
	case shown && !o.Visible():
		o.Show()
	case !shown && o.Visible():
		o.Hide()
	}
}
