package timeline

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/lane"
)

// rowAt returns the row at a height, -1 for none.
func (f *field) rowAt(y float32) int {
	for i, r := range f.scene.rows {
		if top := f.top(i); y >= top && y < top+r.height {
			return i
		}
	}
	return -1
}

// pick returns what lies at a place, or why nothing can: it was denied; nil for nothing.
func (f *field) pick(at fyne.Position) app.Item {
	i := f.rowAt(at.Y)
	if i < 0 {
		return nil
	}
	r := f.scene.rows[i]
	in := fyne.NewPos(at.X-plotLeft, at.Y-f.top(i))
	if _, named := r.lane.(lane.NamePicker); in.X < 0 && (r.collapsed || !named) {
		return nil
	}
	if item := r.pick(f.view.axis, in); item != nil {
		return item
	}
	return lane.BlanksOf(r.lane).DeniedAt(f.view.axis.Time(in.X))
}

// open returns what a row shows at an instant: the uppermost thing, or what was denied then, or what was denied first
// where the lane says that it was denied; nil for nothing.
func (f *field) open(i int, at time.Time) app.Item {
	r := f.scene.rows[i]
	if item := r.shown(f.view.axis, f.view.axis.X(at)); item != nil {
		return item
	}
	if item := lane.BlanksOf(r.lane).DeniedAt(at); item != nil {
		return item
	}
	if r.lane.Head().Measures == lane.Denied {
		return lane.BlanksOf(r.lane).FirstDenied()
	}
	return nil
}
