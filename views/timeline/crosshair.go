package timeline

import (
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
			shown := f.fits[i] && !(n.backed && lane < len(f.readout) && covers(f.readout[lane], f.notes[i]))
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

// setShown shows or hides an object, without asking for a repaint where nothing changes.
func setShown(o fyne.CanvasObject, shown bool) {
	switch {
	case shown && !o.Visible():
		o.Show()
	case !shown && o.Visible():
		o.Hide()
	}
}
