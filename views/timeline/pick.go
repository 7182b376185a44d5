package timeline

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
)

// laneAt returns the lane at a height, -1 for none.
func (f *field) laneAt(y float32) int {
	for i := range f.scene.tops {
		if top := f.top(i); y >= top && y < top+f.scene.heights[i] {
			return i
		}
	}
	return -1
}

// pick returns what lies at a place, or why nothing can: it was denied; nil for nothing.
func (f *field) pick(at fyne.Position) app.Item {
	i := f.laneAt(at.Y)
	if i < 0 {
		return nil
	}
	l := f.scene.lanes[i]
	in := fyne.NewPos(at.X-plotLeft, at.Y-f.top(i))
	if in.X < 0 {
		switch l.(type) {
		case *alarmLane, *metricLane: // whose names are things
		default:
			return nil
		}
	}
	if item := l.pick(f.view.axis, f.scene.heights[i], in); item != nil {
		return item
	}
	return blanksIn(l).refused(f.view.axis.Time(in.X))
}

// openStep is how close the places are that open tries.
const openStep = 4

// open returns what a lane shows at an instant: the uppermost of it, or what was denied then; of a lane that says of itself that
// it was denied, what was denied at all. nil for nothing.
func (f *field) open(i int, at time.Time) app.Item {
	l := f.scene.lanes[i]
	if item := f.shown(i, at); item != nil {
		return item
	}
	if item := blanksIn(l).refused(at); item != nil {
		return item
	}
	if bare(l).head().measures == denied {
		return blanksIn(l).refusedAtAll()
	}
	return nil
}

// shown returns the uppermost thing of a lane at an instant, nil for nothing.
func (f *field) shown(i int, at time.Time) app.Item {
	l, x := f.scene.lanes[i], f.view.axis.X(at)
	if f.scene.board.Lanes[i].Collapsed {
		return l.pick(f.view.axis, 0, fyne.NewPos(x, 0))
	}
	return topmost(l, f.view.axis, f.scene.heights[i], x)
}

// uppermost is topmost for a lane of its best height.
func uppermost(l lane, axis chart.Axis, x float32) app.Item {
	_, best := l.height()
	return topmost(l, axis, best, x)
}

// topmost returns the uppermost thing of a lane at x, nil for nothing.
func topmost(l lane, axis chart.Axis, height, x float32) app.Item {
	for y := float32(0); y < height; y += openStep {
		if item := l.pick(axis, height, fyne.NewPos(x, y)); item != nil {
			return item
		}
	}
	return nil
}
